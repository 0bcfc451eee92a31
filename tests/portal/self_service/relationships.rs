//! Partner relationships: who may do what for a customer, and what it takes away and gives back.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::partners::model::Organisation;
use twotier::values::id::CustomerId;
use twotier::values::moment::Moment;

use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::portal::Portal;

/// Cora administers Juniper Hall, which Brightwater IT administers for Harbor.
async fn cora_looks(portal: &Portal) -> (Browser, CustomerId, Organisation) {
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let juniper = portal.has_customer("Juniper Hall").await;
    portal.has_delegation(&juniper, &brightwater).await;
    let mut cora = portal.signed_in(&portal.has_admin(&juniper).await).await;
    cora.visit("/").await;
    cora.sees_heading("Partner relationships");
    (cora, juniper, brightwater)
}

#[actix_web::test]
async fn a_customer_sees_who_may_do_what_and_how_to_reach_them() {
    let portal = Portal::open().await;
    let (mut cora, juniper, brightwater) = cora_looks(&portal).await;
    portal.database.change(&format!(
        "UPDATE organisations SET support_email = 'help@brightwater.example', support_website = 'https://help.brightwater.example' WHERE id = '{}'",
        brightwater.id
    ));
    let newleaf = portal.has_partner("Newleaf", "DE", "4810300").await;
    let mut named = PlainSubscription::new("Enterprise E3");
    named.incentives = Some(("4810300".to_owned(), newleaf.id));
    portal.has_subscription(&juniper, named).await;
    cora.reload().await;
    cora.sees_heading("Harbor Distribution").sees("Your indirect provider.");
    cora.sees("It can add, change and delete your users");
    cora.sees_heading("Brightwater IT").sees("help@brightwater.example");
    cora.sees_link("https://help.brightwater.example");
    cora.sees_heading("Newleaf").sees("1 subscription names it: it sees and changes this one");
    cora.sees_not("4810300");
}

#[actix_web::test]
async fn who_helps_is_who_helps_now() {
    let portal = Portal::open().await;
    let (mut cora, juniper, brightwater) = cora_looks(&portal).await;
    let supported = portal.has_subscription(&juniper, PlainSubscription::new("Enterprise E3")).await;
    portal.database.change(&format!(
        "UPDATE subscriptions SET support_organisation_id = '{}' WHERE id = '{supported}'",
        brightwater.id
    ));
    cora.reload().await;
    assert_eq!(cora.text().matches("Helps with Enterprise E3").count(), 1, "{}", cora.text());
    cora.follow("Remove delegated admin of Brightwater IT").await;
    cora.press("Remove delegated admin").await;
    // The provider stands in.
    let (provider, reseller) = cora
        .text()
        .split_once("Your indirect reseller")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .expect("both");
    assert!(provider.contains("Helps with Enterprise E3") && reseller.contains("Helps with No subscription"));
}

#[actix_web::test]
async fn since_and_until_when_each_does_what_and_with_what_it_helps_is_said_of_each() {
    let portal = Portal::open().await;
    let (mut cora, juniper, _) = cora_looks(&portal).await;
    cora.sees_not("that day included");
    portal.database.change("UPDATE customers SET created_at = '2026-01-02 10:00:00'");
    portal.database.change("UPDATE delegations SET since = '2026-02-03 10:00:00', ends_on = '2027-12-31'");
    for number in 10..22 {
        portal.has_subscription(&juniper, PlainSubscription::new(&format!("Plan {number}"))).await;
    }
    cora.reload().await;
    let said = cora.text().split_once("Your indirect reseller").map(|(a, b)| (a.to_owned(), b.to_owned()));
    let (provider, reseller) = said.expect("both");
    assert!(provider.contains("Since 2 Jan 2026"), "{provider}");
    assert!(provider.contains("Helps with Plan 10, Plan 11, "), "the first by their names: {provider}");
    assert!(provider.contains("Plan 19 2 more") && !provider.contains("Plan 20"), "{provider}");
    assert!(reseller.contains("Since 3 Feb 2026"), "{reseller}");
    assert!(
        reseller.contains("Your indirect provider gave it that until 31 Dec 2027, that day included."),
        "{reseller}"
    );
    assert!(reseller.contains("changes your company’s details and contact"), "{reseller}");
}

