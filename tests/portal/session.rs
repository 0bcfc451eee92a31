//! Signing in and out, one's own password, and what every request goes through.

mod busy;
mod clock;
mod confirmation;
mod grace;
mod kept;
mod passwords;
mod renewal;
pub mod second_factor;
mod security_log;
mod throttle;

use actix_web::http::StatusCode;
use diesel::prelude::*;
use twotier::access::{OrganisationKind, Role};
use twotier::db::schema::{people, sign_ins};
use twotier::values::moment::Moment;

use crate::support::browser::Browser;
use crate::support::portal::{ORIGIN, PASSWORD, Portal};
use crate::support::wire::Call;

async fn try_password(browser: &mut Browser, email: &str, password: &str) -> StatusCode {
    browser.visit("/sign-in").await;
    browser.fill("Email address", email).fill("Password", password).press("Sign in").await;
    browser.status()
}

/// What a page says, without what differs with every request.
fn words(browser: &Browser, email: &str) -> String {
    browser.html().replace(email, "EMAIL")
}

#[actix_web::test]
async fn somebody_signs_in_and_out() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.sees("Harbor Distribution");
    sam.press("Sign out").await;
    sam.sees_heading("Sign in");
    sam.visit("/activity").await;
    sam.sees_heading("Sign in");
}

#[actix_web::test]
async fn an_unknown_account_and_a_wrong_password_have_the_same_answer() {
    let portal = Portal::open().await;
    let known = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let (mut one, mut other) = (portal.browser(), portal.browser());
    let wrong = try_password(&mut one, &known, "not the password").await;
    let unknown = try_password(&mut other, "nobody@harbor.example", "not the password").await;
    assert_eq!((wrong, unknown), (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY));
    assert_eq!(words(&one, &known), words(&other, "nobody@harbor.example"));
    one.sees("Email address and password do not match.");
    assert_eq!(one.field("Email address"), known);
    assert_eq!(one.field("Password"), "");
}

#[actix_web::test]
async fn somebody_inactive_is_unknown() {
    let portal = Portal::open().await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let gone = email.clone();
    portal
        .query(move |conn| {
            let person = people::table.filter(people::email.eq(gone));
            Ok(diesel::update(person).set(people::state.eq("inactive")).execute(conn)?)
        })
        .await;
    let mut browser = portal.browser();
    assert_eq!(try_password(&mut browser, &email, PASSWORD).await, StatusCode::UNPROCESSABLE_ENTITY);
    browser.sees("Email address and password do not match.");
}

#[actix_web::test]
async fn failed_tries_slow_the_next_one_down_whether_there_is_an_account_or_not() {
    let portal = Portal::open().await;
    let known = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut answers = Vec::new();
    for email in [known.as_str(), "nobody@harbor.example"] {
        let mut browser = portal.browser();
        let mut tries = 0;
        while try_password(&mut browser, email, "not the password").await != StatusCode::TOO_MANY_REQUESTS {
            tries += 1;
            assert!(tries < 20, "nothing slows {email} down");
        }
        assert!(tries >= 5, "{email} was slowed down after {tries} tries");
        browser.sees("There were several failed tries.");
        // Now even the right password has to wait.
        if email == known {
            assert_eq!(try_password(&mut browser, email, PASSWORD).await, StatusCode::TOO_MANY_REQUESTS);
        }
        answers.push(browser.title());
    }
    assert_eq!(answers[0], answers[1]);
    // Somebody else at the same address is not held up.
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/activity").await;
    sam.sees_heading("Activity log");
}

