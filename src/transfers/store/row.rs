//! Files, what is in them and what was answered, as their columns are.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::catalog::model::{Billing, Unit};
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::{transfer_answers, transfer_items, transfers};
use crate::error::Result;
use crate::transfers::model::{Answer, Item, Kind, Outcome, Party, Side, State, Transfer};
use crate::values::currency::Currency;
use crate::values::email::Email;
use crate::values::id::{CustomerId, OrganisationId, PersonId, SubscriptionId, TransferId};
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::values::quantity::Quantity;

#[derive(Queryable, Selectable)]
#[diesel(table_name = transfers)]
pub(super) struct Row {
    id: TransferId,
    kind: Kind,
    provider_id: OrganisationId,
    customer_id: CustomerId,
    company_id: OrganisationId,
    company_name: String,
    source_id: OrganisationId,
    source_name: String,
    target_id: Option<OrganisationId>,
    target_name: String,
    target_mpn_id: String,
    target_customer_id: Option<CustomerId>,
    starter_id: OrganisationId,
    started_by: PersonId,
    started_by_name: String,
    started_at: Moment,
    message: String,
    state: State,
    is_shown: bool,
    open_until: NaiveDate,
    to_name: String,
    to_email: Email,
    settled_at: Option<Moment>,
    settled_by_name: String,
    reason: String,
    version: i32,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = transfer_items)]
struct ItemRow {
    transfer_id: TransferId,
    subscription_id: SubscriptionId,
    parent_id: Option<SubscriptionId>,
    offer_name: String,
    nickname: String,
    unit: Unit,
    quantity: Quantity,
    billing: Billing,
    currency: Currency,
    unit_price_minor: i64,
    renews_on: NaiveDate,
    result: Outcome,
    why: String,
    became_id: Option<SubscriptionId>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = transfer_answers)]
struct AnswerRow {
    transfer_id: TransferId,
    side: Side,
    is_yes: bool,
    by_name: String,
    by_link: bool,
    reason: String,
    at: Moment,
}

/// Files with all that is in them, in the order of their rows.
///
/// # Errors
/// Database errors.
pub(super) fn read(conn: &mut Connection, rows: Vec<Row>) -> Result<Vec<Transfer>> {
    let ids: Vec<TransferId> = rows.iter().map(|row| row.id).collect();
    let mut items: HashMap<TransferId, Vec<Item>> = HashMap::new();
    let found: Vec<ItemRow> = transfer_items::table
        .filter(is_among(transfer_items::transfer_id, &ids))
        .order((transfer_items::transfer_id, transfer_items::position))
        .select(ItemRow::as_select())
        .load(conn)?;
    for row in found {
        items.entry(row.transfer_id).or_default().push(row.into());
    }
    let mut answers: HashMap<TransferId, Vec<Answer>> = HashMap::new();
    let found: Vec<AnswerRow> = transfer_answers::table
        .filter(is_among(transfer_answers::transfer_id, &ids))
        .order((transfer_answers::transfer_id, transfer_answers::at, transfer_answers::side))
        .select(AnswerRow::as_select())
        .load(conn)?;
    for row in found {
        answers.entry(row.transfer_id).or_default().push(row.into());
    }
    let transfer = |row: Row| {
        let (items, answers) = (items.remove(&row.id), answers.remove(&row.id));
        row.with(items.unwrap_or_default(), answers.unwrap_or_default())
    };
    Ok(rows.into_iter().map(transfer).collect())
}

impl Row {
    fn with(self, items: Vec<Item>, answers: Vec<Answer>) -> Transfer {
        Transfer {
            id: self.id,
            kind: self.kind,
            provider: self.provider_id,
            customer: self.customer_id,
            company: self.company_id,
            company_name: self.company_name,
            source: Party { id: self.source_id, name: self.source_name },
            target: self.target_id,
            target_name: self.target_name,
            target_mpn_id: self.target_mpn_id,
            target_customer: self.target_customer_id,
            starter: self.starter_id,
            started_by: (self.started_by, self.started_by_name),
            started_at: self.started_at,
            message: self.message,
            state: self.state,
            is_shown: self.is_shown,
            open_until: self.open_until,
            contact: (self.to_name, self.to_email),
            settled_at: self.settled_at,
            settled_by: self.settled_by_name,
            reason: self.reason,
            version: self.version,
            items,
            answers,
        }
    }
}

impl From<ItemRow> for Item {
    fn from(row: ItemRow) -> Self {
        Self {
            subscription: row.subscription_id,
            parent: row.parent_id,
            offer_name: row.offer_name,
            nickname: row.nickname,
            unit: row.unit,
            quantity: row.quantity,
            billing: row.billing,
            unit_price: Money::new(row.unit_price_minor, row.currency),
            renews_on: row.renews_on,
            outcome: row.result,
            why: row.why,
            became: row.became_id,
        }
    }
}

impl From<AnswerRow> for Answer {
    fn from(row: AnswerRow) -> Self {
        Self {
            side: row.side,
            is_yes: row.is_yes,
            by_name: row.by_name,
            by_link: row.by_link,
            reason: row.reason,
            at: row.at,
        }
    }
}
