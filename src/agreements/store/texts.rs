//! The texts of the customer agreement.

use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::{PublishAgreements, SeeInstallation};
use crate::activity::{self, Action, Change, Entry};
use crate::agreements::model::{Text, kept_country};
use crate::db::schema::{agreement_requests, customer_agreements};
use crate::db::{Connection, try_again, unless_taken};
use crate::error::Result;
use crate::language::Language;
use crate::links::model::RequestState;
use crate::partners::model::agreement::Published;
use crate::values::country::Country;
use crate::values::id::{AgreementRequestId, CustomerAgreementId};
use crate::values::moment::Moment;
use crate::web::Count;

/// So many versions are listed; each country has a handful.
const VERSIONS: i64 = 2_000;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = customer_agreements)]
struct Row {
    id: CustomerAgreementId,
    country: String,
    version: i32,
    body: String,
    published_by_name: String,
    published_at: Moment,
    language: Language,
}

impl From<Row> for Text {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            country: Country::from_text(&row.country),
            version: row.version,
            body: row.body,
            published_by_name: row.published_by_name,
            published_at: row.published_at,
            language: row.language,
        }
    }
}

/// A text without what it says.
#[derive(Queryable, Selectable)]
#[diesel(table_name = customer_agreements)]
struct BodilessRow {
    id: CustomerAgreementId,
    country: String,
    version: i32,
    published_by_name: String,
    published_at: Moment,
    language: Language,
}

impl From<BodilessRow> for Text {
    fn from(row: BodilessRow) -> Self {
        Self {
            id: row.id,
            country: Country::from_text(&row.country),
            version: row.version,
            body: String::new(),
            published_by_name: row.published_by_name,
            published_at: row.published_at,
            language: row.language,
        }
    }
}

/// The text that holds for customers of a country who read this language: of the country's own, or else of those for
/// all, the one in that language, or else in the language that was published first.
///
/// # Errors
/// Database errors.
pub fn in_force(conn: &mut Connection, country: Country, language: Language) -> Result<Option<Text>> {
    for scope in [Some(country), None] {
        let languages = languages_of(conn, scope)?;
        let readable = languages.iter().find(|one| **one == language).or(languages.first());
        if let Some(readable) = readable {
            return latest(conn, scope, *readable);
        }
    }
    Ok(None)
}

/// Whether a text holds for customers of a country, whatever they read: the last one in its language.
///
/// # Errors
/// [`crate::error::Error::NotFound`] where there is no such text; database errors.
pub fn holds(conn: &mut Connection, country: Country, id: &CustomerAgreementId) -> Result<bool> {
    let language = find(conn, id)?.language;
    Ok(in_force(conn, country, language)?.is_some_and(|text| text.id == *id))
}

/// The languages in which there is a text for exactly this country, or for all; the one that was first comes first.
fn languages_of(conn: &mut Connection, country: Option<Country>) -> Result<Vec<Language>> {
    Ok(customer_agreements::table
        .filter(customer_agreements::country.eq(kept_country(country)))
        .filter(customer_agreements::version.eq(1))
        .order((customer_agreements::published_at, customer_agreements::id))
        .select(customer_agreements::language)
        .load(conn)?)
}

/// The last text that was published for exactly this country, or for all, in a language.
///
/// # Errors
/// Database errors.
pub fn latest(conn: &mut Connection, country: Option<Country>, language: Language) -> Result<Option<Text>> {
    let row: Option<Row> = customer_agreements::table
        .filter(customer_agreements::country.eq(kept_country(country)))
        .filter(customer_agreements::language.eq(language))
        .order(customer_agreements::version.desc())
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(Text::from))
}

/// A version by its id.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn find(conn: &mut Connection, id: &CustomerAgreementId) -> Result<Text> {
    let row: Row = customer_agreements::table.find(id).select(Row::as_select()).first(conn)?;
    Ok(row.into())
}

/// All versions without their texts, each country’s side by side, by language, the newest first.
///
/// # Errors
/// Database errors.
pub fn versions(conn: &mut Connection, _by: &Allowed<SeeInstallation>) -> Result<Vec<Text>> {
    let rows: Vec<BodilessRow> = customer_agreements::table
        .order((
            customer_agreements::country,
            customer_agreements::language,
            customer_agreements::version.desc(),
        ))
        .select(BodilessRow::as_select())
        .limit(VERSIONS)
        .load(conn)?;
    Ok(rows.into_iter().map(Text::from).collect())
}

/// How many customers accepted a version by themselves.
///
/// # Errors
/// Database errors.
pub fn accepted_by(conn: &mut Connection, id: &CustomerAgreementId) -> Result<Count> {
    let some = agreement_requests::table
        .filter(agreement_requests::agreement_id.eq(id))
        .filter(agreement_requests::state.eq(RequestState::Accepted))
        .select(agreement_requests::id)
        .limit(Count::LIMIT)
        .load::<AgreementRequestId>(conn)?;
    Ok(Count::of(some.len()))
}

/// A text that is to hold from now on.
#[derive(Clone, Debug)]
pub struct NewText {
    /// Chosen by the page, so that sending it twice publishes once.
    pub id: CustomerAgreementId,
    pub country: Option<Country>,
    pub language: Language,
    /// The version that it becomes, unless somebody else is faster.
    pub version: i32,
    pub body: String,
}

/// Publishes a text as the next version of its country in its language.
///
/// # Errors
/// Database errors.
pub fn publish(
    conn: &mut Connection,
    by: &Allowed<PublishAgreements>,
    new: &NewText,
    now: Moment,
) -> Result<Published> {
    let country = kept_country(new.country);
    let sent_before = customer_agreements::table.find(&new.id).select(Row::as_select());
    match sent_before.first::<Row>(conn).optional()? {
        Some(sent) if (&*sent.country, sent.language, &sent.body) == (country, new.language, &new.body) => {
            return Ok(Published::Before);
        }
        // The same page with another text: what it became is not that text.
        Some(_) => return Ok(Published::Stale),
        None => {}
    }
    if latest(conn, new.country, new.language)?.map_or(0, |latest| latest.version) + 1 != new.version {
        return Ok(Published::Stale);
    }
    let row = Row {
        id: new.id,
        country: country.to_owned(),
        version: new.version,
        body: new.body.clone(),
        published_by_name: by.name.clone(),
        published_at: now,
        language: new.language,
    };
    if !unless_taken(conn, diesel::insert_into(customer_agreements::table).values(&row))? {
        return Err(try_again());
    }
    let entry = Entry::new(Action::PublishCustomerAgreement, "customer_agreement", new.id, new.version)
        .with([Change::set("version", new.version), Change::set("language", new.language)])
        .with(new.country.map(|country| Change::set("country", country.code())));
    activity::store::record(conn, by, &entry, now)?;
    Ok(Published::Now)
}
