//! What the logs say of one thing, for its own page.

use diesel::dsl::auto_type;
use diesel::prelude::*;

use crate::activity::model::{Action, Change, Outcome};
use crate::db::Connection;
use crate::db::schema::activity_records;
use crate::error::Result;
use crate::people::facts::{Person, person, person_organisation as home_of};
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;

/// One thing that was done, or tried.
#[derive(Clone, Debug)]
pub struct Deed {
    pub action: Action,
    pub person: String,
    pub person_name: String,
    pub organisation_name: String,
    /// In which organisation the person is now.
    pub home: Option<OrganisationId>,
    pub changes: Vec<Change>,
    pub outcome: Outcome,
    pub at: Moment,
}

impl Deed {
    /// Whether the portal did it by itself.
    pub fn is_of_portal(&self) -> bool {
        self.person.is_empty() && self.organisation_name.is_empty()
    }
}

/// How much of what the log says of it is told.
#[derive(Clone, Copy, Debug)]
pub enum Extent<'a> {
    All,
    /// What succeeded of some actions, and of others in another log.
    Some {
        actions: &'a [Action],
        elsewhere: (&'a OrganisationId, &'a [Action]),
    },
}

/// The latest that was done to something by the log of an organisation, newest first; only by people of some
/// organisations and by the portal itself, where these are named.
///
/// # Errors
/// Database errors.
pub fn latest(
    conn: &mut Connection,
    (log, subject): (&OrganisationId, &str),
    extent: Extent<'_>,
    by_people_of: Option<&[&OrganisationId]>,
    most: i64,
) -> Result<Vec<Deed>> {
    let mut query = about(subject).limit(most).select(Row::as_select()).into_boxed();
    let logged = activity_records::organisation_id.eq(log);
    query = match extent {
        Extent::All => query.filter(logged),
        Extent::Some { actions, elsewhere: (other, others) } => {
            let shown = logged.and(activity_records::action.eq_any(actions.iter().copied()));
            let own = activity_records::organisation_id
                .eq(other)
                .and(activity_records::action.eq_any(others.iter().copied()));
            query.filter(shown.or(own)).filter(activity_records::result.eq(Outcome::Succeeded))
        }
    };
    if let Some(known) = by_people_of {
        let by_portal = activity_records::person_id.eq("").and(activity_records::person_organisation.eq(""));
        query = query.filter(home_of.nullable().eq_any(known.iter().copied()).or(by_portal.nullable()));
    }
    let rows: Vec<Row> = query.load(conn)?;
    Ok(rows.into_iter().map(Deed::from).collect())
}

/// The last thing that was done to something and succeeded, by the log of an organisation.
///
/// # Errors
/// Database errors.
pub fn last(conn: &mut Connection, (log, subject): (&OrganisationId, &str)) -> Result<Option<Deed>> {
    let last: Option<Row> = about(subject)
        .filter(activity_records::organisation_id.eq(log))
        .filter(activity_records::result.eq(Outcome::Succeeded))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(last.map(Deed::from))
}

#[auto_type]
fn about<'a>(subject: &'a str) -> _ {
    let author: Person<activity_records::person_id> = person(activity_records::person_id);
    activity_records::table
        .left_join(author)
        .filter(activity_records::subject_id.eq(subject))
        .order((activity_records::occurred_at.desc(), activity_records::id.desc()))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = activity_records)]
struct Row {
    action: Action,
    person_id: String,
    person_name: String,
    person_organisation: String,
    changes: String,
    result: Outcome,
    occurred_at: Moment,
    #[diesel(select_expression = home_of.nullable())]
    home: Option<OrganisationId>,
}

impl From<Row> for Deed {
    fn from(row: Row) -> Self {
        Self {
            action: row.action,
            person: row.person_id,
            person_name: row.person_name,
            organisation_name: row.person_organisation,
            home: row.home,
            changes: serde_json::from_str(&row.changes).unwrap_or_default(),
            outcome: row.result,
            at: row.occurred_at,
        }
    }
}
