//! The licenses of a user: given, changed, taken, and what stands in the way.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};
use twotier::values::id::CustomerId;

use super::many_licenses::{gives_all, has_users};
use super::{adds, fills};
use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

const MIA: &str = "mia@alder.onmicrosoft.com";

/// A product with these service plans.
pub fn product(name: &str, quantity: i64, plans: &str) -> PlainSubscription {
    let plain = PlainSubscription::new(name);
    let offer = PlainOffer { service_plans: plans.to_owned(), ..plain.offer };
    PlainSubscription { offer, quantity, ..plain }
}

/// Opens Manage licenses of the user who was added last.
async fn manages(browser: &mut Browser, customer: &CustomerId) {
    browser.visit(&format!("/customers/{customer}/users")).await;
    browser.follow("Mia Moss").await;
    browser.follow("Manage licenses").await;
    browser.sees_heading("Manage licenses");
}

#[actix_web::test]
async fn a_license_is_given_and_stands_wherever_the_user_stands() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_subscription(&alder, product("Suite", 2, "Mail;Files")).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    adds(&mut ada, &alder, ("Mia", "Moss", "mia")).await;
    adds(&mut ada, &alder, ("Noah", "Nest", "noah")).await;
    manages(&mut ada, &alder).await;
    ada.sees_row(&["Suite", "2 of 2"]);
    ada.check("License of Suite").press("Save").await;
    ada.sees("The licenses of mia@alder.onmicrosoft.com are changed.").sees_heading("Mia Moss").sees("Suite");
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.sees_row(&["Mia Moss", MIA, "Suite"]).sees_row(&["Noah Nest", "None"]);
    ada.choose("License", "Suite").press("Apply").await;
    ada.sees_row(&["Mia Moss"]).sees_no_row(&["Noah Nest"]).sees("1 user found");
    ada.follow("Licenses").await;
    ada.sees_row(&["Suite", "2", "1", "1"])
        .sees_row(&["Suite", "1 license is paid for and assigned to nobody."]);
    ada.follow("1 users with a license of Suite").await;
    ada.sees("1 user found");
    // Both logs of Harbor's people and of no other say what was done.
    ada.visit("/activity").await;
    ada.sees_row(&[&format!("Change the licenses of a customer’s user {MIA}")]);
    // Twice is once.
    manages(&mut ada, &alder).await;
    ada.press("Save").await;
    ada.sees("Nothing was changed: it is like that already.");
    assert_eq!(portal.database.number("SELECT count(*) FROM licenses"), 1);
}

#[actix_web::test]
async fn a_service_plan_that_two_products_hold_is_turned_off_in_one() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_subscription(&alder, product("Suite", 5, "Mail;Files")).await;
    portal.has_subscription(&alder, product("Big Mail", 5, "Mail")).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    adds(&mut ada, &alder, ("Mia", "Moss", "mia")).await;
    manages(&mut ada, &alder).await;
    ada.check("License of Suite").check("License of Big Mail").press("Save").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees("both hold Mail, which a user has only once");
    // What was ticked is still ticked.
    assert_eq!([ada.field("License of Suite"), ada.field("License of Big Mail")], ["on", "on"]);
    assert_eq!(portal.database.number("SELECT count(*) FROM licenses"), 0);
    ada.within("What a license of Suite holds").uncheck("Mail");
    ada.press("Save").await;
    ada.sees("Turned off: Mail").sees("Big Mail");
    // And not turned on again as long as the other one has it.
    manages(&mut ada, &alder).await;
    ada.within("What a license of Suite holds").check("Mail");
    ada.press("Save").await;
    ada.sees("both hold Mail");
    ada.uncheck("License of Big Mail").press("Save").await;
    ada.sees_heading("Mia Moss").sees_not("Turned off").sees_not("Big Mail");
}

#[actix_web::test]
async fn what_somebody_else_changed_meanwhile_stays() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_subscription(&alder, product("Suite", 5, "")).await;
    portal.has_subscription(&alder, product("Calls", 5, "")).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    adds(&mut ada, &alder, ("Mia", "Moss", "mia")).await;
    manages(&mut ada, &alder).await;
    manages(&mut sam, &alder).await;
    sam.check("License of Calls").press("Save").await;
    ada.check("License of Suite").press("Save").await;
    ada.sees_heading("Mia Moss").sees("Suite").sees("Calls");
}

