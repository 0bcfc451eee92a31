//! What is written at once.

use super::rows::{
    ActivityRow, CustomerRow, CustomerUserRow, DelegationRow, NotificationRow, OrderLineRow, OrderRow,
    OrganisationRow, PersonRow, RoleRow, SubscriptionRow, WordsRow,
};
use crate::access::Role;
use crate::db::Connection;
use crate::error::Result;
use crate::values::folding::short_parts;

/// Customers with all that belongs to them.
#[derive(Default)]
pub struct Batch {
    pub companies: Vec<OrganisationRow>,
    pub customers: Vec<CustomerRow>,
    pub people: Vec<PersonRow>,
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
        OrganisationRow::insert(conn, &self.companies)?;
        CustomerRow::insert(conn, &self.customers)?;
        WordsRow::insert(conn, &self.words())?;
        PersonRow::insert(conn, &self.people)?;
        RoleRow::insert(conn, &self.admins())?;
        CustomerUserRow::insert(conn, &self.users)?;
        DelegationRow::insert(conn, &self.delegations)?;
        OrderRow::insert(conn, &self.orders)?;
        SubscriptionRow::insert(conn, &self.subscriptions)?;
        OrderLineRow::insert(conn, &self.lines)?;
        ActivityRow::insert(conn, &self.activity)?;
        NotificationRow::insert(conn, &self.told)
    }

    /// Everybody who signs in for a customer administers everything there.
    fn admins(&self) -> Vec<RoleRow> {
        let role = Role::GlobalAdmin;
        self.people.iter().map(|person| RoleRow { person_id: person.id, role }).collect()
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
