//! The page of an offer.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::list::Seller;
use super::offer_id;
use crate::access::permission::{ManageCatalog, SeeCatalog};
use crate::catalog::model::definition::Kept;
use crate::catalog::store::keeping::{self, Named};
use crate::error::Result;
use crate::language::filters;
use crate::values::currency::Currency;
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "catalog/show.html")]
struct ShowPage {
    shell: Shell,
    kept: Kept,
    bases: Vec<Named>,
    target: Option<Named>,
    upgrades: Vec<Named>,
    add_ons: Vec<Named>,
    may_manage: bool,
    seller: Option<Seller>,
}

/// `GET /catalog/{id}`
pub async fn show(ask: Ask<SeeCatalog>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = offer_id(&id)?;
    let (may_manage, seller) = (ask.by.may::<ManageCatalog>(), Seller::of(ask.by.viewer()));
    let (kept, bases, target, upgrades, add_ons) = ask
        .read(move |conn, _| {
            let kept = keeping::find(conn, &id)?;
            let bases = keeping::named(conn, kept.definition.prerequisites.iter())?;
            let target = keeping::named(conn, kept.definition.converts_to.iter())?.pop();
            let upgrades = keeping::named(conn, kept.definition.upgrades_to.iter())?;
            let add_ons = keeping::add_ons_of(conn, &id)?;
            Ok((kept, bases, target, upgrades, add_ons))
        })
        .await?;
    ask.page(&ShowPage { shell: ask.shell(), kept, bases, target, upgrades, add_ons, may_manage, seller })
}

impl ShowPage {
    /// Whether there is no price that the viewer has to do with.
    fn has_no_price(&self) -> bool {
        !self.kept.definition.prices.keys().any(|currency| self.is_shown(currency))
    }

    /// Whether the viewer has to do with this currency: a provider has one.
    fn is_shown(&self, currency: &Currency) -> bool {
        self.seller.is_none_or(|seller| seller.currency == *currency)
    }
}
