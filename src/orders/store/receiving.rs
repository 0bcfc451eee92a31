//! What came from another partner: kept like an order, so that it can be dealt with, but nothing was ordered, and nothing can
//! be cancelled.

use chrono::Datelike as _;
use diesel::prelude::*;

use super::placing::{add_line, next_number};
use crate::access::Viewer;
use crate::catalog::model::Billing;
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::db::schema::orders;
use crate::error::Result;
use crate::orders::model::OrderState;
use crate::subscriptions::model::NewSubscription;
use crate::subscriptions::store::transferring::{Carried, arrive};
use crate::values::currency::Currency;
use crate::values::id::{OrderId, SubscriptionId, TransferId};
use crate::values::moment::Moment;

/// A subscription that comes, and what it was.
#[derive(Clone, Debug)]
pub struct Arriving {
    pub new: NewSubscription,
    pub carried: Carried,
    pub was: SubscriptionId,
}

/// Keeps what came by a transfer for an account, bases before their add-ons: one order for each currency.
///
/// # Errors
/// Database errors.
pub fn receive(
    conn: &mut Connection,
    by: &Viewer,
    (transfer, account): (&TransferId, &Customer),
    arriving: &mut [Arriving],
    now: Moment,
) -> Result<()> {
    let mut made: Vec<(Currency, OrderId, i32)> = Vec::new();
    for currency in arriving.iter().map(|one| one.new.currency) {
        if made.iter().all(|(known, ..)| *known != currency) {
            made.push((currency, OrderId::new(), 0));
        }
    }
    for (currency, order, _) in &made {
        insert(conn, by, (transfer, account), (order, *currency), arriving, now)?;
    }
    for one in arriving {
        let Some((_, order, position)) = made.iter_mut().find(|(known, ..)| *known == one.new.currency)
        else {
            continue;
        };
        one.new.order = *order;
        let carried = (&one.carried, account.account.company_name.as_str());
        arrive(conn, by, &one.new, carried, &one.was, now)?;
        add_line(conn, order, *position, &one.new)?;
        *position += 1;
    }
    Ok(())
}

fn insert(
    conn: &mut Connection,
    by: &Viewer,
    (transfer, account): (&TransferId, &Customer),
    (order, currency): (&OrderId, Currency),
    arriving: &[Arriving],
    now: Moment,
) -> Result<()> {
    let number = next_number(conn, &account.provider, now.day().year())?;
    let total = |billing: Billing| {
        let of = arriving.iter().filter(|one| one.new.currency == currency && one.new.billing == billing);
        let each = of.map(|one| one.new.unit_price_minor.saturating_mul(one.new.quantity.get()));
        each.fold(0_i64, i64::saturating_add)
    };
    diesel::insert_into(orders::table)
        .values((
            orders::id.eq(order),
            orders::number.eq(&number),
            orders::provider_id.eq(&account.provider),
            orders::customer_id.eq(&account.id),
            orders::placed_by_name.eq(&by.name),
            orders::currency.eq(currency),
            orders::monthly_minor.eq(total(Billing::Monthly)),
            orders::annual_minor.eq(total(Billing::Annual)),
            orders::created_customer.eq(false),
            orders::placed_at.eq(now),
            orders::state.eq(OrderState::Placed),
            orders::transfer_id.eq(transfer),
        ))
        .execute(conn)?;
    Ok(())
}
