//! Beginning a handover: its row and its job, once.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::sampling;
use crate::access::Viewer;
use crate::activity::{self, Action, Change, Entry};
use crate::customers::store::delegations::customers_of_pair;
use crate::customers::store::selection::keep_apart;
use crate::db::Connection;
use crate::db::schema::handovers;
use crate::error::{Error, Result};
use crate::handovers::form::Wish;
use crate::handovers::jobs::HAND_OVER;
use crate::handovers::model::{Choices, Earners, Source, State};
use crate::jobs;
use crate::jobs::model::Owner;
use crate::partners::facts::name_of;
use crate::partnerships::directory::find_partner;
use crate::relationships::model::{Begins, Helpers};
use crate::relationships::store::arranging::Parts;
use crate::values::id::{HandoverId, JobId, OrganisationId, SelectionId};
use crate::values::moment::Moment;
use crate::values::problem::Problem;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    Now,
    /// The same page was sent before.
    Before,
    /// The selection was emptied meanwhile, or is somebody else's.
    NothingSelected,
    /// Other customers are selected than the page showed the consequences of.
    OtherSelection,
    /// A reseller cannot be chosen: what is wrong with which field.
    Refused(&'static str, Problem),
}

/// Begins what somebody wants for all that they have selected.
///
/// # Errors
/// [`Error::Forbidden`] for a part of it that the viewer may not do; [`Error::NotFound`] for an id of another provider's;
/// database errors.
pub fn begin(conn: &mut Connection, by: &Viewer, wish: &Wish, now: Moment) -> Result<Begun> {
    demand(by, wish)?;
    let (former, reseller) = (wish.former.as_ref(), wish.reseller.as_ref());
    if is_there(conn, by, &wish.id)? {
        return Ok(Begun::Before);
    }
    match sampling::mark(conn, by, &wish.selection)? {
        None => return Ok(Begun::NothingSelected),
        Some(mark) if mark != wish.shown => return Ok(Begun::OtherSelection),
        Some(_) => {}
    }
    if let Some(problem) = hindrance(conn, by, reseller)? {
        return Ok(Begun::Refused("reseller", problem));
    }
    // Otherwise it may be anybody's organisation, and is not named anywhere.
    if let Some(former) = former
        && customers_of_pair(conn, (&by.organisation.id, former), "", 1)?.is_empty()
    {
        return Ok(Begun::Refused("former", Problem::UnknownChoice));
    }
    let apart = SelectionId::new();
    if !keep_apart(conn, &by.person, (&wish.selection, &apart), now)? {
        return Ok(Begun::NothingSelected);
    }
    let choices = Choices { source: Source::Selection(apart), ..wish.choices.clone() };
    let begins_on = match wish.begins {
        Begins::AtOnce => None,
        Begins::On(day) => Some(day),
    };
    put(conn, by, (&wish.id, former, reseller, begins_on), &choices, now)?;
    Ok(Begun::Now)
}

/// Each part of what somebody wants takes a permission of its own.
///
/// # Errors
/// [`Error::Forbidden`] for the first part that the viewer may not do.
pub fn demand(by: &Viewer, wish: &Wish) -> Result<()> {
    parts(wish.former.as_ref(), wish.reseller.as_ref(), &wish.choices).demand(by)
}

/// Why a reseller cannot be named for something new, if it is so.
pub(super) fn hindrance(
    conn: &mut Connection,
    by: &Viewer,
    reseller: Option<&OrganisationId>,
) -> Result<Option<Problem>> {
    let Some(reseller) = reseller else { return Ok(None) };
    Ok(match find_partner(conn, &by.organisation.id, reseller)? {
        None => Some(Problem::NotInPartnership),
        Some(partner) => partner.lack().map(|lack| lack.problem()),
    })
}

/// What a handover changes, each by a permission of its own.
pub(super) fn parts(
    former: Option<&OrganisationId>,
    reseller: Option<&OrganisationId>,
    choices: &Choices,
) -> Parts {
    Parts {
        begins: reseller.is_some(),
        ends: former.is_some(),
        earners: choices.earners != Earners::Leave,
        helpers: choices.helpers != Helpers::Leave,
    }
}

pub(super) fn is_there(conn: &mut Connection, by: &Viewer, id: &HandoverId) -> Result<bool> {
    let found: Option<OrganisationId> =
        handovers::table.find(id).select(handovers::provider_id).first(conn).optional()?;
    match found {
        Some(provider) if provider != by.organisation.id => Err(Error::NotFound),
        found => Ok(found.is_some()),
    }
}

/// From whom to whom, and on which day.
type What<'a> = (&'a HandoverId, Option<&'a OrganisationId>, Option<&'a OrganisationId>, Option<NaiveDate>);

/// The row, the job that goes on with it, and the record.
pub(super) fn put(
    conn: &mut Connection,
    by: &Viewer,
    (id, former, reseller, begins_on): What<'_>,
    choices: &Choices,
    now: Moment,
) -> Result<()> {
    let job = JobId::new();
    let written = serde_json::to_string(choices).map_err(|error| Error::Internal(error.into()))?;
    let numbers = (
        handovers::total.eq(0_i64),
        handovers::done.eq(0_i64),
        handovers::unchanged.eq(0_i64),
        handovers::refused.eq(0_i64),
        handovers::subscriptions.eq(0_i64),
    );
    diesel::insert_into(handovers::table)
        .values((
            handovers::id.eq(id),
            handovers::provider_id.eq(&by.organisation.id),
            handovers::former_id.eq(former),
            handovers::reseller_id.eq(reseller),
            handovers::begins_on.eq(begins_on),
            handovers::choices.eq(written),
            handovers::state.eq(State::Gathering),
            handovers::gathered.eq(""),
            numbers,
            handovers::begun_by.eq(&by.person),
            handovers::begun_by_name.eq(&by.name),
            handovers::begun_at.eq(now),
            handovers::settled_by_name.eq(""),
            handovers::job_id.eq(&job),
        ))
        .execute(conn)?;
    let owner = Owner { organisation: by.organisation.id, person: by.person };
    jobs::store::put(conn, (&job, &owner), (&HAND_OVER, id), (now, now))?;
    let mut name = |id: Option<&OrganisationId>| id.map_or(Ok(String::new()), |id| name_of(conn, id));
    let (old, new) = (name(former)?, name(reseller)?);
    let entry = entry(Action::BeginHandover, id, (&old, &new))
        .with(begins_on.map(|day| Change::set("begins_on", day)));
    activity::store::record(conn, by, &entry, now)
}

/// A record about a handover, called like the resellers.
pub(super) fn entry(action: Action, id: &HandoverId, (former, reseller): (&str, &str)) -> Entry {
    let name = if reseller.is_empty() { former } else { reseller };
    Entry::new(action, "handover", id, name).with([Change::new("reseller", former, reseller)])
}
