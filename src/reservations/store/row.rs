//! A reservation as its columns are.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::access::Reach;
use crate::customers::facts::Named;
use crate::db::schema::reservations;
use crate::partners::facts::organisation_name;
use crate::reservations::model::{OfRecord, Payment, Reservation, Scope, State};
use crate::values::currency::Currency;
use crate::values::id::{
    CustomerId, OrderId, OrganisationId, PersonId, ReservationId, ReservationProductId, SubscriptionId,
};
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::values::quantity::Quantity;

#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = reservations, treat_none_as_default_value = false)]
pub(super) struct Row {
    pub id: ReservationId,
    pub order_id: OrderId,
    pub customer_id: CustomerId,
    pub provider_id: OrganisationId,
    pub subscription_id: SubscriptionId,
    pub scope: Scope,
    pub product_id: ReservationProductId,
    pub product_name: String,
    pub region: String,
    pub term_years: i32,
    pub quantity: Quantity,
    pub payment: Payment,
    pub currency: Currency,
    pub total_minor: i64,
    pub mpn_id: String,
    pub reseller_id: Option<OrganisationId>,
    pub bought_by_id: PersonId,
    pub bought_by_name: String,
    pub is_by_customer: bool,
    pub bought_at: Moment,
    pub starts_on: NaiveDate,
    pub expires_on: NaiveDate,
    pub state: State,
}

/// With its customer and the name of the reseller of record.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = reservations)]
pub(super) struct NamedRow {
    #[diesel(embed)]
    row: Row,
    #[diesel(embed)]
    customer: Named,
    #[diesel(select_expression = organisation_name.nullable())]
    reseller_name: Option<String>,
}

impl From<NamedRow> for Reservation {
    fn from(NamedRow { row, customer, reseller_name }: NamedRow) -> Self {
        let mpn_id = row.mpn_id;
        let record = row.reseller_id.map(|reseller| OfRecord {
            reseller,
            name: reseller_name.unwrap_or_default(),
            mpn_id,
        });
        Self {
            id: row.id,
            order: row.order_id,
            customer,
            provider: row.provider_id,
            subscription: row.subscription_id,
            scope: row.scope,
            product_name: row.product_name,
            region: row.region,
            years: row.term_years,
            quantity: row.quantity,
            payment: row.payment,
            total: Money::new(row.total_minor, row.currency),
            record,
            bought_by: row.bought_by_name,
            is_by_customer: row.is_by_customer,
            bought_at: row.bought_at,
            starts_on: row.starts_on,
            expires_on: row.expires_on,
            state: row.state,
        }
    }
}

impl NamedRow {
    /// As it is seen within a reach: which other reseller is the one of record is no reseller's business.
    pub(super) fn seen_within(self, reach: &Reach) -> Reservation {
        let mut seen = Reservation::from(self);
        if let Reach::Reseller(own) = reach {
            seen.record = seen.record.filter(|record| record.reseller == *own);
        }
        seen
    }
}
