//! The page of an offer.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::list::Seller;
use super::offer_id;
use crate::access::permission::{ManageCatalog, PinOffers, SeeAudiences, SeeCatalog};
use crate::audiences::facts::{Summary, of_offer};
use crate::catalog::model::definition::Kept;
use crate::catalog::model::timeline::{Period, Timeline};
use crate::catalog::store::keeping::{self, Named};
use crate::catalog::store::pins;
use crate::error::Result;
use crate::language::filters;
use crate::promotions::facts::{Running, running};
use crate::values::currency::Currency;
use crate::values::moment::Moment;
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
    /// Whether the offer is pinned; nothing where the viewer pins none.
    is_pinned: Option<bool>,
    promotions: Vec<Running>,
    /// Which resellers can be named on it, where that is not all of them; nothing for whoever does not see it.
    audience: Option<Option<Summary>>,
    held: Vec<Priced>,
    announced: Vec<Priced>,
    past: Vec<Priced>,
}

/// A price in a currency, with its days.
type Priced = (Currency, Period);

/// So long earlier prices are shown.
const SHOWN_DAYS: i64 = 731;

/// `GET /catalog/{id}`
pub async fn show(ask: Ask<SeeCatalog>, id: web::Path<String>) -> Result<HttpResponse> {
    let (id, now) = (offer_id(&id)?, Moment::now());
    let today = now.day();
    let (may_manage, seller) = (ask.by.may::<ManageCatalog>(), Seller::of(ask.by.viewer()));
    let may_pin = ask.by.may::<PinOffers>();
    let (kept, bases, (target, is_pinned, promotions, audience), upgrades, add_ons) = ask
        .read(move |conn, by| {
            let kept = keeping::find(conn, &id, today)?;
            let bases = keeping::named(conn, kept.definition.prerequisites.iter())?;
            let target = keeping::named(conn, kept.definition.converts_to.iter())?.pop();
            let upgrades = keeping::named(conn, kept.definition.upgrades_to.iter())?;
            let add_ons = keeping::add_ons_of(conn, &id)?;
            let is_pinned = match may_pin {
                true => Some(pins::pinned_by(conn, &by.organisation.id)?.contains(&id)),
                false => None,
            };
            let promotions = running(conn, today)?.of(&id).to_vec();
            let audience = match by.may::<SeeAudiences>() {
                true => Some(of_offer(conn, &by.organisation.id, &id)?),
                false => None,
            };
            Ok((kept, bases, (target, is_pinned, promotions, audience), upgrades, add_ons))
        })
        .await?;
    let prices = Prices { kept: &kept, seller };
    let held =
        prices.each(|one| one.period_on(today).filter(|one| one.asked.is_some()).into_iter().collect());
    let announced = prices.each(|one| one.announced(today).collect());
    let shown = now.plus_days(-SHOWN_DAYS).day();
    let past =
        prices.each(|one| one.past(today).filter(|one| one.to.is_some_and(|to| to >= shown)).collect());
    let shell = ask.shell();
    ask.page(&ShowPage {
        shell,
        kept,
        bases,
        target,
        upgrades,
        add_ons,
        may_manage,
        seller,
        is_pinned,
        promotions,
        audience,
        held,
        announced,
        past,
    })
}

/// The prices that the viewer has to do with: a provider has one currency.
struct Prices<'a> {
    kept: &'a Kept,
    seller: Option<Seller>,
}

impl Prices<'_> {
    fn each(&self, of: impl Fn(&Timeline) -> Vec<Period>) -> Vec<Priced> {
        let is_shown = |currency: &Currency| self.seller.is_none_or(|seller| seller.currency == *currency);
        let shown = self.kept.timelines.iter().filter(|(currency, _)| is_shown(currency));
        shown.flat_map(|(currency, one)| of(one).into_iter().map(|period| (*currency, period))).collect()
    }
}
