//! Submitting: everything that one draft becomes, at once or not at all.

mod lines;
mod record;

use diesel::prelude::*;
use diesel::result::Error as DieselError;

pub(super) use lines::add_line;
pub use lines::keep_promotion;

use super::making::{self, Loaded};
use crate::access::Allowed;
use crate::access::permission::{AddCustomers, GiveTenantOwner};
use crate::activity::Author;
use crate::agreements::store::requests;
use crate::customers;
use crate::customers::model::Account;
use crate::customers::new_account::Terms;
use crate::customers::store::association::{self, NewDelegation};
use crate::db::schema::{drafts, order_numbers, orders};
use crate::db::{Connection, try_again, unless_taken};
use crate::error::{Error, Result};
use crate::orders::draft::DraftState;
use crate::orders::model::{Chosen, Hindrance, Making, OrderState, Whom, cancelling, number};
use crate::qualifications::store::asking::ask_for_new;
use crate::qualifications::store::codes::take;
use crate::subscriptions::store::tenant_owner::give_first;
use crate::users::store::first::{self, FirstAdmin};
use crate::values::id::{CustomerId, DelegationId, DraftId, OrderId, OrganisationId};
use crate::values::moment::Moment;

/// What comes from outside of the transaction, made before anybody knows whether it is needed.
#[derive(Clone)]
pub struct Ticket {
    pub order: OrderId,
    pub customer: CustomerId,
    pub delegation: DelegationId,
    /// The new customer's first user; none where the draft is for an existing customer.
    pub admin: Option<FirstAdmin>,
    pub now: Moment,
}

/// What somebody has read on Review and agrees to.
#[derive(Clone)]
pub struct Reviewed {
    /// Of the draft.
    pub version: i32,
    /// [`Making::review_mark`]
    pub mark: String,
    /// Whether the reseller that it names gets tenant owner permission for what is billed by usage.
    pub gives_tenant_owner: bool,
}

/// What became of a draft.
pub enum Submitted {
    /// It is an order now, or a customer without one: the confirmation tells.
    Done,
    /// The draft, a price or a partnership is not as Review showed it.
    Changed,
    AccountFirst,
    Cancelled,
    /// Something stands in the way; everything typed is kept.
    Refused(Vec<Hindrance>),
}

/// Makes of a draft, as its page showed it, what it says: customer, delegation, first user, order and
/// subscriptions. A draft that was submitted before stays what it became.
///
/// # Errors
/// [`Error::NotFound`] for another organisation's draft; database errors.
pub fn submit(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    (id, reviewed): (&DraftId, &Reviewed),
    ticket: &Ticket,
    terms: &Terms,
) -> Result<Submitted> {
    let making = match making::load(conn, by, id, terms)? {
        Loaded::Open(making) => making,
        Loaded::AccountFirst => return Ok(Submitted::AccountFirst),
        Loaded::Closed(draft) if draft.state == DraftState::Submitted => return Ok(Submitted::Done),
        Loaded::Closed(_) => return Ok(Submitted::Cancelled),
    };
    if making.draft.version != reviewed.version {
        return Ok(Submitted::Changed);
    }
    let chosen = making.chosen();
    let hindrances = making.hindrances(&chosen);
    if !hindrances.is_empty() {
        return refuse(conn, by, &making, hindrances, ticket.now);
    }
    if making.review_mark(&chosen) != reviewed.mark {
        return Ok(Submitted::Changed);
    }
    let placed = diesel::Connection::transaction(conn, |conn| {
        place(conn, by, (&making, &chosen), ticket, reviewed.gives_tenant_owner)
    });
    match placed {
        Ok(()) => Ok(Submitted::Done),
        Err(Stop::Refused(hindrance)) => refuse(conn, by, &making, vec![hindrance], ticket.now),
        Err(Stop::Failed(error)) => Err(error),
    }
}

fn refuse(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    making: &Making,
    hindrances: Vec<Hindrance>,
    now: Moment,
) -> Result<Submitted> {
    record::refusal(conn, by, making, &hindrances, now)?;
    Ok(Submitted::Refused(hindrances))
}

/// Why a placing was undone.
enum Stop {
    Refused(Hindrance),
    Failed(Error),
}

