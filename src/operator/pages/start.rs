//! The operator's start: the installation in numbers.

use actix_web::HttpResponse;
use askama::Template;

use crate::access::OrganisationKind;
use crate::access::permission::{SeeInstallation, SendLettersAgain};
use crate::error::Result;
use crate::language::filters;
use crate::operator::model::Figures;
use crate::operator::store::figures::figures;
use crate::partners::model::OrganisationState;
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "operator/start.html")]
struct StartPage {
    shell: Shell,
    figures: Figures,
    may_send_letters: bool,
}

/// `GET /operator`
pub async fn show(ask: Ask<SeeInstallation>) -> Result<HttpResponse> {
    let (figures, may_send_letters) = (ask.read(figures).await?, ask.by.may::<SendLettersAgain>());
    ask.page(&StartPage { shell: ask.shell(), figures, may_send_letters })
}
