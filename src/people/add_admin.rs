//! `twotier add-admin`: the first account of an organisation, from the command line.

use anyhow::{anyhow, bail};

use super::store::{self, NewPerson};
use crate::access::{OrganisationKind, Role};
use crate::config::AddAdmin;
use crate::db::{Connection, Db};
use crate::error::{Error, Result};
use crate::partners;
use crate::partners::model::{Location, Organisation, OrganisationState};
use crate::values::country::Country;
use crate::values::email::Email;
use crate::values::id::{LocationId, OrganisationId, PersonId};
use crate::values::moment::Moment;
use crate::values::mpn_id::MpnId;
use crate::values::name;
use crate::values::password::{NewPassword, Turns};

/// Adds a Global admin who also is an Admin agent, with the organisation if it is new.
/// Answers the temporary password.
///
/// # Errors
/// When something given is not right, the email address has an account, or the database fails.
pub async fn add(db: &Db, given: &AddAdmin) -> anyhow::Result<NewPassword> {
    let organisation = organisation(given)?;
    let mpn_id =
        given.mpn_id.as_deref().map(MpnId::parse).transpose().map_err(|p| anyhow!("--mpn-id: {p}"))?;
    if organisation.kind == OrganisationKind::Reseller && mpn_id.is_none() {
        bail!("--mpn-id: a reseller needs the MPN ID of a location");
    }
    let (password, password_hash) = NewPassword::temporary_hashed(&Turns::default().take_now()?)?;
    let person = NewPerson {
        id: PersonId::new(),
        organisation: organisation.id,
        name: name::required(&given.name, 2 * name::PERSON).map_err(|p| anyhow!("--name: {p}"))?,
        email: Email::parse(&given.email).map_err(|p| anyhow!("--email: {p}"))?,
        password_hash,
        must_change_password: true,
        time_zone: "UTC".to_owned(),
        language: None,
        // Customers are the agents' work: without the second role the first person could only add people.
        roles: vec![Role::GlobalAdmin, Role::AdminAgent],
    };
    let (now, location) = (Moment::now(), LocationId::new());
    let added = db.write(move |conn| {
        insert(conn, &organisation, mpn_id.as_ref().map(|id| (&location, id)), &person, now)
    });
    added.await.map_err(crate::error::Error::into_cause)?;
    Ok(password)
}

fn organisation(given: &AddAdmin) -> anyhow::Result<Organisation> {
    let kind = OrganisationKind::from_text(&given.kind)
        // A customer comes with an account that a provider has of it.
        .filter(|kind| OrganisationKind::IN_THE_CHANNEL.contains(kind))
        .ok_or_else(|| anyhow!("--kind: operator, provider or reseller"))?;
    let country = Country::parse(&given.country).map_err(|p| anyhow!("--country: {p}"))?;
    Ok(Organisation {
        id: OrganisationId::new(),
        kind,
        name: name::required(&given.organisation, name::COMPANY)
            .map_err(|p| anyhow!("--organisation: {p}"))?,
        country,
        currency: country.billing_currency(),
        state: OrganisationState::Enrolled,
    })
}

fn insert(
    conn: &mut Connection,
    wanted: &Organisation,
    location: Option<(&LocationId, &MpnId)>,
    person: &NewPerson,
    now: Moment,
) -> Result<()> {
    let existing = partners::store::find_by_name(conn, &wanted.name)?;
    let organisation = match &existing {
        Some(existing) if existing.kind != wanted.kind => {
            return Err(Error::Internal(anyhow!(
                "{} is enrolled as {}",
                existing.name,
                existing.kind.as_text()
            )));
        }
        Some(existing) => existing,
        None => {
            partners::store::add(conn, wanted, now)?;
            wanted
        }
    };
    if let (None, Some((id, mpn_id))) = (&existing, location) {
        let location = Location {
            id: *id,
            name: wanted.name.clone(),
            mpn_id: mpn_id.clone(),
            is_head_office: false,
            country: wanted.country,
            city: String::new(),
        };
        if !partners::store::add_location(conn, &organisation.id, &location, now)? {
            return Err(Error::Internal(anyhow!("another location has the MPN ID {mpn_id}")));
        }
    }
    let person = NewPerson { organisation: organisation.id, ..person.clone() };
    if store::add(conn, &person, now)? {
        Ok(())
    } else {
        Err(Error::Internal(anyhow!("{} has an account already", person.email)))
    }
}
