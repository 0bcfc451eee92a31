//! The files of customers of the demonstration.

use crate::existing::works;
use crate::support::portal::{PASSWORD, Portal};

#[actix_web::test]
async fn one_waits_to_be_applied_and_others_are_over() {
    let portal = Portal::demonstration(60, PASSWORD).await;
    works(&portal).await;
    let mut katja = portal.signed_in("admin.agent@harbor.example").await;
    katja.visit("/existing-customers").await;
    katja.sees_row(&["from-the-old-portal.xlsx", "Not applied yet", "6"]);
    katja.sees_row(&["trade-fair-contacts.xlsx", "Taken back"]);
    katja.sees_row(&["everybody-we-serve.xlsx", "Done, rows refused", "61", "24"]);
    katja.follow("from-the-old-portal.xlsx").await;
    katja.sees("2 new, 0 changed, 1 to choose, 1 the same, 2 refused.");
    katja.sees_row(&["2", "Nordlicht Optik", "New Brings along Office 365 Business Premium × 12"]);
    katja.sees("Nothing in the catalog is called Something that nobody sells.");
    katja.press("Leave all of them out").await;
    katja.press("Apply 2 rows").await;
    katja.sees("2 added, 0 changed, 2 unchanged, 2 refused.");
    katja.press("Ask all of them by letter").await;
    works(&portal).await;
    katja.reload().await;
    katja.sees("2 customers were asked for the agreement.");
}
