//! Orders in the making: with a new customer, for a customer that is there, with one that was asked for the agreement.

use super::catalogue::Offer;
use super::customers::Customer;
use super::random::id;
use super::rows::{DraftLineRow, DraftRow};
use super::world::World;
use crate::catalog::model::Billing;
use crate::customers::new_account::AccountForm;
use crate::db::Connection;
use crate::error::Result;
use crate::orders::draft::{DraftState, domain_of};
use crate::values::id::{CustomerId, DraftId, OrganisationId};

pub fn insert(conn: &mut Connection, world: &World<'_>) -> Result<()> {
    let reseller = world.partnerships.harbor.first().map(|partner| &partner.id);
    let known = (0..world.count).filter_map(|index| Customer::of(world, index));
    let mut known = known.filter(|customer| customer.has_agreement && world.is_harbors(customer.index));
    let drafts = [
        draft(world, 0, (None, reseller), new_customer(world, reseller)),
        draft(world, 1, (known.next().map(|customer| customer.id), None), String::new()),
        draft(world, ASKED, (None, None), asked_customer(world).to_json()),
    ];
    DraftRow::insert(conn, &drafts.into_iter().flatten().collect::<Vec<_>>())?;
    let lines = [
        line(world, 0, "office-365-business-premium", 18, Billing::Monthly),
        line(world, 0, "office-365-advanced-threat-protection", 18, Billing::Monthly),
        line(world, 1, "visio-online-plan-2", 6, Billing::Annual),
        line(world, 1, "project-online-professional", 4, Billing::Annual),
        line(world, ASKED, "office-365-business-premium", 12, Billing::Monthly),
    ];
    DraftLineRow::insert(conn, &lines.into_iter().flatten().collect::<Vec<_>>())
}

fn draft(
    world: &World<'_>,
    number: u64,
    (customer, reseller): (Option<CustomerId>, Option<&OrganisationId>),
    account: String,
) -> Option<DraftRow> {
    // The sales agent, the fourth person of the house.
    let maker = world.cast.harbor.people.get(3)?;
    let made_at = world.now.plus_seconds(-7 * 3600 - 90_000 * i64::try_from(number).ok()?);
    Some(DraftRow {
        id: draft_id(number),
        provider_id: world.cast.harbor.row.id,
        made_by: maker.id,
        made_by_name: maker.name.clone(),
        customer_id: customer,
        domain: domain_of(&account),
        account,
        reseller_id: reseller.cloned(),
        mpn_id: String::new(),
        state: DraftState::Open,
        created_at: made_at,
        updated_at: made_at.plus_seconds(540),
        version: 2,
    })
}

/// The New customer form, as far as somebody came.
fn new_customer(world: &World<'_>, reseller: Option<&OrganisationId>) -> String {
    let text = str::to_owned;
    let form = AccountForm {
        reseller: reseller.map(ToString::to_string).unwrap_or_default(),
        company: text("Seewind Yachtcharter GmbH"),
        domain: text("seewindyachtcharter"),
        line_1: text("Am Sandtorkai 27"),
        city: text("Hamburg"),
        postal_code: text("20457"),
        first_name: text("Wiebke"),
        last_name: text("Jansen"),
        email: text("wiebke.jansen@seewind.example"),
        phone: text("+49 40 66969 214"),
        agreement: text("accepted"),
        agreement_first_name: text("Wiebke"),
        agreement_last_name: text("Jansen"),
        agreement_email: text("wiebke.jansen@seewind.example"),
        agreement_phone: text("+49 40 66969 214"),
        agreement_on: world.now.plus_days(-1).day().to_string(),
        ..AccountForm::begin(world.cast.harbor.row.country)
    };
    form.to_json()
}

/// The number of the draft whose customer was asked for the agreement.
pub const ASKED: u64 = 2;

/// The New customer form of that draft.
pub fn asked_customer(world: &World<'_>) -> AccountForm {
    let text = str::to_owned;
    AccountForm {
        company: text("Blaue Stunde Optik GmbH"),
        domain: text("blauestundeoptik"),
        line_1: text("Lange Reihe 84"),
        city: text("Hamburg"),
        postal_code: text("20099"),
        first_name: text("Frauke"),
        last_name: text("Behrens"),
        email: text("frauke.behrens@blauestunde.example"),
        ..AccountForm::begin(world.cast.harbor.row.country)
    }
}

fn line(world: &World<'_>, draft: u64, offer: &str, quantity: i64, billing: Billing) -> Option<DraftLineRow> {
    let is_it = |known: &&Offer| known.said.code.as_str() == offer;
    let offer_id = world.catalogue.offers.iter().find(is_it)?.id;
    Some(DraftLineRow { draft_id: draft_id(draft), offer_id, quantity, billing })
}

pub fn draft_id(number: u64) -> DraftId {
    DraftId::from_number(id("draft", number))
}
