//! Pinned offers: what a provider wants to find on top when it orders.

use std::collections::HashSet;

use diesel::prelude::*;

use super::keeping::find;
use crate::access::Allowed;
use crate::access::permission::PinOffers;
use crate::activity::{self, Action, Entry};
use crate::db::schema::pinned_offers;
use crate::db::{Connection, unless_taken};
use crate::error::Result;
use crate::values::id::{OfferId, OrganisationId};
use crate::values::moment::Moment;

/// So many offers can be pinned: with more, nothing stands on top.
pub const MOST: usize = 5;

/// What came of pinning an offer, or of unpinning it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pinned {
    Done,
    /// It was like that already.
    Same,
    /// So many are pinned already.
    Full,
}

/// What an organisation has pinned.
///
/// # Errors
/// Database errors.
pub fn pinned_by(conn: &mut Connection, organisation: &OrganisationId) -> Result<HashSet<OfferId>> {
    let own = pinned_offers::table.filter(pinned_offers::organisation_id.eq(organisation));
    Ok(own.select(pinned_offers::offer_id).load::<OfferId>(conn)?.into_iter().collect())
}

/// Pins an offer for everybody of the organisation, or unpins it. Answers its name, too.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn set(
    conn: &mut Connection,
    by: &Allowed<PinOffers>,
    id: &OfferId,
    is_pinned: bool,
    now: Moment,
) -> Result<(String, Pinned)> {
    let name = find(conn, id, now.day())?.definition.name;
    let own = &by.organisation.id;
    let before = pinned_by(conn, own)?;
    if before.contains(id) == is_pinned {
        return Ok((name, Pinned::Same));
    }
    if is_pinned && before.len() >= MOST {
        return Ok((name, Pinned::Full));
    }
    let is_done = if is_pinned {
        let row = (
            pinned_offers::organisation_id.eq(own),
            pinned_offers::offer_id.eq(id),
            pinned_offers::pinned_at.eq(now),
        );
        unless_taken(conn, diesel::insert_into(pinned_offers::table).values(row))?
    } else {
        diesel::delete(pinned_offers::table.find((own, id))).execute(conn)? > 0
    };
    if !is_done {
        return Ok((name, Pinned::Same));
    }
    let action = if is_pinned { Action::PinOffer } else { Action::UnpinOffer };
    activity::store::record(conn, by.viewer(), &Entry::new(action, "offer", id, &name), now)?;
    Ok((name, Pinned::Done))
}
