//! The relationship with a customer ends, its reseller is out, and it is taken up again with all it had.

use fantoccini::Locator;
use twotier::values::moment::Moment;

use crate::support::chromium::Chromium;
use crate::support::look::Look;
use crate::support::portal::Portal;
use crate::support::story::story_of_two;

const GONE: &str = "status of 404";

#[actix_web::test]
async fn a_relationship_ends_and_comes_back_as_it_was() {
    story_of_two(Look::DESK, async |portal, alma, olga| tell(portal, alma, olga).await).await;
}

#[actix_web::test]
async fn the_same_without_scripts_on_a_phone() {
    let look = Look::PHONE.without_scripts();
    story_of_two(look, async |portal, alma, olga| tell(portal, alma, olga).await).await;
}

/// A customer of Harbor that Brightwater IT alone administers, in whose way nothing stands but active subscriptions,
/// none called like another.
struct Customer {
    id: String,
    company: String,
    active: Vec<String>,
}

impl Customer {
    fn of(portal: &Portal) -> Self {
        let mut found = portal.database.texts(
            "SELECT c.id AS text FROM customers c
             JOIN organisations o ON o.id = c.provider_id AND o.name = 'Harbor Distribution'
             JOIN delegations d ON d.customer_id = c.id AND d.ended_at IS NULL
             JOIN organisations r ON r.id = d.reseller_id AND r.name = 'Brightwater IT'
             WHERE c.ended_at IS NULL AND c.is_delegated AND c.resellers = 1 AND c.ending_on IS NULL
             AND EXISTS (SELECT 1 FROM subscriptions s WHERE s.customer_id = c.id AND s.status = 'active')
             AND NOT EXISTS (SELECT 1 FROM subscriptions s WHERE s.customer_id = c.id AND s.status = 'pending')
             AND NOT EXISTS (SELECT 1 FROM subscriptions s JOIN subscriptions t ON t.customer_id = s.customer_id
                 WHERE s.customer_id = c.id AND s.nickname = t.nickname AND s.id <> t.id)
             AND NOT EXISTS (SELECT 1 FROM drafts w WHERE w.customer_id = c.id AND w.state = 'open')
             AND NOT EXISTS (SELECT 1 FROM orders b WHERE b.customer_id = c.id AND b.cancellable_until > CURRENT_TIMESTAMP)
             AND NOT EXISTS (SELECT 1 FROM endings e WHERE e.customer_id = c.id)
             ORDER BY c.id",
        );
        assert!(!found.is_empty(), "the demonstration has no such customer");
        let id = found.remove(0);
        let texts = |of: &str| portal.database.texts(&format!("SELECT {of} = '{id}'"));
        let company = texts("company_name AS text FROM customers WHERE id").remove(0);
        let active = texts("nickname AS text FROM subscriptions WHERE status = 'active' AND customer_id");
        Self { id, company, active }
    }

    fn page(&self, page: &str) -> String {
        format!("/customers/{}/{page}", self.id)
    }
}

async fn tell(portal: &mut Portal, alma: &mut Chromium, olga: &mut Chromium) {
    let customer = Customer::of(portal);
    alma.sign_in("admin.agent@harbor.example").await;
    olga.sign_in("owner@brightwater.example").await;
    let before = (read(alma, &customer).await, read(olga, &customer).await);
    clear_the_way(alma, &customer).await;
    end(alma, &customer).await;
    is_out(olga, &customer).await;
    reinstate(alma, &customer).await;
    assert_eq!(before, (read(alma, &customer).await, read(olga, &customer).await));
}

/// What somebody reads about a customer.
async fn read(browser: &mut Chromium, customer: &Customer) -> Vec<String> {
    let mut pages = Vec::new();
    for page in ["account", "subscriptions", "orders", "relationships"] {
        browser.visit(&customer.page(page)).await;
        browser.sees(&customer.company).await;
        let content = browser.client().find(Locator::Css("main")).await.expect("the content");
        pages.push(content.text().await.expect("its text"));
    }
    pages
}

/// The page lists what stands in the way, with what clears it.
async fn clear_the_way(alma: &mut Chromium, customer: &Customer) {
    alma.visit(&customer.page("account")).await;
    alma.follow("Remove reseller relationship").await;
    alma.sees_heading(&format!("Remove the relationship with {}", customer.company)).await;
    alma.sees_heading(&format!(
        "{} active subscription{}",
        customer.active.len(),
        if customer.active.len() == 1 { "" } else { "s" }
    ))
    .await;
    for one in &customer.active {
        alma.sees(one).await;
    }
    alma.sees("Brightwater IT, in its Activity log.").await;
    alma.fits_in_width().await;
    alma.screenshot("ending-obstacles").await;
    alma.press("Go on").await;
    alma.sees("The relationship was not ended.").await;
    alma.press("Suspend all").await;
    alma.sees("problem to solve").await;
    alma.choose_radio("Reason", "Customer request").await;
    alma.press("Suspend all").await;
    alma.sees("Nothing. The relationship can end now.").await;
    alma.fits_in_width().await;
}

async fn end(alma: &mut Chromium, customer: &Customer) {
    alma.fill("Subject", "We part").await;
    alma.press("Go on").await;
    alma.sees_heading(&format!("End the relationship with {} now?", customer.company)).await;
    alma.sees("1 reseller no longer administers it").await;
    alma.fits_in_width().await;
    alma.press("End the relationship").await;
    alma.sees(&format!("The relationship with {} has ended.", customer.company)).await;
    alma.fits_in_width().await;
    is_not_listed(alma, customer).await;
}

/// Its reseller has not got it any more, whatever page is open.
async fn is_out(olga: &mut Chromium, customer: &Customer) {
    olga.pardon(GONE);
    for page in ["account", "subscriptions", "relationships"] {
        olga.visit(&customer.page(page)).await;
        olga.sees_not(&customer.company).await;
    }
    is_not_listed(olga, customer).await;
}

async fn is_not_listed(browser: &mut Chromium, customer: &Customer) {
    let name: String = url::form_urlencoded::byte_serialize(customer.company.as_bytes()).collect();
    browser.visit(&format!("/customers?search={name}")).await;
    browser.sees("No customer matches").await;
}

/// With the customer's consent, and everything that was active, in one step.
async fn reinstate(alma: &mut Chromium, customer: &Customer) {
    alma.visit("/customers/ended").await;
    alma.sees_heading("Ended customers").await;
    alma.fits_in_width().await;
    alma.screenshot("ended-customers").await;
    alma.follow_in(&customer.company, &format!("Reinstate {}", customer.company)).await;
    alma.sees_heading(&format!("Reinstate the relationship with {}", customer.company)).await;
    alma.sees("Brightwater IT administers it again, once the customer has agreed.").await;
    alma.press("Reinstate").await;
    alma.sees("problem").await;
    alma.choose_radio("Has the customer agreed?", "Yes, as stated here").await;
    alma.set_date("Day of the consent", &Moment::now().day().to_string()).await;
    for one in &customer.active {
        alma.check(one).await;
    }
    alma.fits_in_width().await;
    alma.screenshot("reinstatement").await;
    alma.press("Reinstate").await;
    alma.sees(&format!("The relationship with {} is reinstated.", customer.company)).await;
    alma.fits_in_width().await;
}
