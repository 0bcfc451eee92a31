//! A customer's Subscriptions page and its export.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};
use twotier::values::moment::{Moment, days_after};

use super::is_now;
use crate::support::bought::PlainSubscription;
use crate::support::portal::Portal;

#[actix_web::test]
async fn the_list_shows_what_the_customer_bought() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let contoso = portal.has_customer("Contoso").await;
    let earner = Some(("4810233".to_owned(), brightwater.id));
    let basic = PlainSubscription { incentives: earner, ..PlainSubscription::new("Business Basic") };
    portal.has_subscription(&contoso, basic).await;
    portal.has_subscription(&contoso, PlainSubscription::trial("Project trial")).await;
    portal.has_subscription(&contoso, PlainSubscription::by_use("Azure")).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{contoso}/subscriptions")).await;
    sam.sees_heading("Contoso");
    sam.sees_row(&[
        "Business Basic",
        "25 licenses",
        "Active",
        "Monthly",
        "5.10 each a month",
        "Brightwater IT (4810233)",
    ]);
    sam.sees_row(&["Project trial", "25 licenses", "Active", "None", "Free", "No reseller", "Ends"]);
    sam.sees_row(&["Azure", "By usage", "Active"]);
    let names: Vec<String> = sam.rows().into_iter().skip(1).map(|mut row| row.remove(0)).collect();
    assert_eq!(names, ["Azure", "Business Basic", "Project trial"]);
    assert_eq!(sam.href("Add subscription"), format!("/customers/{contoso}/subscriptions/new"));
    sam.follow("Business Basic").await;
    sam.sees_heading("Business Basic");
}

#[actix_web::test]
async fn the_list_is_filtered_by_how_a_subscription_stands_today() {
    let portal = Portal::open().await;
    let contoso = portal.has_customer("Contoso").await;
    let today = Moment::now().day();
    for name in ["Active one", "Suspended one", "Forgotten one", "Deleted one"] {
        let id = portal.has_subscription(&contoso, PlainSubscription::new(name)).await;
        match name {
            "Suspended one" => is_now(&portal, &id, "suspended", Some(today)).await,
            "Forgotten one" => {
                is_now(&portal, &id, "suspended", Some(days_after(today, 1) - chrono::Days::new(2))).await
            }
            "Deleted one" => is_now(&portal, &id, "deleted", None).await,
            _ => {}
        }
    }
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{contoso}/subscriptions")).await;
    sam.sees_row(&["Forgotten one", "Deleted"]);
    sam.choose("Status", "Suspended").press("Apply").await;
    assert_eq!(sam.query("status").as_deref(), Some("suspended"));
    sam.sees_row(&["Suspended one", "Suspended"]).sees_not("Forgotten one").sees_not("Active one");
    sam.choose("Status", "Deleted").press("Apply").await;
    sam.sees_row(&["Forgotten one"]).sees_row(&["Deleted one"]).sees_not("Suspended one");
    sam.choose("Status", "Pending").press("Apply").await;
    sam.sees("None of this customer’s subscriptions is pending.");
    sam.follow("Show all").await;
    sam.sees_row(&["Active one"]);
}

#[actix_web::test]
async fn a_long_list_is_read_page_by_page() {
    let portal = Portal::open().await;
    let contoso = portal.has_customer("Contoso").await;
    for number in 0..30 {
        // Equal names: the id decides, and nothing is lost between two pages.
        let name = if number < 28 { "Same name".to_owned() } else { format!("Zebra {number}") };
        portal.has_subscription(&contoso, PlainSubscription::new(&name)).await;
    }
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{contoso}/subscriptions")).await;
    assert_eq!(sam.rows().len(), 26);
    sam.sees_no_link("Previous");
    sam.follow("Next").await;
    assert_eq!(sam.rows().len(), 6);
    sam.sees_row(&["Zebra 29"]).sees_no_link("Next");
    sam.follow("Previous").await;
    assert_eq!(sam.rows().len(), 26);
    sam.visit(&format!("/customers/{contoso}/subscriptions?after=%00%1F%00&status=%00")).await;
    assert_eq!(sam.status(), StatusCode::OK);
}

#[actix_web::test]
async fn an_empty_list_says_what_next() {
    let portal = Portal::open().await;
    let contoso = portal.has_customer("Contoso").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{contoso}/subscriptions")).await;
    sam.sees_heading("No subscription yet");
    let mut heidi = portal.browser_of(Role::HelpdeskAgent).await;
    heidi.visit(&format!("/customers/{contoso}/subscriptions")).await;
    heidi.sees_heading("No subscription yet").sees_no_link("Add subscription").sees_no_link("Export as CSV");
}

#[actix_web::test]
async fn the_export_has_exactly_these_columns_and_the_filtered_rows() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let contoso = portal.has_customer("Contoso").await;
    let earner = Some(("4810233".to_owned(), brightwater.id));
    let basic = PlainSubscription {
        incentives: earner,
        quantity: 1420,
        ..PlainSubscription::new("Basic, \"large\"")
    };
    let basic = portal.has_subscription(&contoso, basic).await;
    let formula = portal.has_subscription(&contoso, PlainSubscription::new("=1+1")).await;
    is_now(&portal, &formula, "suspended", None).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{contoso}/subscriptions")).await;
    sam.follow("Export as CSV").await;
    let file = sam.download();
    assert_eq!(file.name, "subscriptions.csv");
    assert_eq!(
        String::from_utf8(file.bytes).unwrap(),
        format!(
            "\u{feff}Subscription ID,Subscription,Quantity,Status,Reseller,Nickname,Entitlement ID\r\n\
             {formula},'=1+1,25,suspended,,,\r\n\
             {basic},\"Basic, \"\"large\"\"\",1420,active,4810233,,\r\n"
        )
    );
    sam.visit(&format!("/customers/{contoso}/subscriptions?status=active")).await;
    sam.follow("Export as CSV").await;
    let text = String::from_utf8(sam.download().bytes).unwrap();
    assert!(text.contains("large") && !text.contains("1+1"), "{text}");
}

#[actix_web::test]
async fn an_export_of_more_than_one_chunk_is_whole() {
    let portal = Portal::open().await;
    let contoso = portal.has_customer("Contoso").await;
    let first = portal.has_subscription(&contoso, PlainSubscription::new("Basic 0000")).await;
    let (customer, copied) = (contoso, first);
    let copies = move |conn: &mut twotier::db::Connection| super::copies(conn, &customer, &copied, 1200);
    portal.db.write(copies).await.expect("the copies are made");
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{contoso}/subscriptions")).await;
    sam.follow("Export as CSV").await;
    let text = String::from_utf8(sam.download().bytes).unwrap();
    let mut ids: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(ids.len(), 1201);
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 1201);
}

#[actix_web::test]
async fn another_providers_customer_does_not_exist() {
    let portal = Portal::open().await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "DE").await;
    let contoso = portal.has_customer("Contoso").await;
    let mut tess = portal.browser_in(&summit, &[Role::GlobalAdmin]).await;
    for path in ["subscriptions", "subscriptions/export"] {
        tess.visit(&format!("/customers/{contoso}/{path}")).await;
        assert_eq!(tess.status(), StatusCode::NOT_FOUND, "{path}");
    }
    for nobody in ["/customers/1/subscriptions", "/customers/%00/subscriptions/export"] {
        tess.visit(nobody).await;
        assert_eq!(tess.status(), StatusCode::NOT_FOUND, "{nobody}");
    }
}
