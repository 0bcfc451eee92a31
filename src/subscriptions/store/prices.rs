//! What the catalogue asks for subscriptions that renew.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use chrono::NaiveDate;

use super::super::model::Subscription;
use crate::catalog::store::prices::{PriceList, price_list};
use crate::db::Connection;
use crate::error::Result;
use crate::values::currency::Currency;
use crate::values::id::OfferId;
use crate::values::money::Money;

/// Price lists, each read once.
#[derive(Default)]
pub(super) struct Prices(HashMap<(OfferId, Currency), PriceList>);

impl Prices {
    /// One unit for one billing period, as asked on a day; nothing where the offer has no price in the currency, or is no
    /// longer billed like that.
    pub(super) fn of(
        &mut self,
        conn: &mut Connection,
        subscription: &Subscription,
        day: NaiveDate,
    ) -> Result<Option<Money>> {
        let currency = subscription.unit_price.currency;
        let list = match self.0.entry((subscription.offer, currency)) {
            Entry::Occupied(read) => read.into_mut(),
            Entry::Vacant(unread) => unread.insert(price_list(conn, &subscription.offer, currency)?),
        };
        Ok(list.on(day, subscription.billing))
    }
}
