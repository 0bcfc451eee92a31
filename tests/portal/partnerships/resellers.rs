//! Indirect resellers: the list, its filters and its export; Indirect providers.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};

use crate::support::portal::Portal;

#[actix_web::test]
async fn partners_are_listed_searched_and_filtered() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_partner("Ätna 50% Cloud", "FR", "7770001").await;
    portal.has_reseller("Newleaf Technology", "DE", "9990001").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/resellers").await;
    sam.sees("2 active partnerships")
        .sees_row(&["Brightwater IT", "4810233", "Germany", "0"])
        .sees_not("Newleaf");
    sam.sees_no_link("Remove partnership");
    let row = sam.within("Brightwater IT");
    assert_eq!(row.href("Add new customer"), format!("/customers/new?reseller={}", brightwater.id));
    drop(row);
    let details = sam.within(brightwater.id.as_str());
    assert_eq!(details.href("View customers"), format!("/customers?reseller={}", brightwater.id));
    drop(details);
    for (search, is_found) in [
        ("bright", true),
        ("WATER it", true),
        ("1023", true),
        ("4810", true),
        ("xyz", false),
        ("%", false),
        ("_", false),
    ] {
        sam.visit("/resellers").await;
        sam.fill("Search name or MPN ID", search).press("Apply").await;
        assert_eq!(sam.text().contains("Brightwater IT"), is_found, "{search}");
    }
    for search in ["ÄTNA", "50%", "tna 5"] {
        sam.visit("/resellers").await;
        sam.fill("Search name or MPN ID", search).press("Apply").await;
        sam.sees("Ätna 50% Cloud").sees_not("Brightwater");
    }
    sam.visit("/resellers").await;
    sam.choose("Location", "France").press("Apply").await;
    sam.sees("Ätna 50% Cloud").sees_not("Brightwater").sees("Location: France");
    sam.sees("1 active partnership found");
    sam.fill("Search name or MPN ID", "bright").press("Apply").await;
    sam.sees("No indirect reseller matches").sees("No active partnerships found");
    sam.follow("Show all indirect resellers").await;
    sam.sees("Brightwater IT");
    sam.visit("/resellers?search=%00&country=XX&after=%00%1f&before=a").await;
    assert_eq!(sam.status(), StatusCode::OK);
    sam.visit("/resellers?search=a&search=b").await;
    assert_eq!(sam.status(), StatusCode::BAD_REQUEST);
}

#[actix_web::test]
async fn the_export_holds_exactly_what_is_filtered() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_partner("=cmd()", "FR", "7770001").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/resellers").await;
    sam.follow("Export as CSV").await;
    let file = sam.download();
    let text = file.text();
    assert!(file.name.starts_with("indirect-resellers-") && file.kind.starts_with("text/csv"), "{file:?}");
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    assert_eq!(lines.next(), Some("Name,MPN ID,Location,Since,Customers,Microsoft ID"));
    assert!(lines.next().is_some_and(|line| line.starts_with("'=cmd(),7770001,France,")));
    assert!(lines.next().is_some_and(|line| line.ends_with(&format!("Z,0,{}", brightwater.id))));
    assert_eq!(lines.next(), None);
    sam.fill("Search name or MPN ID", "bright").press("Apply").await;
    sam.follow("Export as CSV").await;
    assert_eq!(sam.download().text().lines().count(), 2);
}

#[actix_web::test]
async fn partners_are_paged_by_key() {
    let portal = Portal::open().await;
    for number in 0..27 {
        portal.has_partner(&format!("Reseller {number:02}"), "DE", &format!("88800{number:02}")).await;
    }
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/resellers").await;
    sam.sees("Reseller 24").sees_not("Reseller 25").sees_no_link("Previous");
    sam.follow("Next").await;
    sam.sees("Reseller 25").sees("Reseller 26").sees_not("Reseller 24").sees_no_link("Next");
    sam.follow("Previous").await;
    sam.sees("Reseller 00").sees("Reseller 24").sees_no_link("Previous");
}

#[actix_web::test]
async fn nobody_sees_the_partners_of_others() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "DE").await;
    let mut other = portal.browser_in(&summit, &[Role::GlobalAdmin]).await;
    other.visit("/resellers").await;
    other.sees("No indirect reseller yet").sees_not("Brightwater");
    let removal = format!("/resellers/{}/removal", brightwater.id);
    other.visit(&removal).await;
    assert_eq!(other.status(), StatusCode::NOT_FOUND);
    other.post(&removal, &[]).await;
    assert_eq!(other.status(), StatusCode::NOT_FOUND);
    other.visit("/resellers/export").await;
    assert!(!other.download().text().contains("Brightwater"));
}

#[actix_web::test]
async fn a_reseller_sees_its_own_providers() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Alpine Summit", "AT").await;
    portal.has_partnership(&summit, &brightwater).await;
    let alder = portal.has_reseller("Alder IT", "DE", "5550004").await;
    let mut olga = portal.browser_in(&brightwater, &[Role::HelpdeskAgent]).await;
    olga.visit("/providers").await;
    olga.sees_row(&["Alpine Summit", "Austria", "4810233"]).sees_row(&[
        "Harbor Distribution",
        "Germany",
        "4810233",
    ]);
    let mut other = portal.browser_in(&alder, &[Role::GlobalAdmin]).await;
    other.visit("/providers").await;
    other.sees("No indirect provider yet");
}
