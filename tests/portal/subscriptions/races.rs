//! Two people at once: the second sees the first, and nothing is silently overwritten.

use actix_web::http::StatusCode;
use futures_util::future::join_all;
use twotier::access::Role;

use super::{actions, brightwater_administers_contoso, changes_quantity, contoso_has_basic, kept, page};
use crate::support::bought::PlainSubscription;
use crate::support::portal::Portal;

#[actix_web::test]
async fn the_second_of_two_editors_sees_both_versions_and_decides() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    sam.visit(&page(&id)).await;
    ada.visit(&page(&id)).await;
    changes_quantity(&mut sam, "40").await;
    ada.fill("Quantity", "60").press("Change quantity").await;
    assert_eq!(ada.status(), StatusCode::CONFLICT);
    ada.sees("Sam sales_agent (Harbor Distribution) changed this subscription on");
    ada.sees("What you sent is not saved.")
        .sees("Quantity you sent")
        .sees("60")
        .sees("Quantity now")
        .sees("40");
    assert_eq!(ada.field("Quantity"), "60", "what was typed is still there");
    assert_eq!(kept(&portal, &id).await, (40, 2));
    // She decides for hers, knowing of his.
    ada.press("Change quantity").await;
    ada.press("Change quantity").await;
    ada.sees("The quantity is changed.");
    assert_eq!(kept(&portal, &id).await, (60, 3));
    assert_eq!(actions(&portal, &portal.harbor.id, &id).await.len(), 2);
}

#[actix_web::test]
async fn every_form_notices_that_somebody_was_faster() {
    let portal = Portal::open().await;
    let (brightwater, _, id) = brightwater_administers_contoso(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let mut late = sam.clone_session();
    sam.visit(&page(&id)).await;
    changes_quantity(&mut sam, "40").await;
    let reseller = brightwater.id.to_string();
    for (action, field, value, told) in [
        ("nickname", "nickname", "Warehouse", "Nickname you sent Warehouse Nickname now Business Basic"),
        ("support-contact", "support", reseller.as_str(), "Support contact you sent Brightwater IT"),
        ("reseller", "mpn_id", "4810233", "You sent 4810233 Reseller (MPN ID) now No reseller"),
        ("suspension", "reason", "fraud", "You sent Suspend (Fraud) Status now Active"),
    ] {
        late.post(&format!("{}/{action}", page(&id)), &[(field, value), ("version", "1")]).await;
        assert_eq!(late.status(), StatusCode::CONFLICT, "{action}");
        late.sees("You changed this subscription yourself, in another window,");
        let text = late.text().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(told), "{action}: {text}");
        late.sees_link("keep it as it stands");
    }
    assert_eq!(kept(&portal, &id).await, (40, 2));
    // The question before suspending keeps the reason, and may be answered now.
    assert_eq!(late.field("Reason"), "Fraud");
    late.press("Suspend subscription").await;
    late.sees("The subscription is suspended.");
}

#[actix_web::test]
async fn what_became_impossible_says_so_instead_of_the_form() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    sam.visit(&page(&id)).await;
    ada.visit(&format!("{}/suspension", page(&id))).await;
    ada.choose("Reason", "Fraud").press("Suspend subscription").await;
    sam.fill("Quantity", "40").press("Change quantity").await;
    assert_eq!(sam.status(), StatusCode::CONFLICT);
    sam.sees("Sam admin_agent (Harbor Distribution) changed this subscription on").sees("40");
    sam.sees("It is suspended. Reactivate it first.").sees_no_button("Change quantity");
}

#[actix_web::test]
async fn a_reseller_learns_of_the_providers_change_but_not_who_it_was() {
    let portal = Portal::open().await;
    let (brightwater, contoso, id) = brightwater_administers_contoso(&portal).await;
    let newleaf = portal.has_partner("Newleaf", "DE", "4810234").await;
    portal.has_delegation(&contoso, &newleaf).await;
    let mut olga = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
    let mut nora = portal.browser_in(&newleaf, &[Role::AdminAgent]).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    olga.visit(&page(&id)).await;
    nora.visit(&page(&id)).await;
    sam.visit(&page(&id)).await;
    changes_quantity(&mut sam, "40").await;
    olga.fill("Quantity", "50").press("Change quantity").await;
    olga.sees("Harbor Distribution changed this subscription on").sees_not("Sam sales_agent");
    olga.press("Change quantity").await;
    olga.press("Change quantity").await;
    nora.fill("Quantity", "60").press("Change quantity").await;
    nora.sees("Another partner of the customer changed this subscription on").sees_not("Brightwater");
}

#[actix_web::test]
async fn of_many_editors_at_once_one_wins_and_all_others_learn_of_it() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    let mut editors = Vec::new();
    for number in 0..8 {
        let mut editor = portal.browser_of(Role::SalesAgent).await;
        editor.visit(&page(&id)).await;
        editor.fill("Quantity", &(100 + number).to_string()).press("Change quantity").await;
        editors.push(editor);
    }
    let all = editors.iter_mut().map(|editor| editor.press("Change quantity"));
    join_all(all).await;
    let won = editors.iter().filter(|editor| editor.status() == StatusCode::OK).count();
    let lost = editors.iter().filter(|editor| editor.status() == StatusCode::CONFLICT).count();
    assert_eq!((won, lost), (1, 7));
    let (quantity, version) = kept(&portal, &id).await;
    assert_eq!(version, 2);
    let winner = editors.iter().find(|editor| editor.status() == StatusCode::OK).unwrap();
    winner.sees(&format!("{quantity} licenses"));
    assert_eq!(actions(&portal, &portal.harbor.id, &id).await.len(), 1);
}

#[actix_web::test]
async fn a_base_and_its_add_on_are_never_left_torn() {
    let portal = Portal::open().await;
    let contoso = portal.has_customer("Contoso").await;
    for _ in 0..4 {
        let id = portal.has_subscription(&contoso, PlainSubscription::new("Business Basic")).await;
        let add_on = portal.has_subscription(&contoso, PlainSubscription::add_on("Call minutes", &id)).await;
        super::is_now(&portal, &add_on, "suspended", None).await;
        let mut sam = portal.browser_of(Role::SalesAgent).await;
        let mut ada = portal.browser_of(Role::AdminAgent).await;
        // One brings the add-on back while the other suspends its base.
        let fields = [("reason", "fraud"), ("version", "1")];
        let base_path = format!("{}/suspension", page(&id));
        let add_on_path = format!("{}/reactivation", page(&add_on));
        let suspend = sam.post(&base_path, &fields);
        let reactivate = ada.post(&add_on_path, &[("version", "1")]);
        futures_util::future::join(suspend, reactivate).await;
        sam.visit(&page(&id)).await;
        sam.sees_row(&["Call minutes", "Suspended"]);
    }
}