#[actix_web::test]
async fn missing_entries_are_named_at_their_fields() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    browser.visit("/sign-in").await;
    browser.press("Sign in").await;
    browser
        .sees_problem("Email address", "Enter the email address.")
        .sees_problem("Password", "Enter the password.");
    let status = try_password(&mut browser, "a@b.example", &"x".repeat(100_000)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[actix_web::test]
async fn a_temporary_password_is_changed_before_anything_else() {
    let portal = Portal::open().await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let person = email.clone();
    portal
        .query(move |conn| {
            let person = people::table.filter(people::email.eq(person));
            Ok(diesel::update(person).set(people::must_change_password.eq(true)).execute(conn)?)
        })
        .await;
    let mut sam = portal.browser();
    try_password(&mut sam, &email, PASSWORD).await;
    sam.sees_heading("Change your password").sees("Choose a password of your own first.");
    sam.visit("/activity").await;
    sam.sees_heading("Change your password");
    sam.fill("Current password", "wrong wrong wrong")
        .fill("New password", "a brand new password")
        .fill("New password again", "a brand new password")
        .press("Change password")
        .await;
    sam.sees_problem("Current password", "This is not right. Try again.");
    sam.fill("Current password", PASSWORD)
        .fill("New password", PASSWORD)
        .fill("New password again", "something else")
        .press("Change password")
        .await;
    sam.sees_problem("New password", "This is the same as before.");
    sam.sees_problem("New password again", "The two entries differ.");
    sam.fill("Current password", PASSWORD).fill("New password", "short");
    sam.fill("New password again", "short").press("Change password").await;
    sam.sees_problem("New password", "Use 12 characters or more.");
    sam.fill("Current password", PASSWORD)
        .fill("New password", "a brand new password")
        .fill("New password again", "a brand new password")
        .press("Change password")
        .await;
    sam.sees("Your password is changed.");
    let mut again = portal.browser();
    assert_eq!(try_password(&mut again, &email, PASSWORD).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(try_password(&mut again, &email, "a brand new password").await, StatusCode::OK);
}

#[actix_web::test]
async fn a_new_password_ends_the_sessions_elsewhere() {
    let portal = Portal::open().await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let (mut office, mut home) = (portal.browser(), portal.browser());
    try_password(&mut office, &email, PASSWORD).await;
    try_password(&mut home, &email, PASSWORD).await;
    office.visit("/password").await;
    office
        .fill("Current password", PASSWORD)
        .fill("New password", "a brand new password")
        .fill("New password again", "a brand new password")
        .press("Change password")
        .await;
    office.visit("/activity").await;
    office.sees_heading("Activity log");
    home.visit("/activity").await;
    home.sees_heading("Sign in");
}

#[actix_web::test]
async fn signing_in_leads_back_to_the_page_that_was_asked_for() {
    let portal = Portal::open().await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut sam = portal.browser();
    sam.visit("/activity?search=fabrikam").await;
    sam.sees_heading("Sign in");
    sam.fill("Email address", &email).fill("Password", PASSWORD).press("Sign in").await;
    sam.sees_heading("Activity log");
    assert_eq!(sam.query("search").as_deref(), Some("fabrikam"));
}

#[actix_web::test]
async fn signing_in_never_leads_to_another_site() {
    let portal = Portal::open().await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    for next in ["https://evil.example/", "//evil.example/", "/\\evil.example", "evil", "/session/end"] {
        let mut sam = portal.browser();
        sam.visit("/sign-in").await;
        let form = [("email", email.as_str()), ("password", PASSWORD), ("next", next)];
        sam.stay().post("/session", &form).await;
        assert_eq!(sam.header("location"), Some("/"), "{next}");
    }
}

#[actix_web::test]
async fn a_way_back_with_control_characters_leads_to_the_start() {
    let portal = Portal::open().await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut sam = portal.browser();
    let form = [("email", email.as_str()), ("password", PASSWORD), ("next", "/\u{1}")];
    sam.stay().post("/session", &form).await;
    assert_eq!((sam.status(), sam.header("location")), (StatusCode::SEE_OTHER, Some("/")));
    sam.stay().visit("/sign-in?next=/%01").await;
    assert_eq!((sam.status(), sam.header("location")), (StatusCode::SEE_OTHER, Some("/")));
}

#[actix_web::test]
async fn a_session_that_the_server_ended_is_worth_nothing() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let mut thief = portal.browser();
    let stolen = sam.cookie("twotier").expect("a cookie");
    thief.set_cookie("twotier", &stolen);
    thief.visit("/activity").await;
    thief.sees_heading("Activity log");
    sam.press("Sign out").await;
    thief.visit("/activity").await;
    thief.sees_heading("Sign in");
}

#[actix_web::test]
async fn a_session_ends_after_a_time_without_use() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let long_ago = Moment::now().plus_days(-2);
    portal
        .query(move |conn| {
            let unused = sign_ins::last_seen_at.eq(long_ago);
            Ok(diesel::update(sign_ins::table).set(unused).execute(conn)?)
        })
        .await;
    sam.visit("/activity").await;
    sam.sees_heading("Sign in");
}

#[actix_web::test]
async fn a_made_up_cookie_is_nobody() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    for cookie in ["", "nonsense", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        browser.set_cookie("twotier", cookie);
        browser.visit("/activity").await;
        browser.sees_heading("Sign in");
    }
}

