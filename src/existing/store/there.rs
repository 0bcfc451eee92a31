//! Who has the domains of a portion of rows.

use std::collections::{HashMap, HashSet};

use crate::access::Viewer;
use crate::customers::facts::{OfDomain, of_domains};
use crate::db::Connection;
use crate::error::Result;
use crate::people::facts::held_addresses;
use crate::users::facts::first_user_name;
use crate::values::id::CustomerId;

/// Who has a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    Nobody,
    /// A customer of the provider.
    Own {
        customer: CustomerId,
        company_name: String,
    },
    /// One whose relationship with the provider has ended.
    Ended,
    /// Somebody else, or somebody signs in as its first user would.
    Other,
}

/// Who has each of these domains.
///
/// # Errors
/// Database errors.
pub fn holders(conn: &mut Connection, by: &Viewer, domains: &[&str]) -> Result<HashMap<String, Holder>> {
    let rows = of_domains(conn, domains)?;
    let mut holders: HashMap<String, Holder> = HashMap::new();
    for OfDomain { domain, id, provider, company_name, ended_at } in rows {
        let holder = match (provider == by.organisation.id, ended_at) {
            (true, None) => Holder::Own { customer: id, company_name },
            (true, Some(_)) => Holder::Ended,
            (false, _) => Holder::Other,
        };
        // A company may have accounts with several providers.
        let known = holders.entry(domain).or_insert(Holder::Other);
        if *known == Holder::Other {
            *known = holder;
        }
    }
    let names: Vec<String> = domains.iter().map(|domain| first_user_name(domain)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let held: HashSet<String> = held_addresses(conn, &names)?;
    for domain in domains {
        if held.contains(&first_user_name(domain)) {
            holders.entry((*domain).to_owned()).or_insert(Holder::Other);
        }
    }
    Ok(holders)
}

/// Who has one domain.
///
/// # Errors
/// Database errors.
pub fn holder(conn: &mut Connection, by: &Viewer, domain: &str) -> Result<Holder> {
    Ok(holders(conn, by, &[domain])?.remove(domain).unwrap_or(Holder::Nobody))
}
