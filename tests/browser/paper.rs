//! What is printed: documents with a letterhead, and nothing to press.

use crate::support::look::Look;
use crate::support::story::story;

#[actix_web::test]
async fn orders_review_and_subscriptions_are_documents_on_paper() {
    story(Look::DESK, async |_, sam| {
        sam.sign_in("sales.agent@harbor.example").await;
        sam.sees_heading("Customers").await;

        for (list, words) in [
            ("/orders", "Ordered"),
            ("/drafts", "Nothing is ordered yet."),
            ("/customers", "Subscription ID"),
        ] {
            sam.look(Look::DESK).await;
            sam.visit(list).await;
            sam.open_first_row().await;
            if list == "/customers" {
                sam.sees("Export").await;
                sam.open_first_row().await;
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
