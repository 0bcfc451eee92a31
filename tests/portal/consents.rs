//! The customer agreement: published by the operator, asked for by a personal link, answered by the customer.

mod answering;
mod asking;
mod existing;
mod publishing;
mod racing;
mod telling;
mod translated;

use diesel::prelude::*;
use twotier::access::{OrganisationKind, Role};
use twotier::db::Connection;
use twotier::db::schema::{agreement_requests, drafts};
use twotier::mail::outbox::Taken;
use twotier::values::id::DraftId;
use twotier::values::moment::Moment;

use crate::support::browser::Browser;
use crate::support::fixtures::{fill_account, publish_in};
use crate::support::portal::Portal;

/// The contact whom these stories ask.
const ADA: &str = "ada@juniper.example";

/// Begins a new customer, Juniper Hall, that will be asked; the letter is open in the browser.
async fn drafted(portal: &Portal) -> Browser {
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    draft(&mut sam, "Juniper Hall", "juniperhall").await;
    sam
}

async fn draft(browser: &mut Browser, company: &str, domain: &str) {
    browser.visit("/customers/new").await;
    fill_account(browser, company, domain);
    browser.press("Next: Subscriptions").await;
    browser.sees_heading("Ask for the customer agreement");
}

/// The same, sent; the link is out of the letter.
async fn asked(portal: &Portal) -> (Browser, String) {
    let mut sam = drafted(portal).await;
    sam.press("Send").await;
    portal.carry_mail().await;
    let link = link_in(&portal.letter_to(ADA));
    (sam, link)
}

/// The personal link, which stands on a line of its own.
fn link_in(letter: &Taken) -> String {
    link_of(&letter.body_text)
}

fn link_of(text: &str) -> String {
    text.lines().find(|line| line.contains("/consents/")).expect("a line with the link").trim().to_owned()
}

/// Somebody at the customer's, who has no account, accepts.
async fn accept(portal: &Portal, link: &str) -> Browser {
    let mut ada = portal.browser();
    ada.visit(link).await;
    fill_acceptance(&mut ada);
    ada.press("Accept the customer agreement").await;
    ada
}

fn fill_acceptance(ada: &mut Browser) {
    let mut form = ada.within("Your name and the time are kept");
    form.fill("First name", "Ada").fill("Last name", "Finch");
    let label = match form.text().contains("version 1") {
        true => "I have read the customer agreement, version 1, and accept it for Juniper Hall.",
        false => {
            "I have read the customer agreement that Harbor Distribution gave me, and accept it for Juniper Hall."
        }
    };
    form.check(label);
}

/// The operator has published a text for all countries.
async fn published(portal: &Portal) -> Browser {
    let operator = portal.has_organisation(OrganisationKind::Operator, "Operator", "DE").await;
    let mut robin = portal.browser_in(&operator, &[Role::GlobalAdmin]).await;
    publish(&mut robin, "", "# Scope\n\nYou use the cloud.").await;
    robin
}

async fn publish(robin: &mut Browser, country: &str, text: &str) {
    publish_in(robin, (country, "en"), text).await;
}

/// The only draft.
async fn only_draft(portal: &Portal) -> DraftId {
    portal.query(|conn| Ok(drafts::table.select(drafts::id).first(conn)?)).await
}

/// Lets all requests expire.
async fn expire_all(portal: &Portal) {
    let expire = |conn: &mut Connection| {
        let past = Moment::now().plus_seconds(-1);
        Ok(diesel::update(agreement_requests::table)
            .set(agreement_requests::expires_at.eq(past))
            .execute(conn)?)
    };
    portal.db.write(expire).await.expect("they expire");
}

/// How many requests stand like this.
fn count(portal: &Portal, state: &str) -> i64 {
    portal.database.number(&format!("SELECT count(*) FROM agreement_requests WHERE state = '{state}'"))
}
