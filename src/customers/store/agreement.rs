//! Recording that a customer has accepted the customer agreement.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{acceptances, find};
use crate::access::Allowed;
use crate::access::permission::AttestAgreements;
use crate::activity::{self, Action, Change, Entry};
use crate::agreements::store::requests;
use crate::customers::facts::demand_lasting;
use crate::customers::model::{Agreement, AgreementState, Proof};
use crate::db::Connection;
use crate::db::schema::customers;
use crate::error::Result;
use crate::values::country::Country;
use crate::values::id::{CustomerId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::person::full_name;

/// What came of recording an acceptance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attested {
    Now,
    /// What was sent is how it stands already.
    Already,
    /// Somebody recorded another one after the page was opened, or the customer accepted by itself.
    Stale,
}

/// Records who accepted and when, if the customer still has the version that the page showed. Nobody is asked any more.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is beyond reach; database errors.
pub fn attest(
    conn: &mut Connection,
    by: &Allowed<AttestAgreements>,
    (id, version): (&CustomerId, i32),
    agreement: &Agreement,
    now: Moment,
) -> Result<Attested> {
    let customer = find(conn, &by.reach(), id)?;
    demand_lasting(conn, id)?;
    if customer.account.agreement == *agreement {
        return Ok(Attested::Already);
    }
    if customer.account.agreement.is_by_customer() {
        return Ok(Attested::Stale);
    }
    let unchanged = customers::table.find(id).filter(customers::version.eq(version));
    let columns = AgreementColumns::of(agreement, &by.name);
    if diesel::update(unchanged)
        .set((columns, customers::version.eq(customers::version + 1)))
        .execute(conn)?
        == 0
    {
        return Ok(Attested::Stale);
    }
    acceptances::keep(conn, id, (agreement, &by.name), now)?;
    let country = customer.account.country;
    let (before, after) = (facts(country, &customer.account.agreement), facts(country, agreement));
    let fields = ["agreement", "accepted_by", "email", "phone", "accepted_on"];
    let changes = fields.into_iter().zip(before.into_iter().zip(after));
    let changes = changes.filter(|(_, (old, new))| old != new);
    let entry = Entry::new(Action::AttestAgreement, "customer", id, &customer.account.company_name)
        .for_customer(id, &customer.account.company_name)
        .with(changes.map(|(field, (old, new))| Change::new(field, old, new)));
    activity::store::record(conn, by, &entry, now)?;
    requests::revoke_of_customer(conn, by, id, now)?;
    Ok(Attested::Now)
}

/// Keeps what a customer accepted by itself, by the link that its provider made. Its proof is the link, and it
/// stands above what the provider attested.
///
/// # Errors
/// Database errors.
pub fn consent(
    conn: &mut Connection,
    provider: &OrganisationId,
    id: &CustomerId,
    agreement: &Agreement,
    now: Moment,
) -> Result<()> {
    let own = customers::table.filter(customers::id.eq(id)).filter(customers::provider_id.eq(provider));
    let columns = AgreementColumns::of(agreement, "");
    let kept =
        diesel::update(own).set((columns, customers::version.eq(customers::version + 1))).execute(conn)?;
    if kept == 0 {
        return Ok(());
    }
    acceptances::keep(conn, id, (agreement, ""), now)
}

/// State, who, with which addresses, when.
fn facts(country: Country, agreement: &Agreement) -> [String; 5] {
    match agreement {
        Agreement::Accepted { first_name, last_name, email, phone, on, .. } => [
            AgreementState::Accepted.as_text().to_owned(),
            full_name(country, first_name, "", last_name),
            email.to_string(),
            phone.clone(),
            on.to_string(),
        ],
        Agreement::Awaited => [AgreementState::Awaited.as_text(), "", "", "", ""].map(str::to_owned),
    }
}

/// The agreement as its columns are. An acceptance is never taken back, so nothing needs to be emptied.
#[derive(Insertable, AsChangeset)]
// What nobody attested any more, because the customer accepted by itself, has no name.
#[diesel(table_name = customers, treat_none_as_null = true)]
pub(super) struct AgreementColumns<'a> {
    agreement: AgreementState,
    agreement_first_name: &'a str,
    agreement_last_name: &'a str,
    agreement_email: &'a str,
    agreement_phone: &'a str,
    agreement_on: Option<NaiveDate>,
    agreement_attested_by: Option<&'a str>,
    agreement_version: Option<i32>,
}

impl<'a> AgreementColumns<'a> {
    pub(super) fn of(agreement: &'a Agreement, attested_by: &'a str) -> Self {
        match agreement {
            Agreement::Accepted { first_name, last_name, email, phone, on, proof } => Self {
                agreement: AgreementState::Accepted,
                agreement_first_name: first_name,
                agreement_last_name: last_name,
                agreement_email: email.as_str(),
                agreement_phone: phone,
                agreement_on: Some(*on),
                agreement_attested_by: Some(attested_by).filter(|_| *proof == Proof::Attested),
                agreement_version: match proof {
                    Proof::Itself { version, .. } => *version,
                    Proof::Attested => None,
                },
            },
            Agreement::Awaited => Self {
                agreement: AgreementState::Awaited,
                agreement_first_name: "",
                agreement_last_name: "",
                agreement_email: "",
                agreement_phone: "",
                agreement_on: None,
                agreement_attested_by: None,
                agreement_version: None,
            },
        }
    }
}
