//! One draft, pressed twice, in two tabs, by two people: it is saved once, and nobody's words go unseen.

use futures_util::future::join_all;
use twotier::access::Role;
use twotier::values::id::DraftId;

use crate::support::browser::Browser;
use crate::support::fixtures::fill_account;
use crate::support::portal::Portal;

use super::{address_of_only, draft_count, location, next};

#[actix_web::test]
async fn pressing_twice_makes_one_draft() {
    let portal = Portal::open().await;
    let mut sam = sam_begins(&portal).await;
    let first = location(&sam);
    next(&mut sam).await;
    assert_eq!(location(&sam), first);
    assert_eq!(draft_count(&portal).await, 1);
}

#[actix_web::test]
async fn pressing_at_the_same_moment_makes_one_draft() {
    let portal = Portal::open().await;
    let sam = portal.browser_of(Role::SalesAgent).await;
    let draft = DraftId::new().to_string();
    let presses = (0..6).map(|_| {
        let (mut tab, draft) = (sam.clone_session(), draft.clone());
        async move {
            tab.stay().post("/customers", &[("draft", &draft), ("company", "Juniper Hall")]).await;
            assert_eq!(tab.status(), 422);
        }
    });
    join_all(presses).await;
    assert_eq!(draft_count(&portal).await, 1);
}

#[actix_web::test]
async fn two_tabs_do_not_overwrite_each_other() {
    let portal = Portal::open().await;
    let (mut sam, mut ada, address) = both_open_one(&portal).await;
    ada.fill("Company name", "Juniper Hall Limited");
    next(&mut ada).await;
    sam.fill("Company name", "Juniper Hall AG").fill("City", "Bremen").press("Next: Subscriptions").await;
    assert_eq!(sam.status(), 409);
    sam.sees("This draft was changed in another tab or by somebody else");
    sam.sees_row(&["Company name", "Juniper Hall Limited", "Juniper Hall AG"]);
    sam.sees_row(&["City", "Hamburg", "Bremen"]);
    sam.sees_no_row(&["Primary domain name"]);
    assert_eq!(sam.field("Company name"), "Juniper Hall AG");
    ada.visit(&address).await;
    assert_eq!(ada.field("Company name"), "Juniper Hall Limited", "nothing is overwritten silently");
    assert_eq!(sam.href("keep what is saved"), address);
    next(&mut sam).await;
    ada.visit(&address).await;
    assert_eq!(ada.field("Company name"), "Juniper Hall AG", "who has seen both may decide");
}

#[actix_web::test]
async fn only_what_was_touched_counts_as_ones_own() {
    let portal = Portal::open().await;
    let (mut sam, mut ada, address) = both_open_one(&portal).await;
    ada.fill("Company name", "Juniper Hall Limited").fill("City", "Bremen");
    next(&mut ada).await;
    // Sam did not touch the name, so it is no conflict and Ada's stays.
    sam.within("Primary contact").fill("Last name", "Lund");
    next(&mut sam).await;
    sam.visit(&address).await;
    assert_eq!(sam.field("Company name"), "Juniper Hall Limited");
    assert_eq!(sam.field("City"), "Bremen");
    assert_eq!(sam.within("Primary contact").field("Last name"), "Lund");
    // With a clash, what was not touched is no part of it.
    ada.visit(&address).await;
    ada.fill("City", "Kiel").fill("Address line 1", "Wall 2");
    next(&mut ada).await;
    sam.fill("City", "Lübeck").press("Next: Subscriptions").await;
    assert_eq!(sam.status(), 409);
    sam.sees_row(&["City", "Kiel", "Lübeck"]).sees_no_row(&["Address line 1"]);
    assert_eq!(sam.field("Address line 1"), "Wall 2");
}

#[actix_web::test]
async fn two_tabs_of_one_empty_form_do_not_overwrite_each_other() {
    let portal = Portal::open().await;
    let mut sam = sam_begins(&portal).await;
    sam.fill("Company name", "Rowan Works").press("Next: Subscriptions").await;
    assert_eq!(sam.status(), 409);
    sam.sees_row(&["Company name", "Juniper Hall", "Rowan Works"]);
    assert_eq!(draft_count(&portal).await, 1);
}

/// Sam has kept a draft, and is still on the page that began it.
async fn sam_begins(portal: &Portal) -> Browser {
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers/new").await;
    fill_account(&mut sam, "Juniper Hall", "juniperhall");
    next(&mut sam).await;
    sam
}

/// Sam and Ada have the same draft before them; and where that is.
async fn both_open_one(portal: &Portal) -> (Browser, Browser, String) {
    let mut sam = sam_begins(portal).await;
    let address = address_of_only(portal, "customer").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&address).await;
    sam.visit(&address).await;
    (sam, ada, address)
}
