//! What a person has ticked in the Customers list.
//!
//! It is kept here, not in the address, which could not hold thousands of ids; the address holds the selection's own id
//! instead. So every list that is ticked in has a selection to itself, whichever tab it stands in, and whoever is sent
//! its address finds nothing ticked: a selection is its person's alone.

mod apart;
mod marking;

use std::collections::HashSet;

use diesel::prelude::*;

pub use apart::{forget, keep_apart};
pub use marking::{Deed, MOST, Marked, Marking, change};

use super::keys::{self, Scope};
use super::list::{self, listed_after};
use crate::access::Reach;
use crate::customers::model::listing::View;
use crate::customers::model::search::{Among, Filter, Place, Search};
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::{customer_selections, selected_customers};
use crate::error::Result;
use crate::values::id::{CustomerId, OrganisationId, PersonId, SelectionId};
use crate::values::moment::Moment;
use crate::web::Count;
use crate::web::pager::{Page, Portion};

/// What is selected, as it is kept.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = customer_selections)]
pub struct Selection {
    pub id: SelectionId,
    /// All that view, search and reseller find, but for what is marked.
    pub is_all: bool,
    view: String,
    search: String,
    reseller: String,
}

impl Selection {
    /// Whether it says anything of a list: all of one list is no part of another one.
    fn is_of(&self, place: &Place) -> bool {
        !self.is_all
            || (self.view == place.view.as_text()
                && self.search == place.search
                && self.reseller == place.reseller)
    }

    /// The customers that are selected, as a filter. Those that have ended stand in their own view, so they are another
    /// selection than those that have not, even where both were ticked under one id.
    fn filter(&self, has_ended: bool) -> Filter {
        let view = View::from_text(&self.view).unwrap_or(View::Mine);
        let reseller = OrganisationId::parse(&self.reseller);
        match self.is_all {
            true => Filter {
                search: Search::parse(&self.search),
                reseller,
                among: Some(Among::Unmarked(self.id)),
                ..Filter::of(view)
            },
            false => Filter {
                among: Some(Among::Marked(self.id)),
                ..Filter::of(if has_ended { View::Ended } else { View::Mine })
            },
        }
    }
}

/// What a person has selected in a list, as a filter by which pages and files read it; `None` for nothing, and for what
/// is somebody else's.
///
/// # Errors
/// Database errors.
pub fn filter_of(
    conn: &mut Connection,
    person: &PersonId,
    id: &SelectionId,
    place: &Place,
) -> Result<Option<Filter>> {
    let selection = find(conn, person, id)?.filter(|selection| selection.is_of(place));
    Ok(selection.map(|selection| selection.filter(place.view == View::Ended)))
}

/// The same for a deed that takes what is selected, wherever it was ticked, but no customer that has ended.
///
/// # Errors
/// Database errors.
pub fn living_filter_of(
    conn: &mut Connection,
    person: &PersonId,
    id: &SelectionId,
) -> Result<Option<Filter>> {
    let selection = find(conn, person, id)?.map(|selection| selection.filter(false));
    Ok(selection.filter(|filter| filter.view != View::Ended))
}

/// The ids that a filter finds within reach, portion by portion: of what is selected ([`filter_of`]) or of a whole list.
///
/// # Errors
/// Database errors.
pub fn ids_after(
    conn: &mut Connection,
    reach: &Reach,
    filter: &Filter,
    portion: &Portion,
) -> Result<Page<CustomerId>> {
    listed_after(conn, reach, filter, portion)
}

/// How many are selected, as far as counting is cheap; `None` where all that a search finds are.
///
/// # Errors
/// Database errors.
pub fn count(conn: &mut Connection, reach: &Reach, filter: &Filter) -> Result<Option<Count>> {
    match filter.among {
        Some(Among::Marked(_)) => match Scope::new(reach, filter) {
            Some(scope) => Ok(Some(keys::count(conn, &scope, filter)?)),
            None => Ok(Some(Count::Exactly(0))),
        },
        _ => list::count_of(conn, reach, filter),
    }
}

/// Which of the customers on a page are selected.
///
/// # Errors
/// Database errors.
pub fn ticked(
    conn: &mut Connection,
    filter: &Filter,
    shown: impl Iterator<Item = CustomerId>,
) -> Result<HashSet<CustomerId>> {
    let shown: Vec<CustomerId> = shown.collect();
    let (id, is_all) = match filter.among {
        Some(Among::Marked(id)) => (id, false),
        Some(Among::Unmarked(id)) => (id, true),
        None => return Ok(HashSet::new()),
    };
    let marked = marked_among(conn, &id, &shown)?;
    Ok(shown.into_iter().filter(|customer| marked.contains(customer) != is_all).collect())
}

/// So many selections are forgotten at once.
const STEP: i64 = 50;
/// Nobody goes on with what was ticked so long ago.
const KEPT_DAYS: i64 = 2;

/// Forgets selections that nobody has touched for days, and answers how many there were.
///
/// # Errors
/// Database errors.
pub fn forget_old(conn: &mut Connection, now: Moment) -> Result<usize> {
    let old: Vec<SelectionId> = customer_selections::table
        .filter(customer_selections::touched_at.lt(now.plus_days(-KEPT_DAYS)))
        .order((customer_selections::touched_at, customer_selections::id))
        .select(customer_selections::id)
        .limit(STEP)
        .load(conn)?;
    diesel::delete(selected_customers::table.filter(is_among(selected_customers::selection_id, &old)))
        .execute(conn)?;
    diesel::delete(customer_selections::table.filter(is_among(customer_selections::id, &old)))
        .execute(conn)?;
    Ok(old.len())
}

/// Takes a customer who is forgotten out of all selections.
///
/// # Errors
/// Database errors.
pub fn leave_out(conn: &mut Connection, customer: &CustomerId) -> Result<()> {
    diesel::delete(selected_customers::table.filter(selected_customers::customer_id.eq(customer)))
        .execute(conn)?;
    Ok(())
}

fn find(conn: &mut Connection, person: &PersonId, id: &SelectionId) -> Result<Option<Selection>> {
    let own = customer_selections::table
        .filter(customer_selections::id.eq(id))
        .filter(customer_selections::person_id.eq(person));
    Ok(own.select(Selection::as_select()).first(conn).optional()?)
}

fn marked_among(
    conn: &mut Connection,
    id: &SelectionId,
    customers: &[CustomerId],
) -> Result<HashSet<CustomerId>> {
    let marked: Vec<CustomerId> = selected_customers::table
        .filter(selected_customers::selection_id.eq(id))
        .filter(is_among(selected_customers::customer_id, customers))
        .select(selected_customers::customer_id)
        .load(conn)?;
    Ok(marked.into_iter().collect())
}
