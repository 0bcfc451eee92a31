//! Changes that wait for their day.

use twotier::access::Role;
use twotier::values::moment::Moment;

use super::{Scene, does};
use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;

const JOB: &str = "carry_out_delegation_plans";

/// Somebody plans that Newleaf takes the place of Brightwater in five days.
async fn plans(scene: &Scene) -> Browser {
    let mut ada = scene.portal.browser_of(Role::AdminAgent).await;
    ada.visit(&scene.change()).await;
    ada.choose("Indirect reseller", "Newleaf (MPN ID 5910444)").choose("When it changes", "On a day");
    let day = Moment::now().plus_days(5).day().to_string();
    ada.fill("On this day (optional)", &day);
    does(&mut ada, "Plan it").await;
    ada.sees("It is planned.").sees_row(&["Newleaf in place of Brightwater IT", "Planned"]);
    ada
}

#[actix_web::test]
async fn a_plan_is_carried_out_on_its_day_and_not_before() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let nora = portal.add_person(&scene.newleaf, &[Role::GlobalAdmin]).await;
    let mut ada = plans(&scene).await;
    assert_eq!(portal.letters().len(), 0);
    portal.does(JOB, Moment::now().plus_days(4)).await;
    ada.reload().await;
    ada.sees_row(&["Brightwater IT", "Active"]);
    let day = Moment::now().plus_days(5);
    portal.does(JOB, day).await;
    ada.reload().await;
    ada.sees_row(&["Newleaf", "Active", "given by Sam admin_agent"]).sees_row(&["Brightwater IT", "Ended"]);
    ada.sees_row(&["Newleaf in place of Brightwater IT", "Done"]);
    portal.carry_mail_at(day).await;
    assert!(portal.letter_to("cora@customer.example").body_text.contains("Newleaf"));
    assert!(portal.letters().iter().any(|letter| letter.to_email.as_str() == nora));
    // Once, however often the portal looks.
    portal.does(JOB, day.plus_days(1)).await;
    let records = "SELECT count(*) FROM activity_records WHERE action = 'create_delegation'";
    assert_eq!((portal.database.number(records), scene.lasting()), (2, 1));
}

#[actix_web::test]
async fn what_can_no_longer_be_done_is_told_and_not_done_by_half() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let basic = portal.has_subscription(&scene.alder, PlainSubscription::new("Business Basic")).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&scene.change()).await;
    ada.choose("Indirect reseller", "Newleaf (MPN ID 5910444)").choose("When it changes", "On a day");
    ada.fill("On this day (optional)", &Moment::now().plus_days(5).day().to_string());
    ada.choose("Incentives", "Those that are ticked here").check("Business Basic");
    does(&mut ada, "Plan it").await;
    portal.has_removed_partnerships().await;
    let day = Moment::now().plus_days(5);
    portal.does(JOB, day).await;
    ada.reload().await;
    ada.sees_row(&["Newleaf in place of Brightwater IT", "Not done You are not in partnership"]);
    ada.sees_row(&["Brightwater IT", "Active"]).sees_no_row(&["Newleaf", "Active"]);
    let named = format!("SELECT count(*) FROM subscriptions WHERE id = '{basic}' AND mpn_id <> ''");
    assert_eq!(portal.database.number(&named), 0);
    portal.carry_mail_at(day).await;
    let told: Vec<_> = portal
        .letters()
        .into_iter()
        .filter(|letter| letter.subject == "What was planned for Alder was not done")
        .collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].body_text.contains("You are not in partnership with the reseller."));
    let failed = "SELECT count(*) FROM activity_records
        WHERE action = 'carry_out_delegation_plan' AND result = 'failed'";
    assert_eq!(portal.database.number(failed), 1);
}

#[actix_web::test]
async fn a_plan_is_changed_and_dropped() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let mut ada = plans(&scene).await;
    ada.follow("Change the plan").await;
    assert_eq!(ada.field("Indirect reseller"), "Newleaf (MPN ID 5910444)");
    ada.sees("What you decide here comes in its place.");
    let later = Moment::now().plus_days(9).day().to_string();
    ada.fill("On this day (optional)", &later);
    does(&mut ada, "Plan it").await;
    let open = "SELECT count(*) FROM delegation_plans WHERE state = 'open'";
    assert_eq!(portal.database.number(open), 1);
    let mut second_tab = ada.duplicate();
    ada.follow("Drop the plan").await;
    ada.press("Drop the plan").await;
    ada.sees("The plan is dropped.");
    second_tab.follow("Drop the plan").await;
    second_tab.sees_heading("The plan is no longer open");
    assert_eq!(portal.database.number(open), 0);
    portal.does(JOB, Moment::now().plus_days(20)).await;
    assert_eq!(portal.database.number("SELECT count(*) FROM delegations"), 1);
    let mut olga = portal.browser_in(&scene.brightwater, &[Role::GlobalAdmin]).await;
    olga.visit(&scene.ledger()).await;
    olga.sees_not("Planned").sees_not("Newleaf");
}

#[actix_web::test]
async fn what_is_done_at_once_comes_in_the_place_of_a_plan() {
    let scene = Scene::open().await;
    let mut ada = plans(&scene).await;
    ada.visit(&scene.change()).await;
    ada.choose("Indirect reseller", "No reseller");
    does(&mut ada, "End delegation").await;
    ada.sees_row(&["Newleaf in place of Brightwater IT", "Dropped"]);
    assert_eq!(scene.lasting(), 0);
}
