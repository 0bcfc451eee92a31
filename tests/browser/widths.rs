//! Every page that can be reached by links, at eight widths, with the longest names that people may have.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::json;

use crate::support::chromium::Chromium;
use crate::support::look::Look;
use crate::support::portal::Portal;
use crate::support::story::story;

/// Narrowest window of WCAG 1.4.10, phones, tablets, the widths at which rail and columns come and go, a large screen.
const WIDTHS: [u32; 8] = [320, 390, 600, 768, 960, 1100, 1280, 1920];

/// A word of 150 characters, and a name of several words as long.
const WORD: &str = "WiederaufbereitungsanlagenbetriebsgesellschaftmitbeschraenkterHaftungundCompagnieKommanditgesellschaftaufAktienNordrheinWestfalenundUmgebungZweigstell";
const NAME: &str = "Kokusai Denki Sangyo and Brothers International Trading Company for Electrical Machinery, Precision Instruments and Office Supplies of Greater Osaka Re";
const EMAIL: &str = "maria.aparecida.dos.santos.oliveira.albuquerque@engineering-department.north-rhine-westphalia.subsidiary.example";

#[actix_web::test]
async fn the_pages_of_a_provider_hold_long_names_at_every_width() {
    walk("global.admin@harbor.example").await;
}

#[actix_web::test]
async fn the_pages_of_a_reseller_hold_long_names_at_every_width() {
    walk("owner@brightwater.example").await;
}

#[actix_web::test]
async fn the_pages_of_the_operator_hold_long_names_at_every_width() {
    walk("operator@twotier.example").await;
}

#[actix_web::test]
async fn the_pages_of_a_customer_hold_long_names_at_every_width() {
    let admin = "SELECT people.email AS text FROM people JOIN customers ON tenant_id = organisation_id
         WHERE is_delegated AND resellers > 0 AND ended_at IS NULL AND people.email LIKE 'admin@%' ORDER BY customers.id LIMIT 1";
    walk_as(|portal| portal.database.texts(admin).remove(0), 8).await;
}

async fn walk(email: &str) {
    walk_as(|_| email.to_owned(), 20).await;
}

/// Somebody who reaches more pages than this.
async fn walk_as(who: impl FnOnce(&Portal) -> String, fewer: usize) {
    // How wide a page is does not depend on where its names are kept: once is enough.
    if std::env::var("TEST_DATABASE_URL").is_ok() {
        return;
    }
    story(Look::DESK, async |portal, sam| {
        lengthen_names(portal);
        sam.sign_in(&who(portal)).await;

        let (mut ahead, mut known) =
            (VecDeque::from(["/".to_owned(), "/profile".to_owned()]), BTreeSet::new());
        let mut found = BTreeMap::new();
        while let Some(path) = ahead.pop_front() {
            if is_download(&path) || !known.insert(kind(&path)) {
                continue;
            }
            sam.visit(&path).await;
            ahead.extend(links(sam).await);
            for width in WIDTHS {
                sam.look(Look { width, ..Look::DESK }).await;
                let wrong = [what_sticks_out(sam).await, what_is_squeezed(sam).await].concat();
                if !wrong.is_empty() {
                    found.entry(format!("{path} at {width} px")).or_insert(wrong);
                }
            }
        }
        assert!(known.len() > fewer, "only {known:?} were found");
        assert!(found.is_empty(), "{found:#?}");
    })
    .await;
}

/// As if everybody had chosen the longest name that the forms take.
fn lengthen_names(portal: &Portal) {
    let change = |table: &str, column: &str, text: &str| {
        portal.database.change(&format!("UPDATE {table} SET {column} = '{text}'"));
    };
    for (table, column) in [
        ("organisations", "name"),
        ("customers", "company_name"),
        ("activity_records", "customer_name"),
        ("activity_records", "subject_name"),
        ("offers", "name"),
        ("order_lines", "offer_name"),
        ("subscriptions", "offer_name"),
        ("enrolments", "company_name"),
        ("agreement_requests", "company_name"),
        ("customer_requests", "company_name"),
    ] {
        change(table, column, WORD);
    }
    for (table, column) in [
        ("locations", "name"),
        ("people", "name"),
        ("activity_records", "person_name"),
        ("orders", "placed_by_name"),
        ("drafts", "made_by_name"),
        ("subscriptions", "nickname"),
        ("partnership_requests", "requested_by_name"),
        ("agreement_requests", "requested_by_name"),
        ("customer_requests", "requested_by_name"),
        ("customer_requests", "answered_by_name"),
        ("customer_requests", "to_name"),
        ("customers", "ended_by_name"),
        ("delegations", "given_by_name"),
        ("delegation_plans", "made_by_name"),
        ("endings", "by_name"),
    ] {
        change(table, column, NAME);
    }
    for (table, column) in [
        ("customers", "email"),
        ("letters", "to_email"),
        ("partnership_requests", "to_email"),
        ("agreement_requests", "to_email"),
        ("customer_requests", "to_email"),
    ] {
        change(table, column, EMAIL);
    }
}

