//! The ledger: what a provider and a reseller read of who looks after a customer.

use twotier::access::Role;

use super::{Scene, does};
use crate::support::bought::PlainSubscription;

#[actix_web::test]
async fn past_rows_stay_and_say_by_whom() {
    let scene = Scene::open().await;
    scene.ends_in(90);
    let mut ada = scene.portal.browser_of(Role::AdminAgent).await;
    ada.visit(&scene.change()).await;
    ada.choose("Indirect reseller", "Newleaf (MPN ID 5910444)");
    does(&mut ada, "Change reseller").await;
    ada.sees_row(&["Newleaf", "Active", "given by Sam admin_agent", "Open"]);
    ada.sees_row(&["Brightwater IT", "Ended", "by Sam admin_agent"]);
}

#[actix_web::test]
async fn a_reseller_reads_of_itself_and_of_no_other() {
    let scene = Scene::open().await;
    let Scene { portal, brightwater, newleaf, alder, .. } = &scene;
    portal.has_delegation(alder, newleaf).await;
    for (name, mpn_id, reseller) in
        [("Business Basic", "4810233", brightwater), ("Enterprise E3", "5910444", newleaf)]
    {
        let named = PlainSubscription {
            incentives: Some((mpn_id.to_owned(), reseller.id)),
            ..PlainSubscription::new(name)
        };
        portal.has_subscription(alder, named).await;
    }
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&scene.ledger()).await;
    sam.sees_row(&["Brightwater IT", "1 of 2"]).sees_row(&["Newleaf", "1 of 2"]);
    sam.sees_row(&["Harbor Distribution", "Business Basic, Enterprise E3"]);
    for (own, other) in [(brightwater, "Newleaf"), (newleaf, "Brightwater")] {
        let mut owner = portal.browser_in(own, &[Role::HelpdeskAgent]).await;
        owner.visit(&scene.ledger()).await;
        owner.sees_row(&[&own.name, "Active"]).sees_row(&[&own.name, "1 of 2"]).sees_not(other);
        owner.sees("Harbor Distribution has been the indirect provider of this customer since");
        owner.sees_no_link("Associate a reseller").sees_no_link("All delegations that end within 60 days");
    }
}
