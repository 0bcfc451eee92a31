//! What an order would cost, asked while somebody types.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::step::open_draft;
use super::begin;
use crate::access::Allowed;
use crate::access::permission::AddCustomers;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::orders::form::OffersForm;
use crate::orders::model::{Chosen, Making};
use crate::values::id::{DraftId, OfferId};
use crate::web::{Shell, Site, page};

#[derive(Template)]
#[template(path = "orders/offers/total.html")]
struct TotalPiece {
    making: Making,
    chosen: Chosen,
    form: OffersForm,
}

impl TotalPiece {
    /// Whether an offer has its row on the page that asks.
    fn is_shown(&self, offer: &OfferId) -> bool {
        self.form.quantity(offer).is_some()
    }
}

/// `POST /drafts/{id}/total`: saves nothing. What is no number yet counts as nothing.
pub async fn show(
    shell: Shell,
    may: Allowed<AddCustomers>,
    (db, site): (web::Data<Db>, web::Data<Site>),
    id: web::Path<DraftId>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let form = OffersForm::of(pairs);
    let found = match open_draft(&db, &site, &shell, &may, &id).await {
        Err(Error::NotFound) => Ok(begin(&db, &may, &id, &form).await?),
        found => found?,
    };
    let mut making = match found {
        Ok(making) => making,
        Err(elsewhere) => return Ok(elsewhere),
    };
    making.draft.lines = form.read(&making).lines;
    page(&TotalPiece { chosen: making.chosen(), making, form })
}
