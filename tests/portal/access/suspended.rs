//! Every route for a suspended organisation: what starts, costs, lets somebody in or takes data away rests, and
//! everything else stays open. A new route belongs into one of the two.

use twotier::access::{OrganisationKind, Role};

use super::{call, rows};
use crate::support::portal::Portal;

const RESTING: &str = "
POST /people
GET  /people/new
GET  /people/{id}/password
POST /people/{id}/password
POST /people/{id}/restoration
GET  /people/{id}/second-factor/removal
POST /people/{id}/second-factor/removal
GET  /catalog/export
POST /catalog/export
GET  /catalog/changes/export
POST /catalog/changes/export
GET  /promotions/export
POST /promotions/export
GET  /activity/export
POST /activity/export
GET  /quantity-changes/export
POST /quantity-changes/export
GET  /renewals/export
POST /renewals/export
GET  /azure-spending/export
GET  /subscriptions/{id}/tenant-owner
POST /subscriptions/{id}/tenant-owner
POST /azure-spending/export
GET  /resellers/eligibility/export
POST /resellers/eligibility/export
GET  /resellers/export
POST /resellers/export
POST /resellers/{id}/reminder
POST /partnership-requests
GET  /partnership-requests/new
POST /partnership-requests/{id}/text
POST /partnership-requests/{id}/delivery
POST /partnership-requests/{id}/link
POST /letters/{id}/delivery
POST /partnerships/{token}/code
POST /partnerships/{token}/acceptance
POST /providers/requests/{id}/code
POST /providers/requests/{id}/acceptance
GET  /providers/{id}/location
POST /providers/{id}/location
POST /drafts/{id}/agreement-request
POST /customers/{id}/agreement-request
POST /agreement-requests/{id}/text
POST /agreement-requests/{id}/delivery
POST /agreement-requests/{id}/link
POST /agreement-requests/{id}/letters/{letter}/delivery
POST /customer-requests
GET  /customer-requests/new
POST /customer-requests/{id}/text
POST /customer-requests/{id}/delivery
POST /customer-requests/{id}/link
POST /customer-requests/{id}/reminder
POST /customer-requests/{id}/letters/{letter}/delivery
GET  /customers/export
GET  /reservations/export
POST /reservations/export
GET  /customers/{id}/reservations/export
POST /customers/{id}/reservations/export
GET  /customers/{id}/reservations/new
POST /customers/{id}/reservations/new
POST /customers/{id}/permissions
GET  /reservation-products/export
POST /reservation-products/export
POST /customers/export
GET  /customers/{id}/subscriptions/export
POST /customers/{id}/subscriptions/export
GET  /subscriptions/export
POST /subscriptions/export
GET  /customers/{id}/admin-password
POST /customers/{id}/admin-password
POST /customers/{id}/users
GET  /customers/{id}/users/new
GET  /customers/{id}/users/credentials/{sheet}
POST /customers/{id}/users/credentials/{sheet}
POST /customers/{id}/users/credentials/{sheet}/file
POST /customers/{id}/users/credentials/{sheet}/links
POST /customers/{id}/users/uploads
GET  /customers/{id}/users/uploads/new
GET  /customers/{id}/users/uploads/sample
GET  /customers/{id}/users/uploads/export
POST /customers/{id}/users/uploads/export
POST /uploads/{id}
GET  /uploads/{id}/export
POST /uploads/{id}/export
POST /uploads/{id}/passwords
POST /uploads/{id}/links
GET  /customers/{id}/users/{user}/password
POST /customers/{id}/users/{user}/password
POST /customers/{id}/users/{user}/restoration
GET  /customers/{id}/relationships/new
POST /customers/{id}/relationships/new
GET  /customers/{id}/relationships/{delegation}/prolongation
POST /customers/{id}/relationships/{delegation}/prolongation
GET  /delegations/ending
POST /delegations/ending
POST /customers/{id}/qualification
GET  /customers/{id}/reinstatement
POST /customers/{id}/reinstatement
GET  /customers/{id}/reinstatement/consent
POST /customers/{id}/reinstatement/consent
GET  /customers/{id}/subscriptions/new
GET  /subscriptions/{id}/billing
POST /subscriptions/{id}/billing
GET  /subscriptions/{id}/conversion
POST /subscriptions/{id}/conversion
GET  /subscriptions/{id}/upgrade
POST /subscriptions/{id}/upgrade
POST /subscriptions/{id}/reactivation
GET  /subscriptions/{id}/reseller
POST /subscriptions/{id}/reseller
GET  /existing-customers/new
GET  /existing-customers/sample
POST /existing-customers
POST /existing-customers/{id}
POST /existing-customers/{id}/choices
POST /existing-customers/{id}/agreements
GET  /existing-customers/{id}/export
POST /existing-customers/{id}/export
GET  /existing-customers/export
POST /existing-customers/export
GET  /customers/new
POST /customers
GET  /domain-availability
GET  /drafts/{id}/customer
POST /drafts/{id}/customer
GET  /drafts/{id}/subscriptions
POST /drafts/{id}/subscriptions
POST /drafts/{id}/total
GET  /drafts/{id}/review
POST /drafts/{id}/submission
GET  /security/export
POST /security/export
GET  /orders/export
POST /orders/export
GET  /customers/{id}/orders/export
POST /customers/{id}/orders/export
GET  /drafts/export
POST /drafts/export
GET  /customers/{id}/users/deleted/export
POST /customers/{id}/users/deleted/export
GET  /customers/{id}/licenses/export
POST /customers/{id}/licenses/export
GET  /customers/{id}/users/export
POST /customers/{id}/users/export
GET  /people/export
POST /people/export
GET  /providers/export
POST /providers/export
GET  /partnership-requests/export
POST /partnership-requests/export
GET  /customers/ended/export
POST /customers/ended/export
GET  /delegations/ending/export
POST /delegations/ending/export
GET  /customer-requests/export
POST /customer-requests/export
GET  /organisation/locations/export
POST /organisation/locations/export
GET  /customers/handovers/export
POST /customers/handovers/export
GET  /customers/handovers/{id}/export
POST /customers/handovers/{id}/export
GET  /customers/{id}/transfers/new
POST /customers/{id}/transfers/new
GET  /transfers/{id}/recording
POST /transfers/{id}/recording
POST /transfers/{id}/reminder
GET  /transfers/export
POST /transfers/export
";

