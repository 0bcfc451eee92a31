//! Long forms: what happens when one is left half filled, and where the links to its problems land.

use serde_json::Value;

use crate::support::chromium::Chromium;
use crate::support::look::Look;
use crate::support::portal::PASSWORD;
use crate::support::story::story;

#[actix_web::test]
async fn a_long_form_that_was_begun_asks_before_it_is_left() {
    story(Look::DESK, async |_, sam| {
        sam.sign_in("admin.agent@harbor.example").await;
        sam.sees_heading("Customers").await;
        sam.visit("/customers/new").await;
        assert!(!asks_before_it_is_left(sam).await, "nothing was typed");
        sam.fill("Company name", "Juniper Hall School").await;
        assert!(asks_before_it_is_left(sam).await);
        // What was refused is not saved either.
        sam.press("Next: Subscriptions").await;
        sam.sees("problems to solve.").await;
        assert!(asks_before_it_is_left(sam).await);

        // A short form is soon typed again.
        sam.visit("/password").await;
        sam.fill("Current password", PASSWORD).await;
        assert!(!asks_before_it_is_left(sam).await);

        // What is kept behind the page is saved.
        sam.visit("/partnership-requests/new").await;
        sam.fill("Reseller’s email address", "nora@nowhere.example").await;
        assert!(asks_before_it_is_left(sam).await);
        sam.press("Copy to clipboard").await;
        sam.sees("Copied").await;
        assert!(!asks_before_it_is_left(sam).await);
    })
    .await;
}

#[actix_web::test]
async fn the_link_to_a_problem_shows_the_field_with_its_label() {
    story(Look::DESK, async |_, sam| {
        sam.sign_in("admin.agent@harbor.example").await;
        sam.sees_heading("Customers").await;
        sam.visit("/customers/new").await;
        sam.press("Next: Subscriptions").await;
        sam.sees("problems to solve.").await;
        sam.follow("Last name: Enter the last name.").await;
        let hidden = run(
            sam,
            "const label = document.querySelector('label[for=field-last_name]').getBoundingClientRect();
             const bar = document.querySelector('.bar').getBoundingClientRect();
             return label.top < bar.bottom || label.bottom > innerHeight;",
        )
        .await;
        assert_eq!(hidden, Value::Bool(false));
        assert_eq!(sam.focused().await, "Last name");
    })
    .await;
}

/// Whether the browser would ask: without it, a test cannot go on.
async fn asks_before_it_is_left(sam: &mut Chromium) -> bool {
    let ask = "return !dispatchEvent(new Event('beforeunload', { cancelable: true }));";
    run(sam, ask).await == Value::Bool(true)
}

async fn run(sam: &mut Chromium, script: &str) -> Value {
    let answer = sam.client().execute(script, Vec::new()).await;
    answer.unwrap_or_else(|error| panic!("{script}: {error}"))
}
