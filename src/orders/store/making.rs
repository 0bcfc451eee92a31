//! Gathers what the steps of an order need.

use std::collections::HashSet;

use crate::access::permission::{AddCustomers, PlaceOrders};
use crate::access::{Allowed, Permission, Viewer};
use crate::agreements::model::Subject;
use crate::agreements::store::requests;
use crate::audiences::facts::closed_to;
use crate::catalog::model::{Buyer, Holding, Standing};
use crate::catalog::store::catalogue;
use crate::catalog::store::pins::pinned_by;
use crate::customers;
use crate::customers::facts::resellers_of;
use crate::customers::model::{Account, Agreement};
use crate::customers::new_account::Terms;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::orders::draft::alike::Alike;
use crate::orders::draft::store::Existing;
use crate::orders::draft::{self, Draft, DraftState, NOBODY};
use crate::orders::model::{Asked, Making, School, Whom};
use crate::partners::store::location_of;
use crate::partnerships::directory::{self, Former, Partner, former_partner};
use crate::promotions::facts::running;
use crate::qualifications::facts as qualifications;
use crate::subscriptions;
use crate::subscriptions::model::Subscription;
use crate::subscriptions::store::holdings::holdings_of;
use crate::subscriptions::store::upgrade::added_to;
use crate::values::id::{DraftId, OrganisationId, SubscriptionId};
use crate::values::moment::Moment;
use crate::values::mpn_id::MpnId;
use crate::web::Problems;

/// A draft as the steps after New customer find it.
pub enum Loaded {
    Open(Box<Making>),
    /// What New customer asks for is not there yet, or no longer right.
    AccountFirst,
    /// It is submitted or cancelled.
    Closed(Box<Draft>),
}

/// The draft of this id with everything that decides about it.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is none or it is another organisation's; database errors.
pub fn load(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    id: &DraftId,
    terms: &Terms,
) -> Result<Loaded> {
    let mut draft = draft::store::find(conn, by, id)?;
    if draft.state != DraftState::Open {
        return Ok(Loaded::Closed(Box::new(draft)));
    }
    let (whom, problems) = match &draft.customer {
        Some(customer) => {
            let customer = customers::store::find(conn, &by.reach(), customer)?;
            (Whom::Existing(Box::new(customer)), Problems::default())
        }
        None => {
            let form = draft.form();
            let Ok(mut account) = form.parse(terms) else { return Ok(Loaded::AccountFirst) };
            take_agreement(conn, &draft, &mut account)?;
            let problems = match draft::customer::check(conn, by, &form, terms)? {
                Ok(checked) => {
                    // It may be eligible again that was not when the form was saved.
                    draft.reseller = checked.reseller.map(|partner| partner.reseller);
                    Problems::default()
                }
                Err(problems) => problems,
            };
            (Whom::New(Box::new(account)), problems)
        }
    };
    let mut making = gather(conn, by, draft, whom, Moment::now())?;
    making.is_domain_taken = problems.at("domain").is_some();
    if let Whom::New(account) = &making.whom {
        making.alike = draft::alike::find(conn, by, id, account)?;
    }
    making.reseller_problem = problems.at("reseller").cloned();
    making.code_problem = problems.at("validation_code").cloned();
    Ok(Loaded::Open(Box::new(making)))
}

/// The beginning of an order for an existing customer; nothing is written.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is beyond reach; database errors.
pub fn fresh(
    conn: &mut Connection,
    by: &Allowed<PlaceOrders>,
    id: DraftId,
    existing: &Existing,
    now: Moment,
) -> Result<Making> {
    let customer = customers::store::find(conn, &by.reach(), &existing.customer)?;
    customers::facts::demand_lasting(conn, &customer.id)?;
    let draft = Draft {
        id,
        provider: by.organisation.id,
        made_by_name: by.name.clone(),
        customer: Some(customer.id),
        base: existing.base,
        account: String::new(),
        reseller: None,
        mpn_id: String::new(),
        state: DraftState::Open,
        known_alike: String::new(),
        lines: Vec::new(),
        updated_at: now,
        version: 0,
    };
    gather(conn, by, draft, Whom::Existing(Box::new(customer)), now)
}

/// What the customer accepted by its link while it is a draft only; it stands above what was typed.
fn take_agreement(conn: &mut Connection, draft: &Draft, account: &mut Account) -> Result<()> {
    let latest = requests::latest_of(conn, &draft.provider, &Subject::Draft(draft.id))?;
    let given = latest.filter(|request| request.is_accepted_for(&account.party()));
    if let Some(agreement) = given.as_ref().and_then(Agreement::of) {
        account.agreement = agreement;
    }
    Ok(())
}

