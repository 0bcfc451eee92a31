//! Who may not because of the organisation reads who does it.

use twotier::access::Role;

use crate::support::portal::Portal;

#[actix_web::test]
async fn who_may_not_because_of_the_organization_is_told_who_does_it() {
    let portal = Portal::open().await;
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let mut olga = portal.browser_in(&brightwater, &[Role::GlobalAdmin]).await;
    for (path, words) in [
        ("/customers/new", "Customers are added by the indirect provider. Ask yours to add one for you."),
        ("/resellers", "Partnerships are requested by indirect providers"),
        (
            "/customers/0193a1f4-7c1e-7b0a-9a55-3d0c2f1be8a4/subscriptions/new",
            "Orders are placed by the customer’s indirect provider. Ask it to order for you.",
        ),
    ] {
        olga.visit(path).await;
        assert_eq!(olga.status(), 403, "{path}");
        olga.sees(words);
    }
}
