//! Partner agreements: published by the operator, accepted by a Global admin, once.

use actix_web::http::StatusCode;
use futures_util::future::join_all;
use twotier::access::{OrganisationKind, Role};

use crate::support::browser::Browser;
use crate::support::portal::Portal;

#[actix_web::test]
async fn the_operator_publishes_and_a_global_admin_accepts() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit("/organisation/agreement").await;
    gina.sees("No agreement has been published").sees_no_button("Accept");
    let mut robin = operator(&portal).await;
    robin.visit("/operator/agreements").await;
    robin.within("Indirect providers").follow("Write a new version for Indirect providers").await;
    robin.press("Preview").await;
    robin.sees_problem("Text", "Enter the text.");
    robin.fill("Text", "# Scope\n\nYou <b>sell</b>.").press("Preview").await;
    robin.sees("1 organization has to accept it").sees_heading("Scope").sees("You <b>sell</b>.");
    robin.press("Change the text").await;
    assert_eq!(robin.field("Text"), "# Scope\n\nYou <b>sell</b>.");
    robin.fill("Text", "# Scope\n\nYou sell.\nWe bill.").press("Preview").await;
    robin.press("Yes, publish version 1").await;
    robin
        .sees("The new version holds now.")
        .sees("Version 1 holds. No organizations have accepted it, of 1.");
    gina.visit("/customers").await;
    gina.sees("A partner agreement waits for you.");
    gina.follow("Read and accept it for your organization").await;
    gina.sees_not("A partner agreement waits for you.").sees_heading("Scope").sees("Not accepted");
    gina.press("Accept").await;
    gina.sees_problem("I have read version 1 and accept it for my organization.", "Tick this to go on.");
    gina.check("I have read version 1 and accept it for my organization.").press("Accept").await;
    gina.sees("The agreement is accepted for your organization.")
        .sees_row(&["Version 1", "Sam global_admin"]);
    gina.sees_no_button("Accept");
    gina.visit("/activity").await;
    gina.sees_row(&["Accept the partner agreement"]).sees_not("A partner agreement waits for you.");
    robin.visit("/operator/agreements").await;
    robin.sees("Version 1 holds. 1 organization has accepted it, of 1.");
}

#[actix_web::test]
async fn a_new_version_waits_for_everybody_again() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let mut robin = operator(&portal).await;
    publish(&mut robin, "Reseller", "First.").await;
    let mut olga = portal.browser_in(&brightwater, &[Role::GlobalAdmin]).await;
    accept(&mut olga, 1).await;
    robin.visit("/operator/agreements/new?audience=reseller").await;
    assert_eq!(robin.field("Text"), "First.");
    robin.fill("Text", "Second.").press("Preview").await;
    robin.sees("1 organization has to accept it. 1 of them has accepted version 1 and must sign again.");
    robin.press("Yes, publish version 2").await;
    olga.visit("/organisation/agreement").await;
    olga.sees("Second.").sees("Not accepted").sees_row(&["Version 1", "Sam global_admin"]);
    olga.follow("Version 1").await;
    olga.sees("First.").sees_no_button("Accept");
    robin.visit("/operator/agreements").await;
    robin.follow("Indirect resellers, version 1").await;
    robin.sees("First.").sees("1 organization has accepted it.");
}

#[actix_web::test]
async fn a_version_that_no_longer_holds_cannot_be_accepted() {
    let portal = Portal::open().await;
    let mut robin = operator(&portal).await;
    publish(&mut robin, "provider", "First.").await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit("/organisation/agreement").await;
    publish(&mut robin, "provider", "Second.").await;
    gina.check("I have read version 1 and accept it for my organization.").press("Accept").await;
    assert_eq!(gina.status(), StatusCode::CONFLICT);
    gina.sees("A newer version was published while you read the old one.").sees("Second.");
    assert_eq!(portal.database.number("SELECT count(*) AS number FROM agreement_acceptances"), 0);
    gina.check("I have read version 2 and accept it for my organization.").press("Accept").await;
    gina.sees_row(&["Version 2", "Sam global_admin"]);
}

