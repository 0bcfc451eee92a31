//! Every query of the area, by what it is about.

pub mod answer;
pub mod board;
pub mod code;
pub mod contact;
pub mod link;
pub mod place;
pub mod providers;
pub mod reminder;
pub mod removal;
pub mod requests;
pub mod resellers;

use diesel::prelude::*;

use crate::db::schema::{partnership_requests, partnerships};
use crate::partnerships::model::Accepted;
use crate::values::email::Email;

/// How a partnership came about: needs the join with the request, where there was one.
#[derive(Queryable, Selectable)]
#[diesel(table_name = partnerships)]
struct AcceptedRow {
    accepted_by_name: String,
    #[diesel(select_expression = partnership_requests::to_email.nullable())]
    sent_to: Option<Email>,
    #[diesel(select_expression = partnership_requests::answered_by_email.nullable())]
    answered_with: Option<Email>,
}

impl From<AcceptedRow> for Accepted {
    fn from(row: AcceptedRow) -> Self {
        Self::of(row.accepted_by_name, row.sent_to, row.answered_with.as_ref())
    }
}
