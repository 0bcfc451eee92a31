//! Ticking customers, all of them, and none.

use diesel::prelude::*;

use super::{find, marked_among};
use crate::access::Allowed;
use crate::access::permission::SeeCustomers;
use crate::customers::facts::within;
use crate::customers::model::search::Place;
use crate::db::Connection;
use crate::db::schema::{customer_selections, selected_customers};
use crate::error::{Error, Result};
use crate::values::id::{CustomerId, PersonId, SelectionId};
use crate::values::moment::Moment;

/// So many can be ticked one by one: they are sorted anew for every page. All that a list finds have no such limit.
pub const MOST: i64 = 5_000;

/// What somebody does with the ticks of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Keeps which of the customers on it are ticked. What was ticked on other pages stays.
    Keep,
    /// Selects all that the list finds, now and when they are taken.
    TakeAll,
    /// Selects nothing any more.
    Clear,
}

/// A page of the list as somebody has left its ticks.
#[derive(Clone, Debug)]
pub struct Marking {
    pub id: SelectionId,
    pub deed: Deed,
    pub place: Place,
    pub shown: Vec<CustomerId>,
    pub ticked: Vec<CustomerId>,
    pub now: Moment,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked {
    Done,
    /// Nothing was written.
    TooMany,
}

/// Does with the ticks of a page what somebody wants done.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's selection; database errors.
pub fn change(conn: &mut Connection, by: &Allowed<SeeCustomers>, marking: &Marking) -> Result<Marked> {
    if marking.deed == Deed::Keep {
        return mark(conn, by, marking);
    }
    keep(conn, &by.person, (&marking.id, marking.deed == Deed::TakeAll), &marking.place, marking.now)?;
    forget_marks(conn, &marking.id)?;
    Ok(Marked::Done)
}

fn mark(conn: &mut Connection, by: &Allowed<SeeCustomers>, marking: &Marking) -> Result<Marked> {
    let kept = find(conn, &by.person, &marking.id)?.filter(|selection| selection.is_of(&marking.place));
    let is_all = kept.is_some_and(|selection| selection.is_all);
    if !is_all {
        keep(conn, &by.person, (&marking.id, false), &marking.place, marking.now)?;
    }
    let within_reach = within(conn, &by.reach(), marking.shown.iter().copied())?;
    let (wanted, others): (Vec<CustomerId>, Vec<CustomerId>) =
        within_reach.into_iter().partition(|customer| marking.ticked.contains(customer) != is_all);
    let there = marked_among(conn, &marking.id, &wanted)?;
    let new: Vec<CustomerId> = wanted.into_iter().filter(|customer| !there.contains(customer)).collect();
    let of = selected_customers::table.filter(selected_customers::selection_id.eq(&marking.id));
    let count: i64 = of.count().get_result(conn)?;
    if count.saturating_add(i64::try_from(new.len()).unwrap_or(i64::MAX)) > MOST {
        return Ok(Marked::TooMany);
    }
    for customer in others {
        diesel::delete(selected_customers::table.find((&marking.id, &customer))).execute(conn)?;
    }
    for customer in new {
        diesel::insert_into(selected_customers::table)
            .values((
                selected_customers::selection_id.eq(&marking.id),
                selected_customers::customer_id.eq(&customer),
            ))
            .execute(conn)?;
    }
    Ok(Marked::Done)
}

/// Keeps a selection as one of this person. Where it was all of a list and is no more, nothing is marked in it.
fn keep(
    conn: &mut Connection,
    person: &PersonId,
    (id, is_all): (&SelectionId, bool),
    place: &Place,
    now: Moment,
) -> Result<()> {
    let owner: Option<(PersonId, bool)> = customer_selections::table
        .find(id)
        .select((customer_selections::person_id, customer_selections::is_all))
        .first(conn)
        .optional()?;
    let values = (
        customer_selections::is_all.eq(is_all),
        customer_selections::view.eq(place.view.as_text()),
        customer_selections::search.eq(&place.search),
        customer_selections::reseller.eq(&place.reseller),
        customer_selections::touched_at.eq(now),
    );
    match owner {
        Some((owner, _)) if owner != *person => return Err(Error::NotFound),
        Some((_, was_all)) => {
            diesel::update(customer_selections::table.find(id)).set(values).execute(conn)?;
            if was_all != is_all {
                forget_marks(conn, id)?;
            }
        }
        None => {
            let key = (customer_selections::id.eq(id), customer_selections::person_id.eq(person));
            diesel::insert_into(customer_selections::table).values((key, values)).execute(conn)?;
        }
    }
    Ok(())
}

fn forget_marks(conn: &mut Connection, id: &SelectionId) -> Result<()> {
    let of = selected_customers::table.filter(selected_customers::selection_id.eq(id));
    diesel::delete(of).execute(conn)?;
    Ok(())
}
