//! Asking companies to become customers: by a provider, by a reseller for its provider, and what the company answers.

mod accepting;
mod administration;
mod drafting;
mod joint;
mod known;
mod letters;
mod link;
mod racing;
mod requests;

use diesel::prelude::*;
use twotier::access::Role;
use twotier::db::schema::customer_requests;
use twotier::mail::outbox::Taken;
use twotier::values::id::CustomerId;
use twotier::values::moment::Moment;

use crate::support::browser::Browser;
use crate::support::fixtures::fill_account;
use crate::support::portal::Portal;

/// Whom these stories ask.
const ADA: &str = "ada@juniper.example";

const ADMINISTRATION: &str = "Include delegated administration privileges";

/// Somebody of Harbor with this role drafts a request to Ada; the draft is open in the browser.
async fn drafted(portal: &Portal, role: Role) -> Browser {
    let mut somebody = portal.browser_of(role).await;
    somebody.visit("/customer-requests/new").await;
    somebody.fill("Company’s email address", ADA).press("Save text").await;
    somebody
}

/// The same by an Admin agent, who asks for delegated administration, sent; the link is out of the letter.
async fn asked(portal: &Portal) -> (Browser, String) {
    let mut alma = drafted(portal, Role::AdminAgent).await;
    alma.check(ADMINISTRATION).press("Send").await;
    portal.carry_mail().await;
    let link = link_in(&portal.letter_to(ADA));
    (alma, link)
}

/// The personal link, which stands on a line of its own.
fn link_in(letter: &Taken) -> String {
    let mut links = letter.body_text.lines().filter(|line| line.contains("/customer-invitations/"));
    links.next().expect("a line with the link").trim().to_owned()
}

/// The code out of the latest letter to Ada, who has the link open.
async fn code(portal: &Portal, ada: &mut Browser) -> String {
    ada.press("Mail a code").await;
    ada.sees("A code is on its way to ada@juniper.example.");
    portal.carry_mail().await;
    let letter = portal.letter_to(ADA);
    let is_code = |line: &&str| line.len() == 9 && line.get(4..5) == Some("-");
    letter.body_text.lines().find(is_code).expect("a code").to_owned()
}

/// Ada has opened the link and proved that she reads her mailbox.
async fn proved(portal: &Portal, link: &str) -> Browser {
    let mut ada = portal.browser();
    ada.visit(link).await;
    let code = code(portal, &mut ada).await;
    ada.fill("Code", &code).press("Continue").await;
    ada.sees("You have proved that you read ada@juniper.example");
    ada
}

/// Lets all requests expire.
async fn expire_all(portal: &Portal) {
    portal
        .query(|conn| {
            let past = Moment::now().plus_seconds(-1);
            Ok(diesel::update(customer_requests::table)
                .set(customer_requests::expires_at.eq(past))
                .execute(conn)?)
        })
        .await;
}

/// All letters went out, and all reminders were made, so many days ago.
async fn wait_days(portal: &Portal, days: i64) {
    portal
        .query(move |conn| {
            let then = Moment::now().plus_days(-days);
            Ok(diesel::update(customer_requests::table)
                .set((
                    customer_requests::sent_at.eq(Some(then)),
                    customer_requests::reminded_at.eq(None::<Moment>),
                ))
                .execute(conn)?)
        })
        .await;
}

/// How many requests stand like this.
fn count(portal: &Portal, state: &str) -> i64 {
    portal.database.number(&format!("SELECT count(*) FROM customer_requests WHERE state = '{state}'"))
}

/// Ada has the form of a new company, Juniper Hall, open and filled in.
async fn new_company(portal: &Portal, link: &str) -> Browser {
    let mut ada = proved(portal, link).await;
    ada.follow("Set up an account").await;
    fill_account(&mut ada, "Juniper Hall", "juniperhall");
    ada.check(FOR_MINE);
    ada
}

const FOR_MINE: &str = "I have read what accepting means, and accept it for my company.";

/// A customer was added with Ada as its primary contact.
fn is_contact(portal: &Portal, customer: &CustomerId) {
    let company = format!("(SELECT tenant_id FROM customers WHERE id = '{customer}')");
    portal.database.change(&format!("UPDATE customers SET email = '{ADA}' WHERE id = '{customer}'"));
    portal.database.change(&format!("UPDATE organisations SET contact_email = '{ADA}' WHERE id = {company}"));
}

/// Accepts for a company that is known, on its page.
async fn accept_for(browser: &mut Browser, company: &str) {
    browser.fill("First name", "Ada").fill("Last name", "Finch");
    browser.check(&format!("I have read what accepting means, and accept it for {company}."));
    browser.press("Accept").await;
}
