//! Changing an account, block by block, with everything that follows from its name.

use diesel::prelude::*;

use super::{company, find, words};
use crate::access::permission::{EditCustomerAccounts, EditCustomerContacts};
use crate::access::{Allowed, Permission as _, Reach, Viewer};
use crate::activity::{self, Action, Change, Entry};
use crate::customers::facts::{demand_lasting, is_administered, resellers_of};
use crate::customers::model::{Account, Block, Customer, search_text};
use crate::db::Connection;
use crate::db::schema::{customers, delegations};
use crate::error::{Error, Result};
use crate::notifications::{self, Event, Kind};
use crate::orders::facts as orders;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::values::name::{name_key, sort_name};

/// What somebody wants an account to be.
#[derive(Clone, Debug)]
pub struct Edit {
    pub block: Block,
    /// Of the customer that the page showed.
    pub version: i32,
    pub wanted: Account,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edited {
    /// With the domain of another customer that has the name which this one was given.
    Now { namesake: Option<String> },
    /// It is like that already.
    Same,
    /// Somebody else was faster.
    Stale,
}

/// Changes an account, if it still has the version that the page showed. Only a primary contact is changed by whoever may
/// change no more.
///
/// # Errors
/// [`Error::NotFound`] when the customer is beyond reach; [`Error::Forbidden`]; [`Error::Ended`]; database errors.
pub fn edit(
    conn: &mut Connection,
    by: &Allowed<EditCustomerContacts>,
    id: &CustomerId,
    edit: &Edit,
    now: Moment,
) -> Result<Edited> {
    let customer = find(conn, &by.reach(), id)?;
    demand_lasting(conn, id)?;
    let (kept, wanted) = (&customer.account, &edit.wanted);
    let changes = changes(kept, wanted);
    if changes.is_empty() {
        return Ok(Edited::Same);
    }
    // Before the rights: what a colleague has just changed is nothing that the viewer wanted to.
    if customer.version != edit.version {
        return Ok(Edited::Stale);
    }
    let is_of_contact = |change: &Change| Block::Contact.fields().contains(&change.field.as_str());
    if !changes.iter().all(is_of_contact) && !by.may::<EditCustomerAccounts>() {
        return Err(Error::Forbidden(EditCustomerAccounts::KEY));
    }
    let unchanged = customers::table.find(id).filter(customers::version.eq(edit.version));
    let met = diesel::update(unchanged)
        .set((Columns::of(wanted), customers::version.eq(customers::version + 1)))
        .execute(conn)?;
    if met == 0 {
        return Ok(Edited::Stale);
    }
    let is_renamed = kept.company_name != wanted.company_name;
    let namesake =
        if is_renamed { rename(conn, &by.reach(), &customer, &wanted.company_name)? } else { None };
    company::follow(conn, &by.reach(), id)?;
    tell_all(conn, by, (&customer, edit), changes, now)?;
    Ok(Edited::Now { namesake })
}

/// What changes, value by value, as people know them.
fn changes(kept: &Account, wanted: &Account) -> Vec<Change> {
    let (old, new) = (kept.fields(), wanted.fields());
    let pairs = old.iter().zip(&new).filter(|(old, new)| old.1 != new.1);
    pairs.map(|((field, old), (_, new))| Change::new(field, old, new)).collect()
}

/// Brings everything after that lists and searches know of a name, and answers who else has it, as far as the viewer sees.
fn rename(conn: &mut Connection, reach: &Reach, customer: &Customer, name: &str) -> Result<Option<String>> {
    let (id, key) = (&customer.id, name_key(name));
    diesel::update(customers::table.find(id))
        .set((
            customers::sort_name.eq(sort_name(name)),
            customers::name_key.eq(&key),
            customers::search_text.eq(search_text(name, &customer.account.domain, id)),
        ))
        .execute(conn)?;
    words::replace(conn, id, name)?;
    orders::keep_name(conn, id, &customer.account.company_name)?;
    diesel::update(delegations::table.filter(delegations::customer_id.eq(id)))
        .set(delegations::customer_sort_name.eq(sort_name(name)))
        .execute(conn)?;
    let namesakes = customers::table
        .filter(customers::provider_id.eq(&customer.provider))
        .filter(customers::name_key.eq(&key))
        .filter(customers::id.ne(id))
        .order((customers::created_at, customers::id))
        .select(customers::domain)
        .into_boxed();
    Ok(match reach {
        Reach::Provider(_) => namesakes.first(conn).optional()?,
        Reach::Reseller(own) => {
            namesakes.filter(is_administered(customers::id, own)).first(conn).optional()?
        }
        Reach::Customer(_) | Reach::Nothing => None,
    })
}

/// Records it and tells the other side. Of several resellers that administer a customer none learns of another.
fn tell_all(
    conn: &mut Connection,
    by: &Viewer,
    (customer, edit): (&Customer, &Edit),
    changes: Vec<Change>,
    now: Moment,
) -> Result<()> {
    let (id, kept, name) = (&customer.id, &customer.account.company_name, &edit.wanted.company_name);
    let action = match edit.block {
        Block::Company => Action::UpdateCustomerCompany,
        Block::Contact => Action::UpdateCustomerContact,
        Block::Registration => Action::UpdateCustomerRegistration,
    };
    let entry = Entry::new(action, "customer", id, name).for_customer(id, name).with(changes);
    activity::store::record(conn, by, &entry, now)?;
    let is_own = customer.provider == by.organisation.id;
    let kind = if is_own { Kind::AccountChanged } else { Kind::AccountCorrected };
    let before = if kept == name { "" } else { kept.as_str() };
    let event = Event::about_customer(kind, id, name).changed(before, edit.block.as_text());
    let others = if is_own { resellers_of(conn, id)? } else { vec![customer.provider] };
    for other in &others {
        activity::store::record_for(conn, other, by, &entry, now)?;
        notifications::tell(conn, other, by, &event, now)?;
    }
    Ok(())
}

/// What can be changed of an account, as its columns are.
#[derive(AsChangeset)]
#[diesel(table_name = customers)]
struct Columns<'a> {
    company_name: &'a str,
    address_line1: &'a str,
    address_line2: &'a str,
    city: &'a str,
    state: &'a str,
    postal_code: &'a str,
    culture: &'a str,
    first_name: &'a str,
    middle_name: &'a str,
    last_name: &'a str,
    email: &'a str,
    phone: &'a str,
    registration_id: &'a str,
}

impl<'a> Columns<'a> {
    fn of(account: &'a Account) -> Self {
        Self {
            company_name: &account.company_name,
            address_line1: &account.address_line1,
            address_line2: &account.address_line2,
            city: &account.city,
            state: &account.state,
            postal_code: &account.postal_code,
            culture: &account.culture,
            first_name: &account.first_name,
            middle_name: &account.middle_name,
            last_name: &account.last_name,
            email: account.email.as_str(),
            phone: &account.phone,
            registration_id: &account.registration_id,
        }
    }
}
