//! The setting that approves resellers of regions that are served.

use futures_util::future::join;
use twotier::access::OrganisationKind;

use super::{ADA, begun, fill, hands_in, linked, open, signs_in, with_operator};
use crate::support::browser::Browser;
use crate::support::portal::Portal;

async fn open_served() -> (Portal, Browser) {
    let portal = Portal::open_with(|site| site.approves_served_resellers = true).await;
    let operator = with_operator(&portal).await;
    (portal, operator)
}

async fn hands_in_acme(browser: &mut Browser) {
    fill(browser, "Acme IT", "4810299").await;
    hands_in(browser).await;
}

#[actix_web::test]
async fn a_reseller_of_a_served_region_is_approved_at_once() {
    let (portal, mut operator) = open_served().await;
    let (mut ada, _) = begun(&portal, "reseller").await;
    hands_in_acme(&mut ada).await;
    ada.sees_heading("You are enrolled");
    assert_eq!(portal.carry_mail().await, 1, "the applicant alone is told");
    assert_eq!(portal.letter_to(ADA).subject, "Acme IT is enrolled at Twotier");
    ada.follow("Sign in").await;
    signs_in(&mut ada, ADA).await;
    ada.sees("Acme IT");
    operator.visit("/operator/enrolments?state=approved").await;
    operator.follow("Acme IT").await;
    operator.sees("by the setting that approves resellers of served regions");
    operator.visit("/activity").await;
    operator.sees("Approve an enrollment").sees("Hand in an enrollment");
    let alone =
        "SELECT count(*) FROM activity_records WHERE action = 'approve_enrollment' AND person_name = ''";
    assert_eq!(portal.database.number(alone), 2, "the portal's doing, in both logs");
}

#[actix_web::test]
async fn what_looks_as_if_it_were_here_already_waits_for_the_operator() {
    for alike in ["Acme IT", "Another name"] {
        let (portal, mut operator) = open_served().await;
        let here = portal.has_organisation(OrganisationKind::Reseller, alike, "DE").await;
        if alike != "Acme IT" {
            let email = portal.add_person(&here, &[twotier::access::Role::SalesAgent]).await;
            let colleague =
                format!("UPDATE people SET email = 'colleague@acme.example' WHERE email = '{email}'");
            portal
                .query(move |conn| Ok(diesel::connection::SimpleConnection::batch_execute(conn, &colleague)?))
                .await;
        }
        let (mut ada, _) = begun(&portal, "reseller").await;
        hands_in_acme(&mut ada).await;
        ada.sees_heading("Your enrollment waits for a decision");
        super::opens(&mut operator, "Acme IT").await;
        operator.sees("Look twice").sees_button("Approve");
        portal.carry_mail().await;
    }
}

#[actix_web::test]
async fn of_two_with_the_same_mpn_id_at_once_one_is_enrolled() {
    let (portal, _operator) = open_served().await;
    let (mut ada, _) = begun(&portal, "reseller").await;
    let link = linked(&portal, "reseller", "eve@other.example").await;
    let mut eve = portal.browser();
    eve.visit(&link).await;
    eve.press("Go on").await;
    for browser in [&mut ada, &mut eve] {
        fill(browser, "Acme IT", "4810299").await;
        browser.press("Next: Review").await;
    }
    join(ada.press("Hand in"), eve.press("Hand in")).await;
    let enrolled = [&ada, &eve].iter().filter(|browser| browser.text().contains("You are enrolled")).count();
    let told = |browser: &&&Browser| browser.text().contains("A location here has this MPN ID already.");
    assert_eq!((enrolled, [&ada, &eve].iter().filter(told).count()), (1, 1));
    assert_eq!(portal.carry_mail().await, 1);
}

#[actix_web::test]
async fn where_no_provider_is_enrolled_the_operator_decides() {
    let (portal, _operator) = open_served().await;
    let (mut ada, _) = begun(&portal, "reseller").await;
    fill(&mut ada, "Kiwi IT", "4810299").await;
    ada.choose("Country/region", "New Zealand").press("Update fields for this country").await;
    ada.fill("ZIP/Postal code", "6011");
    hands_in(&mut ada).await;
    ada.sees_heading("Your enrollment waits for a decision");
    portal.carry_mail().await;
}

#[actix_web::test]
async fn a_suspended_provider_serves_no_region() {
    let (portal, _operator) = open_served().await;
    let suspend = "UPDATE organisations SET state = 'suspended' WHERE kind = 'provider'";
    portal.query(move |conn| Ok(diesel::connection::SimpleConnection::batch_execute(conn, suspend)?)).await;
    portal.has_organisation(OrganisationKind::Provider, "Far Away", "US").await;
    let (mut ada, _) = begun(&portal, "reseller").await;
    hands_in_acme(&mut ada).await;
    ada.sees_heading("Your enrollment waits for a decision");
    portal.carry_mail().await;
}

#[actix_web::test]
async fn a_provider_always_waits_for_the_operator() {
    let (portal, _operator) = open_served().await;
    let (mut ada, _) = begun(&portal, "provider").await;
    hands_in_acme(&mut ada).await;
    ada.sees_heading("Your enrollment waits for a decision");
    portal.carry_mail().await;
}

#[actix_web::test]
async fn without_the_setting_every_reseller_waits() {
    let (portal, _operator) = open().await;
    super::handed_in(&portal, "4810299").await;
    assert_eq!(portal.database.number("SELECT count(*) FROM enrolments WHERE state = 'waiting'"), 1);
}
