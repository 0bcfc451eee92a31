//! Two orders in the making: one with a new customer, one for a customer that is there.

use super::catalogue::Offer;
use super::customers::Customer;
use super::random::id;
use super::rows::{DraftLineRow, DraftRow};
use super::world::World;
use crate::catalog::model::Billing;
use crate::customers::new_account::AccountForm;
use crate::db::Connection;
use crate::error::Result;
use crate::orders::draft::DraftState;
use crate::values::id::{CustomerId, DraftId, OrganisationId};

pub fn insert(conn: &mut Connection, world: &World<'_>) -> Result<()> {
    let reseller = world.partnerships.harbor.first().map(|partner| &partner.id);
    let known = (0..world.count).filter_map(|index| Customer::of(world, index));
    let mut known = known.filter(|customer| customer.has_agreement && world.is_harbors(customer.index));
    let drafts = [
        draft(world, 0, (None, reseller), new_customer(world, reseller)),
        draft(world, 1, (known.next().map(|customer| customer.id), None), String::new()),
    ];
    DraftRow::insert(conn, &drafts.into_iter().flatten().collect::<Vec<_>>())?;
    let lines = [
        line(world, 0, "office-365-business-premium", 18, Billing::Monthly),
        line(world, 0, "office-365-advanced-threat-protection", 18, Billing::Monthly),
        line(world, 1, "visio-online-plan-2", 6, Billing::Annual),
        line(world, 1, "project-online-professional", 4, Billing::Annual),
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
        provider_id: world.cast.harbor.row.id.clone(),
        made_by: maker.id.clone(),
        made_by_name: maker.name.clone(),
        customer_id: customer,
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

fn line(world: &World<'_>, draft: u64, offer: &str, quantity: i64, billing: Billing) -> Option<DraftLineRow> {
    let is_it = |known: &&Offer| known.said.code.as_str() == offer;
    let offer_id = world.catalogue.offers.iter().find(is_it)?.id.clone();
    Some(DraftLineRow { draft_id: draft_id(draft), offer_id, quantity, billing })
}

fn draft_id(number: u64) -> DraftId {
    DraftId::from_number(id("draft", number))
}
