//! The pages of this area, and what those behind a mailed link share.

pub mod choice;
pub mod decision;
pub mod details;
pub mod link;
pub mod list;
pub mod review;
pub mod show;
pub mod start;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::form::{DetailsForm, FIELDS};
use super::model::{Enrolment, Kind};
use super::store;
use super::way_back::WayBack;
use crate::error::Result;
use crate::language::filters;
use crate::partners::store::operator::Operator;
use crate::partnerships::facts::provider_asking;
use crate::paths;
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::page::unlisted;
use crate::web::{Shell, Visit};

/// The link leads to nothing that could be gone on with.
#[derive(Template)]
#[template(path = "enrolment/closed.html")]
struct ClosedPage {
    shell: Shell,
    /// Of what has expired; none for what is not known.
    expired: Option<Kind>,
    /// What was sent to it; it cannot be kept, but is not lost.
    form: DetailsForm,
}

impl ClosedPage {
    fn typed(&self) -> Vec<(&'static str, String)> {
        let values = FIELDS.iter().map(|field| (*field, self.form.shown(field)));
        values.filter(|(_, value)| !value.is_empty()).collect()
    }
}

/// What a mailed link leads to.
struct Linked {
    token: Token,
    enrolment: Enrolment,
}

impl Linked {
    /// The enrolment behind a link, or the page that says why there is none.
    async fn find(visit: &Visit, token: &str) -> Result<Result<Self, HttpResponse>> {
        Self::find_for(visit, token, &DetailsForm::default()).await
    }

    /// The same; the page that says why there is none shows what was typed.
    async fn find_for(visit: &Visit, token: &str, typed: &DetailsForm) -> Result<Result<Self, HttpResponse>> {
        let found = match Token::parse(token) {
            Some(token) => {
                let hash = token.hash();
                let enrolment = visit.read(move |conn| store::by_link(conn, &hash)).await?;
                enrolment.map(|enrolment| Self { token, enrolment })
            }
            None => None,
        };
        let closed = |expired| ClosedPage { shell: visit.shell(), expired, form: typed.clone() };
        match found {
            Some(linked) if linked.enrolment.is_expired(Moment::now()) => {
                let page = closed(Some(linked.enrolment.kind));
                Ok(Err(unlisted(visit.with_status(StatusCode::GONE, &page)?)))
            }
            Some(linked) => Ok(Ok(linked)),
            None => {
                let page = closed(None);
                Ok(Err(unlisted(visit.with_status(StatusCode::NOT_FOUND, &page)?)))
            }
        }
    }

    /// The address of the page that shows how it stands.
    fn place(&self) -> String {
        paths::enrolment::link(self.token.reveal())
    }
}

/// The provider that asked for the partnership of a link.
async fn asked_by(visit: &Visit, way: Option<&WayBack>) -> Result<Option<String>> {
    let Some(hash) = way.map(|way| way.token().hash()) else { return Ok(None) };
    visit.read(move |conn| provider_asking(conn, &hash)).await
}

/// Who runs the installation. Without an operator nobody could decide, so nothing is begun.
async fn operator(visit: &Visit) -> Result<Option<Operator>> {
    visit.read(crate::partners::store::operator::operator).await
}

/// So many minutes make up for these seconds.
fn minutes(seconds: i64) -> i64 {
    (seconds + 59) / 60
}
