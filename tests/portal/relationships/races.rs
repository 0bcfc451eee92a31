//! Two people decide at once, and a decision meets an end.

use actix_web::http::StatusCode;
use futures_util::future::join_all;
use twotier::access::Role;
use twotier::values::moment::Moment;

use super::Scene;
use crate::support::browser::Browser;

/// Somebody who has chosen and sees the consequences.
async fn about_to(scene: &Scene, path: &str, choice: &str) -> Browser {
    let mut browser = scene.portal.browser_of(Role::AdminAgent).await;
    browser.visit(path).await;
    browser.choose("Indirect reseller", choice).press("See the consequences").await;
    browser
}

#[actix_web::test]
async fn a_page_that_no_longer_shows_who_administers_is_not_taken() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    portal.has_partner("Oakline", "DE", "6010555").await;
    let mut browsers = Vec::new();
    for choice in ["Newleaf (MPN ID 5910444)", "Oakline (MPN ID 6010555)"] {
        browsers.push(about_to(&scene, &scene.association(), choice).await);
    }
    join_all(browsers.iter_mut().map(|browser| browser.press("Associate reseller"))).await;
    let stale = browsers.iter().position(|browser| browser.status() == StatusCode::CONFLICT);
    let mut stale = browsers.swap_remove(stale.expect("one came second"));
    assert_eq!(scene.lasting(), 2);
    stale.sees("Who looks after this customer was changed after you had opened the page.");
    stale.press("See the consequences").await;
    stale.press("Associate reseller").await;
    assert_eq!(scene.lasting(), 3, "sent again, it is meant");
}

#[actix_web::test]
async fn a_delegation_is_ended_once_however_many_press_at_once() {
    let scene = Scene::open().await;
    let mut browsers = Vec::new();
    for _ in 0..4 {
        browsers.push(about_to(&scene, &scene.change(), "No reseller").await);
    }
    join_all(browsers.iter_mut().map(|browser| browser.press("End delegation"))).await;
    assert!(browsers.iter().all(|browser| browser.status() == StatusCode::OK));
    let records = "SELECT count(*) FROM activity_records WHERE action = 'end_delegation'";
    assert_eq!(scene.portal.database.number(records), 2);
}

#[actix_web::test]
async fn a_change_that_meets_an_end_takes_nobodys_place() {
    let scene = Scene::open().await;
    let mut changing = about_to(&scene, &scene.change(), "Newleaf (MPN ID 5910444)").await;
    let mut ending = about_to(&scene, &scene.change(), "No reseller").await;
    ending.press("End delegation").await;
    changing.press("Change reseller").await;
    assert_eq!(changing.status(), StatusCode::CONFLICT);
    changing.sees("so there is nobody to take the place of").sees_link("Associate a reseller");
    assert_eq!(scene.lasting(), 0);
}

#[actix_web::test]
async fn a_plan_goes_on_where_the_last_day_of_the_former_came_first() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&scene.change()).await;
    ada.choose("Indirect reseller", "Newleaf (MPN ID 5910444)").choose("When it changes", "On a day");
    ada.fill("On this day (optional)", &Moment::now().plus_days(5).day().to_string());
    ada.press("See the consequences").await;
    ada.press("Plan it").await;
    // Its last day comes first.
    scene.ends_in(2);
    portal.does("end_delegations", Moment::now().plus_days(3)).await;
    portal.does("carry_out_delegation_plans", Moment::now().plus_days(5)).await;
    ada.reload().await;
    ada.sees_row(&["Newleaf in place of Brightwater IT", "Done"])
        .sees_row(&["Newleaf", "Active"])
        .sees_row(&["Brightwater IT", "Expired"]);
    assert_eq!(scene.lasting(), 1);
}

#[actix_web::test]
async fn two_who_prolong_at_once_see_both_versions() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    scene.ends_in(10);
    let path = format!("{}/{}/prolongation", scene.ledger(), scene.delegation);
    let mut browsers = Vec::new();
    for days in [40, 50] {
        // Whichever comes first: to end it earlier than the other said takes who may end it.
        let mut sam = portal.browser_of(Role::AdminAgent).await;
        sam.visit(&path).await;
        sam.fill("Last day (optional)", &Moment::now().plus_days(days).day().to_string());
        browsers.push(sam);
    }
    join_all(browsers.iter_mut().map(|browser| browser.press("Save"))).await;
    let stale = browsers.iter().position(|browser| browser.status() == StatusCode::CONFLICT);
    let mut stale = browsers.swap_remove(stale.expect("one came second"));
    stale.sees("Last day now");
    stale.press("Save").await;
    stale.sees("Until when Brightwater IT administers this customer is changed.");
    let records = format!(
        "SELECT count(*) FROM activity_records
            WHERE action = 'prolong_delegation' AND organisation_id = '{}'",
        scene.brightwater.id
    );
    assert_eq!(portal.database.number(&records), 2);
}
