//! Wrong passwords: they slow an attacker down wherever he stands, and keep no owner out.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use twotier::access::Role;
use twotier::db::schema::{known_browsers, sign_in_throttles, sign_ins};
use twotier::values::moment::Moment;

use crate::support::browser::Browser;
use crate::support::portal::{PASSWORD, Portal};
use crate::support::wire::Call;

const OFFICE: &str = "192.0.2.1";
const WRONG: &str = "not the password";

const TAKEN: StatusCode = StatusCode::SEE_OTHER;
const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const SLOWED: StatusCode = StatusCode::TOO_MANY_REQUESTS;

/// A portal behind a proxy, which tells it where visitors come from.
async fn open() -> Portal {
    Portal::open_with(|site| site.trusted_proxies = 1).await
}

async fn try_from(browser: &mut Browser, address: &str, email: &str, password: &str) -> StatusCode {
    let call = Call::post("/session", &[("email", email), ("password", password)]);
    let call = call.with("sec-fetch-site", "same-origin").with("x-forwarded-for", address);
    browser.send(call).await.status
}

/// Tries wrong passwords until the next one has to wait; answers how many were taken.
async fn try_until_slowed(portal: &Portal, email: &str, address: impl Fn(usize) -> String) -> usize {
    let mut count = 0;
    while try_from(&mut portal.browser(), &address(count), email, WRONG).await != SLOWED {
        count += 1;
        assert!(count < 200, "nothing slows the attacker down");
    }
    count
}

#[actix_web::test]
async fn typos_of_colleagues_do_not_stop_the_others() {
    let portal = open().await;
    let mut colleagues = Vec::new();
    for _ in 0..20 {
        colleagues.push(portal.add_person(&portal.harbor, &[Role::SalesAgent]).await);
    }
    for email in &colleagues {
        for _ in 0..4 {
            assert_eq!(try_from(&mut portal.browser(), OFFICE, email, WRONG).await, REFUSED);
        }
    }
    for email in &colleagues {
        assert_eq!(try_from(&mut portal.browser(), OFFICE, email, PASSWORD).await, TAKEN);
        // Their typos are forgotten, so four more are free.
        assert_eq!(try_from(&mut portal.browser(), OFFICE, email, WRONG).await, REFUSED);
    }
}

#[actix_web::test]
async fn guessing_from_one_place_is_slowed_down_whatever_address_the_host_takes() {
    let portal = open().await;
    let ann = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let count = try_until_slowed(&portal, &ann, |count| format!("2001:db8:1:2::{count:x}")).await;
    assert_eq!(count, 5);
    // Even the right password has to wait there, but nowhere else.
    assert_eq!(try_from(&mut portal.browser(), "2001:db8:1:2::ffff", &ann, PASSWORD).await, SLOWED);
    assert_eq!(try_from(&mut portal.browser(), "2001:db8:1:100::1", &ann, PASSWORD).await, TAKEN);
}

#[actix_web::test]
async fn the_owner_gets_in_by_a_browser_that_is_known_while_somebody_attacks_the_account() {
    let portal = open().await;
    let ann = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut home = portal.browser();
    assert_eq!(try_from(&mut home, OFFICE, &ann, PASSWORD).await, TAKEN);
    let count = try_until_slowed(&portal, &ann, |count| format!("198.51.100.{count}")).await;
    assert_eq!(count, 50);
    // From the attackers' networks and from her own.
    for address in ["198.51.100.1", OFFICE] {
        assert_eq!(try_from(&mut portal.browser(), address, &ann, PASSWORD).await, SLOWED);
        assert_eq!(try_from(&mut home, address, &ann, PASSWORD).await, TAKEN);
    }
    // Other accounts are as open as before.
    let bob = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    assert_eq!(try_from(&mut portal.browser(), OFFICE, &bob, PASSWORD).await, TAKEN);
}

#[actix_web::test]
async fn a_known_browser_is_known_to_its_own_people_only_and_may_not_guess_for_ever() {
    let portal = open().await;
    let ann = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let bob = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut of_bob = portal.browser();
    assert_eq!(try_from(&mut of_bob, OFFICE, &bob, PASSWORD).await, TAKEN);
    try_until_slowed(&portal, &ann, |_| OFFICE.to_owned()).await;
    assert_eq!(try_from(&mut of_bob, OFFICE, &ann, WRONG).await, SLOWED);
    for _ in 0..5 {
        assert_eq!(try_from(&mut of_bob, OFFICE, &bob, WRONG).await, REFUSED);
    }
    assert_eq!(try_from(&mut of_bob, OFFICE, &bob, PASSWORD).await, SLOWED);
}

