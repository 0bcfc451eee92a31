//! What is written at once.

use super::rows::{
    ActivityRow, CustomerRow, CustomerUserRow, DelegationPlanRow, DelegationRow, NotificationRow,
    OrderLineRow, OrderRow, SubscriptionRow, WordsRow,
};
use crate::db::Connection;
use crate::error::Result;
use crate::values::folding::short_parts;

/// Customers with all that belongs to them.
#[derive(Default)]
pub struct Batch {
    pub customers: Vec<CustomerRow>,
    pub users: Vec<CustomerUserRow>,
    pub delegations: Vec<DelegationRow>,
    pub plans: Vec<DelegationPlanRow>,
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
        WordsRow::insert(conn, &self.words())?;
        CustomerUserRow::insert(conn, &self.users)?;
        DelegationRow::insert(conn, &self.delegations)?;
        DelegationPlanRow::insert(conn, &self.plans)?;
        OrderRow::insert(conn, &self.orders)?;
        SubscriptionRow::insert(conn, &self.subscriptions)?;
        OrderLineRow::insert(conn, &self.lines)?;
        ActivityRow::insert(conn, &self.activity)?;
        NotificationRow::insert(conn, &self.told)
    }

    /// What one or two signs find inside the names of the customers.
    fn words(&self) -> Vec<WordsRow> {
        let words = |customer: &CustomerRow| {
            let parts = short_parts(&customer.company_name);
            (!parts.is_empty()).then_some(WordsRow { customer_id: customer.id, parts })
        };
        self.customers.iter().filter_map(words).collect()
    }
}
