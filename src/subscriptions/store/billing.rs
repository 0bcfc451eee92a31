//! Billing frequency: changed for an order as a whole.

use diesel::prelude::*;

use super::super::model::Subscription;
use super::super::model::billing::{Candidate, Move, Refusal, Switch, switch};
use super::edit::{as_read, demand_met, entry_about};
use super::{add_ons, concerned, find, of_order};
use crate::access::permission::ChangeBilling;
use crate::access::{Allowed, Reach};
use crate::activity::{self, Action, Change, Entry};
use crate::catalog::model::Billing;
use crate::catalog::store::catalogue;
use crate::customers;
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::db::schema::subscriptions;
use crate::error::{Error, Result};
use crate::orders::facts::numbered;
use crate::subscriptions::model::Status;
use crate::values::id::{PromotionId, SubscriptionId};
use crate::values::moment::Moment;

/// What somebody is asked before the billing frequency of a subscription, and with it of its order, is changed.
#[derive(Clone, Debug)]
pub struct Question {
    pub subscription: Subscription,
    pub customer: Customer,
    pub order_number: String,
    pub answer: Result<Switch, Refusal>,
}

/// What somebody has read and agrees to.
#[derive(Clone, Debug)]
pub struct Agreed {
    pub id: SubscriptionId,
    pub billing: Billing,
    /// [`Switch::mark`]
    pub mark: String,
    pub now: Moment,
}

/// How a change ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// So many subscriptions are billed otherwise now.
    Done {
        count: usize,
    },
    /// It is billed like that already; nothing was written.
    Same,
    /// A subscription or a price is not as the page showed it; nothing was written.
    Stale,
    Refused(Refusal),
}

/// What changing the billing frequency of a subscription within reach would do.
///
/// # Errors
/// [`Error::NotFound`] when there is none or it is somebody else's; database errors.
pub fn question(conn: &mut Connection, reach: &Reach, id: &SubscriptionId, now: Moment) -> Result<Question> {
    let subscription = find(conn, reach, id)?;
    let customer = customers::store::find(conn, reach, &subscription.customer)?;
    customers::facts::demand_lasting(conn, &customer.id)?;
    let order_number = numbered(conn, &subscription.order)?.number;
    let candidates = candidates(conn, &subscription, now)?;
    let answer = switch(&subscription, &candidates, now.day());
    Ok(Question { subscription, customer, order_number, answer })
}

/// The order's subscriptions and all add-ons below them, whichever order those came with.
fn candidates(conn: &mut Connection, subject: &Subscription, now: Moment) -> Result<Vec<Candidate>> {
    let mut all = of_order(conn, &subject.order)?;
    for base in all.clone() {
        for add_on in add_ons::below(conn, &base.id)? {
            if all.iter().all(|known| known.id != add_on.id) {
                all.push(add_on);
            }
        }
    }
    let catalogue = catalogue(conn, subject.unit_price.currency, now.day())?;
    let candidate = |subscription: Subscription| {
        let listed = catalogue.find(&subscription.offer).ok_or(Error::NotFound)?;
        Ok(Candidate {
            standing: subscription.standing(now.day()),
            billings: listed.offer.billings(),
            term_months: listed.offer.term_months,
            price: listed.price,
            subscription,
        })
    };
    all.into_iter().map(candidate).collect()
}

/// Changes how often an order is billed, all of it or nothing.
///
/// # Errors
/// [`Error::NotFound`] beyond the viewer's reach; database errors.
pub fn change(conn: &mut Connection, by: &Allowed<ChangeBilling>, agreed: &Agreed) -> Result<Changed> {
    let question = question(conn, &by.reach(), &agreed.id, agreed.now)?;
    let subject = &question.subscription;
    if subject.billing == agreed.billing {
        return Ok(Changed::Same);
    }
    let switch = match &question.answer {
        Ok(switch) => switch,
        Err(refusal) => {
            let changes = [
                Change::new("billing", subject.billing.as_text(), agreed.billing.as_text()),
                refused(refusal),
            ];
            let customer = (&question.customer.id, question.customer.account.company_name.as_str());
            let entry = entry_about(subject, customer, Action::UpdateSubscription, changes);
            activity::store::record(conn, by, &entry.failed(), agreed.now)?;
            return Ok(Changed::Refused(refusal.clone()));
        }
    };
    if switch.mark() != agreed.mark || switch.to != agreed.billing {
        return Ok(Changed::Stale);
    }
    for moved in &switch.moves {
        set(conn, moved, switch.to)?;
        let entry = entry(moved, &question.customer, switch.to);
        activity::store::record(conn, by, &entry, agreed.now)?;
        for reseller in concerned::resellers(conn, &moved.subscription)? {
            activity::store::record_for(conn, &reseller, by, &entry, agreed.now)?;
        }
    }
    Ok(Changed::Done { count: switch.moves.len() })
}

fn refused(refusal: &Refusal) -> Change {
    Change::set("refused", refusal.key())
}

fn set(conn: &mut Connection, moved: &Move, to: Billing) -> Result<()> {
    let met = diesel::update(as_read(&moved.subscription).filter(subscriptions::status.eq(Status::Active)))
        .set((
            subscriptions::billing.eq(to),
            subscriptions::unit_price_minor.eq(moved.unit_price.minor),
            subscriptions::renews_on.eq(moved.renews_on),
            subscriptions::term_months.eq(moved.term_months),
            subscriptions::renewal_quantity.eq(moved.plan()),
            subscriptions::promotion_id.eq(None::<PromotionId>),
            subscriptions::version.eq(subscriptions::version + 1),
        ))
        .execute(conn)?;
    demand_met(met)
}

fn entry(moved: &Move, customer: &Customer, to: Billing) -> Entry {
    let old = &moved.subscription;
    let renewal = Change::new("renews_on", old.renews_on, moved.renews_on);
    let changes = [
        Change::new("billing", old.billing.as_text(), to.as_text()),
        Change::new("unit_price", old.unit_price, moved.unit_price),
    ];
    entry_about(old, (&customer.id, &customer.account.company_name), Action::UpdateSubscription, changes)
        .with((old.renews_on != moved.renews_on).then_some(renewal))
        .with(moved.dropped_plan().map(|dropped| Change::new("renewal_quantity", dropped, "")))
}
