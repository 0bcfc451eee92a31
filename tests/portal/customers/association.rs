//! A reseller is associated with a customer later, changed and taken away.

use actix_web::http::StatusCode;
use futures_util::future::join_all;
use twotier::access::{OrganisationKind, Role};
use twotier::partners::model::Organisation;

use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::portal::Portal;

#[actix_web::test]
async fn a_reseller_is_associated_with_a_customer_that_is_there() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let abroad = portal.has_partner("Far Away", "US", "4810234").await;
    portal.has_partner("Newleaf", "DE", "5910444").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_subscription(&alder, PlainSubscription::new("Business Basic")).await;
    let mut olga = portal.browser_in(&brightwater, &[Role::GlobalAdmin]).await;
    olga.visit(&format!("/customers/{alder}/account")).await;
    assert_eq!(olga.status(), StatusCode::NOT_FOUND);
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}/account")).await;
    sam.sees("No reseller administers this customer.");
    sam.follow("Associate a reseller").await;
    sam.sees_heading("Which reseller is to administer Alder?").sees("its 1 subscription").sees("its 1 order");
    sam.sees("Far Away").sees("This reseller is in another region");
    sam.press("Associate reseller").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees_problem("Indirect reseller", "Choose the indirect reseller.");
    // Looking has let nobody in.
    olga.reload().await;
    assert_eq!(olga.status(), StatusCode::NOT_FOUND);
    let mut twice = sam.clone_session();
    sam.choose("Indirect reseller", "Brightwater IT (MPN ID 4810233)");
    let form = sent(&sam, &brightwater);
    sam.press("Associate reseller").await;
    sam.sees("Brightwater IT administers this customer from now on.").sees_row(&["Brightwater IT", "Active"]);
    olga.reload().await;
    olga.sees("You administer this customer since");
    twice.post(&format!("/customers/{alder}/delegations/new"), &pairs(&form)).await;
    twice.sees("Brightwater IT had been associated with this customer already.");
    let records = "SELECT count(*) FROM activity_records WHERE action = 'create_delegation'";
    for organisation in [&portal.harbor.id, &brightwater.id] {
        assert_eq!(portal.database.number(&format!("{records} AND organisation_id = '{organisation}'")), 1);
    }
    // Who cannot be named is refused, however it was chosen, and that is on record.
    sam.follow("Associate a reseller").await;
    let form = sent(&sam, &abroad);
    sam.post(&format!("/customers/{alder}/delegations/new"), &pairs(&form)).await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(portal.database.number(&format!("{records} AND result = 'failed'")), 1);
    assert_eq!(portal.database.number("SELECT count(*) FROM delegations"), 1);
}

#[actix_web::test]
async fn an_ended_delegation_is_no_end() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{alder}/account")).await;
    ada.follow("End delegation of Brightwater IT").await;
    ada.sees("You can associate Brightwater IT again later");
    ada.press("End delegation").await;
    ada.follow("Associate a reseller").await;
    ada.choose("Indirect reseller", "Brightwater IT (MPN ID 4810233)").press("Associate reseller").await;
    ada.sees_row(&["Brightwater IT", "Active"]).sees_row(&["Brightwater IT", "Ended"]);
    let mut olga = portal.browser_in(&brightwater, &[Role::GlobalAdmin]).await;
    olga.visit(&format!("/customers/{alder}/account")).await;
    assert_eq!(olga.status(), StatusCode::OK);
}

