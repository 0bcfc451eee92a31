//! A reseller that a subscription names manages that subscription, and sees of the customer no more than it must.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use twotier::access::Role;
use twotier::db::schema::subscriptions;
use twotier::partners::model::Organisation;
use twotier::values::id::{CustomerId, SubscriptionId};

use super::{EVERYTHING, actions, changes_everything, changes_quantity, copies, kept, log, page};
use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::portal::Portal;

const OWNER: [Role; 2] = [Role::GlobalAdmin, Role::AdminAgent];

/// Contoso, which Newleaf administers, with a subscription that names Brightwater.
struct Scene {
    brightwater: Organisation,
    newleaf: Organisation,
    contoso: CustomerId,
    id: SubscriptionId,
}

impl Scene {
    async fn of(portal: &Portal) -> Scene {
        let (brightwater, newleaf) = portal.has_two_partners().await;
        let contoso = portal.has_customer("Contoso").await;
        portal.has_delegation(&contoso, &newleaf).await;
        let id = portal.has_subscription(&contoso, naming(&brightwater, "Business Basic")).await;
        Scene { brightwater, newleaf, contoso, id }
    }
}

fn naming(reseller: &Organisation, name: &str) -> PlainSubscription {
    let incentives = Some(("4810233".to_owned(), reseller.id));
    PlainSubscription { incentives, ..PlainSubscription::new(name) }
}

#[actix_web::test]
async fn whoever_a_subscription_names_manages_it_and_both_logs_say_so() {
    let portal = Portal::open().await;
    let Scene { brightwater, id, .. } = Scene::of(&portal).await;
    let mut olga = portal.browser_in(&brightwater, &OWNER).await;
    olga.visit("/customers").await;
    olga.follow("Subscriptions").await;
    olga.sees_row(&["Business Basic", "Contoso", "Germany", "25 licenses", "4810233"]);
    olga.follow("Business Basic").await;
    olga.sees_heading("Business Basic").sees("You manage this subscription, because it names you");
    olga.sees("contoso.onmicrosoft.com").sees("Germany").sees_no_link("Contoso");
    olga.sees_no_link("Update Reseller (MPN ID)").sees_no_button("Submit support contact");
    changes_everything(&mut olga).await;
    assert_eq!(actions(&portal, &brightwater.id, &id).await, EVERYTHING);
    assert_eq!(actions(&portal, &portal.harbor.id, &id).await, EVERYTHING);
    assert_eq!(kept(&portal, &id).await.0, 30);
    // Looking is for the helpdesk, changing is not.
    let mut heidi = portal.browser_in(&brightwater, &[Role::HelpdeskAgent]).await;
    heidi.visit(&page(&id)).await;
    heidi.sees_heading("Front desk").sees_no_button("Change quantity").sees_no_link("Suspend");
}

