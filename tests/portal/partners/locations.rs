//! Locations with their MPN IDs: added and changed, never removed.

use actix_web::http::StatusCode;
use futures_util::future::join_all;
use twotier::access::{OrganisationKind, Role};
use twotier::values::id::LocationId;

use crate::support::browser::Browser;
use crate::support::portal::Portal;

#[actix_web::test]
async fn a_global_admin_adds_a_location_and_changes_it() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let mut olga = portal.browser_in(&brightwater, &[Role::GlobalAdmin]).await;
    olga.visit("/organisation/locations").await;
    olga.sees_row(&["Main office", "4810233", "Hamburg", "Earned by this MPN ID"]);
    olga.sees("A location is never removed");
    olga.follow("Add location").await;
    olga.fill("MPN ID", "48A").press("Add").await;
    olga.sees_problem("MPN ID", "Enter a number in digits.")
        .sees_problem("Contact name", "Enter the contact name.");
    fill(&mut olga, "Berlin", "4810247");
    olga.press("Add").await;
    olga.sees("The location is added.").sees_row(&["Berlin", "4810247", "Berlin", "Earned by this MPN ID"]);
    olga.follow("Berlin").await;
    olga.sees("MPN ID and country never change");
    olga.fill("Name", "Berlin Mitte").press("Save").await;
    olga.sees("The location is changed.").sees_row(&["Berlin Mitte", "4810247"]);
    olga.visit("/activity").await;
    olga.sees_row(&["Add a location"]).sees_row(&["Name", "Berlin", "Berlin Mitte"]);
}

#[actix_web::test]
async fn an_mpn_id_belongs_to_one_location_of_the_installation() {
    let portal = Portal::open().await;
    portal.has_reseller("Newleaf", "IE", "4822915").await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit("/organisation/locations/new").await;
    fill(&mut gina, "Berlin", "4822915");
    gina.press("Add").await;
    gina.sees_problem("MPN ID", "A location here has this MPN ID already.");
    assert_eq!(gina.field("City"), "Berlin");
    gina.fill("MPN ID", "4822916").press("Add").await;
    gina.sees_row(&["Berlin", "4822916"]);
}

#[actix_web::test]
async fn there_is_one_head_office_and_it_earns_nothing() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let mut olga = portal.browser_in(&brightwater, &[Role::GlobalAdmin]).await;
    let mut other = olga.clone_session();
    for (browser, name, mpn_id) in [(&mut olga, "Berlin", "4810247"), (&mut other, "Bremen", "4810248")] {
        browser.visit("/organisation/locations/new").await;
        fill(browser, name, mpn_id);
        browser.check("This is the head office");
    }
    olga.press("Add").await;
    olga.sees_row(&["Berlin", "4810247", "Berlin", "None: head office"]);
    other.press("Add").await;
    other.sees_problem("This is the head office", "There is a head office already");
    other.uncheck("This is the head office").press("Add").await;
    other.sees_row(&["Bremen", "4810248", "Bremen", "Earned by this MPN ID"]);
    olga.visit("/organisation/locations/new").await;
    olga.sees("Your head office is Berlin.");
}

#[actix_web::test]
async fn sending_a_new_location_twice_adds_one() {
    let portal = Portal::open().await;
    let gina = portal.browser_of(Role::GlobalAdmin).await;
    let mut twins = vec![gina.clone_session(), gina.clone_session()];
    let fields = fields(LocationId::new().as_str());
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    join_all(twins.iter_mut().map(|twin| twin.post("/organisation/locations", &fields))).await;
    assert_eq!(portal.database.number("SELECT count(*) AS number FROM locations"), 1);
    for twin in &twins {
        twin.sees_row(&["Berlin", "4700018"]);
    }
    // The page from Back, filled in anew, is another location.
    let anew: Vec<_> = fields
        .iter()
        .map(|(name, value)| (*name, if *name == "mpn_id" { "4700019" } else { value }))
        .collect();
    twins[0].post("/organisation/locations", &anew).await;
    twins[0].sees_row(&["Berlin", "4700018"]).sees_row(&["Berlin", "4700019"]);
}

#[actix_web::test]
async fn of_two_who_change_a_location_the_second_sees_both_versions() {
    let portal = Portal::open().await;
    let id = portal.has_location(&portal.harbor, "Hamburg", "4700018").await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    let place = format!("/organisation/locations/{id}");
    gina.visit(&place).await;
    let mut other = gina.clone_session();
    other.visit(&place).await;
    fill_rest(&mut other, "Hamburg Süd");
    other.press("Save").await;
    gina.fill("Name", "").press("Save").await;
    assert_eq!(gina.status(), StatusCode::UNPROCESSABLE_ENTITY);
    fill_rest(&mut gina, "Hamburg Nord");
    gina.press("Save").await;
    assert_eq!(gina.status(), StatusCode::CONFLICT);
    gina.sees_row(&["Name", "Hamburg Süd", "Hamburg Nord"]);
    gina.press("Save").await;
    gina.sees_row(&["Hamburg Nord", "4700018"]);
}

#[actix_web::test]
async fn of_two_who_change_different_fields_of_a_location_neither_undoes_the_other() {
    let portal = Portal::open().await;
    let id = portal.has_location(&portal.harbor, "Hamburg", "4700018").await;
    let place = format!("/organisation/locations/{id}");
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit(&place).await;
    fill_rest(&mut gina, "Hamburg");
    gina.press("Save").await;
    gina.visit(&place).await;
    let mut other = gina.clone_session();
    other.visit(&place).await;
    other.fill("City", "Altona").press("Save").await;
    gina.fill("Name", "Hamburg Nord").press("Save").await;
    gina.sees_row(&["Hamburg Nord", "4700018"]);
    gina.visit(&place).await;
    assert_eq!(gina.field("City"), "Altona");
}

#[actix_web::test]
async fn another_organizations_location_does_not_exist() {
    let portal = Portal::open().await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "DE").await;
    let id = portal.has_location(&summit, "Denver", "6900015").await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit(&format!("/organisation/locations/{id}")).await;
    assert_eq!(gina.status(), StatusCode::NOT_FOUND);
    let mut fields = fields(id.as_str());
    fields.push(("version", "1".to_owned()));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    gina.post(&format!("/organisation/locations/{id}"), &fields).await;
    assert_eq!(gina.status(), StatusCode::NOT_FOUND);
}

fn fill(browser: &mut Browser, name: &str, mpn_id: &str) {
    browser.fill("MPN ID", mpn_id);
    fill_rest(browser, name);
    browser.fill("City", name);
}

fn fill_rest(browser: &mut Browser, name: &str) {
    browser.fill("Name", name);
    browser.fill("Address line 1", "Leopoldstraße 4").fill("City", "Berlin").fill("ZIP/Postal code", "10117");
    browser.fill("Contact name", "Nele Sander").fill("Email address", "nele@brightwater.example");
}

fn fields(id: &str) -> Vec<(&'static str, String)> {
    [
        ("id", id),
        ("mpn_id", "4700018"),
        ("name", "Berlin"),
        ("line_1", "Leopoldstraße 4"),
        ("city", "Berlin"),
        ("postal_code", "10117"),
        ("contact", "Nele Sander"),
        ("email", "nele@brightwater.example"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}
