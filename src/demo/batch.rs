//! What is written at once.

use super::rows::{
    ActivityRow, CustomerRow, CustomerUserRow, DelegationRow, NotificationRow, OrderLineRow, OrderRow,
    SubscriptionRow,
};
use crate::db::Connection;
use crate::error::Result;

/// Customers with all that belongs to them.
#[derive(Default)]
pub struct Batch {
    pub customers: Vec<CustomerRow>,
    pub users: Vec<CustomerUserRow>,
    pub delegations: Vec<DelegationRow>,
    pub orders: Vec<OrderRow>,
    pub subscriptions: Vec<SubscriptionRow>,
    pub lines: Vec<OrderLineRow>,
    pub activity: Vec<ActivityRow>,
    pub told: Vec<NotificationRow>,
}

impl Batch {
    /// In the order in which the tables refer to each other.
    pub fn insert(&self, conn: &mut Connection) -> Result<()> {
        CustomerRow::insert(conn, &self.customers)?;
        CustomerUserRow::insert(conn, &self.users)?;
        DelegationRow::insert(conn, &self.delegations)?;
        OrderRow::insert(conn, &self.orders)?;
        SubscriptionRow::insert(conn, &self.subscriptions)?;
        OrderLineRow::insert(conn, &self.lines)?;
        ActivityRow::insert(conn, &self.activity)?;
        NotificationRow::insert(conn, &self.told)
    }
}