#[actix_web::test]
async fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let form = |email: &str| {
        Call::post("/session", &[("email", email), ("password", PASSWORD)])
            .with("sec-fetch-site", "same-origin")
    };
    let portal = Portal::open().await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let answer = portal.browser().send(form(&email)).await;
    let cookie = answer.header("set-cookie").expect("a cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    assert!(!cookie.contains("Secure"), "{cookie}");
    let portal = Portal::open_with(|site| site.base_url = "https://portal.example".to_owned()).await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let answer = portal.browser().send(form(&email)).await;
    let cookie = answer.header("set-cookie").expect("a cookie");
    assert!(cookie.contains("Secure"), "{cookie}");
    let hsts = answer.header("strict-transport-security");
    assert_eq!(hsts, Some("max-age=31536000"));
}

#[actix_web::test]
async fn every_answer_carries_the_security_headers() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    for path in ["/sign-in", "/activity", "/nowhere", "/healthz", "/activity/export", "/static/nothing.css"] {
        let answer = sam.send(Call::get(path)).await;
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(
            policy.starts_with("default-src 'self'") && policy.contains("frame-ancestors 'none'"),
            "{path}"
        );
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("same-origin"), "{path}");
    }
    sam.visit("/activity").await;
    assert_eq!(sam.header("cache-control"), Some("private, no-store"));
}

#[actix_web::test]
async fn a_form_of_another_site_changes_nothing() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let out = || Call::post("/session/end", &[("a", "b")]);
    for call in [
        out(),
        out().with("sec-fetch-site", "cross-site"),
        out().with("sec-fetch-site", "same-site").with("origin", ORIGIN),
        out().with("origin", "http://evil.example"),
        out().with("origin", "null"),
    ] {
        let answer = sam.send(call).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.text().contains("The request came from another site"));
    }
    sam.visit("/activity").await;
    sam.sees_heading("Activity log");
    // Browsers that say nothing of the site say the origin.
    let answer = sam.send(out().with("origin", ORIGIN)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[actix_web::test]
async fn a_body_that_is_too_large_is_answered_with_a_page() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.post("/password", &[("current", &"x".repeat(300 * 1024))]).await;
    assert_eq!(sam.status(), StatusCode::PAYLOAD_TOO_LARGE);
    sam.sees_heading("Too large");
}

#[actix_web::test]
async fn a_body_that_is_no_form_is_answered_with_a_page() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let call = Call { body: b"{}".to_vec(), ..Call::post("/password", &[("a", "b")]) };
    let call = Call { headers: vec![], ..call }.with("content-type", "application/json");
    let answer = sam.send(call.with("sec-fetch-site", "same-origin")).await;
    assert!(answer.status.is_client_error() && answer.is_html(), "{}", answer.status);
}

#[actix_web::test]
async fn an_unknown_path_is_a_page_with_the_request_id() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/no/such/page").await;
    assert_eq!(sam.status(), StatusCode::NOT_FOUND);
    sam.sees_heading("Not found").sees("request id: ");
    sam.post("/activity", &[]).await;
    assert_eq!(sam.status(), StatusCode::METHOD_NOT_ALLOWED);
    let mut stranger = portal.browser();
    stranger.visit("/no/such/page").await;
    stranger.sees_heading("Sign in");
}

#[actix_web::test]
async fn the_start_is_where_the_work_is() {
    let portal = Portal::open().await;
    let twotier = portal.has_organisation(OrganisationKind::Operator, "Operator", "DE").await;
    for (mut browser, path) in [
        (portal.browser_of(Role::SalesAgent).await, "/customers"),
        (portal.browser_of(Role::BillingAdmin).await, "/activity"),
        (portal.browser_in(&twotier, &[Role::GlobalAdmin]).await, "/operator"),
    ] {
        browser.visit("/").await;
        assert_eq!(browser.path(), path);
    }
}

#[actix_web::test]
async fn health_is_answered_without_an_account() {
    let portal = Portal::open().await;
    let answer = portal.browser().send(Call::get("/healthz")).await;
    assert_eq!((answer.status, answer.text().as_str()), (StatusCode::OK, "ok\n"));
}

#[actix_web::test]
async fn a_static_file_is_kept_for_good_under_the_address_of_its_content_only() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    let address = twotier::web::assets::address("css/base.css");
    let own = browser.send(Call::get(address)).await;
    assert_eq!(own.header("cache-control"), Some("public, max-age=31536000, immutable"));
    for other in ["/static/css/base.css", "/static/css/base.css?v=00000000", "/static/css/base.css?%ff"] {
        let answer = browser.send(Call::get(other)).await;
        assert_eq!(
            (answer.status, answer.header("cache-control")),
            (StatusCode::OK, Some("no-cache")),
            "{other}"
        );
    }
}
