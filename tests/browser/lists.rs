//! Lists and pages with tables in the narrowest window.

use fantoccini::Locator;

use crate::support::look::Look;
use crate::support::portal::PASSWORD;
use crate::support::story::story;

#[actix_web::test]
async fn nothing_is_wider_than_the_narrowest_window() {
    story(Look::NARROW, async |_, sam| {
        sam.visit("/sign-in").await;
        sam.fill("Email address", "admin.agent@harbor.example").await;
        sam.fill("Password", PASSWORD).await;
        sam.press("Sign in").await;
        sam.sees_heading("Customers").await;
        for look in [Look::NARROW, Look::PHONE] {
            sam.look(look).await;
            for path in [
                "/customers",
                "/drafts",
                "/orders",
                "/resellers",
                "/partnership-requests",
                "/partnership-requests/new",
                "/activity",
            ] {
                sam.visit(path).await;
                sam.fits_in_width().await;
            }
            // The account of a customer that a reseller administers.
            sam.visit("/resellers?search=Brightwater").await;
            sam.follow("Brightwater IT").await;
            sam.sees("through Brightwater IT").await;
            let customer = sam.client().find(Locator::Css("tbody th a")).await.expect("a customer");
            customer.click().await.expect("its page");
            sam.follow("Account").await;
            sam.sees_heading("Who administers").await;
            sam.sees("Brightwater IT").await;
            sam.fits_in_width().await;
        }
    })
    .await;
}
