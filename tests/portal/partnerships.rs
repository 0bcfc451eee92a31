//! Indirect resellers, Request a partnership, the mailed link, and Indirect providers.

mod addressee;
mod contact;
mod drafting;
mod link;
mod one_page;
mod place;
mod races;
mod removal;
mod requests;
mod resellers;
mod waiting;

use twotier::access::Role;
use twotier::db::schema::partnership_requests;
use twotier::mail::outbox::Taken;
use twotier::partners::model::Organisation;
use twotier::values::moment::Moment;

use crate::support::browser::Browser;
use crate::support::portal::Portal;

/// Where most requests of these stories go.
const OLGA: &str = "olga@brightwater.example";

/// Somebody drafts a request to Olga; the draft is open in the browser.
async fn drafted(portal: &Portal) -> Browser {
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    draft(&mut sam, OLGA).await;
    sam
}

async fn draft(browser: &mut Browser, email: &str) {
    browser.visit("/partnership-requests/new").await;
    browser.fill("Reseller’s email address", email).press("Save text").await;
}

/// The same, sent; the link is out of the letter.
async fn asked(portal: &Portal) -> (Browser, String) {
    let mut sam = drafted(portal).await;
    sam.press("Send").await;
    portal.carry_mail().await;
    let link = link_in(&portal.letter_to(OLGA));
    (sam, link)
}

/// The personal link, which stands on a line of its own.
fn link_in(letter: &Taken) -> String {
    let mut links = letter.body_text.lines().filter(|line| line.contains("/partnerships/"));
    links.next().expect("a line with the link").trim().to_owned()
}

/// Somebody who may answer for a reseller.
async fn owner(portal: &Portal, reseller: &Organisation) -> Browser {
    portal.browser_in(reseller, &[Role::AdminAgent]).await
}

/// Somebody who may answer for Brightwater IT, with another address than Olga's, has the link open.
async fn brightwater_opens(portal: &Portal, link: &str) -> Browser {
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let mut somebody = owner(portal, &brightwater).await;
    somebody.visit(link).await;
    somebody
}

/// The hidden field of the page that is called so.
fn hidden(browser: &Browser, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let rest = browser.html().split_once(&start).map(|(_, rest)| rest).expect("a hidden field");
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// The link as it stands in the message of a draft.
fn drafted_link(browser: &Browser) -> String {
    let text = browser.field("Message");
    text.lines().find(|line| line.contains("/partnerships/")).expect("a link").to_owned()
}

/// Lets all requests expire.
async fn expire_all(portal: &Portal) {
    use diesel::prelude::*;
    portal
        .query(|conn| {
            let past = Moment::now().plus_seconds(-1);
            diesel::update(partnership_requests::table)
                .set(partnership_requests::expires_at.eq(past))
                .execute(conn)?;
            Ok(())
        })
        .await;
}