#[actix_web::test]
async fn a_license_is_given_only_where_the_user_is_served() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let french = product("French", 5, "");
    let offer = PlainOffer { countries: "FR".to_owned(), ..french.offer.clone() };
    portal.has_subscription(&alder, PlainSubscription { offer, ..french }).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    adds(&mut ada, &alder, ("Mia", "Moss", "mia")).await;
    manages(&mut ada, &alder).await;
    ada.check("License of French").press("Save").await;
    ada.sees("French is not served at the location of this user.");
    portal.database.change("UPDATE customer_users SET location = ''");
    ada.press("Save").await;
    ada.sees("Fill in the location first.");
    // What was refused is on record as such.
    ada.visit("/activity?result=failed").await;
    ada.sees_row(&[&format!("Change the licenses of a customer’s user {MIA}")]);
}

#[actix_web::test]
async fn users_keep_what_they_have_when_less_is_bought() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let suite = portal.has_subscription(&alder, product("Suite", 3, "Mail;Files")).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    has_users(&mut ada, &alder, &["Ann", "Ben"]).await;
    gives_all(&mut ada, &alder, &["Ann Moss", "Ben Moss"], "Suite").await;
    ada.visit(&format!("/subscriptions/{suite}")).await;
    ada.sees("2 licenses of this offer");
    ada.fill("Quantity", "1").press("Change quantity").await;
    ada.sees_problem(
        "Quantity",
        "1 user would be left without a license. Take it away first, under Users and licenses.",
    );
    ada.fill("Quantity", "2").press("Change quantity").await;
    ada.press("Change quantity").await;
    ada.sees("The quantity is changed.");
    ada.follow("Suspend").await;
    ada.sees("2 users have licenses that nothing holds any more then.").sees("What users lose: Mail, Files.");
    ada.choose("Reason", "Customer request").press("Suspend subscription").await;
    ada.visit(&format!("/customers/{alder}/licenses")).await;
    ada.sees_row(&["Suite", "0", "2", "0"]).sees("More assigned than bought");
    ada.sees("2 more are suspended and cannot be used.");
}

#[actix_web::test]
async fn an_empty_customer_says_so_and_how_to_go_on() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_subscription(&alder, PlainSubscription::by_use("Azure")).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{alder}/licenses")).await;
    ada.sees("Nothing that is licensed to users was bought for Alder.").sees_link("Add subscription");
    // Who orders nothing is not led to where it is refused.
    let mut hal = portal.browser_of(Role::HelpdeskAgent).await;
    hal.visit(&format!("/customers/{alder}/licenses")).await;
    hal.sees_no_link("Add subscription").sees_no_link("Buy more");
    adds(&mut hal, &alder, ("Mia", "Moss", "mia")).await;
    manages(&mut hal, &alder).await;
    hal.sees("No licenses");
}

