//! What is printed: documents with a letterhead, and nothing to press.

use fantoccini::Locator;

use crate::support::chromium::Chromium;
use crate::support::look::Look;
use crate::support::portal::PASSWORD;
use crate::support::story::story;

#[actix_web::test]
async fn orders_review_and_subscriptions_are_documents_on_paper() {
    story(Look::DESK, async |_, sam| {
        sam.visit("/sign-in").await;
        sam.fill("Email address", "sales.agent@harbor.example").await;
        sam.fill("Password", PASSWORD).await;
        sam.press("Sign in").await;
        sam.sees_heading("Customers").await;

        for (list, words) in
            [("/orders", "Ordered"), ("/drafts", "Nothing is ordered yet."), ("/customers", "")]
        {
            sam.look(Look::DESK).await;
            sam.visit(list).await;
            open_first(sam).await;
            if list == "/customers" {
                sam.sees("Add subscription").await;
                open_first(sam).await;
                sam.sees("Subscription ID").await;
            }
            sam.sees(words).await;
            sam.sees("Sign out").await;
            sam.on_paper().await;
            sam.sees("Twotier\nHarbor Distribution").await;
            for control in
                ["Sign out", "Customers", "Print", "Cancel order", "Submit", "Change quantity", "Suspend"]
            {
                sam.sees_not(control).await;
            }
            sam.fits_in_width().await;
        }
    })
    .await;
}

async fn open_first(sam: &mut Chromium) {
    // What stands above the table may be there before it.
    let first = sam.client().wait().for_element(Locator::Css("tbody th a")).await;
    let first = first.unwrap_or_else(|error| panic!("an empty list: {error}"));
    first.click().await.unwrap_or_else(|error| panic!("it does not open: {error}"));
}
