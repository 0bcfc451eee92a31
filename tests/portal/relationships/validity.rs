//! Delegations with a last day: they end after it, both sides are reminded, and they are prolonged.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::values::moment::Moment;

use super::{Scene, does};
use crate::support::bought::PlainSubscription;

const REMIND: &str = "remind_of_delegations";

#[actix_web::test]
async fn a_delegation_ends_after_its_last_day_and_support_falls_back() {
    let scene = Scene::open().await;
    let Scene { portal, brightwater, alder, .. } = &scene;
    let basic = portal.has_subscription(alder, PlainSubscription::new("Business Basic")).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/subscriptions/{basic}")).await;
    ada.choose("Designated support contact", "Brightwater IT").press("Submit support contact").await;
    scene.ends_in(3);
    portal.does("end_delegations", Moment::now().plus_days(3)).await;
    assert_eq!(scene.lasting(), 1, "the last day is a day of its validity");
    let olga = portal.add_person(brightwater, &[Role::GlobalAdmin]).await;
    portal.does("end_delegations", Moment::now().plus_days(4)).await;
    assert_eq!(scene.lasting(), 0);
    ada.visit(&scene.ledger()).await;
    ada.sees_row(&["Brightwater IT", "Expired", "after its last day"]);
    ada.sees_row(&["Harbor Distribution", "Business Basic"]);
    portal.carry_mail_at(Moment::now().plus_days(5)).await;
    assert!(portal.letter_to(&olga).body_text.contains("Your organization no longer administers it."));
    let records =
        "SELECT count(*) FROM activity_records WHERE action = 'end_delegation' AND person_name = ''";
    assert_eq!(portal.database.number(records), 2, "in both logs, as the portal's");
    // It is offered again, already filled in.
    ada.follow("Delegate again to Brightwater IT").await;
    assert_eq!(ada.field("Indirect reseller"), "Brightwater IT (MPN ID 4810233)");
    does(&mut ada, "Associate reseller").await;
    ada.sees_row(&["Brightwater IT", "Active"]).sees_no_link("Delegate again to Brightwater IT");
}

#[actix_web::test]
async fn both_sides_are_reminded_once_each_time_and_never_twice() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let ada = portal.add_person(&portal.harbor, &[Role::AdminAgent]).await;
    let olga = portal.add_person(&scene.brightwater, &[Role::GlobalAdmin]).await;
    scene.ends_in(40);
    let reminders = |email: &str| {
        let to = format!(
            "SELECT count(*) FROM letters WHERE subject_kind = 'delegation_reminder' AND to_email = '{email}'"
        );
        portal.database.number(&to)
    };
    // Forty days before, thirty, twenty, six (nobody looked on the seventh), one, and on the day itself.
    for (day, letters) in [(0, 0), (10, 1), (20, 1), (34, 2), (39, 3), (40, 3)] {
        portal.does(REMIND, Moment::now().plus_days(day)).await;
        assert_eq!((reminders(&ada), reminders(&olga)), (letters, letters), "on day {day}");
    }
    portal.carry_mail_at(Moment::now().plus_days(41)).await;
    assert!(portal.letter_to(&olga).body_text.contains("ask Harbor Distribution to prolong it"));
    assert!(portal.letter_to(&ada).body_text.contains("/delegations/ending"));
}

#[actix_web::test]
async fn where_the_portal_rested_for_weeks_one_letter_goes() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    portal.add_person(&scene.brightwater, &[Role::GlobalAdmin]).await;
    scene.ends_in(40);
    portal.does(REMIND, Moment::now().plus_days(39)).await;
    let letters = "SELECT count(*) FROM letters WHERE subject_kind = 'delegation_reminder'";
    assert_eq!(portal.database.number(letters), 1);
}

#[actix_web::test]
async fn what_is_prolonged_is_reminded_of_anew() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let olga = portal.add_person(&scene.brightwater, &[Role::GlobalAdmin]).await;
    scene.ends_in(20);
    portal.does(REMIND, Moment::now()).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&scene.ledger()).await;
    sam.follow("Prolong Brightwater IT").await;
    sam.press("Save").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees_problem("Last day (optional)", "Enter");
    let day = Moment::now().plus_days(60).day().to_string();
    sam.fill("Last day (optional)", &day).press("Save").await;
    sam.sees("Until when Brightwater IT administers this customer is changed.");
    portal.does(REMIND, Moment::now().plus_days(40)).await;
    let letters = "SELECT count(*) FROM letters WHERE subject_kind = 'delegation_reminder'";
    assert_eq!(portal.database.number(letters), 2);
    portal.carry_mail_at(Moment::now().plus_days(41)).await;
    let told = portal.letters().into_iter().filter(|letter| letter.to_email.as_str() == olga);
    assert!(told.map(|letter| letter.body_text).any(|text| text.contains("changed until when")));
    // Ending it earlier takes who may end it.
    sam.visit(&format!("{}/{}/prolongation", scene.ledger(), scene.delegation)).await;
    sam.fill("Last day (optional)", &Moment::now().plus_days(5).day().to_string()).press("Save").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees("It would end earlier than now.");
    sam.visit(&format!("{}/{}/prolongation", scene.ledger(), scene.delegation)).await;
    sam.choose("Until when", "Open: until somebody ends it").press("Save").await;
    sam.sees_row(&["Brightwater IT", "Active", "Open"]);
}

#[actix_web::test]
async fn a_delegation_is_given_for_a_time() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&scene.association()).await;
    sam.choose("Indirect reseller", "Newleaf (MPN ID 5910444)");
    sam.fill("Last day (optional)", &Moment::now().day().to_string()).press("See the consequences").await;
    sam.sees_problem("Last day (optional)", "Choose a last day that comes after today");
    sam.fill("Last day (optional)", &Moment::now().plus_days(20).day().to_string());
    does(&mut sam, "Associate reseller").await;
    assert_eq!(portal.database.number("SELECT count(*) FROM delegations WHERE ends_on IS NOT NULL"), 1);
    sam.visit("/customers").await;
    sam.follow("Ending soon 1").await;
    sam.sees_row(&["Alder"]);
    // Who gives it for less than thirty days needs no letter at once.
    portal.does(REMIND, Moment::now()).await;
    let letters = "SELECT count(*) FROM letters WHERE subject_kind = 'delegation_reminder'";
    assert_eq!(portal.database.number(letters), 0);
}