/// How the customer was asked, where it has not accepted.
fn asked(conn: &mut Connection, draft: &Draft, account: &Account, now: Moment) -> Result<Option<Asked>> {
    if account.agreement.is_accepted() {
        return Ok(None);
    }
    let subject = match &draft.customer {
        Some(customer) => Subject::Customer(*customer),
        None => Subject::Draft(draft.id),
    };
    let latest = requests::latest_of(conn, &draft.provider, &subject)?;
    Ok(latest.map(|request| Asked {
        standing: request.standing(now),
        is_outdated: request.is_outdated(&account.party()),
        request,
    }))
}

fn gather<P: Permission>(
    conn: &mut Connection,
    by: &Allowed<P>,
    draft: Draft,
    whom: Whom,
    now: Moment,
) -> Result<Making> {
    let partners = directory::partners_of(conn, &by.organisation.id)?;
    let (resellers, mut holdings) = match &whom {
        Whom::New(_) => (draft.reseller.iter().cloned().collect(), Vec::new()),
        Whom::Existing(customer) => {
            (resellers_of(conn, &customer.id)?, holdings_of(conn, &by.reach(), &customer.id, now.day())?)
        }
    };
    let reseller = resellers
        .iter()
        .find_map(|reseller| partners.iter().find(|partner| partner.reseller == *reseller))
        .cloned();
    let former = match (draft.mpn_id.as_str(), &reseller) {
        ("", None) => former_among(conn, by, &resellers)?,
        ("" | NOBODY, _) => None,
        (chosen, _) => former_with(conn, by, chosen, &partners)?,
    };
    let account = match &whom {
        Whom::New(account) => account.as_ref(),
        Whom::Existing(customer) => &customer.account,
    };
    let base = base(conn, by, &draft, &mut holdings)?;
    let buyer = Buyer {
        country: account.country,
        provider_country: by.organisation.country,
        qualification: account.qualification,
        holdings,
        through: None,
        closed: HashSet::new(),
    };
    let asked = asked(conn, &draft, account, now)?;
    let school = school(conn, &draft, &whom)?;
    let is_new_customer = buyer.has_bought_nothing();
    let promotions = running(conn, now.day())?;
    let catalogue = catalogue(conn, by.organisation.currency, now.day())?
        .promoted(|listed| promotions.lower(listed, is_new_customer));
    let pinned = pinned_by(conn, &by.organisation.id)?;
    let may_order = by.may::<PlaceOrders>();
    let mut making = Making {
        draft,
        whom,
        base,
        buyer,
        catalogue,
        pinned,
        partners,
        reseller,
        managers: resellers,
        former,
        is_domain_taken: false,
        reseller_problem: None,
        code_problem: None,
        school,
        alike: Alike::default(),
        may_order,
        asked,
    };
    if let Some(reseller) = making.buyer().through {
        making.buyer.closed = closed_to(conn, &by.organisation.id, &reseller)?;
    }
    Ok(making)
}

/// What add-ons are bought for. They are added to it, or to what is added to it, and to nothing else that the customer has.
fn base(
    conn: &mut Connection,
    by: &Viewer,
    draft: &Draft,
    holdings: &mut [Holding],
) -> Result<Option<Subscription>> {
    let Some(id) = &draft.base else { return Ok(None) };
    let base = subscriptions::store::find(conn, &by.reach(), id)?;
    if draft.customer != Some(base.customer) {
        return Err(Error::NotFound);
    }
    let below: Vec<SubscriptionId> = added_to(conn, id)?.into_iter().map(|add_on| add_on.id).collect();
    for held in holdings.iter_mut() {
        let is_family = held.subscription == base.id || below.contains(&held.subscription);
        // Nothing is added to what was not meant.
        if held.standing == Standing::Active && !is_family {
            held.standing = Standing::Resting;
        }
    }
    Ok(Some(base))
}

/// Whether the customer is to count as a school, and how far that has come.
fn school(conn: &mut Connection, draft: &Draft, whom: &Whom) -> Result<Option<School>> {
    Ok(match whom {
        Whom::New(_) => draft.form().school().map(|_| School::ToBeAsked),
        Whom::Existing(customer) => {
            let open = qualifications::latest(conn, &customer.id)?.filter(|latest| latest.is_open());
            open.map(|open| School::InReview { since: open.since })
        }
    })
}

/// Who administers the customer without being a partner any more.
fn former_among(conn: &mut Connection, by: &Viewer, resellers: &[OrganisationId]) -> Result<Option<Former>> {
    match resellers.first() {
        Some(reseller) => former_partner(conn, &by.organisation.id, reseller),
        None => Ok(None),
    }
}

/// Whose MPN ID was chosen, if that is no partner any more.
fn former_with(
    conn: &mut Connection,
    by: &Viewer,
    chosen: &str,
    partners: &[Partner],
) -> Result<Option<Former>> {
    let Ok(mpn_id) = MpnId::parse(chosen) else { return Ok(None) };
    if partners.iter().any(|partner| partner.has(chosen)) {
        return Ok(None);
    }
    match location_of(conn, &mpn_id)? {
        Some((owner, _)) => former_partner(conn, &by.organisation.id, &owner),
        None => Ok(None),
    }
}
