//! What an order would cost, asked while somebody types.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::open_or_begin;
use crate::access::permission::AddCustomers;
use crate::error::Result;
use crate::language::{Language, filters};
use crate::orders::form::OffersForm;
use crate::orders::model::{Chosen, Making};
use crate::values::id::{DraftId, OfferId};
use crate::web::Ask;

#[derive(Template)]
#[template(path = "orders/offers/total.html")]
struct TotalPiece {
    language: Language,
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
    ask: Ask<AddCustomers>,
    id: web::Path<DraftId>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let form = OffersForm::of(pairs);
    let mut making = match open_or_begin(&ask, &id, &form).await? {
        Ok(making) => making,
        Err(elsewhere) => return Ok(elsewhere),
    };
    making.draft.lines = form.read(&making).lines;
    ask.page(&TotalPiece { language: ask.language(), chosen: making.chosen(), making, form })
}
