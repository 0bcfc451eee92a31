//! What becomes of a subscription: a trial is paid for, a quantity is raised and that undone, and what is ahead is read.

use crate::support::chromium::Chromium;
use crate::support::look::Look;
use crate::support::portal::Portal;
use crate::support::story::story;

#[actix_web::test]
async fn a_trial_is_converted_and_its_quantity_changed_and_undone() {
    story(Look::DESK, async |portal, alma| tell(portal, alma).await).await;
}

#[actix_web::test]
async fn the_same_on_a_phone_without_scripts() {
    story(Look::PHONE.without_scripts(), async |portal, alma| tell(portal, alma).await).await;
}

/// A trial of a customer of Harbor that can become something paid for, and so many licenses.
fn trial(portal: &Portal) -> (String, i64) {
    let found = portal.database.texts(
        "SELECT s.id || ' ' || s.quantity AS text FROM subscriptions s
         JOIN customers c ON c.id = s.customer_id AND c.is_delegated AND c.ended_at IS NULL
         JOIN organisations o ON o.id = c.provider_id AND o.name = 'Harbor Distribution'
         JOIN offers t ON t.id = s.offer_id JOIN offers p ON p.id = t.converts_to AND p.maximum > s.quantity + 5
         WHERE s.is_trial AND s.status = 'active' AND s.ended_on IS NULL
         AND EXISTS (SELECT 1 FROM customer_acceptances a WHERE a.customer_id = c.id)
         AND NOT EXISTS (SELECT 1 FROM subscriptions b WHERE b.customer_id = c.id AND b.offer_id = p.id)
         ORDER BY s.id",
    );
    let first = found.first().expect("the demonstration has such a trial");
    let (id, quantity) = first.split_once(' ').expect("an id and a quantity");
    (id.to_owned(), quantity.parse().expect("a quantity"))
}

async fn tell(portal: &mut Portal, alma: &mut Chromium) {
    let (id, quantity) = trial(portal);
    let page = format!("/subscriptions/{id}");
    alma.sign_in("admin.agent@harbor.example").await;
    alma.visit(&page).await;
    alma.follow("Convert trial to paid subscription").await;
    alma.press("Show what it costs").await;
    alma.sees("It cannot be made a trial again.").await;
    alma.press("Convert to paid").await;
    alma.sees("The trial is a paid subscription now.").await;
    alma.is_on(&page).await;

    let more = quantity + 2;
    alma.fill("Quantity", &more.to_string()).await;
    alma.press("Change quantity").await;
    alma.press("Change quantity").await;
    alma.sees("The quantity is changed.").await;
    alma.follow("Undo").await;
    alma.press("Undo the change").await;
    alma.sees("The change is undone.").await;
    alma.sees(&format!("{quantity} licenses")).await;

    alma.visit("/renewals").await;
    alma.follow("Letters").await;
    alma.choose_radio("A letter tells what renews and ends", "Within 60 days").await;
    alma.press("Save letters").await;
    alma.sees("A letter comes within the hour").await;
}