impl From<DieselError> for Stop {
    fn from(error: DieselError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

fn place(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    (making, chosen): (&Making, &Chosen),
    ticket: &Ticket,
    gives_tenant_owner: bool,
) -> Result<(), Stop> {
    close_draft(conn, making, ticket.now)?;
    let customer = match &making.whom {
        Whom::Existing(customer) => customer.id,
        Whom::New(account) => {
            add_customer(conn, by, making, account, ticket)?;
            ticket.customer
        }
    };
    if !chosen.lines.is_empty() {
        let number = add_order(conn, by, making, chosen, (ticket, &customer))?;
        lines::add(conn, by, making, chosen, (&ticket.order, &customer), ticket.now)?;
        record::order(conn, by, making, chosen, (ticket, &customer, &number))?;
        if gives_tenant_owner && by.may::<GiveTenantOwner>() {
            let named = (&customer, making.account().company_name.as_str());
            give_first(conn, by, (&ticket.order, named), ticket.now)?;
        }
    }
    Ok(())
}

/// The lock: whoever turns the draft from open to submitted places the order, nobody else.
fn close_draft(conn: &mut Connection, making: &Making, now: Moment) -> Result<()> {
    let open = drafts::table
        .filter(drafts::id.eq(&making.draft.id))
        .filter(drafts::provider_id.eq(&making.draft.provider))
        .filter(drafts::state.eq(DraftState::Open))
        .filter(drafts::version.eq(making.draft.version));
    let closed = diesel::update(open)
        .set((
            drafts::state.eq(DraftState::Submitted),
            drafts::updated_at.eq(now),
            drafts::version.eq(drafts::version + 1),
        ))
        .execute(conn)?;
    if closed == 1 { Ok(()) } else { Err(try_again()) }
}

fn add_customer(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    making: &Making,
    account: &Account,
    ticket: &Ticket,
) -> Result<(), Stop> {
    let (id, now) = (&ticket.customer, ticket.now);
    let admin = ticket.admin.as_ref().ok_or(Error::BadRequest("a new customer needs a first user"))?;
    if !customers::store::add(conn, by, id, account, now)? {
        return Err(Stop::Refused(Hindrance::DomainTaken));
    }
    if !account.validation_code.is_empty() {
        let provider = &making.draft.provider;
        if let Err(bad) = take(conn, provider, &account.validation_code, id, now)? {
            return Err(Stop::Refused(Hindrance::Code(bad.problem())));
        }
    }
    if !first::add(conn, by, (id, account), admin, now)? {
        return Err(Stop::Refused(Hindrance::DomainTaken));
    }
    diesel::update(drafts::table.find(&making.draft.id)).set(drafts::customer_id.eq(id)).execute(conn)?;
    requests::hand_over(conn, &making.draft.id, id)?;
    if account.agreement.is_accepted() {
        requests::revoke_of_customer(conn, by, id, now)?;
    }
    record::customer(conn, by, account, ticket)?;
    if let Some(website) = making.draft.form().school() {
        ask_for_new(conn, by, (id, &account.company_name), &website, now)?;
    }
    if let Some(reseller) = &making.reseller {
        let new = NewDelegation {
            id: &ticket.delegation,
            customer: id,
            company_name: &account.company_name,
            domain: &account.domain,
            reseller: &reseller.reseller,
            reseller_name: &reseller.name,
            ends_on: None,
        };
        association::begin(conn, &Author::of(by), &new, now)?;
    }
    Ok(())
}

fn add_order(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    making: &Making,
    chosen: &Chosen,
    (ticket, customer): (&Ticket, &CustomerId),
) -> Result<String> {
    use chrono::Datelike as _;
    let number = next_number(conn, &making.draft.provider, ticket.now.day().year())?;
    let totals = chosen.totals();
    diesel::insert_into(orders::table)
        .values((
            orders::id.eq(&ticket.order),
            orders::number.eq(&number),
            orders::provider_id.eq(&making.draft.provider),
            orders::customer_id.eq(customer),
            orders::draft_id.eq(&making.draft.id),
            orders::placed_by_name.eq(&by.name),
            orders::currency.eq(making.catalogue.currency),
            orders::monthly_minor.eq(totals.monthly.minor),
            orders::annual_minor.eq(totals.annual.minor),
            orders::created_customer.eq(making.is_new()),
            orders::placed_at.eq(ticket.now),
            orders::state.eq(OrderState::Placed),
            orders::cancellable_until.eq(cancelling::last_moment(ticket.now, by.zone)),
        ))
        .execute(conn)?;
    Ok(number)
}

/// Counts a provider's orders within a year, without gaps: an order that is undone gives its number back.
pub(super) fn next_number(conn: &mut Connection, provider: &OrganisationId, year: i32) -> Result<String> {
    let row = order_numbers::table.find((provider, year));
    let counted = diesel::update(row).set(order_numbers::last.eq(order_numbers::last + 1)).execute(conn)?;
    if counted == 1 {
        let last: i32 = row.select(order_numbers::last).first(conn)?;
        return Ok(number::of(year, last));
    }
    let first =
        (order_numbers::provider_id.eq(provider), order_numbers::year.eq(year), order_numbers::last.eq(1));
    let is_first = unless_taken(conn, diesel::insert_into(order_numbers::table).values(first))?;
    if is_first { Ok(number::of(year, 1)) } else { Err(try_again()) }
}
