//! Who is to have the subscriptions: found by MPN ID or by name, and whether it can.

use crate::access::{OrganisationKind, Viewer};
use crate::customers::model::Customer;
use crate::customers::store::speaking::account_with;
use crate::db::Connection;
use crate::error::Result;
use crate::partners;
use crate::partners::model::{Organisation, OrganisationState};
use crate::partners::store::namesakes::namesakes;
use crate::partnerships::directory::find_partner;
use crate::transfers::form::Sought;
use crate::transfers::model::Kind;
use crate::transfers::wrong::Wrong;
use crate::values::id::{CustomerId, OrganisationId};
use crate::values::mpn_id::MpnId;
use crate::values::problem::Problem;

/// A partner that can be the new one.
#[derive(Clone, Debug)]
pub struct NewPartner {
    pub kind: Kind,
    /// None where it is no organisation of this installation.
    pub id: Option<OrganisationId>,
    pub name: String,
    pub mpn_id: String,
    /// The account that a provider has of the company.
    pub customer: Option<CustomerId>,
}

/// The partner that somebody means, for a customer of a provider.
///
/// # Errors
/// Database errors.
pub fn look_up(
    conn: &mut Connection,
    (by, customer): (&Viewer, &Customer),
    sought: &Sought,
) -> Result<Result<NewPartner, Problem>> {
    let (organisation, mpn_id) = match sought {
        Sought::Outside { name, mpn_id } => return Ok(outside(by, name, mpn_id)),
        Sought::MpnId(mpn_id) => match partners::store::location_of(conn, mpn_id)? {
            Some((id, _)) => (partners::store::find(conn, &id)?, Some(mpn_id)),
            None => return Ok(Err(Wrong::UnknownPartner.into())),
        },
        Sought::Name(name) => match namesakes(conn, name, None)?.as_slice() {
            [] => return Ok(Err(Wrong::UnknownPartner.into())),
            [one] => (partners::store::find(conn, &one.id)?, None),
            _ => return Ok(Err(Wrong::Ambiguous.into())),
        },
    };
    if organisation.id == by.organisation.id || organisation.id == customer.provider {
        return Ok(Err(Wrong::Oneself.into()));
    }
    match organisation.kind {
        OrganisationKind::Provider if by.is_reseller() => Ok(Err(Wrong::OnlyResellers.into())),
        OrganisationKind::Provider => provider(conn, customer, &organisation),
        OrganisationKind::Reseller => reseller(conn, customer, &organisation, mpn_id),
        OrganisationKind::Operator | OrganisationKind::Customer => Ok(Err(Wrong::UnknownPartner.into())),
    }
}

/// A partner that nobody here knows.
fn outside(by: &Viewer, name: &str, mpn_id: &Option<MpnId>) -> Result<NewPartner, Problem> {
    if by.is_reseller() {
        return Err(Wrong::OnlyResellers.into());
    }
    let mpn_id = mpn_id.as_ref().map(ToString::to_string).unwrap_or_default();
    Ok(NewPartner { kind: Kind::Outside, id: None, name: name.to_owned(), mpn_id, customer: None })
}

/// It has to be of the customer's country, and to have the company as its customer already.
fn provider(
    conn: &mut Connection,
    customer: &Customer,
    organisation: &Organisation,
) -> Result<Result<NewPartner, Problem>> {
    if organisation.state != OrganisationState::Enrolled {
        return Ok(Err(Wrong::NotNow.into()));
    }
    if organisation.country != customer.account.country {
        return Ok(Err(Wrong::OtherCountry { country: organisation.country }.into()));
    }
    let account = account_with(conn, &organisation.id, &customer.company)?;
    let Some(account) = account.filter(|account| account.ended_at.is_none()) else {
        return Ok(Err(Wrong::NoRelationship.into()));
    };
    let locations = partners::store::locations_of(conn, &organisation.id)?;
    Ok(Ok(NewPartner {
        kind: Kind::Provider,
        id: Some(organisation.id),
        name: organisation.name.clone(),
        mpn_id: locations.first().map(|location| location.mpn_id.to_string()).unwrap_or_default(),
        customer: Some(account.id),
    }))
}

/// It has to be a partner of the same provider that can be named for something new, by the MPN ID of the partnership or
/// another one of its own.
fn reseller(
    conn: &mut Connection,
    customer: &Customer,
    organisation: &Organisation,
    mpn_id: Option<&MpnId>,
) -> Result<Result<NewPartner, Problem>> {
    let Some(partner) = find_partner(conn, &customer.provider, &organisation.id)? else {
        return Ok(Err(Wrong::NotItsPartner.into()));
    };
    if let Some(lack) = partner.lack() {
        return Ok(Err(lack.problem()));
    }
    let partner = match mpn_id {
        Some(mpn_id) => match partner.at(mpn_id.as_str()) {
            Some(partner) => partner,
            // One that it has, and that earns nothing.
            None => return Ok(Err(Problem::HeadOfficeMpnId)),
        },
        None => partner,
    };
    Ok(Ok(NewPartner {
        kind: Kind::Reseller,
        id: Some(partner.reseller),
        name: partner.name,
        mpn_id: partner.mpn_id.to_string(),
        customer: None,
    }))
}

/// Whether the new partner can still have them.
///
/// # Errors
/// Database errors.
pub fn can_still(
    conn: &mut Connection,
    provider: &OrganisationId,
    reseller: &OrganisationId,
) -> Result<bool> {
    Ok(find_partner(conn, provider, reseller)?.is_some_and(|partner| partner.is_eligible()))
}
