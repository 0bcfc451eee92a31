//! Organisations and letters that nobody got as files.

use super::form::OrganisationFilter;
use super::model::{Listed, ListedLetter};
use super::store::{directory, letters};
use crate::access::permission::SeeInstallation;
use crate::db::Connection;
use crate::db::clock::Clock;
use crate::error::Result;
use crate::mail::letter::LetterState;
use crate::paths::operator as at;
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] = &[
    Kind { route: at::export_organisations::ROUTE, sheet: organisations },
    Kind { route: at::export_failed_letters::ROUTE, sheet: |_, wish| letters(wish, LetterState::Failed) },
    Kind { route: at::export_waiting_letters::ROUTE, sheet: |_, wish| letters(wish, LetterState::Waiting) },
];

/// The columns of each; whoever reads the files relies on them.
const OF_ORGANISATIONS: [&str; 5] = ["Microsoft ID", "Name", "Kind", "Country/region", "State"];
const OF_LETTERS: [&str; 9] = [
    "Letter ID",
    "Written",
    "Organization",
    "Email",
    "Subject",
    "Why",
    "Mail server’s words",
    "Tries",
    "Next try",
];

fn organisations(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed::<SeeInstallation>()?;
    let filter = wish.place.filter::<OrganisationFilter>()?.tidy();
    let wanted = filter.wanted();
    let read = move |conn: &mut Connection, portion: &_| directory::page_of(conn, &by, &wanted, portion);
    Ok(Sheet::new("organizations", &OF_ORGANISATIONS, read, |row| Ok(organisation(row))).narrowed(&filter))
}

fn organisation(Listed { organisation, .. }: Listed) -> Vec<Cell> {
    vec![
        Cell::text(organisation.id),
        Cell::text(organisation.name),
        Cell::text(organisation.kind.as_text()),
        Cell::text(organisation.country.name()),
        Cell::text(organisation.state.as_text()),
    ]
}

fn letters(wish: &Wish<'_>, state: LetterState) -> Result<Sheet> {
    let by = wish.allowed::<SeeInstallation>()?;
    let read = move |conn: &mut Connection, portion: &_| {
        letters::page_of(conn, &by, state, portion, &Clock::default())
    };
    let name = format!("letters-{}", state.as_text());
    Ok(Sheet::new(name, &OF_LETTERS, read, move |row| Ok(letter(row, state))))
}

/// Never what a letter says: it may hold a personal link.
fn letter(letter: ListedLetter, state: LetterState) -> Vec<Cell> {
    let trouble = letter.hindrance.as_ref().and_then(|hindrance| hindrance.trouble);
    let said = letter.hindrance.as_ref().and_then(|hindrance| hindrance.said.clone());
    vec![
        Cell::text(letter.id),
        Cell::Time(Some(letter.created_at)),
        Cell::text(letter.organisation),
        Cell::text(letter.to),
        Cell::text(letter.subject),
        Cell::text(trouble.map(|trouble| trouble.as_text()).unwrap_or_default()),
        Cell::text(said.unwrap_or_default()),
        Cell::number(letter.attempts),
        Cell::Time((state == LetterState::Waiting).then_some(letter.next_try)),
    ]
}