#[actix_web::test]
async fn it_sees_the_customers_name_domain_and_country_and_nothing_else() {
    let portal = Portal::open().await;
    let Scene { brightwater, newleaf, contoso, id } = Scene::of(&portal).await;
    let secret = portal.has_subscription(&contoso, PlainSubscription::new("Secret Suite")).await;
    let hidden = portal.has_subscription(&contoso, PlainSubscription::add_on("Hidden Add-on", &id)).await;
    let base = portal.has_subscription(&contoso, PlainSubscription::new("Unseen Base")).await;
    let add_on = PlainSubscription {
        incentives: naming(&brightwater, "x").incentives,
        ..PlainSubscription::add_on("Own Add-on", &base)
    };
    let own = portal.has_subscription(&contoso, add_on).await;
    let order: twotier::values::id::OrderId = {
        portal
            .query(move |conn| {
                Ok(subscriptions::table.find(id).select(subscriptions::order_id).first(conn)?)
            })
            .await
    };
    // Things happen to it and around it.
    let mut nora = portal.browser_in(&newleaf, &OWNER).await;
    for (subscription, nickname) in [(&id, "Front desk"), (&secret, "Nora’s secret")] {
        nora.visit(&page(subscription)).await;
        nora.fill("Nickname", nickname).press("Change nickname").await;
    }
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    sam.choose("Designated support contact", "Newleaf").press("Submit support contact").await;
    for subscription in [&base, &id] {
        sam.visit(&format!("{}/suspension", page(subscription))).await;
        sam.choose("Reason", "Non-payment").press("Suspend subscription").await;
    }
    sam.visit(&page(&id)).await;
    sam.press("Reactivate").await;
    let mut olga = portal.browser_in(&brightwater, &OWNER).await;
    olga.visit(&format!("{}/suspension", page(&id))).await;
    olga.sees("also those that you do not see");
    olga.choose("Reason", "Customer request").press("Suspend subscription").await;
    olga.sees("The subscription is suspended");
    assert_eq!(actions(&portal, &portal.harbor.id, &hidden).await, ["suspend_subscription"]);

    let forbidden = [
        "Secret",
        "Hidden",
        "Unseen",
        "Newleaf",
        "5910444",
        "Nora",
        "Kaistr",
        "20457",
        "Cora",
        "cora@",
        "S-0",
        order.as_str(),
        secret.as_str(),
        hidden.as_str(),
        base.as_str(),
        newleaf.id.as_str(),
        "Sam sales_agent",
    ];
    for path in [
        "/".to_owned(),
        "/customers".to_owned(),
        "/orders".to_owned(),
        "/providers".to_owned(),
        "/activity".to_owned(),
        "/subscriptions".to_owned(),
        "/subscriptions?search=contoso".to_owned(),
        "/subscriptions?customers=others".to_owned(),
        "/customers?search=contoso".to_owned(),
        page(&id),
        page(&own),
        format!("{}/suspension", page(&own)),
    ] {
        olga.visit(&path).await;
        assert_eq!(olga.status(), StatusCode::OK, "{path}");
        sees_none_of(&olga, &forbidden, &path);
    }
    for export in ["/subscriptions/export", "/customers/export", "/activity/export"] {
        olga.visit(export).await;
        let text = olga.download().text();
        for word in forbidden {
            assert!(!text.contains(word), "{word} in {export}:\n{text}");
        }
    }
    for path in [
        format!("/customers/{contoso}"),
        format!("/customers/{contoso}/account"),
        format!("/customers/{contoso}/subscriptions"),
        format!("/customers/{contoso}/subscriptions/export"),
        format!("/customers/{contoso}/orders"),
        format!("/customers/{contoso}/admin-password"),
        format!("/orders/{order}"),
        page(&secret),
        page(&hidden),
        page(&base),
        format!("{}/suspension", page(&secret)),
    ] {
        olga.visit(&path).await;
        assert_eq!(olga.status(), StatusCode::NOT_FOUND, "{path}");
        sees_none_of(&olga, &forbidden[..8], &path);
    }
    for action in ["quantity", "nickname", "suspension", "reactivation"] {
        let fields = [("quantity", "30"), ("nickname", "Mine"), ("reason", "fraud"), ("version", "1")];
        olga.post(&format!("{}/{action}", page(&secret)), &fields).await;
        assert_eq!(olga.status(), StatusCode::NOT_FOUND, "{action}");
    }
    // A conflict with another reseller does not name it.
    olga.visit(&page(&own)).await;
    nora.visit(&page(&own)).await;
    nora.fill("Nickname", "Nora’s own").press("Change nickname").await;
    olga.fill("Nickname", "Mine").press("Change nickname").await;
    assert_eq!(olga.status(), StatusCode::CONFLICT);
    olga.sees("This subscription was changed after you had opened the page.").sees_not("Newleaf");
    // Its base rests, which it may know; not which one that is.
    olga.visit(&page(&own)).await;
    olga.sees("A subscription that you do not manage").sees("Ask the indirect provider to do that.");
}

