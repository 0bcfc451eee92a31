//! Doing what rows were shown to do.

use super::Reading;
use super::offers::Offers;
use super::resellers::Resellers;
use super::there::{Holder, holder};
use crate::access::Allowed;
use crate::access::permission::AddCustomers;
use crate::activity::{self, Action, Author, Change, Entry};
use crate::batches::trade::{Applied, AppliedOf, Turn, Work};
use crate::customers;
use crate::customers::model::Account;
use crate::customers::store::association::{self, NewDelegation};
use crate::db::{Connection, try_again};
use crate::error::Result;
use crate::existing::model::{Brought, Reason, Said, Sold, Undo, Why, read};
use crate::existing::store::OfCustomers;
use crate::orders::store::taking_over::take_over;
use crate::partners::facts::name_of;
use crate::sheets::{Outcome, Verdict};
use crate::subscriptions::model::NewSubscription;
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
    reading: Reading<'_>,
    turn: &Turn<'_, Why>,
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
    let mut books = Books::default();
    if let Some(sold) = &said.sold
        && !books.are_as_shown(conn, work, (sold, turn.why.brings.as_ref()), reading)?
    {
        return Ok(refused(Reason::Overtaken));
    }
    match (turn.verdict, holder(conn, work.by, &said.domain)?) {
        (Verdict::New, Holder::Nobody) => add(conn, work, (&said, reading), turn.why, &mut books),
        (Verdict::Changed, Holder::Own { customer, company_name }) => {
            let whose = (&customer, company_name.as_str());
            let Some(brings) = &turn.why.brings else { return Ok(refused(Reason::Overtaken)) };
            bring(conn, work, whose, brings, &mut books)
        }
        // Its line was refused, or nobody chose what becomes of it.
        (Verdict::Changed, Holder::Nobody) => Ok(refused(Reason::NoCustomer)),
        _ => Ok(refused(Reason::Overtaken)),
    }
}

/// What rows look things up in.
#[derive(Default)]
struct Books {
    offers: Offers,
    resellers: Resellers,
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
    let undo = undo(true, delegation, (subscription, why.brings.as_ref()));
    let made = Applied::of(Outcome::Added, Why { likes: Vec::new(), ..why.clone() });
    Ok(Applied { made: Some((id, undo)), ..made })
}

fn undo(
    is_new: bool,
    delegation: Option<DelegationId>,
    (subscription, brings): (Option<(SubscriptionId, OrderId)>, Option<&Brought>),
) -> Undo {
    Undo {
        is_new,
        delegation,
        subscription,
        brought: brings.map(|brings| brings.offer_name.clone()).unwrap_or_default(),
        earner: brings.and_then(|brings| brings.earner.as_ref()).map(|(_, reseller)| *reseller),
    }
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

/// Brings a subscription along for a customer who is there.
fn bring(
    conn: &mut Connection,
    work: Work<'_>,
    whose: (&CustomerId, &str),
    brings: &Brought,
    books: &mut Books,
) -> Result<AppliedOf<OfCustomers>> {
    let subscription = match bring_along(conn, work, whose, brings, books)? {
        Ok(subscription) => subscription,
        Err(reason) => return Ok(refused(reason)),
    };
    let made = Applied::of(Outcome::Changed, Why { brings: Some(brings.clone()), ..Why::default() });
    Ok(Applied { made: Some((*whose.0, undo(false, None, (Some(subscription), Some(brings))))), ..made })
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
    };
    take_over(conn, by, (&new, company_name), (&work.batch.id, &work.batch.name()), now)?;
    Ok(Ok((new.id, new.order)))
}
