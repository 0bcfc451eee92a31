//! From a partnership link through enrolling to the partnership, as somebody does it who has no account yet.

use crate::support::chromium::Chromium;
use crate::support::look::Look;
use crate::support::portal::PASSWORD;
use crate::support::story::story;

const ADA: &str = "ada@acme.example";

#[actix_web::test]
async fn somebody_without_an_account_enrols_and_accepts_the_request() {
    story(Look::DESK, async |portal, sam| {
        sam.sign_in("sales.agent@harbor.example").await;
        sam.visit("/partnership-requests/new").await;
        sam.fill("Reseller’s email address", "office@acme.example").await;
        sam.press("Keep as a file").await;
        sam.sees("is kept as a file").await;
        let request = portal.link_to("office@acme.example", "/partnerships/").await;
        sam.press("Sign out").await;
        sam.sees_heading("Sign in").await;

        sam.visit(&request).await;
        sam.follow("Enroll as an indirect reseller").await;
        sam.fill("Your name", "Ada Finch").await;
        sam.fill("Work email address", ADA).await;
        sam.press("Ask for the link").await;
        sam.sees_heading("Ask for your link").await;
        sam.visit(&portal.link_to(ADA, "/enrolment/").await).await;
        sam.press("Go on").await;
        fill(sam).await;
        sam.press("Next: Review").await;
        sam.sees_heading("Review").await;
        sam.sees("20457 Hamburg").await;
        fits_everywhere(sam).await;
        sam.press("Hand in").await;
        sam.sees_heading("Your enrollment waits for a decision").await;

        sam.sign_in("operator@twotier.example").await;
        sam.visit("/operator/enrolments").await;
        sam.follow("Acme IT").await;
        fits_everywhere(sam).await;
        sam.press("Approve").await;
        sam.sees("Acme IT is enrolled.").await;
        sam.press("Sign out").await;
        sam.sees_heading("Sign in").await;

        // The letter leads to signing in with the password that was chosen; the request waits under Indirect providers.
        sam.visit(&portal.link_to(ADA, "/sign-in").await).await;
        sam.hand_in_password(ADA).await;
        sam.sees("Sign out").await;
        sam.visit("/providers").await;
        sam.follow("Answer the request").await;
        sam.is_on("/partnerships/").await;
        assert!(request.ends_with(&sam.path().await));
        sam.check("I have read what accepting means, and I consent to it for Acme IT.").await;
        sam.press("Authorize indirect provider").await;
        sam.sees_heading("Indirect providers").await;
        sam.sees("Harbor Distribution").await;
    })
    .await;
}

async fn fill(sam: &mut Chromium) {
    sam.sees_heading("Your company").await;
    sam.fill("Company name", "Acme IT").await;
    // Choosing a country draws its fields, and keeps what was typed.
    sam.choose("Country/region", "Germany").await;
    sam.fill("ZIP/Postal code", "20457").await;
    for (label, value) in [
        ("Address line 1", "Hafenstraße 12"),
        ("City", "Hamburg"),
        ("First name", "Bo"),
        ("Last name", "Reed"),
        ("Email address", "bo@acme.example"),
        ("Name of the location", "Main office"),
        ("MPN ID", "4999001"),
        ("Password", PASSWORD),
        ("Password again", PASSWORD),
    ] {
        sam.fill(label, value).await;
    }
    sam.choose("Time zone", "Europe/Berlin").await;
    fits_everywhere(sam).await;
}

async fn fits_everywhere(sam: &mut Chromium) {
    for look in [Look::NARROW, Look::PHONE, Look::DESK] {
        sam.look(look).await;
        sam.fits_in_width().await;
    }
}
