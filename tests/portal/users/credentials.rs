//! Passwords in hand: who sees them, how long, and how they are handed over.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::values::moment::Moment;

use super::{adds, fills, password_of};
use crate::support::portal::Portal;

const MIA: &str = "mia@alder.onmicrosoft.com";

#[actix_web::test]
async fn they_are_downloaded_once_and_gone() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    adds(&mut ada, &alder, ("Mia", "Moss", "mia")).await;
    let (sheet, password) = (ada.path().to_owned(), password_of(&ada, MIA));
    ada.press("Download once").await;
    let file = String::from_utf8(ada.download().bytes).unwrap();
    assert_eq!(
        file,
        format!("\u{feff}Display name,User name,Temporary password\r\nMia Moss,{MIA},{password}\r\n")
    );
    ada.visit(&sheet).await;
    ada.sees_heading("Sign-in info is gone").sees_not(&password);
    ada.post(&format!("{sheet}/file"), &[]).await;
    ada.sees_heading("Sign-in info is gone");
    assert_eq!(portal.database.number("SELECT count(*) FROM sheet_credentials"), 0);
    assert_eq!(
        portal
            .database
            .number(&format!("SELECT count(*) FROM activity_records WHERE changes LIKE '%{password}%'")),
        0
    );
}

#[actix_web::test]
async fn nobody_else_sees_them_and_after_an_hour_nobody() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    adds(&mut ada, &alder, ("Mia", "Moss", "mia")).await;
    let (sheet, password) = (ada.path().to_owned(), password_of(&ada, MIA));
    assert_eq!(
        portal
            .database
            .number(&format!("SELECT count(*) FROM sheet_credentials WHERE sealed LIKE '%{password}%'")),
        0
    );
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit(&sheet).await;
    gina.sees_heading("Sign-in info is gone").sees_not(&password);
    gina.post(&sheet, &[]).await;
    ada.reload().await;
    ada.sees(&password);
    // Hers does not join the one of a colleague.
    gina.visit(&format!("/customers/{alder}/users/new?sheet={}", sheet.rsplit('/').next().unwrap())).await;
    fills(&mut gina, ("Noah", "Nest", "noah"));
    gina.press("Add").await;
    gina.sees_heading("1 user to hand a password to");
    portal.does("forget_credentials", Moment::now().plus_seconds(59 * 60)).await;
    ada.reload().await;
    ada.sees(&password);
    // Its hour is over, also as long as nobody has cleared it away.
    portal.database.change("UPDATE credential_sheets SET expires_at = '2020-01-01 00:00:00'");
    ada.reload().await;
    ada.sees_heading("Sign-in info is gone").sees_not(&password);
    portal.does("forget_credentials", Moment::now().plus_seconds(2 * 3600)).await;
    ada.reload().await;
    ada.sees_heading("Sign-in info is gone");
    assert_eq!(portal.database.number("SELECT count(*) FROM credential_sheets"), 0);
}

#[actix_web::test]
async fn a_link_is_mailed_in_place_of_a_password_and_works_once() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    adds(&mut ada, &alder, ("Mia", "Moss", "mia")).await;
    let password = password_of(&ada, MIA);
    ada.follow("Add another user").await;
    fills(&mut ada, ("Noah", "Nest", "noah"));
    ada.press("Add").await;
    ada.press("Mail links").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees_problem("Email address for Mia Moss", "Enter the email address for Mia Moss.");
    ada.fill("Email address for Mia Moss", "mia at home").press("Mail links").await;
    ada.sees_problem("Email address for Mia Moss", "There is no @ in it");
    assert_eq!(ada.field("Email address for Mia Moss"), "mia at home");
    ada.fill("Email address for Mia Moss", "mia@home.example").press("Mail links").await;
    ada.sees("1 link is on its way.").sees_heading("1 user to hand a password to");
    ada.sees_no_row(&["Mia Moss"]).sees_row(&["Noah Nest"]);
    portal.carry_mail().await;
    let letter = portal.letter_to("mia@home.example");
    assert!(letter.body_text.contains(MIA) && !letter.body_text.contains(&password), "{}", letter.body_text);
    // The password that was shown opens nothing any more.
    let mut mia = portal.browser();
    mia.visit("/sign-in").await;
    mia.fill("Email address", MIA).fill("Password", &password).press("Sign in").await;
    mia.sees("do not match");
    let link = letter.body_text[letter.body_text.find("/set-password/").expect("a link")..].to_owned();
    let link = link.split_whitespace().next().expect("a link").to_owned();
    mia.visit(&link).await;
    let chosen = "a long walk home";
    mia.fill("New password", chosen).fill("New password again", chosen).press("Set password").await;
    mia.fill("Email address", MIA).fill("Password", chosen).press("Sign in").await;
    mia.sees_heading("My profile");
    let mut thief = portal.browser();
    thief.visit(&link).await;
    assert_eq!(thief.status(), StatusCode::GONE);
    // Who reads some mailbox has not proved to read that of the user name.
    let proved = "SELECT count(*) FROM people WHERE email LIKE 'mia@%' AND mailbox_proved_at IS NOT NULL";
    assert_eq!(portal.database.number(proved), 0);
}

