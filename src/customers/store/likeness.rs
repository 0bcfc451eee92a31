//! Customers of a provider that a new one looks like, each found through an index.

use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::AddCustomers;
use crate::customers::model::Account;
use crate::db::Connection;
use crate::db::schema::customers;
use crate::error::Result;
use crate::text_enum;
use crate::values::country::Country;
use crate::values::folding::folded;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::values::name::{line, name_key, sort_name};

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

text_enum! {
    /// What two customers have in common.
    pub enum Same {
        /// Name and country.
        Name = "name",
        /// Registration ID and country.
        Registration = "registration",
        /// The address of the primary contact.
        Email = "email",
        /// The city, and nearly the name.
        City = "city",
    }
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
            Same::City => continue,
        }
        .load(conn)?;
        found.add(same, rows);
    }
    Ok(found.0)
}

/// So much alike are names that one hand wrote twice.
const SIMILAR: f64 = 0.92;
/// So many customers are looked at whose names stand next before or after a name.
const LOOKED_AT: i64 = 100;
/// So many signs at the beginning of two names are the same.
const BEGINNING: usize = 3;

/// The same, and customers in the same city that are called nearly so, as long as the provider's relationship with them
/// lasts: those whose names stand next to this one, and begin with the same signs.
///
/// # Errors
/// Database errors.
pub fn of_or_near(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    account: &Account,
) -> Result<Vec<Likeness>> {
    let mut found = Found(of(conn, by, account)?);
    let (key, city) = (name_key(&account.company_name), folded(&line(&account.city)));
    let is_near = |near: &NearRow| {
        // Whoever is called the same is found already.
        let its_key = name_key(&near.row.company_name);
        its_key != key
            && near.country == account.country
            && folded(&line(&near.city)) == city
            && strsim::jaro_winkler(&its_key, &key) >= SIMILAR
    };
    let shown = usize::try_from(SHOWN).unwrap_or_default();
    let near = next_to(conn, by, &account.company_name)?.into_iter().filter(is_near);
    found.add(Same::City, near.map(|near| near.row).take(shown).collect());
    Ok(found.0)
}

/// Customers whose names begin like this one and stand next to it, before and after.
fn next_to(conn: &mut Connection, by: &Allowed<AddCustomers>, name: &str) -> Result<Vec<NearRow>> {
    let name = sort_name(name);
    let beginning: String = name.chars().take(BEGINNING).collect();
    let end = format!("{beginning}\u{10ffff}");
    let own = customers::table
        .filter(customers::provider_id.eq(&by.organisation.id))
        // The index holds those only.
        .filter(customers::ended_at.is_null())
        .select(NearRow::as_select())
        .limit(LOOKED_AT);
    let mut near: Vec<NearRow> = own
        .filter(customers::sort_name.ge(&name))
        .filter(customers::sort_name.lt(end))
        .order((customers::sort_name, customers::id))
        .load(conn)?;
    let before: Vec<NearRow> = own
        .filter(customers::sort_name.lt(&name))
        .filter(customers::sort_name.ge(beginning))
        .order((customers::sort_name.desc(), customers::id.desc()))
        .load(conn)?;
    near.extend(before);
    Ok(near)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = customers)]
struct NearRow {
    #[diesel(embed)]
    row: Row,
    city: String,
    country: Country,
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
