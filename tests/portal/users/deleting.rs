//! Deleting users, and restoring them for thirty days.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::values::moment::Moment;

use super::{adds, password_of};
use crate::support::portal::Portal;

const MIA: &str = "mia@alder.onmicrosoft.com";

#[actix_web::test]
async fn a_deleted_user_is_out_and_comes_back_as_before() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    adds(&mut ada, &alder, ("Mia", "Moss", "mia")).await;
    let password = password_of(&ada, MIA);
    ada.press("Done").await;
    ada.follow("Mia Moss").await;
    ada.follow("Delete").await;
    ada.sees("For 30 days the user can be restored");
    ada.press("Yes, delete user").await;
    ada.sees("mia@alder.onmicrosoft.com is deleted").sees("Nobody at Alder has an account.");
    let mut mia = portal.browser();
    mia.visit("/sign-in").await;
    mia.fill("Email address", MIA).fill("Password", &password).press("Sign in").await;
    mia.sees("do not match");
    // The name is kept for her.
    adds(&mut ada, &alder, ("Mia", "Other", "mia")).await;
    ada.sees_problem("User name", "A deleted user has this user name.").sees_link("See that user");
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.follow("Deleted users (1)").await;
    ada.sees_row(&["Mia Moss", MIA]);
    ada.press("Restore mia@alder.onmicrosoft.com").await;
    ada.sees("is restored").sees_heading("Mia Moss");
    mia.visit("/sign-in").await;
    mia.fill("Email address", MIA).fill("Password", &password).press("Sign in").await;
    mia.sees_heading("Change your password");
    // Twice is once.
    ada.post(&format!("{}/restoration", ada.path().to_owned()), &[]).await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees("not in the state that this takes");
    let restored = "SELECT count(*) FROM activity_records WHERE action = 'restore_customer_user'";
    assert_eq!(portal.database.number(restored), 1);
}

#[actix_web::test]
async fn after_thirty_days_the_portal_purges_by_itself() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    for (name, user_name) in [("Mia", "mia"), ("Noah", "noah")] {
        adds(&mut ada, &alder, (name, "Moss", user_name)).await;
        ada.press("Done").await;
    }
    ada.follow("Mia Moss").await;
    ada.follow("Delete").await;
    ada.press("Yes, delete user").await;
    let users = || portal.database.number("SELECT count(*) FROM customer_users");
    portal.does("purge_customer_users", Moment::now().plus_days(29)).await;
    assert_eq!(users(), 2);
    portal.does("purge_people", Moment::now().plus_days(31)).await;
    assert_eq!(users(), 2, "an account of a company goes with its user");
    portal.does("purge_customer_users", Moment::now().plus_days(31)).await;
    assert_eq!(users(), 1);
    assert_eq!(portal.database.number("SELECT count(*) FROM people WHERE email LIKE 'mia@%'"), 0);
    ada.visit(&format!("/customers/{alder}/users/deleted")).await;
    ada.sees("No deleted users");
    let purged = "SELECT count(*) FROM activity_records WHERE action = 'purge_customer_user'";
    assert_eq!(portal.database.number(&format!("{purged} AND organisation_id = '{}'", portal.harbor.id)), 1);
    // The name is free again.
    adds(&mut ada, &alder, ("Mia", "Again", "mia")).await;
    ada.sees_heading("1 user to hand a password to");
}

#[actix_web::test]
async fn who_has_no_password_gets_one_after_coming_back() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    adds(&mut ada, &alder, ("Mia", "Moss", "mia")).await;
    ada.fill("Email address for Mia Moss", "mia@home.example").press("Mail links").await;
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.sees_row(&["Mia Moss", MIA, "Germany", "None", "Invited"]);
    ada.follow("Mia Moss").await;
    let mia = ada.path().to_owned();
    ada.visit(&format!("{mia}/deletion")).await;
    ada.press("Yes, delete user").await;
    ada.visit(&format!("{mia}/password")).await;
    assert_eq!(ada.status(), StatusCode::NOT_FOUND, "a deleted user needs no password");
    ada.visit(&mia).await;
    ada.press("Restore").await;
    ada.sees("gets one by Reset password");
    ada.follow("Reset password").await;
    ada.press("Reset password").await;
    let password = ada.html().split("id=\"password\">").nth(1).and_then(|rest| rest.split('<').next());
    let password = password.expect("a password").to_owned();
    ada.visit(&mia).await;
    ada.sees("Active").sees_not("Invited");
    let mut user = portal.browser();
    user.visit("/sign-in").await;
    user.fill("Email address", MIA).fill("Password", &password).press("Sign in").await;
    user.sees_heading("Change your password");
}

#[actix_web::test]
async fn the_first_admin_can_go_when_there_is_another_one() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_admin(&alder).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{alder}/users/new")).await;
    ada.fill("Display name", "Mia").fill("User name", "mia");
    ada.check("Global adminAdministers everything at the company, and decides here which partners may do what for it.");
    ada.press("Add").await;
    ada.press("Done").await;
    ada.follow("Cora Customer").await;
    ada.follow("Delete").await;
    ada.press("Yes, delete user").await;
    ada.sees("is deleted");
    portal.carry_mail().await;
    assert!(portal.letter_to("cora@customer.example").subject.contains("no longer a Global admin of Alder"));
    ada.visit(&format!("/customers/{alder}/account")).await;
    ada.sees("is not there, or was deleted").sees_no_link("Reset password");
    ada.visit(&format!("/customers/{alder}/admin-password")).await;
    assert_eq!(ada.status(), StatusCode::NOT_FOUND);
}
