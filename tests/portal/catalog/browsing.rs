//! A provider finds what it sells: by segment, billing and publisher, and what it sells most on top.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::catalog::model::{Category, Qualification, Unit};

use super::{keeper, upload};
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

#[actix_web::test]
async fn the_catalog_is_filtered_by_segment_billing_and_publisher() {
    let portal = Portal::open().await;
    let suite = portal.has_offer(PlainOffer::new("Suite", 2000)).await;
    let school = PlainOffer { qualification: Qualification::Education, ..PlainOffer::new("Classroom", 300) };
    portal.has_offer(school).await;
    let cloud = PlainOffer::new("Cloud", 0);
    portal.has_offer(PlainOffer { unit: Unit::Usage, category: Category::Usage, ..cloud }).await;
    let mut robin = keeper(&portal).await;
    robin.visit("/catalog").await;
    robin.sees_not("Publisher");
    upload(&mut robin, format!("Offer ID,Publisher\n{suite},Harbor & Sons\n")).await;
    robin.press("Apply").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/catalog").await;
    sam.choose("Publisher", "Harbor & Sons").press("Apply").await;
    sam.sees("1 offer found").sees_row(&["Suite"]).sees_no_row(&["Cloud"]);
    sam.follow("Suite").await;
    sam.sees("Harbor & Sons");
    sam.visit("/catalog").await;
    sam.choose("Segment", "Education").press("Apply").await;
    sam.sees("1 offer found").sees_row(&["Classroom"]).sees("Segment: Education");
    sam.choose("Segment", "Commercial").choose("Billing type", "Usage").press("Apply").await;
    sam.sees("1 offer found").sees_row(&["Cloud"]).sees("Billed by usage");
    sam.visit("/catalog?billing=license&segment=nobody").await;
    sam.sees("2 offers found").sees_no_row(&["Cloud"]);
    sam.follow("Export as CSV").await;
    assert_eq!(sam.download().text().lines().count(), 3);
}

#[actix_web::test]
async fn what_is_pinned_stands_on_top_when_somebody_orders() {
    let portal = Portal::open().await;
    for name in ["Alpha", "Beta", "Gamma", "Delta", "Epsilon"] {
        portal.has_offer(PlainOffer::new(name, 100)).await;
    }
    let zeta = portal.has_offer(PlainOffer::new("Zeta", 100)).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/catalog/{zeta}")).await;
    let mut again = sam.duplicate();
    sam.press("Pin").await;
    sam.sees("Zeta is pinned").sees_button("Unpin");
    again.press("Pin").await;
    again.sees("Zeta is pinned");
    let (sue, _) = crate::ordering::begun::sam_chooses(&portal, "fabrikam", None).await;
    let (above, below) = (sue.text().find("Zeta").unwrap(), sue.text().find("Alpha").unwrap());
    assert!(above < below, "what is pinned stands above what its name would");
    sue.sees("Pinned");
    for name in ["Alpha", "Beta", "Gamma", "Delta"] {
        sam.visit("/catalog").await;
        sam.follow(name).await;
        sam.press("Pin").await;
        sam.sees(&format!("{name} is pinned"));
    }
    sam.visit("/catalog").await;
    sam.follow("Epsilon").await;
    sam.press("Pin").await;
    sam.sees("Epsilon was not pinned: five offers are already.").sees_button("Pin");
    sam.visit(&format!("/catalog/{zeta}")).await;
    sam.press("Unpin").await;
    sam.sees("Zeta is not pinned any more.").sees_button("Pin");
    sam.visit("/activity").await;
    sam.sees("Pin an offer").sees("Unpin an offer");
    let mut bill = portal.browser_of(Role::BillingAdmin).await;
    bill.visit(&format!("/catalog/{zeta}")).await;
    bill.sees_heading("Zeta").sees_no_button("Pin");
    bill.post(&format!("/catalog/{zeta}/pin"), &[("pinned", "yes")]).await;
    assert_eq!(bill.status(), StatusCode::FORBIDDEN);
}
