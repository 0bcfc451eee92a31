//! The uploads of the demonstration: one in every state that lasts, and what they show holds.

use crate::batches::works;
use crate::support::browser::Browser;
use crate::support::portal::{PASSWORD, Portal};

/// Harbor's admin agent, before the uploads of the customer that has some.
async fn begins() -> (Portal, Browser) {
    let portal = Portal::demonstration(60, PASSWORD).await;
    let customer = portal
        .database
        .texts("SELECT DISTINCT customer_id AS text FROM batches WHERE customer_id IS NOT NULL")
        .remove(0);
    let mut katja = portal.signed_in("admin.agent@harbor.example").await;
    katja.visit(&format!("/customers/{customer}/users")).await;
    katja.follow("Uploads").await;
    (portal, katja)
}

#[actix_web::test]
async fn one_is_shown_in_every_state_that_lasts() {
    let (_portal, mut katja) = begins().await;
    for (file, state, told) in [
        ("new-starters.csv", "Not applied yet", "3 new, 1 changed, 2 the same, 3 refused."),
        ("apprentices.csv", "Under way", "2 of 5 rows have had their turn."),
        ("sales-team.xlsx", "Done, rows refused", "3 added, 1 changed, 2 unchanged, 2 refused."),
        ("warehouse.csv", "Stopped", "Katja Brandt stopped it on"),
        ("seasonal-staff.csv", "Taken back in part", "1 row stays, since something was built on it."),
        ("everybody.xlsx", "Done, rows refused", "The rows are forgotten by now; what came of them is kept."),
    ] {
        katja.sees_row(&[file, state]);
        katja.follow(file).await;
        katja.sees(told);
        katja.follow("All uploads").await;
    }
    katja.follow("new-starters.csv").await;
    katja.sees_row(&["6", "Enter the display name.", "Refused"]);
    katja.sees_row(&["8", "The same user stands in line 2, which goes first.", "Refused"]);
    katja.sees_row(&["10", "Nothing called Project Plan 5 is bought for this customer.", "Refused"]);
}

#[actix_web::test]
async fn what_is_not_applied_does_what_it_shows() {
    let (portal, mut katja) = begins().await;
    katja.follow("new-starters.csv").await;
    katja.press("Apply 4 rows").await;
    works(&portal).await;
    katja.reload().await;
    katja.sees("3 added, 1 changed, 2 unchanged, 3 refused.");
}

#[actix_web::test]
async fn what_was_done_can_be_taken_back() {
    let (portal, mut katja) = begins().await;
    katja.follow("sales-team.xlsx").await;
    katja.sees("3 users wait for a password.");
    katja.follow("Take back").await;
    katja.press("Take back").await;
    works(&portal).await;
    katja.reload().await;
    katja.sees("4 rows were taken back.").sees_not("row stays");
}
