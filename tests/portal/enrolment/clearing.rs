//! What is cleared away some time after its last link has expired.

use diesel::prelude::*;
use twotier::db::schema::{enrolment_links, enrolments};
use twotier::values::moment::Moment;

use super::{ADA, ask, begun, handed_in_and_opened, linked, open};

#[actix_web::test]
async fn what_nobody_handed_in_goes_some_time_after_its_link_has_expired() {
    let (portal, _operator) = open().await;
    linked(&portal, "reseller", ADA).await;
    begun(&portal, "provider").await;
    for (days, left, now) in [(-29, 3, Moment::now()), (-31, 1, Moment::now().plus_days(1))] {
        let past = Moment::now().plus_days(days);
        let age = move |conn: &mut twotier::db::Connection| {
            Ok(diesel::update(enrolments::table).set(enrolments::expires_at.eq(past)).execute(conn)?)
        };
        portal.query(age).await;
        ask(&mut portal.browser(), "reseller", &format!("new{left}@acme.example")).await;
        portal.does("sweep_enrolments", now).await;
        assert_eq!(portal.database.number("SELECT count(*) FROM enrolments"), left);
    }
    portal.carry_mail().await;
}

#[actix_web::test]
async fn what_was_refused_and_never_mended_goes_with_its_password() {
    let (portal, mut operator, _) = handed_in_and_opened().await;
    operator.fill("Reason", "No.").press("Refuse").await;
    portal.carry_mail().await;
    for (days, left, now) in [(-29, 1, Moment::now()), (-31, 0, Moment::now().plus_days(1))] {
        let past = Moment::now().plus_days(days);
        portal
            .query(move |conn| {
                diesel::update(enrolments::table).set(enrolments::expires_at.eq(past)).execute(conn)?;
                Ok(diesel::update(enrolment_links::table)
                    .set(enrolment_links::expires_at.eq(past))
                    .execute(conn)?)
            })
            .await;
        ask(&mut portal.browser(), "provider", "new@other.example").await;
        portal.does("sweep_enrolments", now).await;
        let refused = "SELECT count(*) FROM enrolments WHERE state = 'refused'";
        assert_eq!(portal.database.number(refused), left, "{days}");
    }
    assert_eq!(portal.database.number("SELECT count(*) FROM enrolments WHERE password_hash IS NOT NULL"), 0);
    portal.carry_mail().await;
}

#[actix_web::test]
async fn a_link_that_nobody_used_keeps_what_it_leads_to_as_long_as_it_holds() {
    let (portal, _operator) = open().await;
    linked(&portal, "reseller", ADA).await;
    let past = Moment::now().plus_days(-31);
    portal
        .query(move |conn| {
            Ok(diesel::update(enrolments::table).set(enrolments::expires_at.eq(past)).execute(conn)?)
        })
        .await;
    let fresh = linked(&portal, "reseller", ADA).await;
    portal.does("sweep_enrolments", Moment::now()).await;
    let mut ada = portal.browser();
    ada.visit(&fresh).await;
    ada.sees_heading("Prove your email address");
    ada.press("Go on").await;
    ada.sees_heading("Your company");
}
