//! Signing in: the first thing that everybody meets.

use fantoccini::key::Key;

use crate::support::look::Look;
use crate::support::portal::PASSWORD;
use crate::support::story::story;

const SALES_AGENT: &str = "sales.agent@harbor.example";

#[actix_web::test]
async fn somebody_signs_in_by_keyboard_alone() {
    story(Look::DESK, async |_, sam| {
        sam.visit("/sign-in").await;
        sam.find_by_label("Email address").await.click().await.expect("the field takes the focus");
        sam.keys(SALES_AGENT).await;
        sam.keys(&Key::Tab.to_string()).await;
        assert_eq!(sam.focused().await, "Password");
        sam.keys(PASSWORD).await;
        sam.keys(&Key::Enter.to_string()).await;
        sam.sees("Harbor Distribution").await;
    })
    .await;
}

#[actix_web::test]
async fn somebody_signs_in_without_scripts_on_a_phone_in_the_dark() {
    story(Look::PHONE.dark().without_scripts(), async |_, sam| {
        sam.visit("/sign-in").await;
        sam.fits_in_width().await;
        sam.fill("Email address", SALES_AGENT).await;
        sam.fill("Password", "wrong").await;
        sam.press("Sign in").await;
        sam.sees("Email address and password do not match.").await;
        sam.fill("Password", PASSWORD).await;
        sam.press("Sign in").await;
        // There is no room for the organisation beside the name.
        sam.sees("Sign out").await;
        sam.fits_in_width().await;
        sam.screenshot("signed-in-phone-dark").await;
    })
    .await;
}
