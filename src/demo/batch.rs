//! What is written at once.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;

use super::colleagues::Colleague;
use super::rows::{
    ActivityRow, CustomerRow, CustomerUserRow, DelegationPlanRow, DelegationRow, LicenseRow, NotificationRow,
    OrderLineRow, OrderRow, OrganisationRow, PersonRow, QuantityChangeRow, RoleRow, SubscriptionRow,
    WordsRow,
};
use crate::access::Role;
use crate::db::Connection;
use crate::error::Result;
use crate::values::folding::short_parts;

/// Fewer customers are kept row by row in no time, and nobody waits for the lock that switching takes.
const MANY: usize = 2_000;

/// Customers with all that belongs to them.
#[derive(Default)]
pub struct Batch {
    pub companies: Vec<OrganisationRow>,
    pub customers: Vec<CustomerRow>,
    pub people: Vec<PersonRow>,
    pub users: Vec<CustomerUserRow>,
    pub colleagues: Vec<Colleague>,
    pub delegations: Vec<DelegationRow>,
    pub plans: Vec<DelegationPlanRow>,
    pub orders: Vec<OrderRow>,
    pub subscriptions: Vec<SubscriptionRow>,
    pub changes: Vec<QuantityChangeRow>,
    pub licenses: Vec<LicenseRow>,
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
        self.insert_colleagues(conn)?;
        self.without_triggers(conn, |conn| {
            DelegationRow::insert(conn, &self.delegations)?;
            OrderRow::insert(conn, &self.orders)?;
            SubscriptionRow::insert(conn, &self.subscriptions)
        })?;
        QuantityChangeRow::insert(conn, &self.changes)?;
        LicenseRow::insert(conn, &self.licenses)?;
        DelegationPlanRow::insert(conn, &self.plans)?;
        OrderLineRow::insert(conn, &self.lines)?;
        ActivityRow::insert(conn, &self.activity)?;
        NotificationRow::insert(conn, &self.told)
    }

    fn insert_colleagues(&self, conn: &mut Connection) -> Result<()> {
        let all = || self.colleagues.iter();
        PersonRow::insert(conn, &all().map(|one| one.person.clone()).collect::<Vec<_>>())?;
        RoleRow::insert(conn, &all().filter_map(|one| one.role.clone()).collect::<Vec<_>>())?;
        CustomerUserRow::insert(conn, &all().map(|one| one.user.clone()).collect::<Vec<_>>())
    }

    /// The first user of a customer administers everything there.
    fn admins(&self) -> Vec<RoleRow> {
        let role = Role::GlobalAdmin;
        self.people.iter().map(|person| RoleRow { person_id: person.id, role }).collect()
    }

    /// What the customers' own rows say of their delegations and subscriptions is kept row by row, for which PostgreSQL
    /// writes a customer anew into all its indexes each time: here that is done once for all.
    fn without_triggers(
        &self,
        conn: &mut Connection,
        insert: impl FnOnce(&mut Connection) -> Result<()>,
    ) -> Result<()> {
        if conn.is_sqlite() || self.customers.len() < MANY {
            return insert(conn);
        }
        let switch = |word: &str| {
            format!(
                "ALTER TABLE delegations {word} TRIGGER delegations_added_or_gone;
                 ALTER TABLE subscriptions {word} TRIGGER subscriptions_added_or_gone"
            )
        };
        conn.batch_execute(&switch("DISABLE"))?;
        insert(conn)?;
        conn.batch_execute(&switch("ENABLE"))?;
        let kept = "UPDATE customers SET
                monthly_minor = (SELECT coalesce(sum(month_of(bought)), 0) FROM subscriptions bought WHERE bought.customer_id = customers.id),
                resellers = (SELECT count(*) FROM delegations WHERE customer_id = customers.id AND ended_at IS NULL)
            WHERE id = ANY(ARRAY(SELECT json_array_elements_text($1::json)))";
        let ids: Vec<&str> = self.customers.iter().map(|customer| customer.id.as_str()).collect();
        sql_query(kept).bind::<Text, _>(serde_json::Value::from(ids).to_string()).execute(conn)?;
        Ok(())
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
