//! Customers of a provider that a new one looks like, each found through an index.

use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::AddCustomers;
use crate::customers::model::Account;
use crate::db::Connection;
use crate::db::schema::customers;
use crate::error::Result;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::values::name::name_key;

/// A customer that a new one looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    pub customer: CustomerId,
    pub company_name: String,
    pub domain: String,
    pub since: Moment,
    /// What is the same; never empty.
    pub same: Vec<Same>,
}

/// What two customers have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Same {
    /// Name and country.
    Name,
    /// Registration ID and country.
    Registration,
    /// The address of the primary contact.
    Email,
}

/// So many customers are shown that have the same name, registration ID or contact: who has more has a reason.
const SHOWN: i64 = 5;

/// The customers of the viewer's organisation that this one looks like; nobody else's.
///
/// # Errors
/// Database errors.
pub fn of(conn: &mut Connection, by: &Allowed<AddCustomers>, account: &Account) -> Result<Vec<Likeness>> {
    let key = name_key(&account.company_name);
    let mut found = Found::default();
    for (same, value) in [
        (Same::Name, key.as_str()),
        (Same::Registration, account.registration_id.as_str()),
        (Same::Email, account.email.as_str()),
    ] {
        if value.is_empty() {
            continue;
        }
        let own = customers::table
            .filter(customers::provider_id.eq(&by.organisation.id))
            .order((customers::created_at, customers::id))
            .limit(SHOWN)
            .select(Row::as_select())
            .into_boxed();
        let rows: Vec<Row> = match same {
            Same::Name => {
                own.filter(customers::name_key.eq(value)).filter(customers::country.eq(account.country))
            }
            Same::Registration => own
                .filter(customers::registration_id.eq(value))
                .filter(customers::country.eq(account.country)),
            Same::Email => own.filter(customers::email.eq(value)),
        }
        .load(conn)?;
        found.add(same, rows);
    }
    Ok(found.0)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = customers)]
struct Row {
    id: CustomerId,
    company_name: String,
    domain: String,
    created_at: Moment,
}

#[derive(Default)]
struct Found(Vec<Likeness>);

impl Found {
    fn add(&mut self, same: Same, rows: Vec<Row>) {
        for row in rows {
            match self.0.iter_mut().find(|known| known.customer == row.id) {
                Some(known) => known.same.push(same),
                None => self.0.push(Likeness {
                    customer: row.id,
                    company_name: row.company_name,
                    domain: row.domain,
                    since: row.created_at,
                    same: vec![same],
                }),
            }
        }
    }
}
