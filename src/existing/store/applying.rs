//! Doing what rows were shown to do.

use std::collections::HashSet;

use super::offers::Offers;
use super::resellers::Resellers;
use super::there::{Holder, holder};
use super::{Reading, not_granted};
use crate::access::Allowed;
use crate::access::permission::{AddCustomers, PlaceOrders};
use crate::activity::{self, Action, Author, Change, Entry};
use crate::batches::store::list::has_made;
use crate::batches::trade::{Applied, AppliedOf, Work};
use crate::customers;
use crate::customers::model::Account;
use crate::customers::store::association::{self, NewDelegation};
use crate::customers::store::likeness::of_or_near;
use crate::db::{Connection, try_again};
use crate::error::{Error, Result};
use crate::existing::model::{Brought, Known, Reason, Said, Sold, Undo, Why, read};
use crate::existing::store::OfCustomers;
use crate::orders::store::taking_over::{brought_by, take_over};
use crate::partners::facts::name_of;
use crate::sheets::{Outcome, Turn, Verdict};
use crate::subscriptions::facts::held_by;
use crate::subscriptions::model::{NewSubscription, term};
use crate::subscriptions::store::holdings::holdings_of;
use crate::users::store::first::{self, FirstAdmin};
use crate::values::id::{
    CustomerId, CustomerUserId, DelegationId, OrderId, OrganisationId, PersonId, SubscriptionId,
};
use crate::values::password::PasswordHash;

/// Does one row. What was refused stays refused, and what would do something else by now than was shown is.
///
/// # Errors
/// Database errors.
pub(super) fn apply(
    conn: &mut Connection,
    work: Work<'_>,
    (reading, turn): (Reading<'_>, &Turn<'_, Why>),
    books: &mut Books,
) -> Result<AppliedOf<OfCustomers>> {
    match turn.verdict {
        Verdict::Refused => return Ok(Applied::of(Outcome::Refused, turn.why.clone())),
        Verdict::Same => return Ok(Applied::of(Outcome::Unchanged, Why::default())),
        Verdict::Likely => return Ok(refused(Reason::Undecided)),
        Verdict::New | Verdict::Changed => {}
    }
    let Ok(said) = read(reading.cells(turn.texts), reading.home, reading.terms) else {
        return Ok(refused(Reason::Overtaken));
    };
    if let Some(reason) = not_granted(work.by, &said) {
        return Ok(refused(reason));
    }
    if let Some(sold) = &said.sold
        && !books.are_as_shown(conn, work, (sold, turn.why.brings.as_ref()), reading)?
    {
        return Ok(refused(Reason::Overtaken));
    }
    let says_when = said.sold.as_ref().is_some_and(|sold| sold.starts_on.is_some());
    match (turn.verdict, holder(conn, work.by, &said.domain)?, &turn.why.brings) {
        (Verdict::New, Holder::Nobody, _) => add(conn, work, (&said, reading), turn.why, books),
        (Verdict::Changed, Holder::Own { customer, company_name }, Some(brings)) => {
            bring(conn, work, (&customer, &company_name), (brings, says_when), books)
        }
        // Somebody said that it is this customer.
        (Verdict::Changed, Holder::Nobody, Some(brings)) if !turn.why.likes.is_empty() => {
            match joined(conn, work, turn.why)? {
                Some((customer, name)) => bring(conn, work, (&customer, &name), (brings, says_when), books),
                None => Ok(refused(Reason::Overtaken)),
            }
        }
        // Its line was refused, or nobody chose what becomes of it.
        (Verdict::Changed, Holder::Nobody, _) => Ok(refused(Reason::NoCustomer)),
        _ => Ok(refused(Reason::Overtaken)),
    }
}

