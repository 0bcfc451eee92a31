//! A subscription's page; its quantity and nickname.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::catalog::model::Billing;

use super::{actions, contoso_has_basic, is_now, kept, log, page};
use crate::support::bought::PlainSubscription;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

#[actix_web::test]
async fn the_page_shows_what_was_bought_and_what_it_costs() {
    let portal = Portal::open().await;
    let contoso = portal.has_customer("Contoso").await;
    let plain = PlainSubscription::new("Business Basic");
    let annual = PlainSubscription { quantity: 1420, billing: Billing::Annual, ..plain };
    let id = portal.has_subscription(&contoso, annual).await;
    let add_on = portal.has_subscription(&contoso, PlainSubscription::add_on("Call minutes", &id)).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    sam.sees_heading("Business Basic")
        .sees("1,420 licenses")
        .sees("€ 5.10 each a year")
        .sees("€ 7,242.00 a year");
    sam.sees(id.as_str()).sees(contoso.as_str()).sees_link("Contoso").sees("Order").sees("Renews");
    sam.sees_row(&["Call minutes", "25 licenses", "Active"]);
    sam.sees("Nothing was changed since it was ordered.");
    assert_eq!(sam.title(), "Business Basic · Twotier");
    sam.follow("Call minutes").await;
    assert_eq!(sam.path(), page(&add_on));
    sam.sees("Add-on of");
    sam.follow("Business Basic").await;
    assert_eq!(sam.path(), page(&id));
}

#[actix_web::test]
async fn a_quantity_is_changed_within_what_the_offer_allows() {
    let portal = Portal::open().await;
    let contoso = portal.has_customer("Contoso").await;
    let plain = PlainSubscription::new("Business Basic");
    let offer = PlainOffer { minimum: 5, ..plain.offer.clone() };
    let id = portal.has_subscription(&contoso, PlainSubscription { offer, ..plain }).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    sam.sees("5 to 300, as Business Basic allows.");
    for (typed, words) in [
        ("301", "At most 300 licenses; 301 were entered."),
        ("4", "At least 5 licenses; 4 were entered."),
        ("99999999999999999999", "At most 300 licenses; 99999999999999999999 were entered."),
        ("many", "Use whole numbers, such as 12 or 1,200."),
        ("12,00", "Use whole numbers, such as 12 or 1,200."),
        ("", "Enter the quantity."),
        ("4\0x", "Use whole numbers, such as 12 or 1,200."),
    ] {
        sam.fill("Quantity", typed).press("Change quantity").await;
        assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        sam.sees_problem("Quantity", words).sees(&format!("Quantity: {words}"));
        assert_eq!(sam.field("Quantity"), typed.replace('\0', ""));
    }
    sam.fill("Quantity", "４０").press("Change quantity").await;
    sam.press("Change quantity").await;
    sam.sees("The quantity is changed.").sees("40 licenses").sees("€ 204.00 a month");
    assert_eq!(sam.path(), page(&id));
    let changes = r#"[{"field":"quantity","old":"25","new":"40"}]"#;
    let expected = ("update_subscription".to_owned(), changes.to_owned(), "succeeded".to_owned());
    assert_eq!(log(&portal, &portal.harbor.id, &id).await, [expected]);
    sam.sees("25 → 40").sees("Sam sales_agent (Harbor Distribution)");
}

#[actix_web::test]
async fn sending_the_same_again_changes_nothing() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    let mut again = sam.clone_session();
    again.visit(&page(&id)).await;
    sam.fill("Quantity", "40").press("Change quantity").await;
    sam.press("Change quantity").await;
    again.fill("Quantity", "40").press("Change quantity").await;
    again.sees("Nothing was changed: it is like that already.");
    assert_eq!(kept(&portal, &id).await, (40, 2));
    assert_eq!(actions(&portal, &portal.harbor.id, &id).await.len(), 1);
}

