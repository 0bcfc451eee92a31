//! Letters that failed in the whole installation.

use diesel::prelude::*;
use twotier::access::Role;
use twotier::db::schema::letters;
use twotier::mail::outbox;
use twotier::session::letters::PASSWORD_LINK;
use twotier::values::moment::Moment;

use super::operator;
use crate::support::browser::Browser;
use crate::support::portal::Portal;

#[actix_web::test]
async fn a_letter_that_failed_shows_without_its_text_and_is_sent_again() {
    let portal = Portal::open().await;
    let (_, mut robin) = operator(&portal).await;
    robin.visit("/operator/letters").await;
    robin.sees("No letter has failed");
    let mut gina = gina_adds_nora(&portal).await;
    fail_all(&portal).await;
    robin.visit("/operator").await;
    robin.follow("See which failed, and why").await;
    robin.sees_row(&[
        "nora@harbor.example",
        "Your account at Twotier",
        "Harbor Distribution",
        "The answer was: 550 no such user (0 tries)",
    ]);
    robin.sees_not("/set-password/");
    robin.press("Send again to nora@harbor.example").await;
    robin.sees("The letter is on its way again.").sees("No letter has failed");
    portal.carry_mail().await;
    assert!(portal.letter_to("nora@harbor.example").body_text.contains("/set-password/"));
    gina.visit("/activity").await;
    gina.sees_row(&["Send a letter again"]);
}

#[actix_web::test]
async fn a_letter_that_is_just_being_sent_is_under_way() {
    let portal = Portal::open().await;
    let (_, mut robin) = operator(&portal).await;
    gina_adds_nora(&portal).await;
    let hold_until = |until: Moment| {
        let until = until.exact().replace('T', " ");
        portal.database.change(&format!("UPDATE letters SET lease = 'one', leased_until = '{until}'"));
    };
    hold_until(Moment::now().plus_seconds(20));
    robin.visit("/operator/letters/waiting").await;
    robin.sees_row(&["nora@harbor.example", "Under way"]).sees_no_button("Try now to nora@harbor.example");
    hold_until(Moment::now().plus_seconds(-20));
    robin.reload().await;
    robin.sees_row(&["nora@harbor.example", "At any moment"]).sees_button("Try now to nora@harbor.example");
}

#[actix_web::test]
async fn what_was_withdrawn_did_not_fail() {
    let portal = Portal::open().await;
    gina_adds_nora(&portal).await;
    fail_all(&portal).await;
    let person = portal.database.texts("SELECT subject_id AS text FROM letters").remove(0);
    portal.db.write(move |conn| outbox::withdraw(conn, (&PASSWORD_LINK, &person))).await.expect("withdrawn");
    let (_, mut robin) = operator(&portal).await;
    robin.visit("/operator/letters").await;
    robin.sees("No letter has failed");
    let id = portal.database.texts("SELECT id AS text FROM letters").remove(0);
    robin.post(&format!("/operator/letters/{id}/delivery"), &[]).await;
    robin.sees("The letter was not sent again");
}

#[actix_web::test]
async fn a_letter_with_a_dead_link_is_not_sent_again() {
    let portal = Portal::open().await;
    gina_adds_nora(&portal).await;
    fail_all(&portal).await;
    portal.database.change("UPDATE password_links SET expires_at = '2026-01-01 00:00:00'");
    let (_, mut robin) = operator(&portal).await;
    robin.visit("/operator/letters").await;
    robin.press("Send again to nora@harbor.example").await;
    robin.sees("The letter was not sent again").sees_row(&["nora@harbor.example"]);
}

/// A letter to Nora waits: Gina of Harbor has added her.
async fn gina_adds_nora(portal: &Portal) -> Browser {
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit("/people/new").await;
    gina.fill("Name", "Nora New").fill("Email address", "nora@harbor.example");
    gina.check("Sales agentSells: customers, orders, subscriptions.").press("Add").await;
    gina
}

async fn fail_all(portal: &Portal) {
    let failed = (letters::state.eq("failed"), letters::last_error.eq("550 no such user"));
    portal
        .db
        .write(move |conn| Ok(diesel::update(letters::table).set(failed).execute(conn)?))
        .await
        .expect("failed");
}
