//! The changes of quantities that a provider can still undo, those whose window closes first in front.

use diesel::prelude::*;

use super::super::model::undo::QuantityChange;
use super::super::model::{Status, Subscription};
use super::row::Row;
use super::undo::ChangeRow;
use crate::access::Allowed;
use crate::access::permission::SeeQuantityChanges;
use crate::customers::facts::{Named, customer, is_going_on};
use crate::db::Connection;
use crate::db::row_values::Both;
use crate::db::schema::{quantity_changes, subscriptions};
use crate::error::Result;
use crate::values::moment::Moment;
use crate::web::pager::{Page, Portion, ascending, keyset};

/// Up to when the windows close that are looked at.
#[derive(Clone, Copy, Debug)]
pub struct Selection {
    pub now: Moment,
    pub until: Option<Moment>,
}

/// A line of the list.
#[derive(Clone, Debug)]
pub struct Undoable {
    pub change: QuantityChange,
    pub subscription: Subscription,
    pub customer: Named,
}

/// A portion of the list: the last change of each subscription that still stands as that left it.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    by: &Allowed<SeeQuantityChanges>,
    selection: Selection,
    portion: &Portion,
) -> Result<Page<Undoable>> {
    let mut query = quantity_changes::table
        .inner_join(subscriptions::table.on(subscriptions::id.eq(quantity_changes::subscription_id)))
        .inner_join(customer(subscriptions::customer_id))
        .filter(quantity_changes::provider_id.eq(&by.organisation.id))
        .filter(quantity_changes::is_latest)
        .filter(quantity_changes::undo_until.ge(selection.now))
        .filter(subscriptions::status.eq(Status::Active))
        .filter(subscriptions::quantity.eq(quantity_changes::new_quantity))
        .filter(subscriptions::unit_price_minor.eq(quantity_changes::unit_price_minor))
        .filter(is_going_on())
        .into_boxed::<Both>();
    if let Some(until) = selection.until {
        query = query.filter(quantity_changes::undo_until.le(until));
    }
    let order = ascending(quantity_changes::undo_until, quantity_changes::id);
    let page: Page<FoundRow> = keyset(conn, query, order, portion)?;
    Ok(page.map(|FoundRow { change, row, customer }| {
        let subscription = Subscription::from(row);
        Undoable { change: change.of(&subscription), subscription, customer }
    }))
}

/// A change with its subscription and the customer.
#[derive(Queryable, Selectable)]
#[diesel(table_name = quantity_changes)]
struct FoundRow {
    #[diesel(embed)]
    change: ChangeRow,
    #[diesel(embed)]
    row: Row,
    #[diesel(embed)]
    customer: Named,
}
