//! Who reads of what the portal did with a subscription by itself.

use super::super::model::{End, Subscription};
use super::{concerned, tenant_owner};
use crate::activity::{self, Author, Entry};
use crate::azure::model::owner::OwnerEnd;
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::error::Result;
use crate::notifications::{self, Event, Kind};
use crate::partners::facts::name_of;
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;

/// Whose subscription it is, and in whose name the portal acts.
pub(super) struct Told {
    pub customer: Customer,
    by: Author,
}

impl Told {
    pub(super) fn of(conn: &mut Connection, customer: &Customer) -> Result<Self> {
        let provider = name_of(conn, &customer.provider)?;
        Ok(Self { by: Author::portal((&customer.provider, &provider)), customer: customer.clone() })
    }
}

/// In the log of the provider, and of each reseller that it concerns. Answers which resellers those are.
pub(super) fn record(
    conn: &mut Connection,
    (subscription, told): (&Subscription, &Told),
    entry: &Entry,
    now: Moment,
) -> Result<Vec<OrganisationId>> {
    activity::store::record_as(conn, &subscription.provider, &told.by, entry, now)?;
    let resellers = concerned::resellers(conn, subscription)?;
    for reseller in &resellers {
        activity::store::record_as(conn, reseller, &told.by, entry, now)?;
    }
    Ok(resellers)
}

/// That it has ended, to those who look after it.
pub(super) fn tell_end(
    conn: &mut Connection,
    (subscription, told): (&Subscription, &Told),
    (reason, resellers): (End, &[OrganisationId]),
    now: Moment,
) -> Result<()> {
    let about = |kind| {
        Event::about(kind, "subscription", subscription.id, &subscription.nickname)
            .for_customer(&told.customer.id, &told.customer.account.company_name)
            .changed("", reason.as_text())
    };
    let customer = (&told.customer.id, told.customer.account.company_name.as_str());
    tenant_owner::end(conn, &told.by, (subscription, customer), OwnerEnd::SubscriptionEnded, now)?;
    let own = about(Kind::SubscriptionEnded);
    notifications::tell_by_portal(conn, &subscription.provider, &own, now)?;
    for reseller in resellers {
        notifications::tell_by_portal(conn, reseller, &about(Kind::ManagedSubscriptionEnded), now)?;
    }
    Ok(())
}
