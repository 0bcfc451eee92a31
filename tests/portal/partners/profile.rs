//! The Organization profile: who reads it, who changes it, and where its support profile shows.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};

use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::portal::Portal;

#[actix_web::test]
async fn a_global_admin_says_what_the_organization_is() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit("/organisation").await;
    gina.sees_heading("Organization profile").sees("Indirect provider").sees("Germany").sees("Not given yet");
    gina.sees("Kind and country/region never change");
    gina.sees("Nothing is given yet, so customers do not learn how to reach you.");
    gina.follow("Edit").await;
    gina.fill("ZIP/Postal code", "ABC").fill("Support website (optional)", "nowhere").press("Save").await;
    gina.sees_problem("ZIP/Postal code", "There are other signs than digits in it.")
        .sees_problem("City", "Enter the city.");
    gina.sees_problem("First name", "Enter the first name.")
        .sees_problem("Support website (optional)", "The name of the website has no dot.");
    assert_eq!(gina.field("ZIP/Postal code"), "ABC");
    fill(&mut gina);
    gina.press("Save").await;
    gina.sees("The organization profile is changed.").sees("Am Sandtorkai 4").sees("20457 Hamburg");
    gina.sees("Friederike Harms").sees("https://help.harbor.example");
    gina.visit("/activity").await;
    gina.sees_row(&["Change the organization profile"]);
    gina.sees_row(&["Address line 1", "None", "Am Sandtorkai 4"]);
    gina.visit("/organisation/profile").await;
    gina.press("Save").await;
    gina.sees("Nothing was changed: it is like that already.");
}

#[actix_web::test]
async fn the_support_profile_is_what_customers_see() {
    let portal = Portal::open().await;
    let customer = portal.has_customer("Juniper").await;
    let subscription = portal.has_subscription(&customer, PlainSubscription::new("Business Basic")).await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit("/organisation/profile").await;
    fill(&mut gina);
    gina.press("Save").await;
    gina.visit(&format!("/subscriptions/{subscription}")).await;
    gina.within("Support").sees("help@harbor.example").sees_link("https://help.harbor.example");
}

#[actix_web::test]
async fn of_two_who_edit_the_profile_the_second_sees_both_versions() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit("/organisation/profile").await;
    fill(&mut gina);
    let mut other = portal.browser_of(Role::GlobalAdmin).await;
    other.visit("/organisation/profile").await;
    fill(&mut other);
    other.fill("Legal name", "Harbor AG").press("Save").await;
    // A problem in the form does not bring the newer version in by the back door.
    gina.fill("Legal name", "").press("Save").await;
    gina.sees_problem("Legal name", "Enter the legal name.");
    gina.fill("Legal name", "Harbor SE").press("Save").await;
    assert_eq!(gina.status(), StatusCode::CONFLICT);
    gina.sees_row(&["Legal name", "Harbor AG", "Harbor SE"]).sees_no_row(&["City"]);
    assert_eq!(gina.field("Legal name"), "Harbor SE");
    gina.press("Save").await;
    gina.sees("The organization profile is changed.").sees("Harbor SE");
}

#[actix_web::test]
async fn of_two_who_edit_different_fields_neither_undoes_the_other() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit("/organisation/profile").await;
    fill(&mut gina);
    gina.press("Save").await;
    gina.visit("/organisation/profile").await;
    let mut other = portal.browser_of(Role::GlobalAdmin).await;
    other.visit("/organisation/profile").await;
    other.fill("Legal name", "Harbor AG").fill("City", "Bremen").press("Save").await;
    gina.fill("Last name", "Holm").press("Save").await;
    gina.sees("The organization profile is changed.").sees("Harbor AG").sees("Bremen").sees("Holm");
    // What was touched stands, also where it meets the same change.
    gina.visit("/organisation/profile").await;
    other.visit("/organisation/profile").await;
    other.fill("City", "Kiel").press("Save").await;
    gina.fill("City", "Kiel").fill("Last name", "Holmes").press("Save").await;
    gina.sees("The organization profile is changed.").sees("Kiel").sees("Holmes");
}

#[actix_web::test]
async fn who_administers_reads_the_profile_and_others_do_not_change_it() {
    let portal = Portal::open().await;
    for role in [Role::UserAdmin, Role::AdminAgent] {
        let mut reader = portal.browser_of(role).await;
        reader.visit("/organisation").await;
        reader.sees_no_link("Edit").sees("takes this role in your organization: Global admin.");
        reader.visit("/organisation/profile").await;
        assert_eq!(reader.status(), StatusCode::FORBIDDEN);
    }
    let mut helen = portal.browser_of(Role::HelpdeskAgent).await;
    helen.visit("/customers").await;
    helen.sees_no_link("Organization profile");
}

#[actix_web::test]
async fn a_reseller_with_a_new_name_is_listed_by_it() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_partner("Middle", "DE", "4810234").await;
    let mut olga = portal.browser_in(&brightwater, &[Role::GlobalAdmin]).await;
    olga.visit("/organisation/profile").await;
    fill(&mut olga);
    olga.fill("Legal name", "Zenith IT").press("Save").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/resellers").await;
    let names: Vec<_> = sam.rows().into_iter().filter_map(|row| row.into_iter().nth(1)).collect();
    let place = |name: &str| names.iter().position(|cell| cell == name);
    assert!(place("Middle") < place("Zenith IT") && place("Middle").is_some(), "{names:?}");
}

#[actix_web::test]
async fn the_country_decides_which_address_is_taken() {
    let portal = Portal::open().await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "US").await;
    let mut grace = portal.browser_in(&summit, &[Role::GlobalAdmin]).await;
    grace.visit("/organisation/profile").await;
    fill(&mut grace);
    grace.fill("ZIP/Postal code", "80202").press("Save").await;
    grace.sees_problem("State/province", "Choose the state/province.");
    grace.choose("State/province", "Colorado").fill("Phone number", "+1 303 555 0123").press("Save").await;
    grace.sees("Hamburg, Colorado 80202");
}

fn fill(browser: &mut Browser) {
    browser
        .fill("Address line 1", "Am Sandtorkai 4")
        .fill("City", "Hamburg")
        .fill("ZIP/Postal code", "20457");
    browser.fill("First name", "Friederike").fill("Last name", "Harms");
    browser.fill("Email address", "friederike@harbor.example");
    browser.fill("Support email address (optional)", "help@harbor.example");
    browser.fill("Support website (optional)", "help.harbor.example");
}