#[actix_web::test]
async fn a_reseller_is_out_with_its_next_click_and_nobody_but_the_customer_lets_it_in_again() {
    let portal = Portal::open().await;
    let (mut cora, juniper, brightwater) = cora_looks(&portal).await;
    let mut olga = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    olga.visit(&format!("/customers/{juniper}/account")).await;
    olga.sees_heading("Juniper Hall");
    cora.follow("Remove delegated admin of Brightwater IT").await;
    cora.sees_heading("Remove delegated admin of Brightwater IT?").sees("Neither of them can undo that.");
    let question = cora.path().to_owned();
    cora.press("Remove delegated admin").await;
    cora.sees("Brightwater IT no longer administers your account.").sees("Without delegated admin");
    olga.visit(&format!("/customers/{juniper}/account")).await;
    assert_eq!(olga.status(), StatusCode::NOT_FOUND);
    // Sent again, it says that it is so.
    cora.visit(&question).await;
    cora.sees("does not administer your account");
    cora.stay().post(&question, &[]).await;
    assert_eq!(portal.database.number("SELECT count(*) FROM delegations WHERE is_revoked"), 1);
    sam.visit(&format!("/customers/{juniper}/relationships")).await;
    sam.sees_row(&["Brightwater IT", "Removed by the customer"])
        .sees_no_link("Delegate again to Brightwater IT");
    sam.follow("Associate a reseller").await;
    sam.sees("No reseller can be chosen.").sees("The customer does not give delegated admin");
    for (browser, told) in [(&mut olga, "reseller"), (&mut sam, "provider")] {
        browser.visit("/activity").await;
        browser.sees("End a reseller’s delegation").sees("Juniper Hall");
        assert!(browser.text().contains("Cora Customer"), "the log of the {told} names her");
    }
    cora.visit("/").await;
    cora.follow("Give delegated admin again to Brightwater IT").await;
    cora.press("Give delegated admin again").await;
    cora.sees("Brightwater IT administers your account again.");
    olga.visit(&format!("/customers/{juniper}/account")).await;
    olga.sees_heading("Juniper Hall");
}

#[actix_web::test]
async fn partners_are_told_by_letter() {
    let portal = Portal::open().await;
    let (mut cora, _, brightwater) = cora_looks(&portal).await;
    let owner = portal.add_person(&brightwater, &[Role::GlobalAdmin]).await;
    let gus = portal.add_person(&portal.harbor, &[Role::GlobalAdmin]).await;
    cora.follow("Remove delegated admin of Brightwater IT").await;
    cora.press("Remove delegated admin").await;
    portal.carry_mail_at(Moment::now().plus_seconds(7200)).await;
    let letter = portal.letter_to(&owner);
    assert!(letter.body_text.contains("ended the delegation of Juniper Hall"), "{}", letter.body_text);
    let letter = portal.letter_to(&gus);
    assert!(letter.subject.contains("removed delegated admin of Brightwater IT"), "{}", letter.subject);
}

#[actix_web::test]
async fn a_provider_without_delegated_admin_orders_and_resets_no_password() {
    let portal = Portal::open().await;
    let (mut cora, juniper, brightwater) = cora_looks(&portal).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    let reset = format!("/customers/{juniper}/admin-password");
    ada.visit(&reset).await;
    cora.follow("Remove delegated admin of Harbor Distribution").await;
    cora.sees("it still sees your account, orders for you");
    cora.press("Remove delegated admin").await;
    cora.sees("Harbor Distribution no longer administers your account.");
    // The page that was open before does it no more, either.
    ada.press("Reset password").await;
    assert_eq!(ada.status(), StatusCode::CONFLICT);
    ada.sees_heading("No delegated administration of Juniper Hall");
    assert_eq!(portal.database.number("SELECT count(*) FROM people WHERE must_change_password"), 0);
    ada.visit(&format!("/customers/{juniper}/account")).await;
    ada.sees("No delegated administration").sees("Removed by the customer on").sees_no_link("Reset password");
    ada.visit(&format!("/customers/{juniper}/subscriptions/new")).await;
    assert_eq!(ada.status(), StatusCode::OK);
    ada.visit("/activity").await;
    ada.sees_row(&["Remove delegated admin", "Juniper Hall"]);
    // What a reseller was given is another thing.
    let mut olga = portal.browser_in(&brightwater, &[Role::HelpdeskAgent]).await;
    olga.visit(&reset).await;
    olga.sees_button("Reset password");
    cora.visit("/").await;
    cora.follow("Give delegated admin again to Harbor Distribution").await;
    cora.press("Give delegated admin again").await;
    cora.sees("Harbor Distribution administers your account again.");
    ada.visit(&reset).await;
    ada.sees_button("Reset password");
}

#[actix_web::test]
async fn a_reseller_that_is_no_partner_any_more_is_not_let_in_again() {
    let portal = Portal::open().await;
    let (mut cora, ..) = cora_looks(&portal).await;
    cora.follow("Remove delegated admin of Brightwater IT").await;
    cora.press("Remove delegated admin").await;
    portal.has_removed_partnerships().await;
    cora.follow("Give delegated admin again to Brightwater IT").await;
    cora.press("Give delegated admin again").await;
    cora.sees("Brightwater IT cannot administer your account now");
    assert_eq!(portal.database.number("SELECT count(*) FROM delegations WHERE ended_at IS NULL"), 0);
}
