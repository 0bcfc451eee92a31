//! What is ticked in the list, beside its rows.

use std::collections::HashSet;

use crate::access::Viewer;
use crate::customers::form::CustomerListForm;
use crate::customers::model::CustomerRow;
use crate::customers::model::search::{Among, Filter};
use crate::customers::store::selection;
use crate::db::Connection;
use crate::error::Result;
use crate::values::id::{CustomerId, SelectionId};
use crate::web::Count;
use crate::web::pager::Page;

/// The ticks of a page, and the bar that says how many there are in all.
#[derive(Debug)]
pub struct Picks {
    /// Of this list; chosen by the page where nothing is ticked yet, so that each tab has one of its own.
    pub id: SelectionId,
    ticked: HashSet<CustomerId>,
    /// All that the list finds, but for what was ticked off again.
    pub is_all: bool,
    /// How many are selected; `None` where all that a search finds are.
    pub count: Option<Count>,
    /// Where the next page begins.
    pub next: String,
}

impl Picks {
    /// # Errors
    /// Database errors.
    pub fn of(
        conn: &mut Connection,
        by: &Viewer,
        form: &CustomerListForm,
        filter: &Filter,
        found: &Page<CustomerRow>,
    ) -> Result<Self> {
        let mut picks = Self {
            id: form.selection().unwrap_or_else(SelectionId::new),
            ticked: HashSet::new(),
            is_all: false,
            count: Some(Count::Exactly(0)),
            next: found.next.as_ref().map(|key| key.text()).unwrap_or_default(),
        };
        if let Some(chosen) = chosen(conn, by, form, filter)? {
            picks.is_all = matches!(chosen.among, Some(Among::Unmarked(_)));
            picks.ticked = selection::ticked(conn, &chosen, found.rows.iter().map(|row| row.customer.id))?;
            picks.count = selection::count(conn, &by.reach(), &chosen)?;
        }
        Ok(picks)
    }

    pub fn has(&self, customer: &CustomerId) -> bool {
        self.ticked.contains(customer)
    }

    pub fn are_any(&self) -> bool {
        self.count != Some(Count::Exactly(0))
    }
}

/// What is selected in the list that a form means, in the order of that list.
///
/// # Errors
/// Database errors.
pub fn chosen(
    conn: &mut Connection,
    by: &Viewer,
    form: &CustomerListForm,
    filter: &Filter,
) -> Result<Option<Filter>> {
    let Some(id) = form.selection() else { return Ok(None) };
    let chosen = selection::filter_of(conn, &by.person, &id, &form.place())?;
    Ok(chosen.map(|chosen| Filter { order: filter.order, ..chosen }))
}
