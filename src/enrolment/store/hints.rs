//! What looks as if a company were here already, or tried twice.

use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::DecideEnrolments;
use crate::db::Connection;
use crate::db::schema::enrolments;
use crate::enrolment::form::DetailsForm;
use crate::enrolment::model::{Enrolment, State};
use crate::error::Result;
use crate::partners::facts::{is_partner, organisation, organisation_id, organisation_name};
use crate::partners::store::namesakes::{Namesake, namesakes};
use crate::partners::store::{find, location_of};
use crate::people::facts::{at_domain, person_organisation};
use crate::values::country::Country;
use crate::values::email::Email;
use crate::values::id::EnrolmentId;
use crate::values::mpn_id::MpnId;
use crate::values::name::sort_name;

/// So many of each are named.
const MOST: i64 = 5;

/// What an operator should look at before deciding.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// Organisations of the same name.
    pub namesakes: Vec<Namesake>,
    /// Whose location has the MPN ID.
    pub mpn_id_of: Option<String>,
    /// Organisations whose people have addresses of the same mail domain.
    pub colleagues: Vec<String>,
    /// Other enrolments that are not approved with the same name and country, MPN ID or mail domain: by company, or by
    /// address as long as there is none.
    pub others: Vec<(EnrolmentId, String)>,
}

impl Hints {
    pub fn is_empty(&self) -> bool {
        self.namesakes.is_empty()
            && self.mpn_id_of.is_none()
            && self.colleagues.is_empty()
            && self.others.is_empty()
    }
}

/// Looks for the company of an enrolment among what is there.
///
/// # Errors
/// Database errors.
pub fn of(conn: &mut Connection, _by: &Allowed<DecideEnrolments>, enrolment: &Enrolment) -> Result<Hints> {
    let form = DetailsForm::from_json(&enrolment.form);
    let namesakes = match enrolment.company_name.is_empty() {
        true => Vec::new(),
        false => namesakes(conn, &enrolment.company_name, enrolment.organisation.as_ref())?,
    };
    let mpn_id = MpnId::parse(&form.mpn_id).ok();
    let owner = match &mpn_id {
        Some(mpn_id) => location_of(conn, mpn_id)?.map(|(owner, _)| owner),
        None => None,
    };
    let mpn_id_of = owner.map(|owner| find(conn, &owner)).transpose()?.map(|owner| owner.name);
    Ok(Hints {
        namesakes,
        mpn_id_of,
        colleagues: colleagues(conn, enrolment)?,
        others: others(conn, enrolment, form.country(), mpn_id.as_ref())?,
    })
}

/// Whether a company of this name, or people with addresses of this mail domain, are here already: then somebody has to
/// look at it.
///
/// # Errors
/// Database errors.
pub(super) fn is_familiar(conn: &mut Connection, enrolment: &Enrolment) -> Result<bool> {
    let namesakes = namesakes(conn, &enrolment.company_name, None)?;
    Ok(!namesakes.is_empty() || !colleagues(conn, enrolment)?.is_empty())
}

fn colleagues(conn: &mut Connection, enrolment: &Enrolment) -> Result<Vec<String>> {
    Ok(at_domain(enrolment.email.domain())
        .inner_join(organisation(person_organisation))
        .filter(is_partner())
        .group_by((organisation_id, organisation_name))
        .order(organisation_id)
        .select(organisation_name)
        .limit(MOST)
        .load(conn)?)
}

/// Each way to be alike has its own index, so each is looked up by itself.
fn others(
    conn: &mut Connection,
    enrolment: &Enrolment,
    country: Option<Country>,
    mpn_id: Option<&MpnId>,
) -> Result<Vec<(EnrolmentId, String)>> {
    let name = sort_name(&enrolment.company_name);
    let mut found: Vec<OtherRow> = Vec::new();
    let others = || {
        enrolments::table
            .filter(enrolments::id.ne(&enrolment.id))
            .filter(enrolments::state.ne(State::Approved))
            .order(enrolments::id)
            .select(OtherRow::as_select())
            .limit(MOST)
    };
    if let Some(country) = country.filter(|_| !name.is_empty()) {
        let alike = others().filter(enrolments::sort_name.eq(&name));
        found.extend(alike.filter(enrolments::country.eq(country.code())).load(conn)?);
    }
    if let Some(mpn_id) = mpn_id {
        found.extend(others().filter(enrolments::mpn_id.eq(mpn_id.as_str())).load(conn)?);
    }
    found.extend(others().filter(enrolments::email_domain.eq(enrolment.email.domain())).load(conn)?);
    found.sort_by_key(|one| one.id);
    found.dedup_by(|one, other| one.id == other.id);
    Ok(found.into_iter().map(OtherRow::named).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = enrolments)]
struct OtherRow {
    id: EnrolmentId,
    company_name: String,
    email: Email,
}

impl OtherRow {
    fn named(self) -> (EnrolmentId, String) {
        let name = if self.company_name.is_empty() { self.email.to_string() } else { self.company_name };
        (self.id, name)
    }
}
