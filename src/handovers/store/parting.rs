//! A partnership ends, and with it what the reseller has goes to another one or back, where that is wanted.

use super::beginning::{hindrance, is_there, parts, put};
use super::find as find_handover;
use crate::access::Allowed;
use crate::access::permission::{HandCustomersOver, RemovePartnerships};
use crate::customers::facts::administered_among;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::handovers::form::Then;
use crate::handovers::model::{Choices, Earners, Source};
use crate::handovers::wrong::Wrong;
use crate::partnerships::directory::{Partner, partners_of};
use crate::partnerships::removal::{self, Removal, Removed};
use crate::relationships::model::Helpers;
use crate::subscriptions::store::handover::customers_dealing_with;
use crate::values::id::{HandoverId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::web::Count;

/// What there is to know before.
#[derive(Clone, Debug)]
pub struct Parting {
    pub removal: Removal,
    /// Customers that the reseller does not administer and of whose subscriptions one names it, for incentives or support.
    pub only_named: Count,
    /// The other partners that can be named for something new, by name.
    pub others: Vec<Partner>,
}

impl Parting {
    /// Whether the reseller has anything that could go over.
    pub fn has_anything(&self) -> bool {
        self.removal.customers > 0 || !self.only_named.is(0)
    }
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parted {
    /// The partnership is removed, and nothing else changes. The name is the reseller's.
    Removed(String),
    /// And what it has goes over.
    Begun(String),
    /// The same page was sent before.
    Before,
    /// Somebody else was faster, and nothing was begun.
    GoneAlready(String),
    /// Whoever it is to go to cannot be chosen.
    Refused(Problem),
}

/// What removing the partnership with a reseller would mean.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is no active partnership; database errors.
pub fn find(
    conn: &mut Connection,
    by: &Allowed<RemovePartnerships>,
    reseller: &OrganisationId,
) -> Result<Parting> {
    let removal = removal::find(conn, by, reseller)?;
    let provider = &by.organisation.id;
    let named = customers_dealing_with(conn, (provider, reseller), "", Count::LIMIT)?;
    let administered = administered_among(conn, reseller, &named)?;
    let only_named = named.len().saturating_sub(administered.len());
    let has_more = named.len() > Count::MOST && only_named > 0;
    let only_named = if has_more { Count::MoreThan(only_named) } else { Count::Exactly(only_named) };
    let mut others = partners_of(conn, provider)?;
    others.retain(|partner| partner.reseller != *reseller && partner.is_eligible());
    Ok(Parting { removal, only_named, others })
}

/// Removes the partnership, and begins in the same transaction what was chosen.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for a part of it that the viewer may not do; [`crate::error::Error::NotFound`] when
/// there never was a partnership; database errors.
pub fn part(
    conn: &mut Connection,
    by: &Allowed<RemovePartnerships>,
    reseller: &OrganisationId,
    (then, id): (Then, &HandoverId),
    now: Moment,
) -> Result<Parted> {
    let (to, helpers) = match &then {
        Then::Leave => {
            return Ok(match removal::remove(conn, by, (reseller, true), now)? {
                Removed::Removed(name) => Parted::Removed(name),
                Removed::GoneAlready(name) => Parted::GoneAlready(name),
            });
        }
        Then::Move(to) => (Some(to), Helpers::ToReseller),
        Then::TakeBack => (None, Helpers::ToProvider),
    };
    let (source, earners) = (Source::Former, Earners::OfFormer);
    let choices = Choices { source, ends_on: None, earners, helpers, letters: Vec::new() };
    parts(Some(reseller), to, &choices).demand(by)?;
    if is_there(conn, by, id)? {
        return Ok(Parted::Before);
    }
    if to == Some(reseller) {
        return Ok(Parted::Refused(Wrong::Same.into()));
    }
    if let Some(problem) = hindrance(conn, by, to)? {
        return Ok(Parted::Refused(problem));
    }
    match removal::remove(conn, by, (reseller, false), now)? {
        Removed::GoneAlready(name) => Ok(Parted::GoneAlready(name)),
        Removed::Removed(name) => {
            put(conn, by, (id, Some(reseller), to, None), &choices, now)?;
            Ok(Parted::Begun(name))
        }
    }
}

/// Begins another one for what a reseller still has, after its partnership has ended and a first one was stopped or
/// refused for some customers: to the same partner, or back.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is none that has ended so; [`crate::error::Error::Forbidden`] for a part of
/// it that the viewer may not do; database errors.
pub fn again(
    conn: &mut Connection,
    by: &Allowed<HandCustomersOver>,
    (first, id): (&HandoverId, &HandoverId),
    takes_back: bool,
    now: Moment,
) -> Result<Parted> {
    let handover = find_handover(conn, by, first)?;
    let Some((former, name)) = handover.former.clone().filter(|_| handover.can_begin_again()) else {
        return Err(Error::NotFound);
    };
    let to = handover.reseller_id().filter(|_| !takes_back);
    let helpers = if to.is_some() { Helpers::ToReseller } else { Helpers::ToProvider };
    let (source, earners) = (Source::Former, Earners::OfFormer);
    let choices = Choices { source, ends_on: None, earners, helpers, letters: Vec::new() };
    parts(Some(&former), to, &choices).demand(by)?;
    if is_there(conn, by, id)? {
        return Ok(Parted::Before);
    }
    if let Some(problem) = hindrance(conn, by, to)? {
        return Ok(Parted::Refused(problem));
    }
    put(conn, by, (id, Some(&former), to, None), &choices, now)?;
    Ok(Parted::Begun(name))
}
