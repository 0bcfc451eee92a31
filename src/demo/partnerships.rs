//! Partnerships, one of them removed, and what was recorded of them and of requests.

use super::cast::{Cast, DAYS, Organisation};
use super::log::{self, Actor};
use super::random::id;
use super::requests::{Requests, working_hour};
use super::rows::{ActivityRow, LetterRow, PartnershipRow, RequestRow};
use crate::activity::{Action, Change, Entry};
use crate::db::Connection;
use crate::error::Result;
use crate::mail::letter::LetterState;
use crate::values::id::{OrganisationId, PartnershipId, PersonId};
use crate::values::moment::Moment;
use crate::values::name::sort_name;

/// Enrolled resellers that are in no partnership.
const ALONE: &[&str] = &[
    "Newleaf Technology",
    "Murtal Datentechnik",
    "Rio Sereno Tecnologias",
    "Fyrtårn IT",
    "Tamarack Bay Systems",
];
/// A reseller whose partnership was removed, and how many days ago.
const REMOVED: (&str, i64) = ("Corrib Lane Networks", 26);

/// Which of a provider's partners accepted a request that was sent to somebody else there.
const FORWARDED: i64 = 1;

/// The address of nobody in particular at a reseller.
fn office_of(reseller: &Organisation) -> Option<String> {
    let (_, domain) = reseller.owner()?.email.split_once('@')?;
    Some(format!("office@{domain}"))
}

/// A reseller that is or was in partnership with a provider.
#[derive(Clone)]
pub struct Partner {
    pub id: OrganisationId,
    pub name: String,
    /// Of the location by which it takes part.
    pub mpn_id: String,
    /// Of every location that can be named.
    pub mpn_ids: Vec<String>,
    pub owner: (PersonId, String),
    pub since: Moment,
    pub until: Option<Moment>,
}

pub struct Partnerships {
    pub requests: Requests,
    pub rows: Vec<PartnershipRow>,
    /// The partners of each provider, the oldest first.
    pub harbor: Vec<Partner>,
    pub summit: Vec<Partner>,
}

impl Partnerships {
    pub fn of(cast: &Cast, now: Moment) -> Self {
        let mut all = Self { requests: Requests::default(), rows: vec![], harbor: vec![], summit: vec![] };
        all.harbor = all.accepted(&cast.harbor, cast, now);
        all.summit = all.accepted(&cast.summit, cast, now);
        all.requests.add_unanswered(&cast.harbor, now);
        all
    }

    pub fn insert(&self, conn: &mut Connection) -> Result<()> {
        RequestRow::insert(conn, &self.requests.rows)?;
        LetterRow::insert(conn, &self.requests.letters)?;
        PartnershipRow::insert(conn, &self.rows)
    }

    fn accepted(&mut self, provider: &Organisation, cast: &Cast, now: Moment) -> Vec<Partner> {
        let region = provider.row.country.region();
        let resellers = cast.resellers.iter();
        let chosen: Vec<&Organisation> = resellers
            .filter(|one| one.row.country.region() == region && !ALONE.contains(&one.row.name.as_str()))
            .collect();
        let count = i64::try_from(chosen.len()).unwrap_or(1).max(1);
        let days = |index: i64| DAYS + 30 - index * (DAYS + 10) / count;
        let partners = (0..).zip(chosen).filter_map(|(index, one)| {
            let passed_on = (index == FORWARDED).then(|| office_of(one)).flatten();
            self.accept(provider, one, passed_on, days(index), now)
        });
        partners.collect()
    }

    fn accept(
        &mut self,
        provider: &Organisation,
        reseller: &Organisation,
        passed_on: Option<String>,
        days: i64,
        now: Moment,
    ) -> Option<Partner> {
        let since = working_hour(now.plus_days(-days), &reseller.row.name);
        let (owner, location) = (reseller.owner()?, reseller.earning_location()?);
        let asked_at = since.plus_seconds(-2 * 86_400 - 1_300);
        let request = RequestRow {
            state: "accepted",
            answered_at: Some(since),
            answered_by_name: Some(owner.name.clone()),
            answered_by_email: Some(owner.email.clone()),
            reseller_id: Some(reseller.row.id),
            ..self.requests.ask(provider, passed_on.as_deref().unwrap_or(&owner.email), asked_at)?
        };
        let removed = (reseller.row.name == REMOVED.0).then(|| now.plus_days(-REMOVED.1));
        self.rows.push(PartnershipRow {
            id: PartnershipId::from_number(id("partnership", u64::try_from(self.rows.len()).ok()?)),
            provider_id: provider.row.id,
            reseller_id: reseller.row.id,
            location_id: location.id,
            request_id: Some(request.id),
            reseller_sort_name: sort_name(&reseller.row.name),
            state: if removed.is_some() { "removed" } else { "active" },
            accepted_by_name: owner.name.clone(),
            since,
            removed_at: removed,
            removed_by_name: removed.and(provider.admin_agent()).map(|person| person.name.clone()),
        });
        self.requests.put(request, Some(LetterState::Sent), now);
        Some(Partner {
            id: reseller.row.id,
            name: reseller.row.name.clone(),
            mpn_id: location.mpn_id.clone(),
            mpn_ids: reseller
                .locations
                .iter()
                .filter(|one| !one.is_head_office)
                .map(|one| one.mpn_id.clone())
                .collect(),
            owner: (owner.id, owner.name.clone()),
            since,
            until: removed,
        })
    }