/// One page of a kind is enough: ids and what a list is narrowed to do not change how it is laid out.
fn kind(path: &str) -> String {
    let is_id = |part: &str| part.len() == 36 && part.matches('-').count() == 4;
    let path = path.split('?').next().unwrap_or_default();
    path.split('/').map(|part| if is_id(part) { "*" } else { part }).collect::<Vec<_>>().join("/")
}

fn is_download(path: &str) -> bool {
    path.contains("/export?") || path.ends_with("/file") || path.ends_with(".csv") || path.ends_with(".eml")
}

/// The links of the page to pages of the portal.
async fn links(sam: &mut Chromium) -> Vec<String> {
    let found = sam.client().execute(
        "return [...document.querySelectorAll('a[href^=\"/\"]')].map((link) => link.getAttribute('href'))
             .filter((href) => !href.startsWith('//') && !href.includes('#'));",
        Vec::new(),
    );
    let found = found.await.unwrap_or_else(|error| panic!("the links cannot be read: {error}"));
    serde_json::from_value(found).unwrap_or_default()
}

/// Everything that is wider than the window or than the box it stands in, with all rows unfolded.
async fn what_sticks_out(sam: &mut Chromium) -> Vec<String> {
    let found = sam.client().execute(
        "const [slack] = arguments, out = [];
         document.querySelectorAll('details').forEach((details) => { details.open = true; });
         const page = document.documentElement;
         if (page.scrollWidth > page.clientWidth) out.push(`the page by ${page.scrollWidth - page.clientWidth}`);
         for (const box of document.querySelectorAll('.scroll, main')) {
           if (box.scrollWidth > box.clientWidth + slack)
             out.push(`${box.getAttribute('aria-label') ?? box.tagName} by ${box.scrollWidth - box.clientWidth}`);
         }
         window.scrollTo(0, 0);
         for (const head of document.querySelectorAll('.scroll thead')) {
           const gap = head.querySelector('th')?.getBoundingClientRect().top - head.getBoundingClientRect().top;
           if (gap > slack) out.push(`heads stand ${gap} below the top of their table`);
         }
         for (const one of document.querySelectorAll('main .box *, main .note *')) {
           if (one.closest('.unseen, .steps, svg, thead') || !one.getClientRects().length) continue;
           const edge = one.parentElement.closest('.box, .note').getBoundingClientRect().right;
           const right = one.getBoundingClientRect().right;
           if (right > edge + slack) { out.push(`${one.tagName} by ${right - edge}: ${one.textContent.trim().slice(0, 40)}`); break; }
         }
         return out;",
        vec![json!(1.5)],
    );
    let found = found.await.unwrap_or_else(|error| panic!("nothing can be measured: {error}"));
    serde_json::from_value(found).unwrap_or_default()
}

/// Cells so narrow that the letters of a word stand one beneath the other.
async fn what_is_squeezed(sam: &mut Chromium) -> Vec<String> {
    let found = sam.client().execute(
        "const [least] = arguments, out = [];
         for (const cell of document.querySelectorAll('.scroll :is(td, tbody th)')) {
           const style = getComputedStyle(cell);
           if (!cell.getClientRects().length || style.whiteSpace === 'nowrap') continue;
           const width = cell.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
           const word = cell.innerText.split(/\\s+/).find((one) => one.length > 3);
           if (word && width < least) { out.push(`${word.slice(0, 40)} has ${width} px`); break; }
         }
         return out;",
        vec![json!(32)],
    );
    let found = found.await.unwrap_or_else(|error| panic!("nothing can be measured: {error}"));
    serde_json::from_value(found).unwrap_or_default()
}
