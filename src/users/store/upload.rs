//! What files of users do, a portion of rows at a time. Who sent them, and how far each is, `batches` keeps.

mod applying;
mod handing;
mod holders;
mod judging;
mod returning;

use std::collections::HashMap;

use super::licenses::products_to_give;
use crate::access::Viewer;
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::error::Result;
use crate::licenses::model::Product;
use crate::sheets::Cells;
use crate::subscriptions::facts::seats;
use crate::users::model::upload::{Column, Holder, Wish};
use crate::values::country::Country;
use crate::values::id::OfferId;
use crate::values::moment::Moment;

pub use applying::{Applied, apply};
pub use handing::{Link, hand_over, mail_links, to_hand_over};
pub use judging::{Promised, judge};
pub use returning::{built, take_back};

/// A file for the users of a customer, as somebody sent it.
#[derive(Clone, Copy)]
pub struct File<'a> {
    pub by: &'a Viewer,
    pub customer: &'a Customer,
    pub columns: &'a [Column],
    /// Where users are for whom a row names no country.
    pub location: Country,
}

impl File<'_> {
    fn cells<'a>(&'a self, texts: &'a [String]) -> Cells<'a, Column> {
        Cells { columns: self.columns, texts }
    }
}

/// What the customer has to give and what these users have of it, where some row wants something: counting takes time.
fn products<'a>(
    conn: &mut Connection,
    customer: &Customer,
    mut wishes: impl Iterator<Item = &'a Wish>,
    holders: &HashMap<String, Holder>,
    now: Moment,
) -> Result<Vec<Product>> {
    if wishes.all(|wish| wish.licenses.is_empty()) {
        return Ok(Vec::new());
    }
    let given: Vec<OfferId> = seats(conn, &customer.id, now.day())?.into_keys().collect();
    let held = holders.values().flat_map(|holder| match holder {
        Holder::Own(_, held) => held.as_slice(),
        Holder::Nobody | Holder::Deleted | Holder::Other => &[],
    });
    let held: Vec<OfferId> = held.map(|license| license.offer).collect();
    products_to_give(conn, &customer.id, (&given, &held), now)
}
