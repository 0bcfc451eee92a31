//! Asked for the password once more before something sensitive.

use actix_web::http::StatusCode;
use twotier::access::Role;

use crate::support::fixtures::opens_sam;
use crate::support::portal::{PASSWORD, Portal};

const LONG_AGO: &str = "UPDATE sign_ins SET confirmed_at = '2026-01-01 00:00:00'";
const HELPDESK: &str = "Helpdesk agentHelps: sees customers and resets passwords.";

#[actix_web::test]
async fn a_change_of_roles_waits_for_the_password_and_loses_nothing() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    portal.browser_of(Role::SalesAgent).await;
    opens_sam(&mut gina).await;
    gina.fill("Name", "Samuel & Söhne").check(HELPDESK);
    portal.database.change(LONG_AGO);
    gina.press("Save").await;
    assert_eq!(gina.status(), StatusCode::FORBIDDEN);
    gina.sees_heading("Confirm that it is you");
    gina.press("Go on").await;
    gina.sees_problem("Your password", "Enter your password.");
    gina.fill("Your password", "not the password").press("Go on").await;
    gina.sees_problem("Your password", "This is not right.");
    let named = "SELECT count(*) FROM people WHERE name = 'Samuel & Söhne'";
    assert_eq!(portal.database.number(named), 0);
    gina.fill("Your password", PASSWORD).press("Go on").await;
    gina.sees("The user is changed.").sees_heading("Samuel & Söhne").sees("Helpdesk agent");
    // For a while it is not asked again.
    gina.fill("Name", "Samuel").press("Save").await;
    gina.sees_heading("Samuel");
}

#[actix_web::test]
async fn whoever_guesses_is_slowed_down() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    portal.database.change(LONG_AGO);
    for _ in 0..6 {
        gina.post("/people/second-factor", &[("required", "yes"), ("own-password", "guess")]).await;
    }
    assert_eq!(gina.status(), StatusCode::TOO_MANY_REQUESTS);
    gina.sees("There were several failed tries.");
    // The right one waits, too; and so does the page where the password is changed.
    gina.post("/people/second-factor", &[("required", "yes"), ("own-password", PASSWORD)]).await;
    assert_eq!(gina.status(), StatusCode::TOO_MANY_REQUESTS);
    let fields = [("current", PASSWORD), ("new", "a long walk home"), ("again", "a long walk home")];
    gina.post("/password", &fields).await;
    assert_eq!(gina.status(), StatusCode::TOO_MANY_REQUESTS);
    // Only in this sign-in: whoever stole it does not keep the owner out.
    let email = portal.database.texts("SELECT email AS text FROM people").remove(0);
    let mut owner = portal.browser();
    super::try_password(&mut owner, &email, PASSWORD).await;
    owner.post("/password", &fields).await;
    owner.sees("Your password is changed.");
    assert_eq!(portal.database.number("SELECT count(*) FROM organisations WHERE requires_second_factor"), 0);
}

#[actix_web::test]
async fn what_is_sensitive_asks_first() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    let reseller = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    portal.database.change(LONG_AGO);
    let id = "0190a000-0000-7000-8000-000000000001";
    let paths = [
        "/people".to_owned(),
        format!("/people/{id}"),
        format!("/people/{id}/password"),
        format!("/people/{id}/deactivation"),
        format!("/people/{id}/restoration"),
        format!("/people/{id}/second-factor/removal"),
        "/people/second-factor".to_owned(),
        "/profile/email".to_owned(),
        "/profile/second-factor".to_owned(),
        "/profile/second-factor/recovery-codes".to_owned(),
        "/profile/second-factor/removal".to_owned(),
        format!("/resellers/{}/removal", reseller.id),
        format!("/customers/{id}/admin-password"),
    ];
    for path in paths {
        gina.post(&path, &[("any", "thing")]).await;
        assert_eq!(gina.status(), StatusCode::FORBIDDEN, "{path}");
        gina.sees_heading("Confirm that it is you");
    }
}

#[actix_web::test]
async fn with_a_second_factor_its_code_is_asked_for_too() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    let (_, codes) = super::second_factor::set_up(&mut gina).await;
    portal.database.change(LONG_AGO);
    gina.visit("/profile/second-factor/removal").await;
    gina.press("Yes, remove").await;
    gina.sees_heading("Confirm that it is you");
    gina.fill("Your password", PASSWORD).press("Go on").await;
    gina.sees_problem("Code of your app", "Enter the code of your app.");
    gina.fill("Your password", PASSWORD).fill("Code of your app", "000000").press("Go on").await;
    gina.sees_problem("Code of your app", "This is not the code that the app shows now.");
    gina.fill("Your password", PASSWORD).fill("Code of your app", &codes[0]).press("Go on").await;
    gina.sees("Your second factor is removed.");
    assert_eq!(portal.database.number("SELECT count(*) FROM second_factors"), 0);
}