/// The customer of the provider that a row is of, by somebody's choice, as long as the relationship lasts.
fn joined(conn: &mut Connection, work: Work<'_>, why: &Why) -> Result<Option<(CustomerId, String)>> {
    let Some(id) = why.joinable() else { return Ok(None) };
    match customers::store::find(conn, &work.by.reach(), &id) {
        Ok(customer) if customer.ended_at.is_none() => Ok(Some((id, customer.account.company_name))),
        Ok(_) | Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What rows look things up in.
#[derive(Default)]
pub(super) struct Books {
    offers: Offers,
    resellers: Resellers,
    /// Whom the rows of the portion have added so far.
    made: HashSet<CustomerId>,
}

impl Books {
    /// Whether a row brings along what the page showed.
    fn are_as_shown(
        &mut self,
        conn: &mut Connection,
        work: Work<'_>,
        (sold, shown): (&Sold, Option<&Brought>),
        reading: Reading<'_>,
    ) -> Result<bool> {
        // Where the file names no day, it began on the day on which the page said so.
        let sold = Sold { starts_on: sold.starts_on.or(shown.map(|shown| shown.starts_on)), ..sold.clone() };
        let sold = Sold { renews_on: sold.renews_on.or(shown.map(|shown| shown.renews_on)), ..sold };
        let today = reading.terms.today;
        let now = self.offers.brought(conn, (work.by, &mut self.resellers), &sold, today)?;
        Ok(now.ok().as_ref() == shown)
    }
}

fn refused(reason: Reason) -> AppliedOf<OfCustomers> {
    Applied::of(Outcome::Refused, Why::refused(reason))
}

/// Adds a customer, with a first user whom nobody can sign in as before a password is handed over.
fn add(
    conn: &mut Connection,
    work: Work<'_>,
    (said, reading): (&Said, Reading<'_>),
    why: &Why,
    books: &mut Books,
) -> Result<AppliedOf<OfCustomers>> {
    let (by, now) = (work.by, work.now);
    let may = Allowed::<AddCustomers>::check(by)?;
    let Ok(account) = said.account(reading.terms) else { return Ok(refused(Reason::Overtaken)) };
    if !looks_as_shown(conn, (&may, work), &account, (why, &books.made))? {
        return Ok(refused(Reason::Overtaken));
    }
    let reseller = match &said.reseller {
        None => None,
        Some(mpn_id) => match books.resellers.named(conn, by, mpn_id)? {
            Ok(reseller) => Some(reseller),
            Err(why) => return Ok(refused(Reason::Reseller(why.as_text().to_owned()))),
        },
    };
    let id = CustomerId::new();
    let admin = FirstAdmin {
        id: CustomerUserId::new(),
        person: PersonId::new(),
        password_hash: PasswordHash::of_nobody(),
    };
    let is_added = customers::store::add(conn, &may, &id, &account, now)?
        && first::add(conn, &may, (&id, &account), &admin, now)?;
    if !is_added {
        // Nobody had the domain a moment ago.
        return Err(try_again());
    }
    books.made.insert(id);
    record(conn, work, (&id, &account))?;
    let delegation = match reseller {
        None => None,
        Some(reseller) => Some(delegate(conn, work, (&id, &account), &reseller)?),
    };
    let whose = (&id, account.company_name.as_str());
    let subscription = match &why.brings {
        None => None,
        Some(brings) => match bring_along(conn, work, whose, brings, books)? {
            Ok(subscription) => Some(subscription),
            // The base of an add-on cannot have gone from a customer that was not there.
            Err(_) => return Err(try_again()),
        },
    };
    let undo = Undo { is_new: true, delegation, subscription };
    let made = Applied::of(Outcome::Added, Why { likes: Vec::new(), ..why.clone() });
    Ok(Applied { made: Some((id, undo)), ..made })
}

/// Whether a new customer looks like nobody but those whom the page named, and those whom the file itself has added.
fn looks_as_shown(
    conn: &mut Connection,
    (may, work): (&Allowed<AddCustomers>, Work<'_>),
    account: &Account,
    (why, made): (&Why, &HashSet<CustomerId>),
) -> Result<bool> {
    for like in of_or_near(conn, may, account)? {
        let is_known = why.names(&like.customer) || made.contains(&like.customer);
        if !is_known && !has_made::<OfCustomers>(conn, &work.batch.id, &like.customer)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn record(conn: &mut Connection, work: Work<'_>, (id, account): (&CustomerId, &Account)) -> Result<()> {
    let name = &account.company_name;
    let entry = Entry::new(Action::AddCustomer, "customer", id, name).for_customer(id, name).with([
        Change::set("domain", &account.domain),
        Change::set("country", account.country.code()),
        Change::set("upload", work.batch.name()),
    ]);
    activity::store::record(conn, work.by, &entry, work.now)
}

/// From now on the reseller administers the customer.
fn delegate(
    conn: &mut Connection,
    work: Work<'_>,
    (id, account): (&CustomerId, &Account),
    reseller: &OrganisationId,
) -> Result<DelegationId> {
    let delegation = DelegationId::new();
    let new = NewDelegation {
        id: &delegation,
        customer: id,
        company_name: &account.company_name,
        domain: &account.domain,
        reseller,
        reseller_name: &name_of(conn, reseller)?,
        ends_on: None,
    };
    association::begin(conn, &Author::of(work.by), &new, work.now)?;
    Ok(delegation)
}

/// Brings a subscription along for a customer who is there, unless somebody else did so meanwhile.
fn bring(
    conn: &mut Connection,
    work: Work<'_>,
    whose: (&CustomerId, &str),
    (brings, says_when): (&Brought, bool),
    books: &mut Books,
) -> Result<AppliedOf<OfCustomers>> {
    let held = held_by(conn, &[*whose.0])?;
    let own = brought_by(conn, whose.0, &work.batch.id)?;
    // Where the file names no day, its own rows before say nothing against it.
    let others = held.iter().filter(|held| says_when || !own.contains(&held.id));
    match brings.is_among(others, says_when) {
        Known::Same => return Ok(Applied::of(Outcome::Unchanged, Why::default())),
        Known::Otherwise(quantity) => return Ok(refused(Reason::Held { quantity: quantity.get() })),
        Known::Not => {}
    }
    let subscription = match bring_along(conn, work, whose, brings, books)? {
        Ok(subscription) => subscription,
        Err(reason) => return Ok(refused(reason)),
    };
    let made = Applied::of(Outcome::Changed, Why { brings: Some(brings.clone()), ..Why::default() });
    let undo = Undo { is_new: false, delegation: None, subscription: Some(subscription) };
    Ok(Applied { made: Some((*whose.0, undo)), ..made })
}

type Made = std::result::Result<(SubscriptionId, OrderId), Reason>;

fn bring_along(
    conn: &mut Connection,
    work: Work<'_>,
    (customer, company_name): (&CustomerId, &str),
    brings: &Brought,
    books: &mut Books,
) -> Result<Made> {
    let (by, now) = (work.by, work.now);
    let Some(listed) = books.offers.listed(conn, by, &brings.offer)? else {
        return Ok(Err(Reason::Overtaken));
    };
    let Some(unit_price) = brings.unit_price() else { return Ok(Err(Reason::Overtaken)) };
    let parent = match listed.prerequisites.as_slice() {
        bases if listed.offer.is_add_on => {
            let held = holdings_of(conn, &by.reach(), customer, now.day())?;
            match held.into_iter().find(|held| held.is_base() && bases.contains(&held.offer)) {
                Some(base) => Some(base.subscription),
                None => {
                    let bases = books.offers.names(conn, by, bases)?;
                    return Ok(Err(Reason::BaseMissing { bases }));
                }
            }
        }
        _ => None,
    };
    let new = NewSubscription {
        id: SubscriptionId::new(),
        customer: *customer,
        provider: by.organisation.id,
        order: OrderId::new(),
        offer: brings.offer,
        offer_name: brings.offer_name.clone(),
        unit: listed.offer.unit,
        quantity: brings.quantity(),
        billing: brings.billing(),
        currency: unit_price.currency,
        unit_price_minor: unit_price.minor,
        is_trial: listed.offer.is_trial,
        parent,
        incentives: brings.earner.clone(),
        starts_on: brings.starts_on,
        renews_on: brings.renews_on,
        term_months: term::months(listed.offer.term_months, brings.billing()),
    };
    let may = Allowed::<PlaceOrders>::check(by)?;
    take_over(conn, &may, (&new, company_name), (&work.batch.id, &work.batch.name()), now)?;
    Ok(Ok((new.id, new.order)))
}
