//! Adding users, one after the other.

use actix_web::http::StatusCode;
use futures_util::future::join_all;
use twotier::access::Role;

use super::{adds, fills, password_of};
use crate::support::portal::Portal;
use crate::support::table::table;

const NEW: &str = "a long walk home";

#[actix_web::test]
async fn an_agent_adds_users_one_after_the_other_and_they_sign_in() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut helen = portal.browser_of(Role::HelpdeskAgent).await;
    helen.visit(&format!("/customers/{alder}")).await;
    helen.follow("Users and licenses").await;
    helen.sees("Nobody at Alder has an account.");
    helen.follow("Add user").await;
    helen.press("Add").await;
    helen.sees_problem("Display name", "Enter the display name.");
    helen.sees_problem("User name", "Enter the user name.");
    fills(&mut helen, ("Mia", "Moss", "Mia"));
    helen.press("Add").await;
    helen.sees_heading("1 user to hand a password to").sees("Hand these over now.");
    assert_eq!(helen.header("cache-control"), Some("private, no-store"));
    let first = password_of(&helen, "mia@alder.onmicrosoft.com");
    helen.follow("Add another user").await;
    fills(&mut helen, ("Noah", "Nest", "noah@alder.onmicrosoft.com"));
    helen.press("Add").await;
    helen.sees_heading("2 users to hand passwords to");
    assert_eq!(password_of(&helen, "mia@alder.onmicrosoft.com"), first);
    let second = password_of(&helen, "noah@alder.onmicrosoft.com");
    helen.press("Done").await;
    helen.sees_row(&["Mia Moss", "mia@alder.onmicrosoft.com", "Germany", "None", "Active"]);
    helen.sees_row(&["Noah Nest", "noah@alder.onmicrosoft.com"]).sees("2 users");

    for (user_name, password) in
        [("mia@alder.onmicrosoft.com", first), ("noah@alder.onmicrosoft.com", second)]
    {
        let mut user = portal.browser();
        user.visit("/sign-in").await;
        user.fill("Email address", user_name).fill("Password", &password).press("Sign in").await;
        user.sees_heading("Change your password");
        user.fill("Current password", &password).fill("New password", NEW).fill("New password again", NEW);
        user.press("Change password").await;
        // Who has no role has nothing here but the own account.
        user.sees_heading("My profile");
    }
    let records = "SELECT count(*) FROM activity_records WHERE action = 'add_customer_user'";
    assert_eq!(portal.database.number(records), 2);
}

#[actix_web::test]
async fn what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    adds(&mut ada, &alder, ("Mia", "Moss", "mia")).await;
    for (user_name, problem) in [
        ("mia@gmail.com", "User names of this customer end with @alder.onmicrosoft.com."),
        ("m ia", "Use letters from a to z, digits"),
        ("mia.", "A dot stands between other signs"),
        ("MIA", "Somebody signs in with this user name already."),
    ] {
        adds(&mut ada, &alder, ("Mia", "Moss", user_name)).await;
        assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
        ada.sees_problem("User name", problem);
        assert_eq!(
            (ada.field("First name (optional)"), ada.field("User name")),
            ("Mia".into(), user_name.into())
        );
    }
    ada.fill("Display name", &"x".repeat(257)).choose("Location", "Choose a country").press("Add").await;
    ada.sees_problem("Display name", "Use 256 characters or fewer.")
        .sees_problem("Location", "Choose the location.");
}

#[actix_web::test]
async fn pressing_twice_adds_one_and_going_back_adds_nobody_under_another_name() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{alder}/users/new")).await;
    fills(&mut ada, ("Mia", "Moss", "mia"));
    let mut twice: Vec<_> = (0..3).map(|_| ada.duplicate()).collect();
    join_all(twice.iter_mut().map(|browser| browser.press("Add"))).await;
    // Each of them leads to the one password.
    let passwords: Vec<_> = twice.iter().map(|one| password_of(one, "mia@alder.onmicrosoft.com")).collect();
    assert!(passwords.iter().all(|password| *password == passwords[0]), "{passwords:?}");
    assert_eq!(portal.database.number("SELECT count(*) FROM customer_users"), 1);
    fills(&mut ada, ("Noah", "Nest", "noah"));
    ada.press("Add").await;
    assert_eq!(ada.status(), StatusCode::CONFLICT);
    ada.sees("Nobody was added.");
    ada.press("Add").await;
    ada.sees_heading("1 user to hand a password to");
    assert_eq!(portal.database.number("SELECT count(*) FROM customer_users"), 2);
}

