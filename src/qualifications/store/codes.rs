//! Validation codes: issued by the operator to a provider, used by its customers.

use diesel::prelude::*;

use crate::access::permission::DecideQualifications;
use crate::access::{Allowed, OrganisationKind};
use crate::activity::{self, Action, Change, Entry};
use crate::db::schema::validation_code_uses as uses;
use crate::db::schema::validation_codes as codes;
use crate::db::{Connection, try_again, unless_taken};
use crate::error::{Error, Result};
use crate::partners;
use crate::partners::model::Organisation;
use crate::qualifications::facts::refusal_of;
use crate::qualifications::model::{BadCode, Code};
use crate::values::id::{CodeId, CustomerId, OrganisationId};
use crate::values::moment::Moment;
use crate::web::pager::{Page, Portion, descending, keyset};

const CODE: &str = "validation_code";

/// Counts a customer for a code of its provider, in the transaction that lets it in; or why the code lets it in no more.
/// Whoever it counted before it counts no second time, and lets in again even when it is used up.
///
/// # Errors
/// Database errors.
pub fn take(
    conn: &mut Connection,
    provider: &OrganisationId,
    code: &str,
    customer: &CustomerId,
    now: Moment,
) -> Result<Result<(), BadCode>> {
    let own = codes::table.filter(codes::provider_id.eq(provider)).filter(codes::code.eq(code));
    let open: Option<CodeId> =
        own.filter(codes::closed_at.is_null()).select(codes::id).first(conn).optional()?;
    if let Some(id) = &open
        && uses::table.find((id, customer)).count().get_result::<i64>(conn)? == 1
    {
        return Ok(Ok(()));
    }
    if let Some(bad) = refusal_of(conn, provider, code)? {
        return Ok(Err(bad));
    }
    let id = open.ok_or_else(try_again)?;
    let left = codes::table.filter(codes::id.eq(&id)).filter(codes::used.lt(codes::maximum));
    if diesel::update(left).set(codes::used.eq(codes::used + 1)).execute(conn)? == 0 {
        return Err(try_again());
    }
    diesel::insert_into(uses::table)
        .values((uses::code_id.eq(&id), uses::customer_id.eq(customer), uses::used_at.eq(now)))
        .execute(conn)?;
    Ok(Ok(()))
}

/// The provider whose codes are looked at: only providers have some.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn provider(
    conn: &mut Connection,
    _by: &Allowed<DecideQualifications>,
    id: &OrganisationId,
) -> Result<Organisation> {
    let found = partners::store::find(conn, id)?;
    if found.kind == OrganisationKind::Provider { Ok(found) } else { Err(Error::NotFound) }
}

/// A page of a provider's codes, the newest first.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    _by: &Allowed<DecideQualifications>,
    provider: &OrganisationId,
    portion: &Portion,
) -> Result<Page<Code>> {
    let query = codes::table.filter(codes::provider_id.eq(*provider)).into_boxed();
    let page: Page<Row> = keyset(conn, query, descending(codes::issued_at, codes::id), portion)?;
    Ok(page.map(Code::from))
}

/// A code of a provider.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn find(
    conn: &mut Connection,
    _by: &Allowed<DecideQualifications>,
    (provider, id): (&OrganisationId, &CodeId),
) -> Result<Code> {
    let own = codes::table.filter(codes::id.eq(id)).filter(codes::provider_id.eq(provider));
    let row: Row = own.select(Row::as_select()).first(conn)?;
    Ok(row.into())
}

/// A code to be issued.
#[derive(Clone, Debug)]
pub struct NewCode {
    /// Chosen by the page, so that sending it twice issues once.
    pub id: CodeId,
    pub provider: OrganisationId,
    pub code: String,
    pub maximum: i32,
}

/// What came of issuing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issued {
    /// Now, or a moment ago by the same page.
    Done,
    /// The provider has another code that is written alike.
    Taken,
}

/// Issues a code to a provider.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn issue(
    conn: &mut Connection,
    by: &Allowed<DecideQualifications>,
    new: &NewCode,
    now: Moment,
) -> Result<Issued> {
    let to = provider(conn, by, &new.provider)?;
    if codes::table.find(&new.id).count().get_result::<i64>(conn)? == 1 {
        return Ok(Issued::Done);
    }
    let row = (
        codes::id.eq(new.id),
        codes::provider_id.eq(new.provider),
        codes::code.eq(&new.code),
        codes::maximum.eq(new.maximum),
        codes::used.eq(0),
        codes::issued_by_name.eq(&by.name),
        codes::issued_at.eq(now),
    );
    if !unless_taken(conn, diesel::insert_into(codes::table).values(row))? {
        return Ok(Issued::Taken);
    }
    let entry = Entry::new(Action::IssueValidationCode, CODE, new.id, &new.code)
        .with([Change::set("for_provider", &to.name), Change::set("code_customers", new.maximum)]);
    record(conn, by, &new.provider, &entry, now)?;
    Ok(Issued::Done)
}

/// Closes a code: it lets no further customer in. Answers `false` when it was closed before.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn close(
    conn: &mut Connection,
    by: &Allowed<DecideQualifications>,
    (provider, id): (&OrganisationId, &CodeId),
    now: Moment,
) -> Result<bool> {
    let code = find(conn, by, (provider, id))?;
    let open = codes::table.filter(codes::id.eq(id)).filter(codes::closed_at.is_null());
    let closed = diesel::update(open)
        .set((codes::closed_at.eq(Some(now)), codes::closed_by_name.eq(Some(&by.name))))
        .execute(conn)?;
    if closed == 0 {
        return Ok(false);
    }
    let entry = Entry::new(Action::CloseValidationCode, CODE, code.id, &code.code)
        .with([Change::set("code_used", code.used), Change::set("code_customers", code.maximum)]);
    record(conn, by, provider, &entry, now)?;
    Ok(true)
}

fn record(
    conn: &mut Connection,
    by: &Allowed<DecideQualifications>,
    provider: &OrganisationId,
    entry: &Entry,
    now: Moment,
) -> Result<()> {
    activity::store::record(conn, by, entry, now)?;
    activity::store::record_for(conn, provider, by, entry, now)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = codes)]
struct Row {
    id: CodeId,
    provider_id: OrganisationId,
    code: String,
    maximum: i32,
    used: i32,
    issued_by_name: String,
    issued_at: Moment,
    closed_at: Option<Moment>,
    closed_by_name: Option<String>,
}

impl From<Row> for Code {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            provider: row.provider_id,
            code: row.code,
            maximum: row.maximum,
            used: row.used,
            issued_by_name: row.issued_by_name,
            issued_at: row.issued_at,
            closed: row.closed_at.map(|at| (at, row.closed_by_name.unwrap_or_default())),
        }
    }
}
