//! What submitting leaves in the activity log.

use super::Ticket;
use crate::access::Allowed;
use crate::access::permission::AddCustomers;
use crate::activity::{Action, Change, Entry, store};
use crate::customers::model::Account;
use crate::db::Connection;
use crate::error::Result;
use crate::notifications::{self, Event, Kind};
use crate::orders::model::{Chosen, Hindrance, Incentives, Making};
use crate::partnerships::directory::Partner;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;

pub fn customer(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    account: &Account,
    ticket: &Ticket,
) -> Result<()> {
    let (id, name) = (&ticket.customer, &account.company_name);
    let entry = Entry::new(Action::AddCustomer, "customer", id, name)
        .for_customer(id, name)
        .with([Change::set("domain", &account.domain), Change::set("country", account.country.code())]);
    store::record(conn, by, &entry, ticket.now)
}

pub fn order(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    making: &Making,
    chosen: &Chosen,
    (ticket, customer, number): (&Ticket, &CustomerId, &str),
) -> Result<()> {
    let entry = Entry::new(Action::CreateOrder, "order", ticket.order, number)
        .for_customer(customer, &making.account().company_name)
        .with(lines(making, chosen));
    store::record(conn, by, &entry, ticket.now)?;
    match making.incentives() {
        Incentives::Partner(partner) => earner(conn, by, (making, chosen, &partner), (ticket, customer)),
        Incentives::Nobody | Incentives::Gone(_) | Incentives::Barred(..) => Ok(()),
    }
}

/// Whoever earns incentives for an order is told once, for all that was ordered; its log has each subscription.
fn earner(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    (making, chosen, partner): (&Making, &Chosen, &Partner),
    (ticket, customer): (&Ticket, &CustomerId),
) -> Result<()> {
    let name = &making.account().company_name;
    let event = Event::about(Kind::IncentivesNamed, "order", ticket.order, chosen.lines.len())
        .for_customer(customer, name)
        .changed("", &partner.mpn_id);
    notifications::tell(conn, &partner.reseller, by, &event, ticket.now)
}

/// A submission that was refused, with the rules that refused it.
pub fn refusal(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    making: &Making,
    hindrances: &[Hindrance],
    now: Moment,
) -> Result<()> {
    let action = if making.draft.lines.is_empty() { Action::AddCustomer } else { Action::CreateOrder };
    let name = &making.account().company_name;
    let mut entry = Entry::new(action, "draft", making.draft.id, name).failed();
    if let Some(customer) = &making.draft.customer {
        entry = entry.for_customer(customer, name);
    }
    let reasons = hindrances.iter().map(|hindrance| Change::set("refused", hindrance.key()));
    let entry = entry.with(reasons).with(lines(making, &making.chosen()));
    store::record(conn, by, &entry, now)
}

fn lines(making: &Making, chosen: &Chosen) -> Vec<Change> {
    let mut changes: Vec<Change> = chosen
        .lines
        .iter()
        .map(|line| {
            let (offer, quantity) = (&line.listed.offer.name, line.quantity);
            Change::set("line", format!("{offer} × {quantity}"))
        })
        .collect();
    if let (false, Incentives::Partner(partner)) = (changes.is_empty(), making.incentives()) {
        changes.push(Change::set("mpn_id", &partner.mpn_id));
    }
    changes
}