#[actix_web::test]
async fn who_gives_no_admin_roles_adds_users_without() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut sal = portal.browser_of(Role::SalesAgent).await;
    sal.visit(&format!("/customers/{alder}/users/new")).await;
    sal.sees("Giving admin roles takes a Global admin or an Admin agent.");
    let fields = [
        ("id", "0199d3f2-0000-7000-8000-000000000001"),
        ("display_name", "Mia"),
        ("user_name", "mia"),
        ("location", "DE"),
        ("roles", "global_admin"),
    ];
    sal.post(&format!("/customers/{alder}/users"), &fields).await;
    assert_eq!(sal.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sal.sees("Your roles do not let you give or take admin roles.");
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.post(&format!("/customers/{alder}/users"), &fields).await;
    // Somebody who can decide for the company was let in: it is told.
    portal.carry_mail().await;
    let letter = portal.letter_to("cora@customer.example");
    assert!(letter.subject.contains("Mia is a Global admin of Alder"), "{}", letter.subject);
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.sees_row(&["Mia", "mia@alder.onmicrosoft.com", "Germany", "Global admin"]);
}

#[actix_web::test]
async fn the_user_name_of_somebody_who_signs_in_otherwise_by_now_stays_taken() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    adds(&mut ada, &alder, ("Mia", "Moss", "mia")).await;
    portal.database.change("UPDATE people SET email = 'mia@home.example' WHERE email LIKE 'mia@%'");
    adds(&mut ada, &alder, ("Mia", "Other", "mia")).await;
    ada.sees_problem("User name", "Somebody signs in with this user name already.");
}

#[actix_web::test]
async fn long_names_are_put_together() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    let (first, last) = ("M".repeat(50), "N".repeat(50));
    adds(&mut ada, &alder, (&first, &last, &"u".repeat(64))).await;
    ada.press("Done").await;
    ada.sees_link(&format!("{first} {last}"));
}

#[actix_web::test]
async fn names_of_any_script_stand_in_the_order_of_the_country() {
    let portal = Portal::open().await;
    let minato = portal.has_customer("Minato").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{minato}/users/new")).await;
    fills(&mut ada, ("太郎", "山田", "taro"));
    ada.choose("Location", "Japan").press("Add").await;
    ada.press("Done").await;
    ada.sees_row(&["山田 太郎", "taro@minato.onmicrosoft.com", "Japan"]);
    ada.visit(&format!("/customers/{minato}/users?search=山田&location=JP&state=active")).await;
    ada.sees("1 user found").sees_link("山田 太郎");
    ada.visit(&format!("/customers/{minato}/users?search=山田&location=DE")).await;
    ada.sees("Nobody matches");
}

#[actix_web::test]
async fn the_list_is_had_as_a_file_exactly_as_it_is_filtered() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    for (first, user_name) in [("Mia", "mia"), ("=Noah", "noah")] {
        adds(&mut ada, &alder, (first, "Moss", user_name)).await;
        ada.press("Done").await;
    }
    ada.visit(&format!("/customers/{alder}/users?search=noah")).await;
    ada.follow("Export as CSV").await;
    let table = table(&ada.download().bytes);
    assert_eq!(table.len(), 2);
    let row = table.get(1).expect("a row").get(1..6).expect("cells");
    assert_eq!(row, ["=Noah", "Moss", "=Noah Moss", "noah@alder.onmicrosoft.com", "DE"]);
    let mut helen = portal.browser_of(Role::HelpdeskAgent).await;
    helen.visit(&format!("/customers/{alder}/users")).await;
    helen.sees_no_link("Export as CSV");
}
