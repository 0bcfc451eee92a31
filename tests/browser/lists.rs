//! Lists and pages with tables in the narrowest window.

use crate::support::look::Look;
use crate::support::story::story;

#[actix_web::test]
async fn nothing_is_wider_than_the_narrowest_window() {
    story(Look::NARROW, async |_, sam| {
        sam.sign_in("admin.agent@harbor.example").await;
        sam.sees_heading("Customers").await;
        for look in [Look::NARROW, Look::PHONE] {
            sam.look(look).await;
            for path in [
                "/customers",
                "/drafts",
                "/orders",
                "/resellers",
                "/resellers/eligibility",
                "/organisation",
                "/organisation/agreement",
                "/partnership-requests",
                "/partnership-requests/new",
                "/activity",
            ] {
                sam.visit(path).await;
                sam.fits_in_width().await;
            }
            // The relationships of a customer that a reseller administers.
            sam.visit("/resellers?search=Brightwater").await;
            sam.follow("Brightwater IT").await;
            sam.sees("through Brightwater IT").await;
            sam.open_first_row().await;
            sam.sees("Export").await;
            sam.follow("Relationships").await;
            sam.sees_heading("Who administers").await;
            sam.sees("Brightwater IT").await;
            sam.fits_in_width().await;
        }
    })
    .await;
}

#[actix_web::test]
async fn the_operators_pages_fit_into_the_narrowest_window() {
    story(Look::NARROW, async |_, robin| {
        robin.sign_in("operator@twotier.example").await;
        robin.sees_heading("Installation").await;
        for path in [
            "/operator",
            "/operator/organisations",
            "/operator/letters",
            "/operator/agreements",
            "/operator/agreements/new?audience=reseller",
            "/organisation/profile",
        ] {
            robin.visit(path).await;
            robin.fits_in_width().await;
        }
        robin.visit("/operator/organisations?search=Brightwater").await;
        robin.follow("Brightwater IT").await;
        robin.sees("Partner agreement").await;
        robin.fits_in_width().await;
        robin.follow("Suspend").await;
        robin.sees_heading("Suspend Brightwater IT?").await;
        robin.fits_in_width().await;
    })
    .await;
}