#[actix_web::test]
async fn a_suspended_organization_opens_everything_but_what_rests() {
    let portal = Portal::open().await;
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let resting: Vec<String> = RESTING
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(method, path)| format!("{method} {}", path.trim()))
        .collect();
    for (kind, organisation) in
        [(OrganisationKind::Provider, &portal.harbor), (OrganisationKind::Reseller, &brightwater)]
    {
        let mut gina = portal.browser_in(organisation, &[Role::GlobalAdmin]).await;
        portal.has_suspended(organisation, "60 days overdue.").await;
        for row in rows().filter(|row| row.who != "public" && row.allows(kind, Role::GlobalAdmin)) {
            let status = call(&mut gina, &row).await;
            let told = format!("{} for a suspended {}: {status}", row.route(), kind.as_text());
            if resting.contains(&row.route()) {
                assert_eq!(status, 403, "{told}");
                gina.sees("60 days overdue.").sees("a suspended organization starts nothing new");
            } else {
                assert!(!matches!(status, 401 | 403 | 405 | 500..), "{told}");
            }
        }
    }
    let routes: Vec<String> = rows().map(|row| row.route()).collect();
    let gone: Vec<_> = resting.iter().filter(|route| !routes.contains(route)).collect();
    assert!(gone.is_empty(), "no longer served: {gone:#?}");
}
