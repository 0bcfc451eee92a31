//! Codes of an authenticator app, recovery codes, and who asks for them.

use actix_web::cookie::Key;
use actix_web::http::StatusCode;
use futures_util::future::join_all;
use twotier::access::Role;
use twotier::config::SecondFactorRule;
use twotier::session::model::authenticator::AuthenticatorKey;
use twotier::values::moment::Moment;
use twotier::web::Vault;

use super::try_password;
use crate::support::browser::Browser;
use crate::support::fixtures::opens_sam;
use crate::support::portal::{PASSWORD, Portal};

/// A digit as Japanese keyboards write it.
fn wide(digit: char) -> char {
    char::from_u32(u32::from(digit) - u32::from('0') + u32::from('０')).expect("a digit")
}

/// An app that has taken the key of the page.
pub struct App(AuthenticatorKey);

impl App {
    fn with_key_of(browser: &Browser) -> App {
        let key = browser.html().split("id=\"key\">").nth(1).and_then(|rest| rest.split('<').next());
        App(AuthenticatorKey::parse(&key.expect("a key").replace(' ', "")).expect("a key"))
    }

    pub fn code(&self) -> String {
        self.0.code_at(Moment::now())
    }

    /// What it shows 30 seconds later, which counts already.
    fn next_code(&self) -> String {
        self.0.code_at(Moment::now().plus_seconds(30))
    }
}

/// Sets up a second factor; answers the app and the recovery codes.
pub async fn set_up(browser: &mut Browser) -> (App, Vec<String>) {
    browser.visit("/profile/second-factor").await;
    let app = App::with_key_of(browser);
    browser.fill("Code", &app.code()).press("Set up").await;
    browser.sees("Keep these recovery codes now.");
    let codes = browser.html().split("<li><code>").skip(1);
    let codes = codes.filter_map(|rest| rest.split('<').next()).map(str::to_owned).collect();
    (app, codes)
}

fn email_of(portal: &Portal, role: &str) -> String {
    let sql = format!("SELECT email AS text FROM people WHERE name = 'Sam {role}'");
    portal.database.texts(&sql).remove(0)
}

#[actix_web::test]
async fn somebody_sets_up_an_app_and_signs_in_with_its_code() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let email = email_of(&portal, "sales_agent");
    sam.visit("/profile").await;
    sam.follow("Set up a second factor").await;
    sam.sees_heading("Set up a second factor");
    assert!(sam.html().contains("<svg class=\"qr\""));
    let app = App::with_key_of(&sam);
    sam.press("Set up").await;
    sam.sees_problem("Code", "Enter the code.");
    sam.fill("Code", "000000").press("Set up").await;
    sam.sees_problem("Code", "This is not the code that the app shows now.")
        .sees("have your phone set its clock");
    assert_eq!(App::with_key_of(&sam).0.text(), app.0.text(), "the key that the app has taken stays");
    let first = app.code();
    sam.fill("Code", &first).press("Set up").await;
    sam.sees("Your second factor is set.").sees("Recovery codes left 10");
    sam.reload().await;
    sam.sees_not("Keep these recovery codes now.");
    portal.carry_mail().await;
    assert!(portal.letter_to(&email).subject.contains("second factor"));

    let mut phone = portal.browser();
    try_password(&mut phone, &email, PASSWORD).await;
    phone.sees_heading("Enter your code");
    phone.visit("/customers").await;
    phone.sees_heading("Sign in");
    phone.visit("/session/code?next=%2Forders").await;
    phone.fill("Code", "12 34").press("Sign in").await;
    phone.sees_problem("Code", "Type all six digits that the app shows, or a whole recovery code.");
    phone.fill("Code", "123456").press("Sign in").await;
    phone.sees_problem("Code", "This is not the code that the app shows now.");
    phone.fill("Code", &first).press("Sign in").await;
    phone.sees_problem("Code", "This code was used already, and each works once.");
    // Typed on a Japanese keyboard, in two groups.
    let second = app.next_code();
    let typed: String = second.chars().map(wide).collect();
    phone.fill("Code", &format!("{typed} ")).press("Sign in").await;
    phone.sees_heading("Orders");
    // The code that let the phone in lets nobody else in.
    let mut thief = portal.browser();
    try_password(&mut thief, &email, PASSWORD).await;
    thief.fill("Code", &second).press("Sign in").await;
    thief.sees_problem("Code", "This code was used already, and each works once.");
    portal.carry_mail().await;
    assert!(portal.letter_to(&email).subject.contains("new sign-in"));
    sam.visit("/activity").await;
    sam.sees_row(&["Set the own second factor", "Succeeded"]);
}

