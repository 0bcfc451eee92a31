//! A relationship ends now: what stands in the way, what clears it, the question, and what has happened.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::partners::model::Organisation;
use twotier::values::id::{CustomerId, SubscriptionId};
use twotier::values::moment::Moment;

use super::end;
use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::portal::Portal;

/// Brightwater administers Alder, and a subscription to Business Basic names Newleaf.
struct Scene {
    portal: Portal,
    brightwater: Organisation,
    newleaf: Organisation,
    alder: CustomerId,
    named: SubscriptionId,
}

impl Scene {
    async fn open() -> Scene {
        let portal = Portal::open().await;
        let (brightwater, newleaf) = portal.has_two_partners().await;
        let alder = portal.has_customer("Alder").await;
        portal.has_delegation(&alder, &brightwater).await;
        let named = PlainSubscription {
            incentives: Some(("5910444".to_owned(), newleaf.id)),
            ..PlainSubscription::new("Business Basic")
        };
        let named = portal.has_subscription(&alder, named).await;
        Scene { portal, brightwater, newleaf, alder, named }
    }
}

#[actix_web::test]
async fn what_stands_in_the_way_is_cleared_on_one_page_and_the_relationship_ends() {
    let Scene { portal, alder, named: base, .. } = Scene::open().await;
    portal.has_subscription(&alder, PlainSubscription::add_on("Extra Storage", &base)).await;
    portal.has_subscription(&alder, PlainSubscription::new("Enterprise E3")).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}/subscriptions/new")).await;
    sam.fill("Licenses of Enterprise E3", "3").press("Next: Review").await;
    sam.visit(&format!("/customers/{alder}/account")).await;
    sam.sees_no_link("Remove reseller relationship");
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{alder}/account")).await;
    ada.follow("Remove reseller relationship").await;
    ada.sees_heading("Remove the relationship with Alder");
    ada.sees("3 active subscriptions").sees_row(&["Extra Storage", "25 licenses", "Business Basic"]);
    ada.sees("1 order is in the making").sees("Brightwater IT, by mail").sees("Newleaf, by mail");
    let goes = between(&ada, "What goes", "What stays");
    assert!(goes.contains("What these resellers may do for it ends: Brightwater IT."), "{goes}");
    assert!(
        goes.contains("These resellers no longer see the subscriptions that name them: Newleaf."),
        "{goes}"
    );
    assert!(goes.contains("You are its support contact, in place of any reseller."), "{goes}");
    let stays = between(&ada, "What stays", "Who is told");
    assert!(stays.contains("Its 3 orders, its history and the activity log can be read"), "{stays}");
    assert!(!stays.contains("suspended"), "{stays}");
    ada.press("Go on").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees("The relationship was not ended.");
    ada.press("Suspend all").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees_problem("Reason", "Choose the reason.");
    ada.check("Customer request").press("Suspend all").await;
    ada.sees("3 subscriptions are suspended.").sees_not("active subscriptions");
    let stays = between(&ada, "What stays", "Who is told");
    assert!(stays.contains("The data of 3 suspended subscriptions is kept until"), "{stays}");
    ada.press("Drop all drafts").await;
    ada.sees("1 draft is dropped.").sees("Nothing. The relationship can end now.");
    ada.fill("Subject", "We part").fill("Message", "Dear Cora,\n\nall the best.").press("Go on").await;
    ada.sees_heading("End the relationship with Alder now?").sees("1 reseller no longer administers it");
    ada.sees("3 suspended subscriptions keep their data").sees("can be reinstated for 180 days");
    let mut twice = ada.clone_session();
    twice.visit(&format!("/customers/{alder}/end")).await;
    twice.press("Go on").await;
    ada.press("End the relationship").await;
    ada.sees("The relationship with Alder has ended.").sees("Ended on").sees_link("Reinstate");
    twice.press("End the relationship").await;
    twice.sees("The relationship with Alder had ended already.");
    for (sql, count) in [
        ("endings WHERE state = 'ended'", 1),
        ("delegations WHERE ended_at IS NULL", 0),
        ("ended_delegations", 1),
        ("customers WHERE ended_at IS NOT NULL", 1),
        (
            "activity_records WHERE action = 'remove_partner_customer_relationship' AND result = 'succeeded'",
            3,
        ),
        ("notifications WHERE kind = 'relationship_ended'", 2),
    ] {
        assert_eq!(portal.database.number(&format!("SELECT count(*) FROM {sql}")), count, "{sql}");
    }
    portal.carry_mail().await;
    let letter = portal.letter_to("cora@customer.example");
    assert_eq!(letter.subject, "We part");
    assert!(letter.body_text.contains("all the best."), "{}", letter.body_text);
}

/// What stands on the page between two headings.
fn between(browser: &Browser, heading: &str, next: &str) -> String {
    let text = browser.text();
    let (_, rest) = text.split_once(heading).expect("the first heading");
    rest.split_once(next).expect("the next heading").0.to_owned()
}

