//! A term is over on its day, once, and lists remind of it before.

use twotier::access::Role;
use twotier::values::moment::{Moment, days_after, months_after};

use super::{Scene, choose};

#[actix_web::test]
async fn it_expires_on_its_anniversary_and_all_are_told_once() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let ann = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let olga = portal.add_person(&scene.brightwater, &[Role::SalesAgent]).await;
    let mut sam = scene.person(Role::SalesAgent).await;
    sam.visit(&format!("{}/new", scene.page())).await;
    choose(&mut sam, ("1 year", "1", "Upfront")).await;
    sam.press("Buy now").await;
    portal.carry_mail().await;
    let day = months_after(Moment::now().day(), 12);
    let at = |day| Moment::start_of(day).plus_seconds(600);
    portal.does("expire_reservations", at(day.pred_opt().unwrap())).await;
    let expired = "SELECT count(*) FROM reservations WHERE state = 'expired'";
    assert_eq!(portal.database.number(expired), 0);
    for later in [0, 1] {
        portal.does("expire_reservations", at(days_after(day, later))).await;
        assert_eq!(portal.database.number(expired), 1);
    }
    let told = "SELECT count(*) FROM activity_records WHERE action = 'expire_reservation'";
    assert_eq!(portal.database.number(told), 2, "the provider and the reseller of record, once each");
    portal.carry_mail_at(at(days_after(day, 1))).await;
    for email in [&ann, &olga] {
        let letter = portal.letter_to(email);
        assert!(
            letter.body_text.contains("The reservation D2s v3 of Contoso has expired."),
            "{}",
            letter.body_text
        );
    }
}

#[actix_web::test]
async fn lists_remind_of_what_expires_soon() {
    let scene = Scene::open().await;
    let mut sam = scene.person(Role::SalesAgent).await;
    sam.visit(&format!("{}/new", scene.page())).await;
    choose(&mut sam, ("1 year", "1", "Upfront")).await;
    sam.press("Buy now").await;
    sam.visit("/reservations?state=expiring").await;
    sam.sees("No reservation is found");
    let soon = days_after(Moment::now().day(), 60);
    scene.portal.database.change(&format!("UPDATE reservations SET expires_on = '{soon}'"));
    sam.reload().await;
    sam.sees_row(&["D2s v3", "Expires in 60 days"]);
    // Also before the portal has noticed.
    let today = Moment::now().day();
    scene.portal.database.change(&format!("UPDATE reservations SET expires_on = '{today}'"));
    sam.visit("/reservations?state=expired").await;
    sam.sees_row(&["D2s v3", "Expired"]);
    sam.visit("/reservations?state=active").await;
    sam.sees("No reservation is found");
}
