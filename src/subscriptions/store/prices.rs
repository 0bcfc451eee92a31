//! What the catalogue asks for subscriptions that renew.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::super::model::Subscription;
use crate::catalog::model::Catalogue;
use crate::catalog::store::catalogue;
use crate::db::Connection;
use crate::error::Result;
use crate::values::currency::Currency;
use crate::values::money::Money;

/// The catalogue, read once a currency.
#[derive(Default)]
pub(super) struct Prices(HashMap<Currency, Catalogue>);

impl Prices {
    /// One unit for one billing period; nothing where the offer has no price in the currency.
    pub(super) fn of(&mut self, conn: &mut Connection, subscription: &Subscription) -> Result<Option<Money>> {
        let currency = subscription.unit_price.currency;
        let catalogue = match self.0.entry(currency) {
            Entry::Occupied(read) => read.into_mut(),
            Entry::Vacant(unread) => unread.insert(catalogue(conn, currency)?),
        };
        let price = catalogue.find(&subscription.offer).and_then(|listed| listed.price);
        Ok(price.map(|price| price.per_period(subscription.billing)))
    }
}
