//! Adding, changing, withdrawing: one offer at a time.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::prices;
use super::rows::{OfferRow, insert, set_belongings, whole};
use crate::access::permission::ManageCatalog;
use crate::access::{Allowed, Viewer};
use crate::activity::{self, Action, Change, Entry};
use crate::catalog::model::code::OfferCode;
use crate::catalog::model::column::{Cells, Column, Difference};
use crate::catalog::model::definition::{Definition, Kept};
use crate::catalog::model::pricing::{self, Changes, PriceChange};
use crate::catalog::model::relations::Relations;
use crate::db::Connection;
use crate::db::schema::{offer_prerequisites, offers};
use crate::error::{Error, Result};
use crate::values::id::{OfferId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::web::Problems;

/// What came of adding an offer.
#[derive(Debug)]
pub enum Added {
    Now,
    /// The same page was sent before.
    Before,
    /// The same page was sent before and said something else.
    BeforeWithAnother,
    Refused(Problems),
}

/// What came of changing an offer.
#[derive(Debug)]
pub enum Changed {
    Done(Changes),
    Same,
    /// Somebody else changed it in between; how it is now.
    Stale(Box<Kept>),
    Refused(Problems),
}

/// Who changes the catalogue.
#[derive(Clone)]
pub enum Author {
    Person(Box<Viewer>),
    /// Somebody on the machine, for the operator if there is one.
    Command(Option<OrganisationId>),
}

/// The command that imports, as it stands for its author.
const COMMAND: &str = "twotier catalogue import";

impl Author {
    pub fn of(by: &Allowed<ManageCatalog>) -> Self {
        Self::Person(Box::new(by.viewer().clone()))
    }

    pub(super) fn name(&self) -> &str {
        match self {
            Self::Person(viewer) => &viewer.name,
            Self::Command(_) => COMMAND,
        }
    }

    pub(super) fn record(&self, conn: &mut Connection, entry: &Entry, now: Moment) -> Result<()> {
        match self {
            Self::Person(viewer) => activity::store::record(conn, viewer, entry, now),
            Self::Command(Some(operator)) => {
                activity::store::record_by_command(conn, operator, COMMAND, entry, now)
            }
            // Nobody is there yet who could read it.
            Self::Command(None) => Ok(()),
        }
    }
}

/// An offer with all that is said of it, at the prices of a day.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn find(conn: &mut Connection, id: &OfferId, today: NaiveDate) -> Result<Kept> {
    let row = offers::table.find(id).select(OfferRow::as_select()).first(conn)?;
    whole(conn, vec![row], today)?.pop().ok_or(Error::NotFound)
}

/// Every offer at the prices of a day, for what needs them all: files, and what offers have to do with each other.
///
/// # Errors
/// Database errors.
pub fn all(conn: &mut Connection, today: NaiveDate) -> Result<Vec<Kept>> {
    let rows =
        offers::table.order((offers::sort_name, offers::id)).select(OfferRow::as_select()).load(conn)?;
    whole(conn, rows, today)
}

/// An offer as others name it.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = offers)]
pub struct Named {
    pub id: OfferId,
    pub code: OfferCode,
    pub name: String,
}

/// The offers of these IDs by name, for links.
///
/// # Errors
/// Database errors.
pub fn named<'a>(conn: &mut Connection, codes: impl Iterator<Item = &'a OfferCode>) -> Result<Vec<Named>> {
    let codes: Vec<&OfferCode> = codes.collect();
    let found = offers::table.filter(offers::code.eq_any(codes)).order((offers::sort_name, offers::id));
    Ok(found.select(Named::as_select()).load(conn)?)
}

/// The add-ons that need an offer, by name.
///
/// # Errors
/// Database errors.
pub fn add_ons_of(conn: &mut Connection, base: &OfferId) -> Result<Vec<Named>> {
    Ok(offer_prerequisites::table
        .inner_join(offers::table.on(offers::id.eq(offer_prerequisites::add_on_id)))
        .filter(offer_prerequisites::base_id.eq(base))
        .order((offers::sort_name, offers::id))
        .select(Named::as_select())
        .load(conn)?)
}

/// Adds an offer.
///
/// # Errors
/// Database errors.
pub fn add(
    conn: &mut Connection,
    by: &Allowed<ManageCatalog>,
    id: &OfferId,
    said: &Definition,
    now: Moment,
) -> Result<Added> {
    let kept = all(conn, now.day())?;
    if let Some(sent) = kept.iter().find(|kept| kept.id == *id) {
        let is_same = sent.change_to(said, now.day()).is_ok_and(|changes| changes.is_empty());
        return Ok(if is_same { Added::Before } else { Added::BeforeWithAnother });
    }
    if kept.iter().any(|other| other.definition.code == said.code) {
        return Ok(Added::Refused((Column::Code.key().as_str(), Problem::Taken).into()));
    }
    let problems = relations_with(&kept, said).problems(said);
    if !problems.is_empty() {
        return Ok(Added::Refused(problems));
    }
    let prices = match pricing::begin(said, now.day()) {
        Ok(prices) => prices,
        Err(problems) => return Ok(Added::Refused(problems)),
    };
    put_new(conn, &Author::of(by), id, (said, &prices), now)?;
    set_belongings(conn, id, said)?;
    Ok(Added::Now)
}