#[actix_web::test]
async fn a_quantity_that_a_rule_fixes_says_which_rule() {
    let portal = Portal::open().await;
    let contoso = portal.has_customer("Contoso").await;
    let fabrikam = portal.has_customer("Fabrikam").await;
    portal.has_no_agreement(&fabrikam).await;
    let plain = || PlainSubscription::new("Basic");
    let rules = [
        (contoso, PlainSubscription::trial("Trial"), "active", "The quantity of a trial is fixed."),
        (contoso, PlainSubscription::by_use("Azure"), "active", "what the customer uses is billed"),
        (contoso, plain(), "suspended", "It is suspended. Reactivate it first."),
        (contoso, plain(), "pending", "It is not provisioned yet."),
        (contoso, plain(), "deleted", "It is deleted and its data is gone"),
        (fabrikam, plain(), "active", "The customer has not accepted the customer agreement"),
    ];
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    for (customer, subscription, status, words) in rules {
        let id = portal.has_subscription(&customer, subscription).await;
        is_now(&portal, &id, status, None).await;
        sam.visit(&page(&id)).await;
        sam.sees(words).sees_no_button("Change quantity");
        // The form is not there, but somebody may have had it open.
        let fields = [("quantity", "26"), ("version", "1")];
        sam.post(&format!("{}/quantity", page(&id)), &fields).await;
        assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        sam.sees("This was not done.").sees(words);
        if words.contains("trial") {
            // Its offer allows one quantity only, which is checked before anything is tried.
            continue;
        }
        let recorded = log(&portal, &portal.harbor.id, &id).await;
        assert_eq!(recorded.len(), 1, "{words}");
        assert_eq!(recorded[0].2, "failed", "{words}");
        assert_eq!(kept(&portal, &id).await.1, 1, "nothing is changed");
    }
}

#[actix_web::test]
async fn a_nickname_tells_equal_offers_apart() {
    let portal = Portal::open().await;
    let (contoso, id) = contoso_has_basic(&portal).await;
    portal.has_subscription(&contoso, PlainSubscription::new("Enterprise")).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    sam.fill("Nickname", "  ").press("Change nickname").await;
    sam.sees_problem("Nickname", "Enter the nickname.");
    let long = "x".repeat(101);
    sam.fill("Nickname", &long).press("Change nickname").await;
    sam.sees_problem("Nickname", "Use 100 characters or fewer.");
    assert_eq!(sam.field("Nickname"), long);
    sam.fill("Nickname", "Warehouse <b>\0 2").press("Change nickname").await;
    sam.sees("The subscription has its new nickname.").sees_heading("Warehouse <b> 2").sees("Business Basic");
    sam.visit(&format!("/customers/{contoso}/subscriptions")).await;
    sam.sees_row(&["Warehouse <b> 2 Business Basic", "25 licenses"]);
    let names: Vec<String> = sam.rows().into_iter().skip(1).map(|mut row| row.remove(0)).collect();
    assert_eq!(names[0], "Enterprise", "the list follows the nickname");
    assert_eq!(actions(&portal, &portal.harbor.id, &id).await, ["update_subscription"]);
}

#[actix_web::test]
async fn a_helpdesk_agent_looks_and_changes_only_the_support_contact() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    let mut heidi = portal.browser_of(Role::HelpdeskAgent).await;
    heidi.visit(&page(&id)).await;
    heidi.sees_heading("Business Basic").sees_button("Submit support contact");
    heidi.sees_no_button("Change quantity").sees_no_button("Change nickname");
    heidi.sees_no_link("Suspend").sees_no_link("Update Reseller (MPN ID)");
}

#[actix_web::test]
async fn a_form_that_makes_no_sense_is_refused_and_changes_nothing() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    for action in ["quantity", "nickname", "suspension", "reactivation", "reseller", "support-contact"] {
        for fields in [
            &[][..],
            &[("version", "")],
            &[("version", "1"), ("version", "1")],
            &[("version", "9".repeat(30).as_str())],
        ] {
            sam.post(&format!("{}/{action}", page(&id)), fields).await;
            assert_eq!(sam.status(), StatusCode::BAD_REQUEST, "{action} {fields:?}");
        }
    }
    assert_eq!(kept(&portal, &id).await, (25, 1));
}
