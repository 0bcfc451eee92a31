//! Indirect resellers, Request a partnership, the mailed link, and Indirect providers.

mod drafting;
mod link;
mod place;
mod races;
mod removal;
mod requests;
mod resellers;

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
    browser.fill("Reseller’s email address", email).press("Next: Message").await;
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