#[actix_web::test]
async fn a_recovery_code_lets_one_in_once_even_when_it_comes_twice_at_a_time() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let (_, codes) = set_up(&mut sam).await;
    assert_eq!(codes.len(), 10);
    let email = email_of(&portal, "sales_agent");
    let mut browsers = Vec::new();
    for _ in 0..4 {
        let mut browser = portal.browser();
        try_password(&mut browser, &email, PASSWORD).await;
        browsers.push(browser);
    }
    let fields = [("code", codes[0].as_str()), ("next", "/orders")];
    join_all(browsers.iter_mut().map(|browser| browser.post("/session/code", &fields))).await;
    let inside = browsers.iter().filter(|browser| browser.path() == "/orders").count();
    assert_eq!(inside, 1);
    sam.visit("/profile/second-factor").await;
    sam.sees("Recovery codes left 9");
    sam.press("Make new recovery codes").await;
    sam.sees("Recovery codes left 10").sees_not(&codes[1]);
    let mut late = portal.browser();
    try_password(&mut late, &email, PASSWORD).await;
    late.fill("Code", &codes[1]).press("Sign in").await;
    late.sees_problem("Code", "This recovery code does not work.");
    sam.visit("/activity").await;
    sam.sees_row(&["Sign in with a recovery code"]).sees_row(&["Renew the own recovery codes"]);
}

#[actix_web::test]
async fn a_language_chosen_before_the_password_lasts_until_after_the_code() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let (_, codes) = set_up(&mut sam).await;
    let email = email_of(&portal, "sales_agent");
    let mut phone = portal.browser();
    phone.post("/language", &[("language", "zh-Hans"), ("next", "/sign-in")]).await;
    phone.post("/session", &[("email", &email), ("password", PASSWORD)]).await;
    sam.visit("/profile").await;
    sam.sees_heading("My profile");
    phone.post("/session/code", &[("code", &codes[0]), ("next", "/profile")]).await;
    phone.sees_heading("我的个人资料");
}

#[actix_web::test]
async fn after_several_wrong_codes_there_is_a_pause_and_after_ten_minutes_the_password_is_asked_again() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    set_up(&mut sam).await;
    let mut thief = portal.browser();
    try_password(&mut thief, &email_of(&portal, "sales_agent"), PASSWORD).await;
    for _ in 0..7 {
        thief.post("/session/code", &[("code", "000000")]).await;
    }
    assert_eq!(thief.status(), StatusCode::TOO_MANY_REQUESTS);
    thief.sees("There were several failed tries.");
    portal.database.change("UPDATE sign_ins SET created_at = '2026-01-01 00:00:00' WHERE awaits_code");
    thief.visit("/session/code").await;
    thief.sees_heading("Sign in");
    thief.post("/session/code", &[("code", "000000")]).await;
    thief.sees_heading("Sign in");
}

#[actix_web::test]
async fn another_app_takes_the_place_of_the_first_and_can_be_removed() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let (first, _) = set_up(&mut sam).await;
    sam.visit("/profile/second-factor").await;
    sam.follow("Use another app").await;
    let second = App::with_key_of(&sam);
    assert_ne!(second.0.text(), first.0.text());
    sam.fill("Code", &second.code()).press("Set up").await;
    let email = email_of(&portal, "sales_agent");
    let mut phone = portal.browser();
    try_password(&mut phone, &email, PASSWORD).await;
    phone.fill("Code", &first.next_code()).press("Sign in").await;
    phone.sees_problem("Code", "This is not the code that the app shows now.");
    sam.follow("Remove").await;
    sam.press("Yes, remove").await;
    sam.sees("Your second factor is removed.");
    portal.carry_mail().await;
    assert!(portal.letter_to(&email).subject.contains("removed"));
    try_password(&mut phone, &email, PASSWORD).await;
    phone.sees_heading("Customers");
}

#[actix_web::test]
async fn an_organization_asks_everybody_for_a_second_factor() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let mut uma = portal.browser_of(Role::UserAdmin).await;
    uma.visit("/people/second-factor").await;
    assert_eq!(uma.status(), StatusCode::FORBIDDEN);
    set_up(&mut gina).await;
    gina.visit("/people").await;
    gina.follow("Second factor for everybody").await;
    gina.sees("Without a second factor 2 users");
    gina.press("Require it of everybody").await;
    gina.sees("Required");
    sam.visit("/customers").await;
    sam.sees_heading("Set up a second factor").sees("Everybody here needs one.");
    set_up(&mut sam).await;
    sam.visit("/customers").await;
    sam.sees_heading("Customers");
    sam.visit("/profile/second-factor").await;
    sam.sees_no_link("Remove");
    sam.post("/profile/second-factor/removal", &[]).await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    gina.press("No longer require it").await;
    gina.sees("Each as they like");
    uma.visit("/people").await;
    uma.sees_heading("User management");
    gina.visit("/activity").await;
    gina.sees_row(&["Change whether a second factor is required"]);
}

#[actix_web::test]
async fn an_installation_can_ask_everybody_for_a_second_factor() {
    let portal = Portal::open_with(|site| site.second_factor = SecondFactorRule::Everybody).await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut sam = portal.browser();
    try_password(&mut sam, &email, PASSWORD).await;
    sam.sees_heading("Set up a second factor");
    set_up(&mut sam).await;
    sam.visit("/customers").await;
    sam.sees_heading("Customers");
}