#[actix_web::test]
async fn the_right_ends_with_the_next_click_when_another_or_nobody_is_named() {
    let portal = Portal::open().await;
    let Scene { brightwater, newleaf, contoso, id } = Scene::of(&portal).await;
    let mut olga = portal.browser_in(&brightwater, &OWNER).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    olga.visit(&page(&id)).await;
    sam.visit(&format!("{}/reseller", page(&id))).await;
    sam.choose("Indirect reseller (optional)", "Newleaf (5910444)").press("Submit").await;
    olga.fill("Quantity", "30").press("Change quantity").await;
    assert_eq!(olga.status(), StatusCode::NOT_FOUND);
    olga.visit("/subscriptions").await;
    olga.sees("No subscription names you yet");
    // Each has it in its own log, without the other's name.
    let (own, others) = (log(&portal, &brightwater.id, &id).await, log(&portal, &newleaf.id, &id).await);
    assert_eq!(own[0].0, "remove_mpn_association");
    assert_eq!(others[0].0, "create_mpn_association");
    assert!(!own[0].1.contains("5910444") && !others[0].1.contains("4810233"), "{own:?} {others:?}");
    sam.visit(&format!("{}/reseller", page(&id))).await;
    sam.choose("Indirect reseller (optional)", "Brightwater IT (4810233)").press("Submit").await;
    olga.visit(&page(&id)).await;
    olga.sees_heading("Business Basic");
    sam.visit(&format!("{}/reseller", page(&id))).await;
    sam.choose("Indirect reseller (optional)", "No reseller").press("Submit").await;
    olga.reload().await;
    assert_eq!(olga.status(), StatusCode::NOT_FOUND);
    // Who administers the customer manages it all the time.
    let mut nora = portal.browser_in(&newleaf, &OWNER).await;
    nora.visit(&page(&id)).await;
    nora.sees_link("Contoso");
    nora.visit(&format!("/customers/{contoso}/account")).await;
    assert_eq!(nora.status(), StatusCode::OK);
}

#[actix_web::test]
async fn a_removed_partnership_leaves_what_names_the_reseller_and_says_so_before() {
    let portal = Portal::open().await;
    let Scene { brightwater, id, .. } = Scene::of(&portal).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/resellers/{}/removal", brightwater.id)).await;
    ada.sees("It goes on managing 1 subscription of customers that it does not administer");
    portal.has_removed_partnerships().await;
    let mut olga = portal.browser_in(&brightwater, &OWNER).await;
    olga.visit(&page(&id)).await;
    changes_quantity(&mut olga, "30").await;
    olga.sees("The quantity is changed.");
}

#[actix_web::test]
async fn the_list_is_searched_narrowed_and_paged_and_its_export_is_whole() {
    let portal = Portal::open().await;
    let Scene { brightwater, contoso, id, .. } = Scene::of(&portal).await;
    let fabrikam = portal.has_customer("Fabrikam").await;
    portal.has_delegation(&fabrikam, &brightwater).await;
    portal.has_subscription(&fabrikam, naming(&brightwater, "Enterprise E3")).await;
    portal.has_subscription(&fabrikam, PlainSubscription::new("Names nobody")).await;
    let more = move |conn: &mut twotier::db::Connection| copies(conn, &contoso, &id, 60);
    portal.db.write(more).await.expect("more");
    let mut olga = portal.browser_in(&brightwater, &OWNER).await;
    olga.visit("/subscriptions").await;
    olga.sees("Basic 0001").sees_not("Names nobody");
    olga.follow("Next").await;
    olga.sees("Basic 0030");
    olga.follow("Next").await;
    olga.sees_row(&["Enterprise E3", "The whole customer"]).sees_no_link("Next");
    olga.follow("Previous").await;
    olga.sees("Basic 0030");
    olga.visit("/subscriptions").await;
    olga.fill("Search subscription, customer or domain", "FABRIKAM.on").press("Apply").await;
    olga.sees_row(&["Enterprise E3"]).sees_not("Basic 00").sees_link("Fabrikam");
    olga.fill("Search subscription, customer or domain", "c 004").press("Apply").await;
    assert_eq!(olga.rows().len(), 11, "ten and the head");
    olga.fill("Search subscription, customer or domain", "").choose("Customers", "Not administered by you");
    olga.press("Apply").await;
    olga.sees("Basic 0001").sees_not("Enterprise E3");
    olga.fill("Search subscription, customer or domain", "100%_").press("Apply").await;
    olga.sees_heading("No subscription matches");
    olga.visit("/subscriptions/export").await;
    let text = olga.download().text();
    assert_eq!(text.lines().count(), 63, "{text}");
    assert!(text.contains("Contoso,contoso.onmicrosoft.com,Germany,25,active,4810233"), "{text}");
    olga.visit("/subscriptions/export?customers=others&search=0042").await;
    assert_eq!(olga.download().text().lines().count(), 2);
}

fn sees_none_of(browser: &Browser, words: &[&str], path: &str) {
    for word in words {
        assert!(!browser.html().contains(word), "{word} on {path}");
    }
}
