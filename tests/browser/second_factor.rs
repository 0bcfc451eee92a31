//! The second factor: what the app takes from the page, and signing in with its code.

use fantoccini::Locator;
use twotier::session::model::authenticator::AuthenticatorKey;
use twotier::values::moment::Moment;

use crate::support::chromium::Chromium;
use crate::support::look::Look;
use crate::support::story::story;

const SALES_AGENT: &str = "sales.agent@harbor.example";

#[actix_web::test]
async fn somebody_sets_up_an_app_and_signs_in_with_its_code() {
    story(Look::DESK, async |_, sam| tell(sam).await).await;
}

#[actix_web::test]
async fn the_same_without_scripts_on_a_phone_in_the_dark() {
    story(Look::PHONE.dark().without_scripts(), async |_, sam| tell(sam).await).await;
}

async fn tell(sam: &mut Chromium) {
    sam.visit("/sign-in").await;
    sam.hand_in_password(SALES_AGENT).await;
    sam.sees_heading("Customers").await;
    sam.visit("/profile").await;
    sam.follow("Set up a second factor").await;
    sam.sees_heading("Set up a second factor").await;
    sam.fits_in_width().await;
    let square = sam.client().find(Locator::Css("svg.qr")).await.expect("a QR code");
    let (_, _, width, height) = square.rectangle().await.expect("its size");
    assert!(width >= 180.0 && (width - height).abs() < 1.0, "a phone can read {width} × {height}");
    let text = sam.client().find(Locator::Css("#key")).await.expect("the key");
    let key = text.text().await.expect("its text").replace(' ', "");
    let key = AuthenticatorKey::parse(&key).expect("a key");
    sam.fill("Code", &key.code_at(Moment::now())).await;
    sam.press("Set up").await;
    sam.sees("Keep these recovery codes now.").await;
    sam.fits_in_width().await;
    sam.screenshot("recovery-codes").await;
    sam.press("Sign out").await;
    sam.sees_heading("Sign in").await;
    sam.visit("/sign-in").await;
    sam.hand_in_password(SALES_AGENT).await;
    sam.sees_heading("Enter your code").await;
    sam.fits_in_width().await;
    // The code of now let the app in; the one after it counts already.
    sam.fill("Code", &key.code_at(Moment::now().plus_seconds(30))).await;
    sam.press("Sign in").await;
    sam.sees_heading("Customers").await;
}