/// Changes an offer. Its ID stays what it is, whatever is sent.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn change(
    conn: &mut Connection,
    by: &Allowed<ManageCatalog>,
    (id, version): (&OfferId, i32),
    said: &Definition,
    now: Moment,
) -> Result<Changed> {
    let kept = all(conn, now.day())?;
    let found = kept.iter().find(|kept| kept.id == *id).ok_or(Error::NotFound)?;
    let said = Definition { code: found.definition.code.clone(), ..said.clone() };
    let changes = match found.change_to(&said, now.day()) {
        // Also where the same page was sent before.
        Ok(changes) if changes.is_empty() => return Ok(Changed::Same),
        Ok(changes) => Ok(changes),
        Err(problems) => Err(problems),
    };
    if found.version != version {
        return Ok(Changed::Stale(Box::new(found.clone())));
    }
    let changes = match changes {
        Ok(changes) => changes,
        Err(problems) => return Ok(Changed::Refused(problems)),
    };
    let problems = relations_with(&kept, &said).problems(&said);
    if !problems.is_empty() {
        return Ok(Changed::Refused(problems));
    }
    put_changed(conn, &Author::of(by), found, (&said, &changes), now)?;
    set_belongings(conn, id, &said)?;
    Ok(Changed::Done(changes))
}

/// Puts many offers with their prices into an empty catalogue, without records: nobody did it.
///
/// # Errors
/// Database errors.
pub fn fill<'a>(
    conn: &mut Connection,
    offers: impl Iterator<Item = (&'a OfferId, &'a Definition, Vec<PriceChange>)> + Clone,
    now: Moment,
) -> Result<()> {
    for (id, said, prices) in offers.clone() {
        insert(conn, &OfferRow::of(id, said, "", now))?;
        prices::write(conn, id, &prices)?;
    }
    offers.into_iter().try_for_each(|(id, said, _)| set_belongings(conn, id, said))
}

/// Withdraws an offer or brings it back; whether that changed something.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn set_available(
    conn: &mut Connection,
    by: &Allowed<ManageCatalog>,
    id: &OfferId,
    is_available: bool,
    now: Moment,
) -> Result<bool> {
    let kept = find(conn, id, now.day())?;
    let changed = diesel::update(offers::table.find(id).filter(offers::is_available.ne(is_available)))
        .set((
            offers::is_available.eq(is_available),
            offers::version.eq(offers::version + 1),
            offers::changed_at.eq(now),
            offers::changed_by_name.eq(&by.name),
        ))
        .execute(conn)?;
    if changed == 0 {
        return Ok(false);
    }
    let action = if is_available { Action::BringBackOffer } else { Action::WithdrawOffer };
    activity::store::record(conn, by.viewer(), &entry(action, id, &kept.definition), now)?;
    Ok(true)
}

/// Adds an offer without what it refers to, and records it.
///
/// # Errors
/// Database errors.
pub(super) fn put_new(
    conn: &mut Connection,
    by: &Author,
    id: &OfferId,
    (said, prices): (&Definition, &[PriceChange]),
    now: Moment,
) -> Result<()> {
    insert(conn, &OfferRow::of(id, said, by.name(), now))?;
    prices::write(conn, id, prices)?;
    let from = said.valid_from.filter(|_| !prices.is_empty());
    let mut differences = Cells::default().differences(&said.cells());
    differences.iter_mut().filter(|one| one.column.is_price()).for_each(|one| one.from = from);
    let entry = entry(Action::AddOffer, id, said).with(logged(&differences));
    by.record(conn, &entry, now)
}

/// Changes an offer but for what it refers to, and records it.
///
/// # Errors
/// Database errors.
pub(super) fn put_changed(
    conn: &mut Connection,
    by: &Author,
    kept: &Kept,
    (said, changes): (&Definition, &Changes),
    now: Moment,
) -> Result<()> {
    let row = OfferRow {
        version: kept.version + 1,
        created_at: kept.created_at,
        ..OfferRow::of(&kept.id, said, by.name(), now)
    };
    diesel::update(offers::table.find(&kept.id)).set(&row).execute(conn)?;
    prices::write(conn, &kept.id, &changes.prices)?;
    let entry = entry(Action::UpdateOffer, &kept.id, said).with(logged(&changes.differences));
    by.record(conn, &entry, now)
}

/// Prices are named in the log as in files, with the day from which they hold.
pub(super) fn logged(differences: &[Difference]) -> Vec<Change> {
    let name = |column: Column| if column.is_price() { column.head() } else { column.key() };
    let mut changes: Vec<Change> =
        differences.iter().map(|one| Change::new(&name(one.column), &one.old, &one.new)).collect();
    let days: BTreeSet<NaiveDate> = differences.iter().filter_map(|one| one.from).collect();
    changes.extend(days.iter().map(|day| Change::set("valid_from", day)));
    changes
}

pub(super) fn entry(action: Action, id: &OfferId, said: &Definition) -> Entry {
    Entry::new(action, "offer", id, &said.name)
}

fn relations_with(kept: &[Kept], said: &Definition) -> Relations {
    let mut relations: Relations = kept.iter().map(|kept| &kept.definition).collect();
    relations.put(said);
    relations
}
