//! The operator's start: the installation in numbers.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{SeeInstallation, SendLettersAgain};
use crate::access::{Allowed, OrganisationKind};
use crate::db::Db;
use crate::error::Result;
use crate::operator::model::Figures;
use crate::operator::store::figures::figures;
use crate::partners::model::OrganisationState;
use crate::web::{Shell, page};

#[derive(Template)]
#[template(path = "operator/start.html")]
struct StartPage {
    shell: Shell,
    figures: Figures,
    may_send_letters: bool,
}

/// `GET /operator`
pub async fn show(shell: Shell, may: Allowed<SeeInstallation>, db: web::Data<Db>) -> Result<HttpResponse> {
    let may_send_letters = may.may::<SendLettersAgain>();
    let figures = db.read(move |conn| figures(conn, &may)).await?;
    page(&StartPage { shell, figures, may_send_letters })
}
