//! The list of all organisations, the page of one, and the figures.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};

use super::operator;
use crate::support::portal::Portal;

#[actix_web::test]
async fn the_operator_starts_with_the_figures_and_looks_through_all_organizations() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_reseller("Newleaf", "IE", "4822915").await;
    portal.add_person(&brightwater, &[Role::GlobalAdmin]).await;
    portal.has_customer("Juniper").await;
    let (_, mut robin) = operator(&portal).await;
    robin.visit("/").await;
    robin.sees_heading("Installation").sees_row(&[
        "Indirect reseller",
        "0",
        "2 Indirect reseller, Active",
        "0",
    ]);
    robin.follow("Indirect reseller").await;
    robin.sees("2 organizations found").sees_row(&[
        "Brightwater IT",
        "Indirect reseller",
        "Germany",
        "Active",
    ]);
    robin.sees_no_row(&["Harbor Distribution"]);
    robin.visit("/operator/organisations").await;
    robin.sees("4 organizations").sees_row(&["Harbor Distribution", "Indirect provider"]);
    robin.fill("Name, MPN ID, email or person", "BRIGHT").press("Apply").await;
    robin.sees("1 organization found").sees_no_row(&["Newleaf"]);
    for known in ["4810233", "sam GLOBAL", "global_admin."] {
        robin.fill("Name, MPN ID, email or person", known).press("Apply").await;
        robin.sees_row(&["Brightwater IT"]).sees_no_row(&["Newleaf"]);
    }
    robin.fill("Name, MPN ID, email or person", "Brightwater").press("Apply").await;
    robin.follow("Brightwater IT").await;
    robin.sees("1 user").sees("Sam global_admin (global_admin.").sees("1 active partnership");
    robin.sees_row(&["Main office", "4810233", "Hamburg", "Earned by this MPN ID"]).sees("None is published");
}

#[actix_web::test]
async fn many_organizations_are_read_page_by_page() {
    let portal = Portal::open().await;
    for number in 0..27 {
        portal.has_organisation(OrganisationKind::Reseller, &format!("Reseller {number:02}"), "DE").await;
    }
    let (_, mut robin) = operator(&portal).await;
    robin.visit("/operator/organisations?kind=reseller").await;
    robin.sees_row(&["Reseller 24"]).sees_no_row(&["Reseller 25"]);
    robin.follow("Next").await;
    robin.sees_row(&["Reseller 26"]).sees_no_row(&["Reseller 24"]);
    robin.follow("Previous").await;
    robin.sees_row(&["Reseller 00"]);
    robin.visit("/operator/organisations?search=%25&state=nothing&kind=x").await;
    robin.sees("No organization matches");
    robin.visit("/operator/organisations/0193a1f4-7c1e-7b0a-9a55-3d0c2f1be8a4").await;
    assert_eq!(robin.status(), StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn a_colleague_without_the_role_reads_and_suspends_nobody() {
    let portal = Portal::open().await;
    let (operator, _) = operator(&portal).await;
    let mut helen = portal.browser_in(&operator, &[Role::HelpdeskAgent]).await;
    helen.visit(&format!("/operator/organisations/{}", portal.harbor.id)).await;
    helen.sees_no_link("Suspend").sees("takes this role: Global admin.");
}
