//! What is refused, and forms that are shown again: every address with an id that nobody has, and every form empty.

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use diesel::connection::SimpleConnection as _;
use scraper::Html;
use twotier::access::{OrganisationKind, Role};
use twotier::values::password::Turn;

use super::{PSEUDO, Reader, everybody_reads_it, said};
use crate::access::{Row, call, organisation_of, rows};
use crate::support::browser::Browser;
use crate::support::portal::{PASSWORD, Portal};
use crate::support::wire::Call;

#[actix_web::test]
async fn no_answer_to_a_provider_has_english_left() {
    read_answers(OrganisationKind::Provider).await;
}

#[actix_web::test]
async fn no_answer_to_a_reseller_has_english_left() {
    read_answers(OrganisationKind::Reseller).await;
}

#[actix_web::test]
async fn no_answer_to_the_operator_has_english_left() {
    read_answers(OrganisationKind::Operator).await;
}

#[actix_web::test]
async fn no_answer_to_a_customer_has_english_left() {
    read_answers(OrganisationKind::Customer).await;
}

#[actix_web::test]
async fn no_answer_to_strangers_has_english_left() {
    let portal = Portal::open().await;
    let mut stranger = portal.browser();
    stranger.set_cookie("twotier-language", PSEUDO);
    stranger.visit("/sign-in").await;
    let reader = Reader::of(&portal);
    let is_page = |row: &Row| row.who == "public" && !row.path.starts_with("/static");
    let mut english = left_after(&reader, &mut stranger, is_page).await;
    for kind in ["reseller", "provider"] {
        stranger.post(&format!("/enrol/{kind}"), &[]).await;
        assert_eq!(stranger.status(), StatusCode::UNPROCESSABLE_ENTITY);
        english.extend(reader.left(stranger.page().root()));
    }
    nothing(english);
}

#[actix_web::test]
async fn what_the_portal_itself_refuses_has_no_english_left() {
    let portal = Portal::open().await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    everybody_reads_it(&portal);
    let mut sam = portal.browser();
    sam.set_cookie("twotier-language", PSEUDO);
    let reader = Reader::of(&portal);
    let sign_in = [("email", email.as_str()), ("password", PASSWORD)];
    let mut english = BTreeSet::new();
    let held = every_turn(&portal);
    sam.post("/session", &sign_in).await;
    assert_eq!(sam.status(), StatusCode::SERVICE_UNAVAILABLE);
    english.extend(reader.left(sam.page().root()));
    drop(held);
    sam.post("/session", &sign_in).await;
    assert_eq!(sam.path(), "/customers", "signed in");
    let too_large = "x".repeat(300 * 1024);
    for (path, field, status) in [
        ("/activity", "", StatusCode::METHOD_NOT_ALLOWED),
        ("/language", "", StatusCode::BAD_REQUEST),
        ("/password", too_large.as_str(), StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        sam.post(path, &[("current", field)]).await;
        assert_eq!(sam.status(), status, "{path}");
        english.extend(reader.left(sam.page().root()));
    }
    let elsewhere = Call::post("/session/end", &[("a", "b")]).with("sec-fetch-site", "cross-site");
    let answer = sam.send(elsewhere).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
    english.extend(reader.left(Html::parse_document(&answer.text()).root_element()));
    nothing(english);
}

#[actix_web::test]
async fn what_goes_wrong_has_no_english_left() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    everybody_reads_it(&portal);
    let reader = Reader::of(&portal);
    portal.query(|conn| Ok(conn.batch_execute("ALTER TABLE activity_records RENAME TO lost")?)).await;
    let mut english = BTreeSet::new();
    for call in
        [Call::get("/activity"), Call::post("/profile", &[("name", "Кора"), ("zone", "Europe/Berlin")])]
    {
        let answer = sam.send(call.with("sec-fetch-site", "same-origin")).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        let page = Html::parse_document(&answer.text());
        let title = said("Something went wrong");
        assert!(answer.text().contains(&title), "{}", answer.text());
        english.extend(reader.left(page.root_element()));
    }
    nothing(english);
}

/// Nobody else gets a password checked as long as they are held.
fn every_turn(portal: &Portal) -> Vec<Turn> {
    tokio::time::pause();
    std::iter::from_fn(|| portal.parts.turns.take_now().ok()).collect()
}

async fn read_answers(kind: OrganisationKind) {
    let portal = Portal::open().await;
    let organisation = organisation_of(&portal, kind).await;
    let mut english = BTreeSet::new();
    // Who may do most things, and who may few.
    for roles in [&[Role::GlobalAdmin, Role::AdminAgent][..], &[Role::HelpdeskAgent]] {
        let mut somebody = portal.browser_in(&organisation, roles).await;
        everybody_reads_it(&portal);
        somebody.visit("/profile").await;
        let reader = Reader::of(&portal);
        english.extend(left_after(&reader, &mut somebody, |row| row.who != "public").await);
    }
    nothing(english);
}

/// What is English on the pages that these routes answer.
async fn left_after(
    reader: &Reader,
    browser: &mut Browser,
    wanted: impl Fn(&Row) -> bool,
) -> BTreeSet<String> {
    let mut english = BTreeSet::new();
    for row in rows().filter(wanted) {
        call(browser, &row).await;
        let left = reader.left(browser.page().root());
        english.extend(left.into_iter().map(|text| format!("{}: {text}", row.route())));
    }
    english
}

#[track_caller]
fn nothing(english: BTreeSet<String>) {
    let texts: Vec<_> = english.into_iter().collect();
    assert!(texts.is_empty(), "{} texts:\n{}", texts.len(), texts.join("\n"));
}
