//! Customers as a file: everything that the list shows, in its order, or what is ticked in it.

use askama::Template;
use serde::Deserialize;

use super::form::CustomerListForm;
use super::model::CustomerRow;
use super::pages::picks::chosen;
use super::store::list::{is_longer_than, rows_after};
use crate::access::permission::{ExportCustomers, SeeCustomers};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::language::Language;
use crate::mail::text::rendered;
use crate::partnerships::directory::reseller_choices;
use crate::paths::customers as at;
use crate::paths::pairs;
use crate::values::moment::Moment;
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] = &[Kind { route: at::export::ROUTE, sheet: customers }];

/// Whoever reads the file relies on them: new ones stand behind those that were there.
const COLUMNS: [&str; 10] = [
    "Microsoft ID",
    "Company name",
    "Primary domain name",
    "Relationship",
    "State",
    "Since",
    "Monthly value",
    "Currency",
    "In other currencies",
    "Ended",
];

/// What is meant, beside the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Choice {
    /// `yes` for what is selected alone.
    selected: String,
}

fn customers(conn: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed_by::<SeeCustomers, ExportCustomers>()?;
    let form: CustomerListForm = wish.place.filter()?;
    let form = form.tidy().sensible(by.is_provider());
    let all = form.parse()?;
    let is_selected = wish.place.filter::<Choice>()?.selected == "yes";
    let filter = match is_selected {
        true => chosen(conn, &by, &form, &all)?.ok_or(Error::NotFound)?,
        false => all,
    };
    let resellers =
        if form.reseller.is_empty() { Vec::new() } else { reseller_choices(conn, &by.organisation.id)? };
    let reseller = resellers.into_iter().find(|choice| choice.id.as_str() == form.reseller);
    let (reach, probed) = ((by.reach(), filter.clone()), (by.reach(), filter));
    let sheet = Sheet::new(
        "customers",
        &COLUMNS,
        move |conn, portion| rows_after(conn, &reach.0, &reach.1, portion),
        cells,
    );
    let sheet = sheet
        .narrowed(&narrowed(&form, is_selected))
        .selected(form.selection().filter(|_| is_selected))
        .exceeding(move |conn, most| is_longer_than(conn, &probed.0, &probed.1, most));
    Ok(match reseller {
        Some(reseller) => sheet.naming("reseller", reseller.name),
        None => sheet,
    })
}

/// What the list is narrowed to, in words: which ticks are meant says nothing to anybody.
fn narrowed(form: &CustomerListForm, is_selected: bool) -> Vec<(String, String)> {
    let mut parts = pairs(form);
    parts.retain(|(name, _)| name != "selection");
    if is_selected {
        parts.push(("selected".to_owned(), "yes".to_owned()));
    }
    parts
}

/// What stands in the columns for a customer.
fn cells(row: CustomerRow) -> Result<Vec<Cell>> {
    let standing = row.standing().as_text();
    let relationship = rendered(Language::ENGLISH, &Relationship { partners: &row.partners })?;
    let customer = row.customer;
    let (own, others) = row.worth.split_first().map_or((None, &[][..]), |(own, others)| (Some(*own), others));
    Ok(vec![
        Cell::text(customer.id),
        Cell::text(customer.account.company_name),
        Cell::text(customer.account.domain),
        Cell::text(relationship),
        Cell::text(standing),
        Cell::Day(Some(row.since.day())),
        Cell::Amount(own),
        Cell::text(own.map(|money| money.currency.code()).unwrap_or_default()),
        Cell::text(others.iter().map(|money| money.to_string()).collect::<Vec<_>>().join("; ")),
        Cell::Day(customer.ended_at.map(Moment::day)),
    ])
}

/// Through whom the viewer's organisation has a customer.
#[derive(Template)]
#[template(path = "customers/relationship.txt")]
struct Relationship<'a> {
    partners: &'a [String],
}
