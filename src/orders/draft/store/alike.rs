//! Other open drafts for the same domain, and what somebody has seen to be alike.

use diesel::prelude::*;

use super::DraftState;
use crate::access::Allowed;
use crate::access::permission::AddCustomers;
use crate::customers::new_account::AccountForm;
use crate::db::Connection;
use crate::db::schema::drafts;
use crate::error::Result;
use crate::orders::draft::alike::Alike;
use crate::orders::draft::shown_name;
use crate::values::id::DraftId;
use crate::values::moment::Moment;

/// Another open draft with the same domain.
#[derive(Clone, Debug)]
pub struct Twin {
    pub id: DraftId,
    /// Empty while nobody has typed one.
    pub name: String,
    pub made_by_name: String,
    pub updated_at: Moment,
}

/// So many are shown.
const SHOWN: i64 = 3;

/// The viewer's organisation's other open drafts with this domain (the part before the suffix). Those of others say
/// nothing: who wants which domain is their own affair until it is taken.
///
/// # Errors
/// Database errors.
pub fn twins(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    draft: Option<&DraftId>,
    prefix: &str,
) -> Result<Vec<Twin>> {
    let mut query = drafts::table
        .filter(drafts::provider_id.eq(&by.organisation.id))
        .filter(drafts::domain.eq(prefix))
        .filter(drafts::state.eq(DraftState::Open))
        .order((drafts::created_at, drafts::id))
        .limit(SHOWN)
        .select(TwinRow::as_select())
        .into_boxed();
    if let Some(own) = draft {
        query = query.filter(drafts::id.ne(own));
    }
    let rows: Vec<TwinRow> = query.load(conn)?;
    Ok(rows.into_iter().map(Twin::from).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = drafts)]
struct TwinRow {
    id: DraftId,
    account: String,
    made_by_name: String,
    updated_at: Moment,
}

impl From<TwinRow> for Twin {
    fn from(row: TwinRow) -> Self {
        Self {
            id: row.id,
            name: shown_name(&AccountForm::from_json(&row.account)),
            made_by_name: row.made_by_name,
            updated_at: row.updated_at,
        }
    }
}

/// Remembers with a draft what somebody has seen to be alike, and goes on all the same.
///
/// # Errors
/// Database errors.
pub fn know_alike(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    id: &DraftId,
    alike: &Alike,
) -> Result<()> {
    let open = drafts::table
        .filter(drafts::id.eq(id))
        .filter(drafts::provider_id.eq(&by.organisation.id))
        .filter(drafts::state.eq(DraftState::Open));
    let known: Option<String> = open.select(drafts::known_alike).first(conn).optional()?;
    let Some(known) = known else { return Ok(()) };
    let new = alike.beyond(&known).ids();
    diesel::update(open).set(drafts::known_alike.eq(known + &new)).execute(conn)?;
    Ok(())
}
