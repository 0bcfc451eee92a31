//! Who may be named on what, as providers keep it.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::facts::audience_of;
use super::model::{Audience, Kept};
use crate::access::Allowed;
use crate::access::permission::DecideAudiences;
use crate::activity::{self, Action, Change, Entry};
use crate::catalog::facts::name_of;
use crate::db::Connection;
use crate::db::schema::{listed_resellers, offer_audiences};
use crate::error::{Error, Result};
use crate::notifications::{self, Event, Kind};
use crate::partners;
use crate::partnerships::directory::partner_choices;
use crate::values::id::{OfferId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::mpn_id::MpnId;

/// What came of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    Done,
    Same,
    /// Somebody changed it after the page was read.
    Stale,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = offer_audiences)]
struct Row {
    changed_at: Moment,
    changed_by_name: String,
    version: i32,
}

/// Whom a provider lets be named on an offer.
///
/// # Errors
/// Database errors.
pub fn find(conn: &mut Connection, provider: &OrganisationId, offer: &OfferId) -> Result<Kept> {
    let row: Option<Row> =
        offer_audiences::table.find((provider, offer)).select(Row::as_select()).first(conn).optional()?;
    let Some(row) = row else {
        return Ok(Kept { said: Audience::every(), version: 0, changed: None });
    };
    let said = audience_of(conn, provider, offer)?;
    Ok(Kept { said, version: row.version, changed: Some((row.changed_at, row.changed_by_name)) })
}

/// A reseller that can be listed.
#[derive(Clone, Debug)]
pub struct Choice {
    pub id: OrganisationId,
    pub name: String,
    /// None of one that is listed and no partner any more.
    pub mpn_id: Option<MpnId>,
}

/// The resellers that can be listed: partners by name, and behind them whoever is listed still.
///
/// # Errors
/// Database errors.
pub fn choices(conn: &mut Connection, provider: &OrganisationId, listed: &Audience) -> Result<Vec<Choice>> {
    let partners = partner_choices(conn, provider)?.into_iter();
    let mut all: Vec<Choice> =
        partners.map(|one| Choice { id: one.id, name: one.name, mpn_id: Some(one.mpn_id) }).collect();
    let known: BTreeSet<OrganisationId> = all.iter().map(|one| one.id).collect();
    for id in listed.listed.difference(&known) {
        all.push(Choice { id: *id, name: partners::facts::name_of(conn, id)?, mpn_id: None });
    }
    Ok(all)
}

/// Decides whom an offer is open to, from the next order on. Each partner for which that is something else than before finds
/// it in its own log, and is told.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::BadRequest`] for a reseller that cannot be listed; database errors.
pub fn decide(
    conn: &mut Connection,
    by: &Allowed<DecideAudiences>,
    (offer, version): (&OfferId, i32),
    wanted: &Audience,
    now: Moment,
) -> Result<Decided> {
    let (name, provider) = (name_of(conn, offer)?, &by.organisation.id);
    let kept = find(conn, provider, offer)?;
    if kept.said == *wanted {
        return Ok(Decided::Same);
    }
    if kept.version != version {
        return Ok(Decided::Stale);
    }
    let choices = choices(conn, provider, &kept.said)?;
    let known: BTreeSet<OrganisationId> = choices.iter().map(|one| one.id).collect();
    if !wanted.listed.is_subset(&known) {
        return Err(Error::BadRequest("reseller"));
    }
    keep(conn, by, (offer, version + 1), wanted, now)?;
    let entry = Entry::new(Action::DecideAudience, "offer", offer, &name);
    let changes = [
        Change::new("who_can_be_named", kept.said.rule.as_text(), wanted.rule.as_text()),
        Change::new("listed_resellers", listed(&kept.said, &choices), listed(wanted, &choices)),
    ];
    let changes = changes.into_iter().filter(|change| change.old != change.new);
    activity::store::record(conn, by, &entry.clone().with(changes), now)?;
    let is_other = |one: &&Choice| one.mpn_id.is_some() && kept.said.lets(&one.id) != wanted.lets(&one.id);
    for one in choices.iter().filter(is_other) {
        let is_open = wanted.lets(&one.id);
        let (kind, word) = if is_open { (Kind::OfferOpened, "yes") } else { (Kind::OfferClosed, "no") };
        let entry = entry.clone().with([Change::set("can_be_named", word)]);
        activity::store::record_for(conn, &one.id, by, &entry, now)?;
        notifications::tell(conn, &one.id, by, &Event::about(kind, "offer", offer, &name), now)?;
    }
    Ok(Decided::Done)
}

fn keep(
    conn: &mut Connection,
    by: &Allowed<DecideAudiences>,
    (offer, version): (&OfferId, i32),
    wanted: &Audience,
    now: Moment,
) -> Result<()> {
    let provider = &by.organisation.id;
    let of_offer = listed_resellers::table
        .filter(listed_resellers::provider_id.eq(provider))
        .filter(listed_resellers::offer_id.eq(offer));
    diesel::delete(of_offer).execute(conn)?;
    diesel::delete(offer_audiences::table.find((provider, offer))).execute(conn)?;
    let row = (
        offer_audiences::provider_id.eq(provider),
        offer_audiences::offer_id.eq(offer),
        offer_audiences::rule.eq(wanted.rule),
        offer_audiences::changed_at.eq(now),
        offer_audiences::changed_by_name.eq(&by.name),
        offer_audiences::version.eq(version),
    );
    diesel::insert_into(offer_audiences::table).values(row).execute(conn)?;
    for reseller in &wanted.listed {
        let row = (
            listed_resellers::provider_id.eq(provider),
            listed_resellers::offer_id.eq(offer),
            listed_resellers::reseller_id.eq(reseller),
        );
        diesel::insert_into(listed_resellers::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Their names.
fn listed(said: &Audience, choices: &[Choice]) -> String {
    let names = choices.iter().filter(|one| said.listed.contains(&one.id)).map(|one| one.name.as_str());
    names.collect::<Vec<_>>().join(", ")
}