#[actix_web::test]
async fn a_made_up_browser_is_known_to_nobody() {
    let portal = open().await;
    let ann = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    try_until_slowed(&portal, &ann, |_| OFFICE.to_owned()).await;
    for cookie in ["", "nonsense", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        let mut browser = portal.browser();
        browser.set_cookie("twotier-browser", cookie);
        assert_eq!(try_from(&mut browser, OFFICE, &ann, PASSWORD).await, SLOWED);
    }
}

#[actix_web::test]
async fn trying_many_accounts_from_one_network_is_slowed_down() {
    let portal = open().await;
    let ann = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut known = portal.browser();
    assert_eq!(try_from(&mut known, OFFICE, &ann, PASSWORD).await, TAKEN);
    let mut count = 0;
    let stranger = |count: i32| format!("nobody{count}@harbor.example");
    while try_from(&mut portal.browser(), OFFICE, &stranger(count), WRONG).await != SLOWED {
        count += 1;
        assert!(count < 200, "nothing slows the attacker down");
    }
    assert_eq!(count, 100);
    assert_eq!(try_from(&mut known, OFFICE, &ann, PASSWORD).await, TAKEN);
    assert_eq!(try_from(&mut portal.browser(), "192.0.2.2", &ann, PASSWORD).await, TAKEN);
}

#[actix_web::test]
async fn a_restart_forgets_neither_wrong_passwords_nor_browsers() {
    let mut portal = open().await;
    let ann = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut known = portal.browser();
    assert_eq!(try_from(&mut known, OFFICE, &ann, PASSWORD).await, TAKEN);
    try_until_slowed(&portal, &ann, |_| OFFICE.to_owned()).await;
    portal.restart().await;
    assert_eq!(try_from(&mut portal.browser(), OFFICE, &ann, PASSWORD).await, SLOWED);
    let mut again = portal.browser();
    again.set_cookie("twotier-browser", &known.cookie("twotier-browser").expect("a cookie"));
    assert_eq!(try_from(&mut again, OFFICE, &ann, PASSWORD).await, TAKEN);
}

#[actix_web::test]
async fn a_new_password_forgets_the_browsers_elsewhere() {
    let portal = open().await;
    let ann = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let (mut here, mut lost) = (portal.browser(), portal.browser());
    assert_eq!(try_from(&mut here, OFFICE, &ann, PASSWORD).await, TAKEN);
    assert_eq!(try_from(&mut lost, OFFICE, &ann, PASSWORD).await, TAKEN);
    here.visit("/password").await;
    here.fill("Current password", PASSWORD).fill("New password", "a brand new password");
    here.fill("New password again", "a brand new password").press("Change password").await;
    try_until_slowed(&portal, &ann, |_| OFFICE.to_owned()).await;
    assert_eq!(try_from(&mut lost, OFFICE, &ann, "a brand new password").await, SLOWED);
    assert_eq!(try_from(&mut here, OFFICE, &ann, "a brand new password").await, TAKEN);
}

#[actix_web::test]
async fn sign_ins_browsers_and_tallies_that_are_over_are_cleared_away() {
    let portal = open().await;
    let ann = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    for _ in 0..3 {
        assert_eq!(try_from(&mut portal.browser(), OFFICE, &ann, PASSWORD).await, TAKEN);
        assert_eq!(try_from(&mut portal.browser(), "192.0.2.2", &ann, WRONG).await, REFUSED);
    }
    let past = Moment::now().plus_days(-200);
    let age = move |conn: &mut twotier::db::Connection| {
        diesel::update(sign_ins::table).set(sign_ins::last_seen_at.eq(past)).execute(conn)?;
        diesel::update(known_browsers::table).set(known_browsers::last_seen_at.eq(past)).execute(conn)?;
        let tallies = diesel::update(sign_in_throttles::table);
        Ok(tallies.set(sign_in_throttles::forgotten_at.eq(past)).execute(conn)?)
    };
    assert!(portal.query(age).await > 0);
    assert_eq!(try_from(&mut portal.browser(), OFFICE, &ann, PASSWORD).await, TAKEN);
    portal.does("sweep_sign_ins", Moment::now()).await;
    for table in ["sign_ins", "known_browsers"] {
        assert_eq!(portal.database.number(&format!("SELECT count(*) FROM {table}")), 1, "{table}");
    }
    // What is left counts the letter about the new browser.
    assert_eq!(portal.database.number("SELECT count(*) FROM sign_in_throttles"), 1);
}

