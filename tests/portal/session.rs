//! Signing in and out.

use twotier::access::Role;

use crate::support::portal::Portal;

#[actix_web::test]
async fn somebody_signs_in_and_out() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.sees("Harbor Distribution");
    sam.press("Sign out").await;
    sam.sees_heading("Sign in");
}
