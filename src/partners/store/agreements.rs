//! Agreements, and who accepted them.

use diesel::prelude::*;

use crate::access::permission::{PublishAgreements, SignAgreements};
use crate::access::{Allowed, Viewer};
use crate::activity::{self, Action, Change, Entry};
use crate::db::schema::{agreement_acceptances, organisations, partner_agreements};
use crate::db::{Connection, try_again, unless_taken};
use crate::error::Result;
use crate::partners::model::OrganisationState;
use crate::partners::model::agreement::{Acceptance, Agreement, Audience, Published};
use crate::values::id::{AgreementId, OrganisationId};
use crate::values::moment::Moment;
use crate::web::Count;

/// So many versions are listed; there is never one a week.
const VERSIONS: i64 = 200;

/// An agreement as its columns are.
#[derive(Queryable, Selectable)]
#[diesel(table_name = partner_agreements)]
struct Row {
    id: AgreementId,
    audience: Audience,
    version: i32,
    body: String,
    published_by_name: String,
    published_at: Moment,
}

impl From<Row> for Agreement {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            audience: row.audience,
            version: row.version,
            body: row.body,
            published_by_name: row.published_by_name,
            published_at: row.published_at,
        }
    }
}

/// The version that holds, if one was ever published.
///
/// # Errors
/// Database errors.
pub fn current(conn: &mut Connection, audience: Audience) -> Result<Option<Agreement>> {
    let row: Option<Row> = partner_agreements::table
        .filter(partner_agreements::audience.eq(audience))
        .order(partner_agreements::version.desc())
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(Agreement::from))
}

/// Which text holds.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = partner_agreements)]
pub struct Version {
    pub id: AgreementId,
    #[diesel(column_name = version)]
    pub number: i32,
}

/// Which version holds, without its text.
///
/// # Errors
/// Database errors.
pub fn current_version(conn: &mut Connection, audience: Audience) -> Result<Option<Version>> {
    Ok(partner_agreements::table
        .filter(partner_agreements::audience.eq(audience))
        .order(partner_agreements::version.desc())
        .select(Version::as_select())
        .first(conn)
        .optional()?)
}

/// A version, for those who have to do with it.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when it is for others; database errors.
pub fn find(conn: &mut Connection, viewer: &Viewer, id: &AgreementId) -> Result<Agreement> {
    let mut query =
        partner_agreements::table.filter(partner_agreements::id.eq(id)).select(Row::as_select()).into_boxed();
    if let Some(audience) = Audience::of(viewer.organisation.kind) {
        query = query.filter(partner_agreements::audience.eq(audience));
    }
    let row: Row = query.first(conn)?;
    Ok(row.into())
}

/// All versions without their texts, the newest first.
///
/// # Errors
/// Database errors.
pub fn versions(conn: &mut Connection, audience: Audience) -> Result<Vec<Agreement>> {
    let rows: Vec<BodilessRow> = partner_agreements::table
        .filter(partner_agreements::audience.eq(audience))
        .order(partner_agreements::version.desc())
        .select(BodilessRow::as_select())
        .limit(VERSIONS)
        .load(conn)?;
    Ok(rows.into_iter().map(Agreement::from).collect())
}

/// An agreement without what it says.
#[derive(Queryable, Selectable)]
#[diesel(table_name = partner_agreements)]
struct BodilessRow {
    id: AgreementId,
    audience: Audience,
    version: i32,
    published_by_name: String,
    published_at: Moment,
}

impl From<BodilessRow> for Agreement {
    fn from(row: BodilessRow) -> Self {
        Self {
            id: row.id,
            audience: row.audience,
            version: row.version,
            body: String::new(),
            published_by_name: row.published_by_name,
            published_at: row.published_at,
        }
    }
}

/// What an organisation has accepted, the newest version first.
///
/// # Errors
/// Database errors.
pub fn acceptances_of(conn: &mut Connection, organisation: &OrganisationId) -> Result<Vec<Acceptance>> {
    let rows: Vec<AcceptanceRow> = agreement_acceptances::table
        .inner_join(partner_agreements::table)
        .filter(agreement_acceptances::organisation_id.eq(organisation))
        .order(partner_agreements::version.desc())
        .select(AcceptanceRow::as_select())
        .limit(VERSIONS)
        .load(conn)?;
    Ok(rows.into_iter().map(Acceptance::from).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = agreement_acceptances)]
struct AcceptanceRow {
    agreement_id: AgreementId,
    #[diesel(select_expression = partner_agreements::version)]
    version: i32,
    person_name: String,
    accepted_at: Moment,
}

impl From<AcceptanceRow> for Acceptance {
    fn from(row: AcceptanceRow) -> Self {
        Self {
            agreement: row.agreement_id,
            version: row.version,
            person_name: row.person_name,
            accepted_at: row.accepted_at,
        }
    }
}

