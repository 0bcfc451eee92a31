//! The password of the account to come: none that was typed vanishes without a word, and nobody keeps the machine busy.

use actix_web::http::StatusCode;

use super::{PASSWORD, begun, open, path_of};

const AGAIN: &str = "Type it again. What you typed here was not kept.";

#[actix_web::test]
async fn a_password_that_is_wrong_is_told_whatever_is_pressed() {
    for button in ["Save and leave", "Update fields for this country"] {
        let (portal, _operator) = open().await;
        let (mut ada, _) = begun(&portal, "reseller").await;
        ada.fill("Company name", "Acme IT").choose("Country/region", "Germany");
        ada.fill("Password", "short").fill("Password again", "other").press(button).await;
        assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY, "{button}");
        ada.sees_problem("Password", "Use 12 characters or more.");
        ada.sees_problem("Password again", "The two entries differ.").sees("2 problems");
        assert_eq!(
            portal.database.number("SELECT count(*) FROM enrolments WHERE company_name = 'Acme IT'"),
            1
        );
        ada.fill("Password", PASSWORD).fill("Password again", PASSWORD).press("Save and leave").await;
        ada.sees_heading("Go on with your enrollment");
    }
}

#[actix_web::test]
async fn a_password_that_meets_a_conflict_is_typed_again() {
    let (portal, _operator) = open().await;
    let (mut ada, link) = begun(&portal, "reseller").await;
    let mut tab = ada.clone_session();
    tab.visit(&format!("{link}/details")).await;
    ada.fill("Company name", "Acme IT").press("Save and leave").await;
    tab.fill("Company name", "Acme Ltd").fill("Password", PASSWORD).fill("Password again", PASSWORD);
    tab.press("Next: Review").await;
    assert_eq!(tab.status(), StatusCode::CONFLICT);
    tab.sees_row(&["Company name", "Acme IT", "Acme Ltd"]).sees(AGAIN);
    let kept = "SELECT count(*) FROM enrolments WHERE password_hash IS NOT NULL";
    assert_eq!(portal.database.number(kept), 0);
    tab.fill("Password", PASSWORD).fill("Password again", PASSWORD).press("Save and leave").await;
    assert_eq!(portal.database.number(kept), 1);
}

#[actix_web::test]
async fn passwords_are_hashed_so_often_only() {
    let (portal, _operator) = open().await;
    let (mut ada, link) = begun(&portal, "reseller").await;
    let details = format!("{}/details", path_of(&link));
    let mut taken = 0;
    loop {
        let version = portal.database.number("SELECT version FROM enrolments").to_string();
        let fields = [
            ("version", version.as_str()),
            ("company", "Acme IT"),
            ("password", PASSWORD),
            ("again", PASSWORD),
        ];
        ada.post(&details, &fields).await;
        if ada.status() != StatusCode::UNPROCESSABLE_ENTITY {
            break;
        }
        taken += 1;
        assert!(taken < 50, "nothing bounds the work");
    }
    assert_eq!(taken, 10);
    assert_eq!(ada.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(ada.header("retry-after").is_some());
    ada.sees("There were many passwords in a short time.").sees(AGAIN);
    assert_eq!(ada.field("Company name"), "Acme IT");
}