    /// What the logs say of requests and partnerships.
    pub fn activity(&self, cast: &Cast, now: Moment) -> Vec<ActivityRow> {
        let mut log = Vec::new();
        for request in &self.requests.rows {
            record_request(&mut log, cast, request, now);
        }
        for partnership in &self.rows {
            let is_it = |one: &&RequestRow| partnership.request_id.as_ref() == Some(&one.id);
            let request = self.requests.rows.iter().find(is_it);
            record_partnership(&mut log, cast, (partnership, request), now);
        }
        log
    }
}

fn record_request(log: &mut Vec<ActivityRow>, cast: &Cast, request: &RequestRow, now: Moment) {
    let entry = |action| Entry::new(action, "partnership_request", request.id, &request.to_email);
    let provider = if request.provider_id == cast.summit.row.id { &cast.summit } else { &cast.harbor };
    let by = Actor {
        person: &request.requested_by,
        name: &request.requested_by_name,
        organisation: &provider.row.name,
    };
    let place = (&provider.row.id, now);
    let email = Change::set("email", &request.to_email);
    let expires_at = Change::set("expires_at", request.expires_at.iso());
    let asked = entry(Action::RequestPartnership).with([email.clone(), expires_at]);
    log::put(log, place, by, &asked, request.created_at);
    if let Some(sent_at) = request.sent_at {
        log::put(log, place, by, &entry(Action::SendPartnershipRequest).with([email]), sent_at);
    }
    let Some(answered_at) = request.answered_at else { return };
    match (&request.decline_reason, request.state) {
        (Some(reason), _) => {
            let entry = entry(Action::DeclinePartnership).with([Change::set("reason", reason)]);
            let is_asked =
                |one: &&Organisation| one.owner().is_some_and(|owner| owner.email == request.to_email);
            let Some(reseller) = cast.resellers.iter().find(is_asked) else { return };
            for organisation in [&provider.row.id, &reseller.row.id] {
                let Some(by) = reseller.owner().map(|owner| owner.actor(reseller)) else { continue };
                log::put(log, (organisation, now), by, &entry, answered_at);
            }
        }
        (None, "revoked") => {
            let entry =
                entry(Action::RevokePartnershipRequest).with([Change::new("state", "open", "revoked")]);
            log::put(log, place, by, &entry, answered_at);
        }
        _ => {}
    }
}

/// That somebody else answered than whom it was sent to.
fn by_other(request: &RequestRow) -> Vec<Change> {
    let other = request.answered_by_email.as_ref().filter(|email| **email != request.to_email);
    let changes =
        |email| vec![Change::set("addressee", &request.to_email), Change::set("answered_with", email)];
    other.map(changes).unwrap_or_default()
}

/// In both logs, each naming the other side.
fn record_partnership(
    log: &mut Vec<ActivityRow>,
    cast: &Cast,
    (partnership, request): (&PartnershipRow, Option<&RequestRow>),
    now: Moment,
) {
    let is_it = |one: &&Organisation| one.row.id == partnership.reseller_id;
    let Some(reseller) = cast.resellers.iter().find(is_it) else { return };
    let provider = if partnership.provider_id == cast.summit.row.id { &cast.summit } else { &cast.harbor };
    for (own, other) in [(provider, reseller), (reseller, provider)] {
        let entry = |action| Entry::new(action, "partnership", partnership.id, &other.row.name);
        if let Some(owner) = reseller.owner() {
            let place = reseller.earning_location();
            let entry = entry(Action::CreatePartnership).with(place.into_iter().flat_map(|place| {
                [Change::set("location", &place.name), Change::set("mpn_id", &place.mpn_id)]
            }));
            let entry = entry.with(request.into_iter().flat_map(by_other));
            log::put(log, (&own.row.id, now), owner.actor(reseller), &entry, partnership.since);
        }
        if let (Some(removed_at), Some(by)) = (partnership.removed_at, provider.admin_agent()) {
            let entry = entry(Action::RemovePartnership).with([Change::new("state", "active", "removed")]);
            log::put(log, (&own.row.id, now), by.actor(provider), &entry, removed_at);
        }
    }
}
