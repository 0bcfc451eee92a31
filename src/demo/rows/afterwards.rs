//! What became of rows that are there, as their areas would have written it.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{CustomerRow, DelegationRow, SubscriptionRow};
use crate::activity::Action;
use crate::db::Connection;
use crate::db::schema::{activity_records, customers, delegations, notifications, orders, subscriptions};
use crate::error::Result;
use crate::notifications::Kind as Told;
use crate::subscriptions::model::{End, Reason, Status};
use crate::values::id::{CustomerId, DelegationId, SubscriptionId};
use crate::values::moment::Moment;

impl CustomerRow {
    /// # Errors
    /// When it is not there; database errors.
    pub fn domain_of(conn: &mut Connection, id: &CustomerId) -> Result<String> {
        Ok(customers::table.filter(customers::id.eq(id)).select(customers::domain).first(conn)?)
    }

    /// Begins the history of who accepted with what every customer says.
    ///
    /// # Errors
    /// Database errors.
    pub fn record_acceptances(conn: &mut Connection) -> Result<()> {
        diesel::sql_query(
            "INSERT INTO customer_acceptances (id, customer_id, first_name, last_name, email, phone, accepted_on,
                attested_by, version, agreement_id, recorded_at)
             SELECT id, id, agreement_first_name, agreement_last_name, agreement_email, agreement_phone, agreement_on,
                agreement_attested_by, agreement_version,
                (SELECT max(agreement_requests.agreement_id) FROM agreement_requests
                    WHERE agreement_requests.customer_id = customers.id AND agreement_requests.state = 'accepted'),
                created_at
             FROM customers WHERE agreement = 'accepted'",
        )
        .execute(conn)?;
        Ok(())
    }

    /// Lets a customer that is there have accepted the agreement itself, by its link.
    ///
    /// # Errors
    /// Database errors.
    pub fn accept(
        conn: &mut Connection,
        id: &CustomerId,
        version: Option<i32>,
        on: Option<NaiveDate>,
    ) -> Result<()> {
        diesel::update(customers::table.find(id))
            .set((
                customers::agreement_version.eq(version),
                customers::agreement_on.eq(on),
                customers::agreement_attested_by.eq(None::<String>),
            ))
            .execute(conn)?;
        Ok(())
    }

    /// Lets a customer have taken from its provider that it administers the account.
    ///
    /// # Errors
    /// Database errors.
    pub fn undelegate(conn: &mut Connection, id: &CustomerId, at: Moment) -> Result<()> {
        let own = customers::table.filter(customers::id.eq(id));
        diesel::update(own)
            .set((customers::is_delegated.eq(false), customers::undelegated_at.eq(Some(at))))
            .execute(conn)?;
        Ok(())
    }

    /// Lets the relationship with a customer that is there have ended, all it has being suspended that day.
    ///
    /// # Errors
    /// Database errors.
    pub fn end(
        conn: &mut Connection,
        id: &CustomerId,
        (at, by): (Moment, &str),
        kept_until: NaiveDate,
    ) -> Result<()> {
        diesel::update(customers::table.find(id))
            .set((customers::ended_at.eq(at), customers::ended_by_name.eq(by)))
            .execute(conn)?;
        let running = [Status::Active, Status::Pending];
        let running = subscriptions::table
            .filter(subscriptions::customer_id.eq(id))
            .filter(subscriptions::status.eq_any(running));
        diesel::update(running)
            .set((
                subscriptions::status.eq(Status::Suspended),
                subscriptions::suspended_at.eq(at),
                subscriptions::suspension_reason.eq(Reason::CustomerRequest.as_text()),
                subscriptions::kept_until.eq(kept_until),
            ))
            .execute(conn)?;
        Ok(())
    }

    /// Whether something was ordered for a customer after a moment.
    ///
    /// # Errors
    /// Database errors.
    pub fn orders_after(conn: &mut Connection, id: &CustomerId, at: Moment) -> Result<bool> {
        let later = orders::table.filter(orders::customer_id.eq(id)).filter(orders::placed_at.gt(at));
        Ok(later.count().get_result::<i64>(conn)? > 0)
    }

    /// Lets the relationship with a customer have been taken up again, which has not agreed again to be administered.
    ///
    /// # Errors
    /// Database errors.
    pub fn await_consent(conn: &mut Connection, id: &CustomerId) -> Result<()> {
        diesel::update(customers::table.find(id)).set(customers::is_delegated.eq(false)).execute(conn)?;
        Ok(())
    }

    /// Whether a customer has an active subscription.
    ///
    /// # Errors
    /// Database errors.
    pub fn runs_something(conn: &mut Connection, id: &CustomerId) -> Result<bool> {
        let active = subscriptions::table
            .filter(subscriptions::customer_id.eq(id))
            .filter(subscriptions::status.eq(Status::Active));
        Ok(active.count().get_result::<i64>(conn)? > 0)
    }
}

