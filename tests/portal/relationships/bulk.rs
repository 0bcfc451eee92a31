//! What ends soon, prolonged many at once.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};
use twotier::values::moment::Moment;

use super::Scene;

#[actix_web::test]
async fn all_that_are_ticked_get_one_new_last_day() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    for name in ["Birch", "Cedar", "Dogwood"] {
        let customer = portal.has_customer(name).await;
        portal.has_delegation(&customer, &scene.brightwater).await;
    }
    let (soon, late) = (Moment::now().plus_days(20).day(), Moment::now().plus_days(90).day());
    portal.database.change(&format!("UPDATE delegations SET ends_on = '{soon}'"));
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "DE").await;
    let elm = portal.has_customer_of(&summit, "Elm").await;
    portal.has_delegation(&elm, &scene.brightwater).await;
    portal.database.change(&format!("UPDATE delegations SET ends_on = '{soon}' WHERE customer_id = '{elm}'"));
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&scene.ledger()).await;
    sam.follow("All delegations that end within 60 days").await;
    sam.sees_row(&["Alder"]).sees_row(&["Dogwood"]).sees_no_row(&["Elm"]);
    sam.press("Prolong what is ticked").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees("Tick at least one.");
    sam.check("Brightwater IT for Alder").check("Brightwater IT for Birch").check("Brightwater IT for Cedar");
    sam.fill("Last day (optional)", &late.to_string());
    // Meanwhile somebody changes one of them.
    let other = Moment::now().plus_days(33).day();
    let alder = scene.alder;
    portal
        .database
        .change(&format!("UPDATE delegations SET ends_on = '{other}' WHERE customer_id = '{alder}'"));
    sam.press("Prolong what is ticked").await;
    sam.sees("The last day of 2 delegations is changed.").sees("1 more had another last day by then");
    let prolonged = format!("SELECT count(*) FROM delegations WHERE ends_on = '{late}'");
    assert_eq!(portal.database.number(&prolonged), 2);
    sam.sees_row(&["Alder"]).sees_row(&["Dogwood"]).sees_no_row(&["Birch"]);
    let records = "SELECT count(*) FROM activity_records WHERE action = 'prolong_delegation'";
    assert_eq!(portal.database.number(records), 4, "in the logs of both sides");
}

#[actix_web::test]
async fn what_another_provider_gave_is_not_prolonged() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    scene.ends_in(20);
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "DE").await;
    let mut stranger = portal.browser_in(&summit, &[Role::GlobalAdmin]).await;
    stranger.visit("/delegations/ending").await;
    stranger.sees_heading("Nothing ends soon");
    let tick = format!("{} {}", scene.delegation, Moment::now().plus_days(20).day());
    stranger.post("/delegations/ending", &[("ticked", &tick), ("until", "open")]).await;
    assert_eq!(portal.database.number("SELECT count(*) FROM delegations WHERE ends_on IS NULL"), 0);
}

#[actix_web::test]
async fn whoever_may_end_none_has_none_end_earlier() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let birch = portal.has_customer("Birch").await;
    portal.has_delegation(&birch, &scene.brightwater).await;
    let day = |days| Moment::now().plus_days(days).day();
    for (customer, ends_on) in [(scene.alder, day(10)), (birch, day(40))] {
        let change = format!("UPDATE delegations SET ends_on = '{ends_on}' WHERE customer_id = '{customer}'");
        portal.database.change(&change);
    }
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/delegations/ending").await;
    sam.check("Brightwater IT for Birch").fill("Last day (optional)", &day(20).to_string());
    sam.press("Prolong what is ticked").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees("It would end earlier than now.");
    sam.check("Brightwater IT for Alder").press("Prolong what is ticked").await;
    sam.sees("The last day of 1 delegation is changed.").sees("1 would have ended earlier and stays");
    let kept = format!("SELECT count(*) FROM delegations WHERE ends_on = '{}'", day(40));
    assert_eq!(portal.database.number(&kept), 1);
}