#[actix_web::test]
async fn nobody_manages_licenses_beyond_reach() {
    let portal = Portal::open().await;
    let other = portal.has_organisation(OrganisationKind::Provider, "Summit", "FR").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_subscription(&alder, product("Suite", 3, "")).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    adds(&mut ada, &alder, ("Mia", "Moss", "mia")).await;
    manages(&mut ada, &alder).await;
    let address = ada.path().to_owned();
    let mut eve = portal.browser_in(&other, &[Role::GlobalAdmin]).await;
    for path in [
        address.clone(),
        format!("/customers/{alder}/licenses"),
        format!("/customers/{alder}/users/licenses"),
    ] {
        eve.visit(&path).await;
        assert_eq!(eve.status(), StatusCode::NOT_FOUND, "{path}");
    }
    eve.post(&address, &[]).await;
    assert_eq!(eve.status(), StatusCode::NOT_FOUND);
    // Of another customer of one's own, a user is none.
    let beech = portal.has_customer("Beech").await;
    ada.visit(&address.replace(alder.as_str(), beech.as_str())).await;
    assert_eq!(ada.status(), StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn a_new_user_gets_licenses_at_once_or_is_not_added() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_subscription(&alder, product("Suite", 1, "")).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{alder}/users/new")).await;
    fills(&mut ada, ("Mia", "Moss", "mia"));
    ada.sees("1 of 1 available");
    ada.check("Suite").press("Add").await;
    ada.sees_heading("1 user to hand a password to");
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.sees_row(&["Mia Moss", "Suite"]);
    ada.follow("Add user").await;
    fills(&mut ada, ("Noah", "Nest", "noah"));
    ada.check("Suite").press("Add").await;
    ada.sees("Licenses: No license of Suite is left.");
    assert_eq!(ada.field("User name"), "noah");
    ada.uncheck("Suite").press("Add").await;
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.sees_row(&["Noah Nest", "None"]);
}

#[actix_web::test]
async fn what_one_provider_sold_is_told_to_no_other() {
    let portal = Portal::open().await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "FR").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_account_beside(&alder, &summit).await;
    portal.has_subscription(&alder, product("Suite", 1, "Mail;Files")).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{alder}/users/new")).await;
    fills(&mut ada, ("Mia", "Moss", "mia"));
    ada.check("Suite").press("Add").await;
    manages(&mut ada, &alder).await;
    ada.within("What a license of Suite holds").uncheck("Mail");
    ada.press("Save").await;
    let told = |organisation: &str| {
        let of = format!("organisation_id = '{organisation}' AND subject_kind = 'customer_user'");
        let says = format!("{of} AND (changes LIKE '%Suite%' OR action = 'change_licenses')");
        let count = |condition: &str| {
            portal.database.number(&format!("SELECT count(*) FROM activity_records WHERE {condition}"))
        };
        (count(&of), count(&says))
    };
    assert_eq!(told(portal.harbor.id.as_str()), (2, 2));
    // That there is a user is told to everybody who has an account of the company.
    assert_eq!(told(summit.id.as_str()), (1, 0));
}

#[actix_web::test]
async fn a_suspended_provider_takes_and_gives_nothing() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_subscription(&alder, product("Suite", 5, "Mail")).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    has_users(&mut ada, &alder, &["Ann", "Ben"]).await;
    gives_all(&mut ada, &alder, &["Ann Moss"], "Suite").await;
    portal.has_suspended(&portal.harbor, "Unpaid").await;
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.check("Select Ann Moss").check("Select Ben Moss").press("Manage licenses").await;
    ada.sees("licenses can be taken and not given").sees_not("Give to all");
    ada.choose("Licenses of Suite", "Take from all").press("Save").await;
    ada.sees_row(&["Ann Moss", "Done Taken: Suite."]).sees_row(&["Ben Moss", "Nothing to change"]);
    ada.sees("1 user changed").sees("1 as before");
}

#[actix_web::test]
async fn a_reseller_that_administers_the_customer_and_a_helpdesk_agent_give_licenses() {
    let portal = Portal::open().await;
    let (newleaf, _) = portal.has_two_partners().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &newleaf).await;
    portal.has_subscription(&alder, product("Suite", 5, "")).await;
    let mut rosa = portal.browser_in(&newleaf, &[Role::HelpdeskAgent]).await;
    adds(&mut rosa, &alder, ("Mia", "Moss", "mia")).await;
    manages(&mut rosa, &alder).await;
    rosa.check("License of Suite").press("Save").await;
    rosa.sees("The licenses of mia@alder.onmicrosoft.com are changed.");
    // Its provider reads of it.
    let told = format!("organisation_id = '{}' AND action = 'change_licenses'", portal.harbor.id);
    assert_eq!(portal.database.number(&format!("SELECT count(*) FROM activity_records WHERE {told}")), 1);
}

#[actix_web::test]
async fn an_add_on_is_given_with_what_it_goes_with() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let suite = portal.has_subscription(&alder, product("Suite", 5, "")).await;
    let base = portal.offer_of(&suite).await;
    let calls = PlainSubscription::add_on("Calls", &suite);
    let offer = PlainOffer { needs: vec![base], ..calls.offer.clone() };
    portal.has_subscription(&alder, PlainSubscription { offer, ..calls }).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    adds(&mut ada, &alder, ("Mia", "Moss", "mia")).await;
    manages(&mut ada, &alder).await;
    ada.sees("Goes only with a license of one of these: Suite.");
    ada.check("License of Calls").press("Save").await;
    ada.sees("Calls goes only with a license of one of these: Suite.");
    ada.check("License of Suite").press("Save").await;
    ada.sees_heading("Mia Moss").sees("Calls");
    manages(&mut ada, &alder).await;
    ada.uncheck("License of Suite").press("Save").await;
    ada.sees("Calls goes only with");
}
