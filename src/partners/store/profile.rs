//! What an organisation says of itself.

use diesel::prelude::*;

use super::rows::{ContactColumns, OrganisationAddress};
use crate::access::permission::ManageOrganisation;
use crate::access::{Allowed, OrganisationKind};
use crate::activity::{self, Action, Change, Entry};
use crate::db::Connection;
use crate::db::schema::organisations;
use crate::error::Result;
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::partners::model::OrganisationState;
use crate::partners::model::profile::{Details, Profile, Support};
use crate::partnerships::facts::rename_reseller;
use crate::values::country::Country;
use crate::values::currency::Currency;
use crate::values::id::{LetterId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::name::{name_key, sort_name};

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    Done,
    /// It is like that already.
    Same,
    /// Somebody else was faster.
    Stale,
}

/// The profile of an organisation.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn find(conn: &mut Connection, id: &OrganisationId) -> Result<Profile> {
    let row: Row = organisations::table.find(id).select(Row::as_select()).first(conn)?;
    Ok(row.into())
}

/// An organisation with all that it says of itself, as its columns are.
#[derive(Queryable, Selectable)]
#[diesel(table_name = organisations)]
struct Row {
    id: OrganisationId,
    kind: OrganisationKind,
    country: Country,
    currency: Currency,
    state: OrganisationState,
    created_at: Moment,
    name: String,
    #[diesel(embed)]
    address: OrganisationAddress,
    #[diesel(embed)]
    contact: ContactColumns,
    support_email: String,
    support_telephone: String,
    support_website: String,
    version: i32,
}

impl From<Row> for Profile {
    fn from(row: Row) -> Self {
        let (address, contact) = (row.address.into(), row.contact.into());
        let support = Support {
            email: row.support_email,
            telephone: row.support_telephone,
            website: row.support_website,
        };
        Self {
            id: row.id,
            kind: row.kind,
            country: row.country,
            currency: row.currency,
            state: row.state,
            created_at: row.created_at,
            details: Details { name: row.name, address, contact, support },
            version: row.version,
        }
    }
}

/// Changes what the viewer's organisation says of itself.
///
/// # Errors
/// Database errors.
pub fn change(
    conn: &mut Connection,
    by: &Allowed<ManageOrganisation>,
    (version, wanted): (i32, &Details),
    warning: Option<&Warning>,
    now: Moment,
) -> Result<Changed> {
    let id = &by.organisation.id;
    let profile = find(conn, id)?;
    if profile.details == *wanted {
        return Ok(Changed::Same);
    }
    let support = &wanted.support;
    let met = diesel::update(organisations::table.find(id).filter(organisations::version.eq(version)))
        .set((
            (organisations::name.eq(&wanted.name), organisations::sort_name.eq(sort_name(&wanted.name))),
            organisations::name_key.eq(name_key(&wanted.name)),
            OrganisationAddress::from(&wanted.address),
            ContactColumns::from(&wanted.contact),
            (
                organisations::support_email.eq(&support.email),
                organisations::support_telephone.eq(&support.telephone),
                organisations::support_website.eq(&support.website),
            ),
            organisations::version.eq(organisations::version + 1),
        ))
        .execute(conn)?;
    if met == 0 {
        return Ok(Changed::Stale);
    }
    rename_reseller(conn, id, &wanted.name)?;
    let entry = Entry::new(Action::UpdateOrganisation, "organisation", id, &wanted.name)
        .with(changes(&profile.details.fields(profile.country), &wanted.fields(profile.country)));
    activity::store::record(conn, by, &entry, now)?;
    if let Some(warning) = warning {
        warn(conn, by, (warning, &wanted.name), now)?;
    }
    Ok(Changed::Done)
}

/// What whoever runs the portal is told of a name that another organisation has.
#[derive(Clone, Debug)]
pub struct Warning {
    pub operator: OrganisationId,
    pub letters: Vec<(LetterId, Letter)>,
    /// The names of the others, as they write them.
    pub names: Vec<String>,
}

fn warn(
    conn: &mut Connection,
    by: &Allowed<ManageOrganisation>,
    (warning, name): (&Warning, &str),
    now: Moment,
) -> Result<()> {
    for (id, letter) in &warning.letters {
        outbox::put(conn, id, letter, now)?;
    }
    let entry = Entry::new(Action::UpdateOrganisation, "organisation", by.organisation.id, name)
        .with([Change::new("name", &by.organisation.name, name)])
        .with(warning.names.iter().map(|other| Change::set("called_like", other)));
    activity::store::record_for(conn, &warning.operator, by, &entry, now)
}

/// What differs between two lists of the same fields.
pub(super) fn changes(old: &[(&'static str, &str)], new: &[(&'static str, &str)]) -> Vec<Change> {
    let pairs = old.iter().zip(new).filter(|(old, new)| old.1 != new.1);
    pairs.map(|((field, old), (_, new))| Change::new(field, old, new)).collect()
}