#[actix_web::test]
async fn accepting_from_two_tabs_is_one_acceptance() {
    let portal = Portal::open().await;
    let mut robin = operator(&portal).await;
    publish(&mut robin, "provider", "First.").await;
    let id = portal.database.texts("SELECT id AS text FROM partner_agreements").remove(0);
    let mut tabs = vec![];
    for _ in 0..4 {
        tabs.push(portal.browser_of(Role::GlobalAdmin).await);
    }
    let fields = [("agreement", id.as_str()), ("consent", "yes")];
    join_all(tabs.iter_mut().map(|tab| tab.post("/organisation/agreement/acceptance", &fields))).await;
    assert_eq!(portal.database.number("SELECT count(*) AS number FROM agreement_acceptances"), 1);
    let recorded =
        "SELECT count(*) AS number FROM activity_records WHERE action = 'accept_partner_agreement'";
    assert_eq!(portal.database.number(recorded), 1);
    for tab in &tabs {
        tab.sees("Accepted by Sam global_admin");
    }
}

#[actix_web::test]
async fn of_two_texts_written_at_once_the_second_learns_of_the_first() {
    let portal = Portal::open().await;
    let (mut robin, mut other) = (operator(&portal).await, operator(&portal).await);
    robin.visit("/operator/agreements/new?audience=reseller").await;
    robin.fill("Text", "Mine.").press("Preview").await;
    publish(&mut other, "reseller", "Theirs.").await;
    robin.press("Yes, publish version 1").await;
    assert_eq!(robin.status(), StatusCode::CONFLICT);
    robin.sees("published version 1").sees_link("Read theirs");
    assert_eq!(robin.field("Text"), "Mine.");
    robin.press("Preview").await;
    let sent = [("then", ""), ("audience", "reseller"), ("version", "2"), ("body", "Mended after Back.")];
    let id = robin.html().split("name=\"id\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let id = id.expect("an id").to_owned();
    robin.press("Yes, publish version 2").await;
    robin.sees_row(&["Indirect resellers, version 2"]);
    // The same page with another text does not pass for what was published.
    let mut fields = vec![("id", id.as_str())];
    fields.extend(sent);
    robin.post("/operator/agreements", &fields).await;
    assert_eq!(robin.status(), StatusCode::CONFLICT);
    assert_eq!(robin.field("Text"), "Mended after Back.");
    robin.press("Preview").await;
    robin.press("Yes, publish version 3").await;
    robin.sees_row(&["Indirect resellers, version 3"]);
}

#[actix_web::test]
async fn a_long_agreement_is_taken_whole() {
    let portal = Portal::open().await;
    let mut robin = operator(&portal).await;
    publish(&mut robin, "reseller", &"第一條、雙方同意。\n".repeat(10_000)).await;
    assert_eq!(portal.database.number("SELECT max(length(body)) FROM partner_agreements"), 99_999);
    robin.visit("/operator/agreements/new?audience=reseller").await;
    robin.fill("Text", &"x".repeat(200_001)).press("Preview").await;
    robin.sees_problem("Text", "Use 200000 characters or fewer.");
}

#[actix_web::test]
async fn nobody_reads_the_agreement_of_others_and_only_a_global_admin_accepts() {
    let portal = Portal::open().await;
    let mut robin = operator(&portal).await;
    publish(&mut robin, "reseller", "For resellers.").await;
    publish(&mut robin, "provider", "For providers.").await;
    let ids = portal.database.texts("SELECT id AS text FROM partner_agreements WHERE audience = 'reseller'");
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/organisation/agreement").await;
    sam.sees("For providers.").sees_no_button("Accept");
    sam.sees("takes this role in your organization: Global admin.")
        .sees_not("A partner agreement waits for you.");
    sam.visit(&format!("/organisation/agreement/{}", ids[0])).await;
    assert_eq!(sam.status(), StatusCode::NOT_FOUND);
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    let fields = [("agreement", ids[0].as_str()), ("consent", "yes")];
    gina.post("/organisation/agreement/acceptance", &fields).await;
    assert_eq!(gina.status(), StatusCode::CONFLICT);
    assert_eq!(portal.database.number("SELECT count(*) AS number FROM agreement_acceptances"), 0);
}

async fn operator(portal: &Portal) -> Browser {
    let operator = portal.has_organisation(OrganisationKind::Operator, "Operator", "DE").await;
    portal.browser_in(&operator, &[Role::GlobalAdmin]).await
}

async fn publish(robin: &mut Browser, audience: &str, text: &str) {
    robin.visit(&format!("/operator/agreements/new?audience={}", audience.to_lowercase())).await;
    robin.fill("Text", text).press("Preview").await;
    let version = robin.title().split_whitespace().nth(2).expect("a version").to_owned();
    robin.press(&format!("Yes, publish version {version}")).await;
    robin.sees("The new version holds now.");
}

async fn accept(browser: &mut Browser, version: i32) {
    browser.visit("/organisation/agreement").await;
    browser.check(&format!("I have read version {version} and accept it for my organization."));
    browser.press("Accept").await;
}
