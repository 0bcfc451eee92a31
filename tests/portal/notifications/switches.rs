//! Letters on My profile.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};
use twotier::values::moment::Moment;

use super::{Scene, letters_to, says, says_not};
use crate::support::portal::Portal;

const QUANTITY: &str = "Changes the quantity of a subscription";
const SUSPENSION: &str = "Suspends a subscription";

#[actix_web::test]
async fn what_is_switched_off_is_told_in_the_log_alone() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let sam = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let other = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut browser = portal.signed_in(&sam).await;
    browser.visit("/profile").await;
    browser.uncheck(QUANTITY).press("Save letters").await;
    browser.sees("It is changed. It counts from the next letter.");
    assert_eq!(browser.path(), "/profile");
    browser.press("Save letters").await;
    browser.sees("Nothing was changed");
    scene.change_quantity(26).await;
    assert_eq!(portal.carry_mail().await, 1);
    assert_eq!((letters_to(portal, &sam), letters_to(portal, &other)), (0, 1));
    browser.visit("/activity").await;
    browser.sees_row(&["Contoso", "Update a subscription", "Brightwater IT"]);
    browser.visit("/profile").await;
    browser.check(QUANTITY).press("Save letters").await;
    scene.change_quantity(27).await;
    portal.carry_mail_at(Moment::now().plus_seconds(4000)).await;
    says(&portal.letter_to(&sam), "from 26 to 27.");
    says_not(&portal.letter_to(&sam), "from 25 to 26.");
}

#[actix_web::test]
async fn what_is_switched_off_within_the_hour_is_no_longer_told() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let sam = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let now = Moment::now();
    scene.change_quantity(26).await;
    assert_eq!(portal.carry_mail_at(now).await, 1);
    scene.change_quantity(27).await;
    portal.keep_house(now.plus_seconds(60)).await;
    let mut browser = portal.signed_in(&sam).await;
    browser.visit("/profile").await;
    browser.uncheck(QUANTITY).press("Save letters").await;
    assert_eq!(portal.carry_mail_at(now.plus_seconds(4000)).await, 0);
}

#[actix_web::test]
async fn everybody_finds_the_switches_of_what_the_roles_bring() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/profile").await;
    sam.sees(QUANTITY).sees(SUSPENSION).sees_not("Delegates a customer").sees("One letter an hour at most.");
    let mut olga = portal.browser_in(&scene.brightwater, &[Role::AdminAgent]).await;
    olga.visit("/profile").await;
    olga.sees("Delegates a customer to your organization").sees("Removes the partnership").sees_not(QUANTITY);
    let mut uma = portal.browser_in(&scene.brightwater, &[Role::UserAdmin]).await;
    uma.visit("/profile").await;
    uma.sees("Removes the partnership").sees_not("Delegates a customer");
    let operator = portal.has_organisation(OrganisationKind::Operator, "Twotier operator", "DE").await;
    let mut robin = portal.browser_in(&operator, &[Role::GlobalAdmin]).await;
    robin.visit("/profile").await;
    robin.sees("Asks for a customer’s special qualification").sees_not(QUANTITY);
    let mut others = [
        portal.browser_of(Role::BillingAdmin).await,
        portal.browser_in(&operator, &[Role::HelpdeskAgent]).await,
    ];
    for browser in &mut others {
        browser.visit("/profile").await;
        browser.sees_heading("My profile").sees_no_button("Save letters");
        browser.post("/profile/letters", &[("kinds", "quantity_changed")]).await;
        browser.sees("Nothing was changed");
    }
}

#[actix_web::test]
async fn a_kind_that_no_page_offers_is_refused_and_other_roles_switches_stay() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let uma = scene.olga(Role::UserAdmin).await;
    portal.database.change(&format!(
        "INSERT INTO muted_notifications SELECT id, 'delegation_ended' FROM people WHERE email = '{uma}'"
    ));
    let mut uma = portal.signed_in(&uma).await;
    uma.post("/profile/letters", &[("kinds", "everything")]).await;
    assert_eq!(uma.status(), StatusCode::BAD_REQUEST);
    uma.post("/profile/letters", &[]).await;
    let muted = portal.database.texts("SELECT kind AS text FROM muted_notifications ORDER BY kind");
    assert_eq!(muted, ["delegation_ended", "offer_closed", "offer_opened", "partnership_removed"]);
}

#[actix_web::test]
async fn without_a_mail_server_the_page_says_where_letters_go() {
    let portal = Portal::open_with(|site| site.sends_mail = false).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/profile").await;
    sam.sees("This portal has no mail server: the letters are kept as files on its machine.");
}