#[actix_web::test]
async fn resellers_no_longer_see_it_whether_they_administered_it_or_were_named() {
    let Scene { portal, brightwater, newleaf, alder, named: subscription } = Scene::open().await;
    let mut olga = portal.browser_in(&brightwater, &[Role::GlobalAdmin]).await;
    let mut nina = portal.browser_in(&newleaf, &[Role::GlobalAdmin]).await;
    nina.visit("/subscriptions").await;
    nina.sees("Business Basic");
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{alder}/end")).await;
    ada.check("Non-payment").press("Suspend all").await;
    end(&mut ada, &alder).await;
    for browser in [&mut olga, &mut nina] {
        browser.visit(&format!("/subscriptions/{subscription}")).await;
        assert_eq!(browser.status(), StatusCode::NOT_FOUND);
        browser.visit("/customers").await;
        browser.sees_not("Alder");
    }
    nina.visit("/subscriptions").await;
    nina.sees_not("Business Basic");
    // The provider reads everything, and supports it.
    ada.visit(&format!("/subscriptions/{subscription}")).await;
    ada.sees("The relationship with this customer has ended");
}

#[actix_web::test]
async fn whoever_wants_no_letter_says_so() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::GlobalAdmin).await;
    ada.visit(&format!("/customers/{alder}/end")).await;
    ada.fill("Subject", "").fill("Message", " ").press("Go on").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees("2 problems to solve.");
    ada.uncheck("Send this letter").press("Go on").await;
    ada.sees("The customer gets no letter.");
    ada.press("Back").await;
    ada.sees_heading("Remove the relationship with Alder");
    ada.press("Go on").await;
    ada.press("End the relationship").await;
    ada.sees("The relationship with Alder has ended.");
    assert_eq!(portal.database.number("SELECT count(*) FROM letters"), 0);
}

#[actix_web::test]
async fn an_order_of_today_stands_in_the_way_until_it_can_no_longer_be_cancelled() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_subscription(&alder, PlainSubscription::new("Business Basic")).await;
    portal.database.change("UPDATE subscriptions SET status = 'suspended'");
    portal.database.change("UPDATE orders SET cancellable_until = '2999-12-31 22:59:59'");
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{alder}/end")).await;
    ada.sees("1 order can still be cancelled").sees("Without cancelling, the relationship can end from");
    ada.press("Go on").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    portal.database.change("UPDATE orders SET cancellable_until = '2020-12-31 22:59:59'");
    end(&mut ada, &alder).await;
    ada.sees("The relationship with Alder has ended.");
}

#[actix_web::test]
async fn what_is_being_provisioned_stands_in_the_way_until_it_is_active_and_suspended() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_subscription(&alder, PlainSubscription::new("Business Basic")).await;
    portal.database.change("UPDATE subscriptions SET status = 'pending'");
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{alder}/end")).await;
    ada.sees("1 subscription is being provisioned").sees_link("Business Basic");
    ada.sees("can be suspended once it is active").sees_no_button("Suspend all");
    ada.press("Go on").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees("The relationship was not ended.");
    portal.database.change("UPDATE subscriptions SET status = 'active'");
    ada.visit(&format!("/customers/{alder}/end")).await;
    ada.sees("1 active subscription").sees_not("is being provisioned");
    ada.check("Customer request").press("Suspend all").await;
    end(&mut ada, &alder).await;
    ada.sees("The relationship with Alder has ended.");
}

#[actix_web::test]
async fn the_letter_begins_in_the_language_of_the_customer_wherever_that_is_spoken() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.database.change("UPDATE customers SET culture = 'zh-TW'");
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{alder}/end")).await;
    let text = ada.field("Message");
    assert!(text.contains("您好") && text.contains("不再是 Alder 的提供者"), "{text}");
    ada.press("Go on").await;
    ada.press("End the relationship").await;
    portal.carry_mail().await;
    let letter = portal.letter_to("cora@customer.example");
    assert!(letter.body_html.contains("<html lang=\"zh-Hant\""), "{}", letter.body_html);
}

#[actix_web::test]
async fn somebody_elses_customer_is_none() {
    let portal = Portal::open().await;
    let lagoon = portal.has_organisation(twotier::access::OrganisationKind::Provider, "Lagoon", "BR").await;
    let birch = portal.has_customer_of(&lagoon, "Birch").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    for page in ["end", "reinstatement", "reinstatement/consent"] {
        ada.visit(&format!("/customers/{birch}/{page}")).await;
        assert_eq!(ada.status(), StatusCode::NOT_FOUND, "{page}");
    }
    for page in ["end/suspension", "end/drafts", "end/plan"] {
        ada.post(&format!("/customers/{birch}/{page}"), &[("reason", "fraud"), ("version", "1")]).await;
        assert_eq!(ada.status(), StatusCode::NOT_FOUND, "{page}");
    }
}

#[actix_web::test]
async fn what_was_planned_for_its_resellers_goes_with_it() {
    let portal = Portal::open().await;
    portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{alder}/relationships/new")).await;
    ada.choose("Indirect reseller", "Brightwater IT (MPN ID 4810233)").choose("When it changes", "On a day");
    ada.fill("On this day (optional)", &Moment::now().plus_days(5).day().to_string());
    ada.press("See the consequences").await;
    ada.press("Plan it").await;
    end(&mut ada, &alder).await;
    ada.follow("Relationships").await;
    ada.sees_row(&["Brightwater IT is associated", "Dropped"]).sees_no_link("Change the plan");
    portal.does("carry_out_delegation_plans", Moment::now().plus_days(6)).await;
    let of = |sql: &str| portal.database.number(&format!("SELECT count(*) FROM {sql}"));
    assert_eq!(of("delegations"), 0);
    assert_eq!(of("activity_records WHERE action = 'drop_delegation_plan'"), 1);
    assert_eq!(of("activity_records WHERE action = 'carry_out_delegation_plan'"), 0, "nothing was tried");
}
