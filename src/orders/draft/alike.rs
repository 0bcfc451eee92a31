//! What a new customer looks like: customers that the provider has, and other drafts for the same domain.

use super::store::{Twin, twins};
use crate::access::Allowed;
use crate::access::permission::AddCustomers;
use crate::customers::model::Account;
use crate::customers::store::likeness::{self, Likeness};
use crate::db::Connection;
use crate::error::Result;
use crate::values::id::DraftId;

/// Whatever is alike.
#[derive(Clone, Debug, Default)]
pub struct Alike {
    pub customers: Vec<Likeness>,
    pub drafts: Vec<Twin>,
}

/// What the account of a draft looks like, among what the viewer's organisation has.
///
/// # Errors
/// Database errors.
pub fn find(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    draft: &DraftId,
    account: &Account,
) -> Result<Alike> {
    let prefix = account.domain.split('.').next().unwrap_or_default();
    Ok(Alike { customers: likeness::of(conn, by, account)?, drafts: twins(conn, by, Some(draft), prefix)? })
}

impl Alike {
    pub fn is_empty(&self) -> bool {
        self.customers.is_empty() && self.drafts.is_empty()
    }

    /// The ids of all of it, each after a blank.
    pub fn ids(&self) -> String {
        let customers = self.customers.iter().map(|like| like.customer.as_str());
        let drafts = self.drafts.iter().map(|twin| twin.id.as_str());
        customers.chain(drafts).map(|id| format!(" {id}")).collect()
    }

    /// Only what is among these ids.
    #[must_use]
    pub fn among(&self, ids: &str) -> Self {
        self.clone().only(|id| has(ids, id))
    }

    /// Only what is not among these ids.
    #[must_use]
    pub fn beyond(&self, ids: &str) -> Self {
        self.clone().only(|id| !has(ids, id))
    }

    fn only(mut self, fits: impl Fn(&str) -> bool) -> Self {
        self.customers.retain(|like| fits(like.customer.as_str()));
        self.drafts.retain(|twin| fits(twin.id.as_str()));
        self
    }
}

fn has(ids: &str, id: &str) -> bool {
    ids.split_whitespace().any(|known| known == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customers::store::likeness::Same;
    use crate::values::id::CustomerId;
    use crate::values::moment::Moment;

    #[test]
    fn what_is_known_is_left_out_and_only_what_was_shown_becomes_known() {
        let like = || Likeness {
            customer: CustomerId::new(),
            company_name: "Contoso".to_owned(),
            domain: "contoso.example".to_owned(),
            since: Moment::from_unix(0),
            same: vec![Same::Name],
        };
        let alike = Alike { customers: vec![like(), like()], drafts: Vec::new() };
        assert!(alike.beyond(&alike.ids()).is_empty());
        let first = alike.customers[0].customer.to_string();
        assert_eq!(alike.beyond(&first).customers.len(), 1);
        assert_eq!(alike.among(&format!("{first} {}", CustomerId::new())).ids(), format!(" {first}"));
        assert!(alike.among("").is_empty());
    }
}