impl SubscriptionRow {
    /// Lets another partner have it from a day on.
    ///
    /// # Errors
    /// Database errors.
    pub fn transfer_away(conn: &mut Connection, id: &SubscriptionId, on: NaiveDate) -> Result<()> {
        diesel::update(subscriptions::table.find(id))
            .set((
                subscriptions::status.eq(Status::Deleted),
                subscriptions::kept_until.eq(None::<NaiveDate>),
                subscriptions::ended_on.eq(Some(on)),
                subscriptions::end_reason.eq(Some(End::Transferred)),
            ))
            .execute(conn)?;
        Ok(())
    }
}

impl DelegationRow {
    /// Lets the customer have ended what a reseller may do for it.
    ///
    /// # Errors
    /// Database errors.
    pub fn revoke(conn: &mut Connection, id: &DelegationId, (at, by): (Moment, &str)) -> Result<()> {
        diesel::update(delegations::table.find(id))
            .set((
                delegations::ended_at.eq(Some(at)),
                delegations::ended_by_name.eq(by),
                delegations::is_revoked.eq(true),
            ))
            .execute(conn)?;
        Ok(())
    }

    /// Lets nothing have been given to the resellers of a customer, which earn all the same: as an acceptance leaves it
    /// where no administration was asked for.
    ///
    /// # Errors
    /// Database errors.
    pub fn never_give(conn: &mut Connection, customer: &CustomerId) -> Result<()> {
        diesel::update(delegations::table.filter(delegations::customer_id.eq(customer)))
            .set((
                delegations::ended_at.eq(delegations::since.nullable()),
                delegations::ended_by_name.eq(delegations::given_by_name),
                delegations::ends_on.eq(None::<NaiveDate>),
                delegations::reminded_days.eq(None::<i32>),
            ))
            .execute(conn)?;
        let supported = subscriptions::table.filter(subscriptions::customer_id.eq(customer));
        diesel::update(supported)
            .set(subscriptions::support_organisation_id.eq(subscriptions::provider_id))
            .execute(conn)?;
        let given = activity_records::table
            .filter(activity_records::customer_id.eq(customer))
            .filter(activity_records::action.eq(Action::CreateDelegation));
        diesel::delete(given).execute(conn)?;
        let told = notifications::table
            .filter(notifications::customer_id.eq(customer))
            .filter(notifications::kind.eq(Told::CustomerDelegated));
        diesel::delete(told).execute(conn)?;
        Ok(())
    }

    /// Lets all delegations of a customer that last have ended. Answers which those were.
    ///
    /// # Errors
    /// Database errors.
    pub fn end_all(conn: &mut Connection, customer: &CustomerId, at: Moment) -> Result<Vec<DelegationId>> {
        let lasting = delegations::table
            .filter(delegations::customer_id.eq(customer))
            .filter(delegations::ended_at.is_null());
        let ids = lasting.order(delegations::id).select(delegations::id).load(conn)?;
        diesel::update(lasting).set(delegations::ended_at.eq(at)).execute(conn)?;
        let supported = subscriptions::table.filter(subscriptions::customer_id.eq(customer));
        diesel::update(supported)
            .set(subscriptions::support_organisation_id.eq(subscriptions::provider_id))
            .execute(conn)?;
        Ok(ids)
    }
}