#[actix_web::test]
async fn the_browsers_cookie_lasts_and_is_out_of_reach_of_scripts_and_other_sites() {
    for (base_url, name, is_secure) in [
        ("http://portal.example", "twotier-browser", false),
        ("https://portal.example", "__Host-twotier-browser", true),
    ] {
        let portal = Portal::open_with(|site| site.base_url = base_url.to_owned()).await;
        let ann = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
        let call = Call::post("/session", &[("email", ann.as_str()), ("password", PASSWORD)]);
        let answer = portal.browser().send(call.with("sec-fetch-site", "same-origin")).await;
        let mut cookies = answer.headers.get_all("set-cookie").filter_map(|cookie| cookie.to_str().ok());
        let cookie = cookies.find(|cookie| cookie.starts_with(&format!("{name}="))).expect("a cookie");
        for word in ["HttpOnly", "SameSite=Lax", "Max-Age=15552000", "Path=/"] {
            assert!(cookie.contains(word), "{word} is missing from {cookie}");
        }
        assert_eq!(cookie.contains("Secure"), is_secure, "{cookie}");
    }
}

#[actix_web::test]
async fn owner_and_log_are_told_once_of_ten_wrong_passwords_from_many_networks_and_the_answer_does_not() {
    let portal = open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    let known = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    for email in [known.as_str(), "nobody@harbor.example"] {
        for number in 0..40 {
            let address = format!("2001:db8:{number:x}::1");
            assert_eq!(try_from(&mut portal.browser(), &address, email, WRONG).await, REFUSED);
        }
    }
    // One row a try and one for each alarm, whether there is such an account or not, and nothing of what was typed.
    assert_eq!(portal.database.number("SELECT count(*) FROM wrong_tries"), 82);
    assert_eq!(portal.database.number("SELECT count(*) FROM wrong_tries WHERE person_id IS NULL"), 41);
    portal.carry_mail().await;
    let told =
        |email: &str| portal.letters().iter().filter(|letter| letter.to_email.as_str() == email).count();
    assert_eq!((told(&known), told("nobody@harbor.example")), (1, 0));
    let letter = portal.letter_to(&known);
    assert!(letter.subject.contains("Somebody tries passwords"), "{}", letter.subject);
    assert!(letter.body_text.contains("2001:db8:9::1"), "{}", letter.body_text);
    gina.visit("/activity").await;
    gina.sees_row(&["Slow down wrong passwords", "This portal, by itself", "Failed"]);
    let slowed = "SELECT count(*) FROM activity_records WHERE action = 'slow_passwords'";
    assert_eq!(portal.database.number(slowed), 1);
    assert_eq!(portal.database.number("SELECT count(*) FROM wrong_tries"), 0);
}

#[actix_web::test]
async fn a_new_password_by_mail_ends_the_pause_for_its_owner() {
    let portal = open().await;
    let ann = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    try_until_slowed(&portal, &ann, |count| format!("198.51.100.{count}")).await;
    assert_eq!(try_from(&mut portal.browser(), OFFICE, &ann, PASSWORD).await, SLOWED);
    let mut owner = portal.browser();
    owner.visit("/forgotten-password").await;
    owner.fill("Email address", &ann).press("Mail a link").await;
    portal.carry_mail().await;
    // Beside the letter that tells of the guessing.
    let letters = portal.letters();
    let mut lines = letters.iter().flat_map(|letter| letter.body_text.lines().map(str::trim));
    let link = lines.find(|line| line.contains("/set-password/")).expect("a link");
    owner.visit(link).await;
    let new = "a long walk home";
    owner.fill("New password", new).fill("New password again", new).press("Set password").await;
    // Even in a browser that was never here.
    assert_eq!(try_from(&mut portal.browser(), OFFICE, &ann, new).await, TAKEN);
}