/// What became of an acceptance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepted {
    Now,
    /// A colleague or another tab was faster; it holds.
    Before,
    /// A newer version has been published since the page was shown.
    NotCurrent,
}

/// Accepts the version that holds for the viewer's organisation: one row, however often it is tried.
///
/// # Errors
/// Database errors.
pub fn accept(
    conn: &mut Connection,
    by: &Allowed<SignAgreements>,
    id: &AgreementId,
    now: Moment,
) -> Result<Accepted> {
    let Some(audience) = Audience::of(by.organisation.kind) else { return Ok(Accepted::NotCurrent) };
    let Some(agreement) = current(conn, audience)?.filter(|current| current.id == *id) else {
        return Ok(Accepted::NotCurrent);
    };
    let is_new = unless_taken(
        conn,
        diesel::insert_into(agreement_acceptances::table).values((
            agreement_acceptances::organisation_id.eq(&by.organisation.id),
            agreement_acceptances::agreement_id.eq(id),
            agreement_acceptances::person_id.eq(&by.person),
            agreement_acceptances::person_name.eq(&by.name),
            agreement_acceptances::accepted_at.eq(now),
        )),
    )?;
    if !is_new {
        return Ok(Accepted::Before);
    }
    activity::store::record(conn, by, &entry(Action::AcceptPartnerAgreement, &agreement), now)?;
    Ok(Accepted::Now)
}

/// A text that is to hold from now on.
#[derive(Clone, Debug)]
pub struct NewAgreement {
    /// Chosen by the page, so that sending it twice publishes once.
    pub id: AgreementId,
    pub audience: Audience,
    /// The version that it becomes, unless somebody else is faster.
    pub version: i32,
    pub body: String,
}

/// Publishes a text as the next version. Everybody of its audience has to accept it.
///
/// # Errors
/// Database errors.
pub fn publish(
    conn: &mut Connection,
    by: &Allowed<PublishAgreements>,
    new: &NewAgreement,
    now: Moment,
) -> Result<Published> {
    let sent_before = partner_agreements::table.find(&new.id).select(Row::as_select());
    match sent_before.first::<Row>(conn).optional()? {
        Some(sent) if sent.audience == new.audience && sent.body == new.body => return Ok(Published::Before),
        // The same page with another text: what it became is not that text.
        Some(_) => return Ok(Published::Stale),
        None => {}
    }
    let last = current(conn, new.audience)?.map_or(0, |current| current.version);
    let agreement = Agreement {
        id: new.id,
        audience: new.audience,
        version: new.version,
        body: new.body.clone(),
        published_by_name: by.name.clone(),
        published_at: now,
    };
    if last + 1 != new.version {
        return Ok(Published::Stale);
    }
    if !insert(conn, &agreement)? {
        return Err(try_again());
    }
    activity::store::record(conn, by, &entry(Action::PublishPartnerAgreement, &agreement), now)?;
    Ok(Published::Now)
}

fn insert(conn: &mut Connection, agreement: &Agreement) -> Result<bool> {
    unless_taken(
        conn,
        diesel::insert_into(partner_agreements::table).values((
            partner_agreements::id.eq(&agreement.id),
            partner_agreements::audience.eq(agreement.audience),
            partner_agreements::version.eq(agreement.version),
            partner_agreements::body.eq(&agreement.body),
            partner_agreements::published_by_name.eq(&agreement.published_by_name),
            partner_agreements::published_at.eq(agreement.published_at),
        )),
    )
}

/// How many organisations have to accept a text for this audience.
///
/// # Errors
/// Database errors.
pub fn signatories(conn: &mut Connection, audience: Audience) -> Result<Count> {
    let some = organisations::table
        .filter(organisations::kind.eq(audience.kind()))
        .filter(organisations::state.eq_any([OrganisationState::Enrolled, OrganisationState::Suspended]))
        .select(organisations::id)
        .limit(Count::LIMIT)
        .load::<OrganisationId>(conn)?;
    Ok(Count::of(some.len()))
}

/// How many organisations have accepted a version.
///
/// # Errors
/// Database errors.
pub fn accepted_by(conn: &mut Connection, id: &AgreementId) -> Result<Count> {
    let some = agreement_acceptances::table
        .filter(agreement_acceptances::agreement_id.eq(id))
        .select(agreement_acceptances::organisation_id)
        .limit(Count::LIMIT)
        .load::<OrganisationId>(conn)?;
    Ok(Count::of(some.len()))
}

fn entry(action: Action, agreement: &Agreement) -> Entry {
    let changes =
        [Change::set("audience", agreement.audience.as_text()), Change::set("version", agreement.version)];
    Entry::new(action, "partner_agreement", agreement.id, agreement.version).with(changes)
}
