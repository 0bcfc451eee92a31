//! Puts together what the areas know of one customer.

use chrono::NaiveDate;

use super::model::{Helper, Overview, Running, Wrong, coming};
use crate::access::permission::SeeActivity;
use crate::access::{Allowed, Reach, Viewer};
use crate::activity;
use crate::activity::model::{Query, Record};
use crate::customers;
use crate::customers::model::Customer;
use crate::customers::store::account::{self, CustomerAccount};
use crate::db::Connection;
use crate::endings::facts::notices;
use crate::error::Result;
use crate::mail::outbox;
use crate::partners::facts::name_of;
use crate::partners::store::earners::holders_of;
use crate::partnerships::directory::find_partner;
use crate::subscriptions::model::{Earner, Subscription};
use crate::subscriptions::store::list::living_of;
use crate::values::id::{CustomerId, OrganisationId};
use crate::values::moment::Moment;
use crate::web::pager::{Page, Portion};

/// So many subscriptions of one customer are read. Nobody is known to have as many, and the page is to answer at once.
const MOST: usize = 5_000;

/// A customer within the viewer's reach at a glance, on a day.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when it is beyond; database errors.
pub fn overview(
    conn: &mut Connection,
    by: &Viewer,
    customer: &CustomerId,
    today: NaiveDate,
) -> Result<Overview> {
    let reach = by.reach();
    let account = account::find(conn, &reach, customer)?;
    let subscriptions = living_of(conn, &reach, customer, MOST)?;
    let mut wrong = wrong_with_customer(conn, by, &account)?;
    let helpers = helpers(conn, &reach, &account, &subscriptions, &mut wrong)?;
    if by.is_provider() {
        wrong.extend(wrong_with_resellers(conn, by, &account, &subscriptions)?);
    }
    // What has ended is past mending.
    let wrong = if account.customer.ended_at.is_some() { Vec::new() } else { wrong };
    Ok(Overview {
        notices: notices(conn, &account.customer, today)?,
        running: Running::of(&subscriptions, today),
        coming: coming(&subscriptions, &account.delegations, today),
        earners: earners(conn, &reach, &subscriptions)?,
        helpers,
        wrong,
        account,
    })
}

/// So many days of a customer's log are shown beside its account; the Activity log looks further back.
const DAYS: i64 = 90;

/// A customer within the viewer's reach, and a portion of what the viewer's organisation did for it lately.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when it is beyond; database errors.
pub fn activity(
    conn: &mut Connection,
    by: &Allowed<SeeActivity>,
    (customer, now): (&CustomerId, Moment),
    portion: &Portion,
) -> Result<(Customer, Page<Record>)> {
    let customer = customers::store::find(conn, &by.reach(), customer)?;
    let query = Query {
        from: now.plus_days(-DAYS),
        until: now.plus_days(1),
        search: None,
        customer: Some(customer.id),
        action: None,
    };
    let found = activity::store::page_of(conn, by, &query, portion)?;
    Ok((customer, found))
}

fn wrong_with_customer(conn: &mut Connection, by: &Viewer, held: &CustomerAccount) -> Result<Vec<Wrong>> {
    let customer = &held.customer;
    let mut wrong = Vec::new();
    if !customer.account.agreement.is_accepted() {
        wrong.push(Wrong::AgreementMissing);
    }
    let email = &customer.account.email;
    if outbox::is_returned_by(conn, &by.organisation.id, email)? {
        wrong.push(Wrong::ContactGone { email: email.clone() });
    }
    Ok(wrong)
}

/// Resellers that administer the customer or earn, and can no longer be named for anything new.
fn wrong_with_resellers(
    conn: &mut Connection,
    by: &Viewer,
    held: &CustomerAccount,
    subscriptions: &[Subscription],
) -> Result<Vec<Wrong>> {
    let lasting = held.delegations.iter().filter(|delegation| delegation.ended_at.is_none());
    let administering: Vec<OrganisationId> = lasting.map(|delegation| delegation.reseller).collect();
    let earning =
        subscriptions.iter().filter_map(|one| one.incentives.as_ref()).map(|(_, reseller)| *reseller);
    let mut wrong = Vec::new();
    for (reseller, _) in counted(administering.iter().copied().chain(earning)) {
        match find_partner(conn, &by.organisation.id, &reseller)? {
            None => wrong.push(Wrong::NoPartner { reseller: name_of(conn, &reseller)? }),
            Some(partner) => wrong.extend(
                partner
                    .lack()
                    .filter(|_| administering.contains(&reseller))
                    .map(|lack| Wrong::Lacking { reseller: partner.name.clone(), lack }),
            ),
        }
    }
    Ok(wrong)
}

fn earners(
    conn: &mut Connection,
    reach: &Reach,
    subscriptions: &[Subscription],
) -> Result<Vec<(Earner, usize)>> {
    let holders = holders_of(conn, subscriptions.iter().map(Subscription::mpn_id))?;
    let earner = |one: &Subscription| Earner::seen_within(reach, one.mpn_id(), holders.get(one.mpn_id()));
    Ok(counted(subscriptions.iter().map(earner)))
}

/// Who helps now: whoever is designated, as long as it deals with the customer; otherwise the provider.
fn helpers(
    conn: &mut Connection,
    reach: &Reach,
    held: &CustomerAccount,
    subscriptions: &[Subscription],
    wrong: &mut Vec<Wrong>,
) -> Result<Vec<(Helper, usize)>> {
    let (provider, lasts) = (held.customer.provider, held.customer.ended_at.is_none());
    let administers = |reseller: &OrganisationId| {
        held.delegations.iter().any(|delegation| delegation.lasts() && delegation.reseller == *reseller)
    };
    let helper = |one: &Subscription| one.helper(lasts, administers);
    if let Reach::Provider(_) = reach {
        let lapsed = subscriptions.iter().filter(|one| helper(one) != one.support);
        for (reseller, count) in counted(lapsed.map(|one| one.support)) {
            wrong.push(Wrong::SupportLapsed { reseller: name_of(conn, &reseller)?, subscriptions: count });
        }
    }
    let mut helpers = Vec::new();
    for (organisation, count) in counted(subscriptions.iter().map(helper)) {
        let is_shown = match reach {
            Reach::Provider(_) => true,
            Reach::Reseller(own) => organisation == provider || organisation == *own,
            Reach::Customer(_) | Reach::Nothing => false,
        };
        let helper = if is_shown { Helper::Known(name_of(conn, &organisation)?) } else { Helper::Another };
        helpers.push((helper, count));
    }
    Ok(helpers)
}

/// Each of these once, with how often it came; the most frequent first.
fn counted<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    for one in all {
        match counts.iter_mut().find(|(known, _)| *known == one) {
            Some((_, count)) => *count += 1,
            None => counts.push((one, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}
