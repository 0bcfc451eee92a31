//! The logs as files. Times are in UTC, so that files of several people agree.

use askama::Template;

use super::form::Filter;
use super::model::{Action, Change, Outcome, Query, Record};
use super::security;
use super::store;
use crate::access::permission::SeeActivity;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::language::{Language, filters};
use crate::mail::text::rendered;
use crate::paths::activity as at;
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] = &[
    Kind { route: at::export::ROUTE, sheet: log },
    Kind { route: at::export_security::ROUTE, sheet: security::export::events },
];

/// The columns of the Activity log; whoever reads it relies on them.
const COLUMNS: [&str; 11] = [
    "Date-Time",
    "Affected customer",
    "Customer ID",
    "Action",
    "Subject",
    "Subject ID",
    "Details",
    "Partner user",
    "Organization",
    "Status",
    "Record ID",
];

fn log(conn: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed::<SeeActivity>()?;
    let filter: Filter = wish.place.filter()?;
    let filter = filter.or_most_recent_month(wish.now.at(by.zone).date_naive());
    let customer = filter.customer()?;
    let query = filter.parse(customer, by.zone);
    let query = query.map_err(|_| Error::BadRequest("the filter of the export cannot be read"))?;
    let name = customer.map(|id| store::customer_name(conn, &by, &id)).transpose()?.flatten();
    let file = format!("activity-{}-{}", filter.from.trim(), filter.to.trim());
    let (whole, also_by) = (Query { search: None, ..query.clone() }, by.clone());
    let read = move |conn: &mut Connection, portion: &_| store::page_of(conn, &by, &query, portion);
    let all = move |conn: &mut Connection, portion: &_| store::page_of(conn, &also_by, &whole, portion);
    let sheet = Sheet::new(file, &COLUMNS, read, cells).narrowed(&filter).looking_through(all);
    Ok(match name {
        Some(name) => sheet.naming("customer", name),
        None => sheet,
    })
}

fn cells(record: Record) -> Result<Vec<Cell>> {
    let (customer_id, customer) = match &record.customer {
        Some((id, name)) => (id.to_string(), name.clone()),
        None => Default::default(),
    };
    Ok(vec![
        Cell::Time(Some(record.occurred_at)),
        Cell::text(customer),
        Cell::text(customer_id),
        Cell::text(rendered(Language::ENGLISH, &ActionWords { action: record.action })?),
        Cell::text(&record.subject_name),
        Cell::text(&record.subject_id),
        Cell::text(rendered(Language::ENGLISH, &ChangesWords { changes: &record.changes })?),
        Cell::text(&record.person.0),
        Cell::text(&record.person.1),
        Cell::text(rendered(Language::ENGLISH, &OutcomeWords { outcome: record.outcome })?),
        Cell::text(record.id),
    ])
}

/// What an action is called.
#[derive(Template)]
#[template(path = "activity/action.txt")]
pub(super) struct ActionWords {
    pub action: Action,
}

#[derive(Template)]
#[template(path = "activity/changes.txt")]
struct ChangesWords<'a> {
    changes: &'a [Change],
}

#[derive(Template)]
#[template(path = "activity/outcome.txt")]
struct OutcomeWords {
    outcome: Outcome,
}
