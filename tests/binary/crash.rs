//! `kill -9` while orders are being submitted: whatever was confirmed is there once, and nothing is half made.

use std::collections::BTreeSet;

use futures_util::future::join_all;

use crate::ordering::{kill_when_some_are_confirmed, look, ready, submit};
use crate::support::Installation;

const DRAFTS: usize = 60;

#[actix_web::test]
async fn a_confirmed_order_survives_kill_9_once_and_no_customer_is_half_made() {
    let installation = Installation::new();
    let (server, ann, reviewed) = ready(&installation, DRAFTS).await;
    // The server dies while half of the answers are still to come.
    let answers = {
        let submitting = join_all(reviewed.iter().map(|(draft, mark)| submit(&ann, draft, mark)));
        let killing = kill_when_some_are_confirmed(&installation, server, 5);
        futures_util::join!(submitting, killing).0
    };
    let confirmed: BTreeSet<String> = answers.into_iter().flatten().collect();

    let _server = installation.serve();
    let kept = look(&installation).await;
    let kept_ids: BTreeSet<String> = kept.orders.iter().map(|(order, _)| order.clone()).collect();
    assert!(confirmed.is_subset(&kept_ids), "confirmed and lost: {:?}", confirmed.difference(&kept_ids));
    assert!(kept.orders.len() < DRAFTS, "the server lived too long for this story to tell anything");
    assert!(kept.half_made.is_empty(), "half made: {:?}", kept.half_made);

    // Whoever presses again, not knowing, gets the same order or the first one.
    for answer in join_all(reviewed.iter().map(|(draft, mark)| submit(&ann, draft, mark))).await {
        assert!(answer.is_some(), "every draft can be submitted after the restart");
    }
    let finally = look(&installation).await;
    assert_eq!(finally.orders.len(), DRAFTS, "each draft is one order");
    assert_eq!(finally.customers, DRAFTS, "and one customer");
    assert!(finally.half_made.is_empty(), "half made: {:?}", finally.half_made);
}
