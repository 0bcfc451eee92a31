//! A partnership that ends: what the reseller has stays, moves to another partner or comes back.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::values::id::SubscriptionId;

use super::Scene;
use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;

// What can be chosen.
const MOVE: &str = "Move everything to another partner";
const BACK: &str = "Take everything back";

/// Alder has a subscription for which Brightwater earns and helps, and Cedar, which it does not administer, two: one names
/// it for incentives and support, the other one for support alone.
async fn has_subscriptions(scene: &Scene) -> [SubscriptionId; 3] {
    let (portal, brightwater) = (&scene.portal, scene.brightwater.id);
    let mut ids = Vec::new();
    for (customer, named) in [(&scene.alder, true), (&scene.cedar, true), (&scene.cedar, false)] {
        let id = portal.has_subscription(customer, PlainSubscription::new("Business Basic")).await;
        let earns = format!(", mpn_id = '4810233', mpn_reseller_id = '{brightwater}'");
        let earns = if named { earns.as_str() } else { "" };
        portal.database.change(&format!(
            "UPDATE subscriptions SET support_organisation_id = '{brightwater}'{earns} WHERE id = '{id}'"
        ));
        ids.push(id);
    }
    ids.try_into().expect("three")
}

async fn removing(scene: &Scene) -> Browser {
    let mut ada = scene.portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/resellers/{}/removal", scene.brightwater.id)).await;
    ada
}

/// How many rows of what lasts name a reseller.
fn pointing_at(scene: &Scene, reseller: &twotier::partners::model::Organisation) -> (i64, i64, i64) {
    let number = |sql: String| scene.portal.database.number(&sql);
    let id = reseller.id;
    (
        scene.lasting_of(reseller),
        number(format!(
            "SELECT count(*) FROM subscriptions WHERE status <> 'deleted' AND mpn_reseller_id = '{id}'"
        )),
        number(format!(
            "SELECT count(*) FROM subscriptions WHERE status <> 'deleted' AND support_organisation_id = '{id}'"
        )),
    )
}

#[actix_web::test]
async fn after_everything_is_taken_back_nothing_points_at_nobody() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    has_subscriptions(&scene).await;
    let mut ada = removing(&scene).await;
    ada.sees("It goes on administering 2 customers of yours.");
    ada.sees("To move or to take back concerns 2 customers that it administers.");
    ada.sees("Besides, it concerns 1 customer of which only a subscription names it.");
    ada.choose("What becomes of its customers", BACK);
    ada.press("Yes, remove partnership").await;
    ada.sees("The partnership with Brightwater IT is removed. What it has goes over now");
    assert_eq!(portal.database.number("SELECT count(*) FROM partnerships WHERE state = 'active'"), 1);
    assert_eq!(pointing_at(&scene, &scene.brightwater), (2, 2, 3));
    scene.works().await;
    ada.reload().await;
    ada.sees_row(&["Alder", "Done"]).sees_row(&["Birch", "Done"]).sees_row(&["Cedar", "Done"]);
    assert_eq!(pointing_at(&scene, &scene.brightwater), (0, 0, 0));
    let back = format!(
        "SELECT count(*) FROM subscriptions WHERE support_organisation_id = '{}' AND mpn_id = ''",
        portal.harbor.id
    );
    assert_eq!(portal.database.number(&back), 3);
}

#[actix_web::test]
async fn everything_moves_to_another_partner_in_as_far_as_it_was() {
    let scene = Scene::open().await;
    let [_, named, helped] = has_subscriptions(&scene).await;
    let mut ada = removing(&scene).await;
    ada.choose("What becomes of its customers", MOVE);
    ada.press("Yes, remove partnership").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.choose("Partner that takes over (optional)", "Newleaf (MPN ID 5910444)");
    ada.press("Yes, remove partnership").await;
    scene.works().await;
    ada.reload().await;
    ada.sees_heading("Newleaf in place of Brightwater IT");
    ada.sees_row(&["Alder", "Done"]).sees_row(&["Birch", "Done"]).sees_row(&["Cedar", "Done"]);
    assert_eq!(pointing_at(&scene, &scene.brightwater), (0, 0, 0));
    // Cedar is not administered by Newleaf either, which helps only with what names it.
    assert_eq!(pointing_at(&scene, &scene.newleaf), (2, 2, 2));
    let support = |id: SubscriptionId| {
        let sql = format!("SELECT support_organisation_id AS text FROM subscriptions WHERE id = '{id}'");
        scene.portal.database.texts(&sql)
    };
    assert_eq!(support(named), [scene.newleaf.id.to_string()]);
    assert_eq!(support(helped), [scene.portal.harbor.id.to_string()]);
}

#[actix_web::test]
async fn what_is_left_stays_and_who_has_nothing_is_not_asked_about() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    has_subscriptions(&scene).await;
    let before = pointing_at(&scene, &scene.brightwater);
    let mut ada = removing(&scene).await;
    ada.press("Yes, remove partnership").await;
    ada.sees("Its customers and its rights for them stay as they are.");
    assert_eq!(pointing_at(&scene, &scene.brightwater), before);
    assert_eq!(portal.database.number("SELECT count(*) FROM handovers"), 0);
    ada.visit(&format!("/resellers/{}/removal", scene.newleaf.id)).await;
    ada.sees("It administers none of your customers.").sees_not("What becomes of its customers");
}

#[actix_web::test]
async fn what_could_not_move_is_taken_back_later() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    has_subscriptions(&scene).await;
    let mut ada = removing(&scene).await;
    ada.choose("What becomes of its customers", MOVE);
    ada.choose("Partner that takes over (optional)", "Newleaf (MPN ID 5910444)");
    ada.press("Yes, remove partnership").await;
    // Before anything has moved, that partnership ends, too.
    portal.has_removed_partnerships().await;
    scene.works().await;
    ada.reload().await;
    ada.sees_row(&["Alder", "Refused"]).sees("something of it may be left");
    ada.press("Move what is left to Newleaf").await;
    ada.sees("It cannot go to that partner any more.");
    let mut second_tab = ada.duplicate();
    ada.press("Take back what is left").await;
    second_tab.press("Take back what is left").await;
    second_tab.sees("That had been begun already.");
    scene.works().await;
    ada.reload().await;
    ada.sees_row(&["Alder", "Done"]).sees_row(&["Cedar", "Done"]).sees_no_button("Take back what is left");
    assert_eq!(pointing_at(&scene, &scene.brightwater), (0, 0, 0));
    assert_eq!(portal.database.number("SELECT count(*) FROM handovers"), 2);
}

#[actix_web::test]
async fn it_is_removed_and_begun_once() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let mut ada = removing(&scene).await;
    ada.choose("What becomes of its customers", BACK);
    let (mut second_tab, mut other) = (ada.duplicate(), removing(&scene).await);
    ada.press("Yes, remove partnership").await;
    second_tab.press("Yes, remove partnership").await;
    second_tab.sees("That had been begun already.").sees_heading("Brightwater IT is removed");
    other.choose("What becomes of its customers", BACK);
    other.press("Yes, remove partnership").await;
    other.sees("The partnership with Brightwater IT had been removed already.");
    assert_eq!(portal.database.number("SELECT count(*) FROM handovers"), 1);
    portal.carry_mail().await;
}