#[actix_web::test]
async fn changing_the_reseller_says_what_the_former_one_loses_and_both_learn_only_their_part() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let newleaf = portal.has_partner("Newleaf", "DE", "5910444").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    let plain = portal.has_subscription(&alder, PlainSubscription::new("Business Basic")).await;
    let named = PlainSubscription {
        incentives: Some(("4810233".to_owned(), brightwater.id)),
        ..PlainSubscription::new("Enterprise E3")
    };
    let named = portal.has_subscription(&alder, named).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    for subscription in [&plain, &named] {
        ada.visit(&format!("/subscriptions/{subscription}")).await;
        ada.choose("Designated support contact", "Brightwater IT").press("Submit support contact").await;
    }
    ada.visit(&format!("/customers/{alder}/account")).await;
    ada.follow("Change Brightwater IT for another reseller").await;
    ada.sees_heading("Who is to administer Alder in place of Brightwater IT?");
    ada.sees("Brightwater IT stays the reseller (MPN ID) of 1 subscription");
    ada.sees("Harbor Distribution supports 1 subscription instead of Brightwater IT");
    ada.choose("Indirect reseller", "Newleaf (MPN ID 5910444)").press("Change reseller").await;
    ada.sees("Newleaf administers this customer from now on, in place of Brightwater IT.");
    ada.sees_row(&["Newleaf", "Active"]).sees_row(&["Brightwater IT", "Ended"]);
    let mut olga = portal.browser_in(&brightwater, &[Role::GlobalAdmin]).await;
    olga.visit(&format!("/subscriptions/{plain}")).await;
    assert_eq!(olga.status(), StatusCode::NOT_FOUND);
    olga.visit(&format!("/subscriptions/{named}")).await;
    olga.sees("Contact Brightwater IT");
    ada.visit(&format!("/subscriptions/{plain}")).await;
    ada.sees("Harbor Distribution supports it instead");
    for (organisation, other) in [(&brightwater, "Newleaf"), (&newleaf, "Brightwater")] {
        let of = format!("FROM activity_records WHERE organisation_id = '{}'", organisation.id);
        let told = format!("SELECT count(*) {of} AND subject_kind = 'delegation'");
        assert_eq!(portal.database.number(&told), 1, "{}", organisation.name);
        let leak =
            format!("SELECT count(*) {of} AND (changes LIKE '%{other}%' OR subject_name LIKE '%{other}%')");
        assert_eq!(portal.database.number(&leak), 0, "{}", organisation.name);
    }
}

#[actix_web::test]
async fn a_page_that_no_longer_shows_who_administers_is_not_taken() {
    let portal = Portal::open().await;
    portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_partner("Newleaf", "DE", "5910444").await;
    let alder = portal.has_customer("Alder").await;
    let new = format!("/customers/{alder}/delegations/new");
    let mut browsers = Vec::new();
    for choice in ["Brightwater IT (MPN ID 4810233)", "Newleaf (MPN ID 5910444)"] {
        let mut browser = portal.browser_of(Role::SalesAgent).await;
        browser.visit(&new).await;
        browser.choose("Indirect reseller", choice);
        browsers.push(browser);
    }
    join_all(browsers.iter_mut().map(|browser| browser.press("Associate reseller"))).await;
    let stale = browsers.iter().position(|browser| browser.status() == StatusCode::CONFLICT);
    let mut stale = browsers.swap_remove(stale.expect("one came second"));
    assert_eq!(portal.database.number("SELECT count(*) FROM delegations"), 1);
    stale.sees("Who administers this customer was changed after you had opened the page.");
    stale.press("Associate reseller").await;
    assert_eq!(portal.database.number("SELECT count(*) FROM delegations"), 2, "sent again, it is meant");
}

#[actix_web::test]
async fn without_a_partner_to_choose_the_page_says_so() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}/delegations/new")).await;
    sam.sees("You are not in partnership with any indirect reseller.").sees_link("Request a partnership");
    let partner = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_delegation(&alder, &partner).await;
    sam.reload().await;
    sam.sees("All your partners administer this customer already.");
}

#[actix_web::test]
async fn only_the_customers_own_provider_associates() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    let delegation = portal.has_delegation(&alder, &brightwater).await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "DE").await;
    portal.has_partnership(&summit, &brightwater).await;
    let mut stranger = portal.browser_in(&summit, &[Role::GlobalAdmin]).await;
    let fresh = twotier::values::id::DelegationId::new().to_string();
    for path in [
        format!("/customers/{alder}/delegations/new"),
        format!("/customers/{alder}/delegations/{delegation}/replacement"),
    ] {
        stranger.visit(&path).await;
        assert_eq!(stranger.status(), StatusCode::NOT_FOUND, "{path}");
        let fields = [("reseller", brightwater.id.as_str()), ("delegation", fresh.as_str()), ("mark", "")];
        stranger.post(&path, &fields).await;
        assert_eq!(stranger.status(), StatusCode::NOT_FOUND, "{path}");
    }
    // Changing ends something, too, which takes more than associating.
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}/account")).await;
    sam.sees_link("Associate a reseller").sees_no_link("Change Brightwater IT for another reseller");
}

/// What the form in view sends for a reseller.
fn sent(browser: &Browser, reseller: &Organisation) -> [(&'static str, String); 3] {
    let hidden = |name: &str| {
        let rest = browser.html().split(&format!("name=\"{name}\" value=\"")).nth(1);
        rest.and_then(|rest| rest.split('"').next()).expect("a hidden field").to_owned()
    };
    [("delegation", hidden("delegation")), ("mark", hidden("mark")), ("reseller", reseller.id.to_string())]
}

fn pairs<'a>(form: &'a [(&'static str, String); 3]) -> Vec<(&'a str, &'a str)> {
    form.iter().map(|(name, value)| (*name, value.as_str())).collect()
}
