//! Reservations: what can be reserved, buying for a customer, the customer that buys by itself, and the end of a term.

#[path = "reservations/buying.rs"]
mod buying;
#[path = "reservations/customers.rs"]
mod customers;
#[path = "reservations/expiring.rs"]
mod expiring;
#[path = "reservations/products.rs"]
mod products;

use twotier::access::Role;
use twotier::partners::model::Organisation;
use twotier::values::id::{CustomerId, ReservationProductId, SubscriptionId};

use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::portal::Portal;

/// Contoso with Microsoft Azure through Brightwater, and a product at € 500.00 for one year and € 1,200.01 for three.
struct Scene {
    portal: Portal,
    brightwater: Organisation,
    contoso: CustomerId,
    azure: SubscriptionId,
}

impl Scene {
    async fn open() -> Scene {
        let portal = Portal::open().await;
        let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
        let contoso = portal.has_customer("Contoso").await;
        let incentives = Some(("4810233".to_owned(), brightwater.id));
        let plain = PlainSubscription { incentives, ..PlainSubscription::by_use("Microsoft Azure") };
        let azure = portal.has_subscription(&contoso, plain).await;
        has_product(&portal, "D2s v3", &[(1, 50_000), (3, 120_001)]);
        Scene { portal, brightwater, contoso, azure }
    }

    /// Somebody of the provider.
    async fn person(&self, role: Role) -> Browser {
        self.portal.browser_of(role).await
    }

    fn page(&self) -> String {
        format!("/customers/{}/reservations", self.contoso)
    }

    /// How many reservations there are.
    fn count(&self) -> i64 {
        self.portal.database.number("SELECT count(*) FROM reservations")
    }
}

/// What can be reserved in West Europe, in euro.
pub(crate) fn has_product(portal: &Portal, name: &str, prices: &[(i32, i64)]) {
    let id = ReservationProductId::new();
    portal.database.change(&format!(
        "INSERT INTO reservation_products (id, name, region, sort_name, is_available, changed_at, changed_by_name, version)
         VALUES ('{id}', '{name}', 'West Europe', '{}', TRUE, '2026-01-01 00:00:00', 'Robin', 1)",
        name.to_lowercase()
    ));
    for (years, minor) in prices {
        portal.database.change(&format!(
            "INSERT INTO reservation_prices (product_id, term_years, currency, total_minor)
             VALUES ('{id}', {years}, 'EUR', {minor})"
        ));
    }
}

/// Fills in the form of a purchase, and shows what it costs.
async fn choose(browser: &mut Browser, (years, quantity, payment): (&str, &str, &str)) {
    browser.choose("Product", "D2s v3, West Europe (1 year: € 500.00) (3 years: € 1,200.01)");
    browser.choose("Term", years).choose("Payment", payment).fill("Quantity", quantity);
    browser.press("Show what it costs").await;
}