#[actix_web::test]
async fn an_admin_removes_the_second_factor_of_somebody_who_lost_it() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let mut uma = portal.browser_of(Role::UserAdmin).await;
    set_up(&mut sam).await;
    set_up(&mut gina).await;
    opens_sam(&mut uma).await;
    uma.follow("Remove second factor").await;
    uma.press("Yes, remove").await;
    uma.sees("The second factor is removed.").sees_no_link("Remove second factor");
    let email = email_of(&portal, "sales_agent");
    portal.carry_mail().await;
    assert!(portal.letter_to(&email).body_text.contains("Sam user_admin removed the second factor"));
    let mut phone = portal.browser();
    try_password(&mut phone, &email, PASSWORD).await;
    phone.sees_heading("Customers");
    // Not that of a Global admin.
    let id = portal.database.texts("SELECT id AS text FROM people WHERE name = 'Sam global_admin'").remove(0);
    uma.visit(&format!("/people/{id}/second-factor/removal")).await;
    assert_eq!(uma.status(), StatusCode::FORBIDDEN);
    uma.post(&format!("/people/{id}/second-factor/removal"), &[]).await;
    assert_eq!(uma.status(), StatusCode::FORBIDDEN);
    assert_eq!(portal.database.number("SELECT count(*) FROM second_factors"), 1);
    let plain =
        "SELECT count(*) FROM second_factors WHERE sealed_key LIKE '%otpauth%' OR length(sealed_key) < 60";
    assert_eq!(portal.database.number(plain), 0, "keys are sealed");
}

#[actix_web::test]
async fn the_same_form_sent_twice_sets_one_second_factor_and_its_codes_work() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let mut elsewhere = portal.browser();
    let email = email_of(&portal, "sales_agent");
    try_password(&mut elsewhere, &email, PASSWORD).await;
    sam.visit("/profile/second-factor").await;
    let app = App::with_key_of(&sam);
    let offer = sam.html().split("name=\"offer\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let (offer, code) = (offer.expect("an offer").to_owned(), app.code());
    let fields = [("offer", offer.as_str()), ("code", code.as_str())];
    let (mut one, mut other) = (sam.clone_session(), sam.clone_session());
    join_all([one.post("/profile/second-factor", &fields), other.post("/profile/second-factor", &fields)])
        .await;
    assert_eq!(portal.database.number("SELECT count(*) FROM second_factors"), 1);
    assert_eq!(portal.database.number("SELECT count(*) FROM recovery_codes"), 10);
    let set = "SELECT count(*) FROM activity_records WHERE action = 'set_second_factor'";
    assert_eq!(portal.database.number(set), 1);
    portal.carry_mail().await;
    assert_eq!(portal.letters().iter().filter(|letter| letter.subject.contains("second factor")).count(), 1);
    elsewhere.visit("/customers").await;
    elsewhere.sees_heading("Sign in");
}

#[actix_web::test]
async fn the_owner_is_told_of_wrong_codes_after_the_right_password_and_of_a_key_that_cannot_be_read() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let (_, codes) = set_up(&mut sam).await;
    let email = email_of(&portal, "sales_agent");
    let mut thief = portal.browser();
    try_password(&mut thief, &email, PASSWORD).await;
    for _ in 0..5 {
        thief.post("/session/code", &[("code", "000000")]).await;
    }
    portal.database.change("UPDATE sign_in_throttles SET closed_until = '2026-01-01 00:00:00'");
    thief.post("/session/code", &[("code", "000000")]).await;
    portal.carry_mail().await;
    assert!(portal.letter_to(&email).subject.contains("Somebody knows your password"));
    sam.visit("/activity").await;
    sam.sees_row(&["Slow down wrong codes after the right password", "This portal, by itself"]);
    // As after a change of the session key: the app is of no use, a recovery code is.
    portal.database.change("UPDATE second_factors SET sealed_key = 'nothing that opens'");
    let mut phone = portal.browser();
    try_password(&mut phone, &email, PASSWORD).await;
    phone.fill("Code", "123456").press("Sign in").await;
    phone.sees("This portal can no longer read what it shares with your app.");
    portal.database.change("UPDATE sign_in_throttles SET closed_until = '2026-01-01 00:00:00'");
    phone.fill("Code", &codes[3]).press("Sign in").await;
    phone.sees_heading("Customers");
}

#[actix_web::test]
async fn the_session_key_is_changed_and_authenticator_apps_go_on() {
    let mut portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let (app, _) = set_up(&mut sam).await;
    let email = email_of(&portal, "sales_agent");
    let (old, new) = (portal.parts.cookie_key.clone(), Key::generate());
    let both = Vault::after(&new, &[old]);
    assert_eq!(twotier::session::reseal(&portal.db, &both).await.expect("it is sealed anew"), 1);
    assert_eq!(twotier::session::reseal(&portal.db, &both).await.expect("it is"), 0, "once is enough");
    // From the next start on the old key is not needed.
    portal.parts.vault = Vault::of(&new);
    portal.parts.cookie_key = new;
    portal.restart().await;
    let mut phone = portal.browser();
    try_password(&mut phone, &email, PASSWORD).await;
    phone.fill("Code", &app.next_code()).press("Sign in").await;
    phone.sees_heading("Customers");
}