#[actix_web::test]
async fn a_password_that_was_reset_since_is_not_shown_any_more() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    adds(&mut ada, &alder, ("Mia", "Moss", "mia")).await;
    let (sheet, password) = (ada.path().to_owned(), password_of(&ada, MIA));
    let mut helen = portal.browser_of(Role::HelpdeskAgent).await;
    helen.visit(&format!("/customers/{alder}/users")).await;
    helen.follow("Mia Moss").await;
    helen.follow("Reset password").await;
    helen.sees_heading("Reset the password of mia@alder.onmicrosoft.com?");
    helen.press("Reset password").await;
    helen.sees_heading("New temporary password for mia@alder.onmicrosoft.com");
    ada.visit(&sheet).await;
    ada.sees("another password was set since").sees_not(&password);
}

#[actix_web::test]
async fn the_links_of_many_go_to_one_mailbox_in_one_letter() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    adds(&mut ada, &alder, ("User", "0", "user0")).await;
    for number in 1..10 {
        ada.follow("Add another user").await;
        fills(&mut ada, ("User", &number.to_string(), &format!("user{number}")));
        ada.press("Add").await;
    }
    for number in 0..10 {
        ada.fill(&format!("Email address for User {number}"), "office@alder.example");
    }
    ada.press("Mail links").await;
    ada.sees("10 links are on their way.").sees_heading("Sign-in info is gone");
    portal.carry_mail().await;
    let letters = portal.letters();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].body_text.matches("/set-password/").count(), 10);
}

#[actix_web::test]
async fn a_deleted_user_is_in_nobodys_hand() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    adds(&mut ada, &alder, ("Mia", "Moss", "mia")).await;
    let sheet = ada.path().to_owned();
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.sees("1 password waits for you to hand it over.");
    ada.follow("Mia Moss").await;
    ada.follow("Delete").await;
    ada.press("Yes, delete user").await;
    ada.sees_not("waits for you");
    ada.visit(&sheet).await;
    ada.sees_heading("Sign-in info is gone");
}

#[actix_web::test]
async fn who_is_there_already_is_mailed_a_link_in_place_of_a_password() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    adds(&mut ada, &alder, ("Mia", "Moss", "mia")).await;
    let password = password_of(&ada, MIA);
    ada.press("Done").await;
    ada.follow("Mia Moss").await;
    ada.follow("Reset password").await;
    let mut other_tab = ada.duplicate();
    other_tab.visit(ada.path()).await;
    ada.fill("Mail a link to (optional)", "mia at home").press("Reset password").await;
    ada.sees_problem("Mail a link to (optional)", "There is no @ in it");
    ada.fill("Mail a link to (optional)", "mia@home.example").press("Reset password").await;
    ada.sees("1 link is on its way.");
    portal.carry_mail().await;
    let letter = portal.letter_to("mia@home.example");
    assert!(letter.body_text.contains(MIA) && letter.body_text.contains("/set-password/"));
    let mut mia = portal.browser();
    mia.visit("/sign-in").await;
    mia.fill("Email address", MIA).fill("Password", &password).press("Sign in").await;
    mia.sees("do not match");
    // Whoever had opened the page before gives no second one by accident.
    other_tab.fill("Mail a link to (optional)", "mia@work.example").press("Reset password").await;
    assert_eq!(other_tab.status(), StatusCode::CONFLICT);
    ada.visit("/activity").await;
    ada.sees("Reset a customer user’s password");
}
