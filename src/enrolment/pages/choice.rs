//! What enrolling is, and as what.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::operator;
use crate::enrolment::form::StartForm;
use crate::enrolment::model::Kind;
use crate::error::Result;
use crate::language::filters;
use crate::partners::store::operator::Operator;
use crate::paths;
use crate::web::{Shell, Visit};

#[derive(Template)]
#[template(path = "enrolment/choice.html")]
struct ChoicePage {
    shell: Shell,
    operator: Option<Operator>,
    reseller: String,
}

/// `GET /enrol`
pub async fn show(visit: Visit, web::Query(form): web::Query<StartForm>) -> Result<HttpResponse> {
    let operator = operator(&visit).await?;
    let next = form.tidy().next;
    let reseller = paths::enrolment::start_then(Kind::Reseller.as_text(), &next);
    visit.page(&ChoicePage { shell: visit.shell(), operator, reseller })
}
