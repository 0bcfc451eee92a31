//! The page behind the link.

use actix_web::http::StatusCode;

use super::{ADA, accept, asked, count, fill_acceptance, publish, published};
use crate::support::portal::Portal;
use crate::support::wire::Call;

#[actix_web::test]
async fn the_page_shows_who_asks_for_whom_and_the_text() {
    let portal = Portal::open().await;
    published(&portal).await;
    let (_, link) = asked(&portal).await;
    let mut ada = portal.browser();
    ada.visit(&link).await;
    ada.sees_heading("Customer agreement for Juniper Hall").sees("Harbor Distribution, Germany");
    ada.sees("Sam sales_agent").sees("Addressed to Ada Finch ada@juniper.example");
    ada.sees_heading("Customer agreement, version 1").sees_heading("Scope").sees("You use the cloud.");
    assert_eq!(ada.header("x-robots-tag"), Some("noindex, nofollow"));
    assert_eq!(ada.header("referrer-policy"), Some("same-origin"));
    assert!(ada.header("cache-control").is_some_and(|value| value.contains("no-store")));
    // Looking changes nothing.
    assert_eq!(count(&portal, "open"), 1);
    assert_eq!(portal.database.number("SELECT version FROM agreement_requests"), 2);
}

#[actix_web::test]
async fn accepting_takes_a_name_and_a_tick_and_declining_a_name_and_a_reason() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let mut ada = portal.browser();
    ada.visit(&link).await;
    ada.press("Accept the customer agreement").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.within("Your name and the time are kept").sees_problem("First name", "Enter the first name.");
    ada.sees("Consent: Tick this to go on.");
    ada.within("Your name and the time are kept").fill("First name", &"x".repeat(51));
    ada.press("Accept the customer agreement").await;
    ada.sees("Use 50 characters or fewer.");
    ada.fill("Reason", "We buy elsewhere.").press("Decline").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ada.field("Reason"), "We buy elsewhere.");
    assert_eq!(count(&portal, "open"), 1);
}

#[actix_web::test]
async fn where_no_text_is_published_both_sides_are_told_so() {
    let portal = Portal::open().await;
    let mut sam = super::drafted(&portal).await;
    sam.sees("Whoever runs this portal has not published the text of the customer agreement.");
    sam.press("Send").await;
    portal.carry_mail().await;
    let link = super::link_in(&portal.letter_to(ADA));
    let mut ada = portal.browser();
    ada.visit(&link).await;
    ada.sees("The text is not published on this portal: Harbor Distribution gives it to you.");
    let ada = accept(&portal, &link).await;
    ada.sees("As given by Harbor Distribution");
}

#[actix_web::test]
async fn what_was_accepted_stays_and_is_not_accepted_twice() {
    let portal = Portal::open().await;
    let mut robin = published(&portal).await;
    let (_, link) = asked(&portal).await;
    accept(&portal, &link).await;
    publish(&mut robin, "", "Another text.").await;
    let mut later = portal.browser();
    later.visit(&link).await;
    assert_eq!(later.status(), StatusCode::OK);
    later.sees_heading("The customer agreement is accepted").sees("You use the cloud.");
    later.sees_not("Another text.").sees_no_button("Accept the customer agreement");
    let path = link.trim_start_matches("http://portal.example").to_owned();
    later
        .post(
            &format!("{path}/refusal"),
            &[("refusing_first_name", "Eve"), ("refusing_last_name", "X"), ("reason", "No.")],
        )
        .await;
    later.sees_heading("The customer agreement is accepted").sees("Ada Finch");
    assert_eq!(count(&portal, "accepted"), 1);
}

#[actix_web::test]
async fn a_newer_text_is_read_before_it_is_accepted() {
    let portal = Portal::open().await;
    let mut robin = published(&portal).await;
    let (_, link) = asked(&portal).await;
    let mut ada = portal.browser();
    ada.visit(&link).await;
    fill_acceptance(&mut ada);
    publish(&mut robin, "DE", "Germans read this.").await;
    ada.press("Accept the customer agreement").await;
    assert_eq!(ada.status(), StatusCode::CONFLICT);
    ada.sees("A newer version was published while you were reading.").sees("Germans read this.");
    assert_eq!(count(&portal, "open"), 1);
    fill_acceptance(&mut ada);
    ada.press("Accept the customer agreement").await;
    ada.sees_heading("The customer agreement is accepted").sees("Germans read this.");
}

#[actix_web::test]
async fn what_is_no_link_leads_to_a_page_that_says_so() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let mut stranger = portal.browser();
    let cut = link.get(..link.len() - 3).expect("a long link").to_owned();
    let other = format!("{}/consents/{}", crate::support::portal::ORIGIN, "A".repeat(43));
    for wrong in [cut, other, format!("{}/consents/%00", crate::support::portal::ORIGIN)] {
        stranger.visit(&wrong).await;
        assert_eq!(stranger.status(), StatusCode::NOT_FOUND, "{wrong}");
        stranger.sees_heading("This link is not known");
        let path = wrong.trim_start_matches(crate::support::portal::ORIGIN).to_owned();
        stranger.post(&format!("{path}/acceptance"), &[("consent", "yes")]).await;
        assert_eq!(stranger.status(), StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[actix_web::test]
async fn an_answer_is_short_and_comes_from_its_page() {
    let portal = Portal::open().await;
    let (_, link) = asked(&portal).await;
    let path = link.trim_start_matches(crate::support::portal::ORIGIN).to_owned();
    let mut stranger = portal.browser();
    let long = "x".repeat(20_000);
    stranger.post(&format!("{path}/refusal"), &[("reason", &long)]).await;
    assert_eq!(stranger.status(), StatusCode::PAYLOAD_TOO_LARGE);
    // Another site's form does not accept for anybody.
    let fields = [("first_name", "Eve"), ("last_name", "X"), ("consent", "yes")];
    let foreign = Call::post(format!("{path}/acceptance"), &fields).with("sec-fetch-site", "cross-site");
    assert_eq!(stranger.send(foreign).await.status, StatusCode::FORBIDDEN);
    assert_eq!(count(&portal, "open"), 1);
}
