//! An end on a day: planned, shown, changed, dropped, carried out, or not.

use actix_web::http::StatusCode;
use chrono::NaiveDate;
use twotier::access::Role;
use twotier::values::moment::{Moment, days_after};

use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::portal::Portal;

const JOB: &str = "carry_out_planned_ends";

fn in_days(days: u64) -> NaiveDate {
    days_after(Moment::now().day(), days)
}

/// Somebody plans an end on the page in view.
async fn plan(ada: &mut Browser, day: NaiveDate) {
    ada.check("On a day").fill("Day", &day.to_string()).press("Go on").await;
    ada.press("Plan the end").await;
}

#[actix_web::test]
async fn an_end_is_planned_shown_changed_and_carried_out_on_its_day() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{alder}/end")).await;
    ada.check("On a day").fill("Day", &Moment::now().day().to_string()).press("Go on").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees_problem("Day", "Choose a day that lies ahead: tomorrow or later.");
    ada.fill("Day", &in_days(400).to_string()).press("Go on").await;
    ada.sees_problem("Day", "Choose a day within a year from today.");
    plan(&mut ada, in_days(30)).await;
    ada.sees("The end is planned.").sees("The relationship ends on");
    let mut olga = portal.browser_in(&brightwater, &[Role::GlobalAdmin]).await;
    olga.visit(&format!("/customers/{alder}/account")).await;
    olga.sees("The indirect provider ends its relationship with this customer on");
    ada.follow("Change or drop the plan").await;
    assert_eq!(ada.field("Day"), in_days(30).to_string());
    ada.fill("Subject", "Farewell");
    plan(&mut ada, in_days(10)).await;
    assert_eq!(portal.database.number("SELECT count(*) FROM endings WHERE version = 2"), 1);
    // Not before its day.
    portal.does(JOB, Moment::now().plus_days(8)).await;
    assert_eq!(portal.database.number("SELECT count(*) FROM endings WHERE state = 'planned'"), 1);
    portal.does(JOB, Moment::now().plus_days(11)).await;
    ada.visit(&format!("/customers/{alder}/account")).await;
    ada.sees("Ended on");
    olga.reload().await;
    assert_eq!(olga.status(), StatusCode::NOT_FOUND);
    portal.carry_mail_at(Moment::now().plus_days(11)).await;
    assert_eq!(portal.letter_to("cora@customer.example").subject, "Farewell");
}

#[actix_web::test]
async fn a_plan_in_whose_way_something_stands_is_not_carried_out_and_the_provider_is_told_why() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_subscription(&alder, PlainSubscription::new("Business Basic")).await;
    let gina = portal.add_person(&portal.harbor, &[Role::GlobalAdmin]).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{alder}/end")).await;
    ada.check("On a day").fill("Day", &in_days(3).to_string()).press("Go on").await;
    ada.sees("Something still stands in the way.");
    ada.press("Plan the end").await;
    let then = Moment::now().plus_days(4);
    portal.does(JOB, then).await;
    ada.visit(&format!("/customers/{alder}/account")).await;
    ada.sees("was not carried out.").sees("subscriptions are active").sees_not("Ended on");
    assert_eq!(portal.database.number("SELECT count(*) FROM customers WHERE ended_at IS NULL"), 1);
    portal.carry_mail_at(then).await;
    let letter = portal.letter_to(&gina);
    assert!(letter.subject.contains("The planned end of your relationship with Alder was not carried out"));
    assert!(letter.body_text.contains("subscriptions are active"), "{}", letter.body_text);
    // It is tried once, and can be planned again.
    assert_eq!(
        portal.database.number("SELECT count(*) FROM notifications WHERE kind = 'planned_end_failed'"),
        1
    );
    ada.follow("See what stands in the way").await;
    plan(&mut ada, in_days(3)).await;
    ada.sees("The end is planned.");
    // Given up, nothing is left to say of it.
    ada.visit(&format!("/customers/{alder}/end")).await;
    ada.press("Drop the plan").await;
    ada.visit(&format!("/customers/{alder}/account")).await;
    ada.sees_not("was not carried out.");
}

#[actix_web::test]
async fn a_plan_is_dropped_and_two_who_change_it_both_learn_of_it() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{alder}/end")).await;
    plan(&mut ada, in_days(3)).await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit(&format!("/customers/{alder}/end")).await;
    ada.follow("Change or drop the plan").await;
    plan(&mut ada, in_days(5)).await;
    plan(&mut gina, in_days(7)).await;
    assert_eq!(gina.status(), StatusCode::CONFLICT);
    gina.sees("Somebody planned, changed or dropped an end").sees("Planned for");
    assert_eq!(gina.field("Day"), in_days(7).to_string());
    plan(&mut gina, in_days(7)).await;
    gina.sees("The end is planned.");
    gina.follow("Change or drop the plan").await;
    let mut twice = gina.clone_session();
    twice.visit(&format!("/customers/{alder}/end")).await;
    gina.press("Drop the plan").await;
    gina.sees("The plan is dropped.").sees_not("The relationship ends on");
    twice.press("Drop the plan").await;
    twice.sees("This plan was changed, dropped or carried out");
    assert_eq!(portal.database.number("SELECT count(*) FROM endings WHERE state = 'dropped'"), 1);
}
