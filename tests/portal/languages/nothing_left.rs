//! Every page of the demonstration in a language that nobody speaks: accents on every letter that can be said in another
//! one. What has none is English in every language.

mod answers;
mod customers;
mod letters;
mod reader;

use std::collections::{BTreeSet, HashMap, VecDeque};

use twotier::language::Language;
use twotier::language::plain::Isolating;

use crate::support::browser::Browser;
use crate::support::page::{Page, all};
use crate::support::portal::{PASSWORD, Portal};
use reader::Reader;

const PSEUDO: &str = "en-XA";
/// So many pages of a kind are opened.
const OF_A_KIND: usize = 4;

#[actix_web::test]
async fn no_page_of_a_provider_has_english_left() {
    read_all(&["global.admin@harbor.example", "admin.agent@harbor.example"]).await;
}

#[actix_web::test]
async fn no_page_of_a_reseller_has_english_left() {
    read_all(&["owner@brightwater.example", "sales@brightwater.example"]).await;
}

#[actix_web::test]
async fn no_page_of_the_operator_has_english_left() {
    read_all(&["operator@twotier.example"]).await;
}

#[actix_web::test]
async fn no_page_of_a_customer_has_english_left() {
    let portal = Portal::demonstration(60, PASSWORD).await;
    for which in [
        "is_delegated AND resellers > 0 AND monthly_minor > 0 AND agreement = 'accepted'",
        "NOT is_delegated",
        "agreement = 'awaited'",
    ] {
        let admin = format!(
            "SELECT people.email AS text FROM people JOIN customers ON tenant_id = organisation_id
             WHERE people.email LIKE 'admin@%' AND customers.ended_at IS NULL AND {which}
             ORDER BY people.email"
        );
        let admin = portal.database.texts(&admin).remove(0);
        read_as(&portal, &[&admin]).await;
    }
}

#[actix_web::test]
async fn no_page_for_everybody_has_english_left() {
    let portal = Portal::open().await;
    let mut visitor = portal.browser();
    visitor.set_cookie("twotier-language", PSEUDO);
    let pages = [
        "/sign-in",
        "/forgotten-password",
        "/enrol",
        "/set-password/nothing",
        "/customer-invitations/nothing",
    ];
    let english = read(&Reader::of(&portal), &mut visitor, &pages).await;
    assert!(english.is_empty(), "{}", english.join("\n"));
}

async fn read_all(people: &[&str]) {
    read_as(&Portal::demonstration(60, PASSWORD).await, people).await;
}

async fn read_as(portal: &Portal, people: &[&str]) {
    let reader = Reader::of(portal);
    let mut english = Vec::new();
    for email in people {
        let mut browser = portal.browser();
        browser.set_cookie("twotier-language", PSEUDO);
        browser.post("/session", &[("email", email), ("password", PASSWORD), ("next", "/")]).await;
        english.extend(read(&reader, &mut browser, &["/"]).await);
    }
    assert!(english.is_empty(), "{} texts:\n{}", english.len(), english.join("\n"));
}

/// Follows all links from these pages; answers what is English, and where.
async fn read(reader: &Reader, browser: &mut Browser, from: &[&str]) -> Vec<String> {
    let mut waiting: VecDeque<String> = from.iter().map(|path| (*path).to_owned()).collect();
    let (mut seen, mut kinds) = (BTreeSet::new(), HashMap::new());
    let mut english = BTreeSet::new();
    while let Some(path) = waiting.pop_front() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let opened: &mut usize = kinds.entry(kind(&path)).or_default();
        *opened += 1;
        if *opened > OF_A_KIND {
            continue;
        }
        browser.visit(&path).await;
        let page = browser.page();
        english.extend(reader.left(page.root()).into_iter().map(|text| format!("{}: {text}", kind(&path))));
        waiting.extend(links(page));
    }
    assert!(kinds.len() >= from.len(), "only {} kinds of pages were opened", kinds.len());
    english.into_iter().collect()
}

/// Links that lead to pages of the portal.
fn links(page: &Page) -> Vec<String> {
    let links = all(page.root(), "a[href]").filter_map(|link| link.attr("href"));
    let is_file = |href: &str| ["/export?", "/file", "/template"].iter().any(|part| href.contains(part));
    let own = links.filter(|href| href.starts_with('/') && !is_file(href));
    own.map(|href| href.split('#').next().unwrap_or_default().to_owned()).collect()
}

/// An address without what names one thing.
fn kind(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let part = |part: &str| {
        if part.contains(|sign: char| sign.is_ascii_digit()) { "…".to_owned() } else { part.to_owned() }
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// What the portal says for English words in that language.
fn said(english: &'static str) -> String {
    let language = Language::of_tag(PSEUDO).expect("tests are built for development");
    language.say::<Isolating>("", english).to_string()
}

/// Everybody who has an account reads that language from now on.
fn everybody_reads_it(portal: &Portal) {
    portal.database.change(&format!("UPDATE people SET language = '{PSEUDO}'"));
}
