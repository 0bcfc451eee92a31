//! A location and licenses per row.

use twotier::access::Role;

use super::{applies, begins, uploads};
use crate::support::portal::Portal;
use crate::users::adds;
use crate::users::licenses::product;

#[actix_web::test]
async fn never_more_licenses_are_given_than_were_bought() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    portal.has_subscription(&alder, product("Suite", 2, "")).await;
    portal.has_subscription(&alder, product("Mail", 9, "")).await;
    let file = "Display name,Email,Location,Licenses\nAnn,ann,FR,suite; Mail\nBen,ben,,Suite\nCyd,cyd,,Suite\nDan,dan,,Project\nEve,eve,Atlantis,\n";
    uploads(&mut ada, &alder, file).await;
    ada.sees("2 new, 0 changed, 0 the same, 3 refused.");
    ada.sees_row(&["4", "Cyd", "No license of Suite is left.", "Refused"]);
    ada.sees_row(&["5", "Dan", "Nothing called Project is bought for this customer."]);
    ada.sees_row(&["6", "Eve", "Atlantis is no country here."]);
    // Somebody takes the last one in between.
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    adds(&mut sam, &alder, ("Zoe", "Zorn", "zoe")).await;
    sam.visit(&format!("/customers/{alder}/users")).await;
    sam.follow("Zoe Zorn").await;
    sam.follow("Manage licenses").await;
    sam.check("License of Suite").press("Save").await;
    applies(&mut ada, "Apply 2 rows").await;
    ada.sees("1 added, 0 changed, 0 unchanged, 4 refused.");
    ada.sees_row(&["3", "Ben", "No license of Suite is left.", "Refused"]);
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.sees_row(&["Ann", "France", "Mail, Suite"]).sees_no_row(&["Ben"]);
    assert_eq!(portal.database.number("SELECT count(*) FROM licenses"), 3);
}

#[actix_web::test]
async fn who_is_there_gets_what_is_missing_and_loses_nothing() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    portal.has_subscription(&alder, product("Suite", 2, "")).await;
    portal.has_subscription(&alder, product("Mail", 2, "")).await;
    uploads(&mut ada, &alder, "Display name,Email,Licenses\nAnn,ann,Suite\n").await;
    applies(&mut ada, "Apply 1 row").await;
    uploads(&mut ada, &alder, "Display name,Email,Licenses\nAnn,ann,Mail\n").await;
    ada.sees_row(&["2", "Ann", "Changed Licenses: Suite → Suite; Mail"]);
    applies(&mut ada, "Apply 1 row").await;
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.sees_row(&["Ann", "Mail, Suite"]);
}
