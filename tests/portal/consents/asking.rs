//! Asking: the letter is drafted at once, sent or taken elsewhere, renewed, revoked; and the order that goes on.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};

use super::{ADA, accept, asked, count, draft, drafted, expire_all, link_in, link_of, only_draft};
use crate::support::fixtures::{PlainOffer, fill_account};
use crate::support::portal::Portal;

#[actix_web::test]
async fn from_will_be_asked_to_a_placed_order() {
    let portal = Portal::open().await;
    super::published(&portal).await;
    portal.has_offer(PlainOffer::new("Business Basic", 510)).await;
    let mut sam = drafted(&portal).await;
    // The address, the subject and the message with its link, on one page.
    sam.sees("Juniper Hall, to Ada Finch, ada@juniper.example.").sees("version 1 of the customer agreement");
    assert_eq!(sam.field("Subject"), "Customer agreement for Juniper Hall");
    sam.press("Send").await;
    sam.sees_heading("New subscription").sees("The request is on its way to ada@juniper.example.");
    sam.sees("Sam sales_agent asked ada@juniper.example on").sees_no_button("Ask the customer");
    sam.fill("Licenses of Business Basic", "5").press("Next: Review").await;
    sam.sees_heading("Review")
        .sees("Once it has come, the order can be submitted here.")
        .sees_no_button("Submit");
    sam.sees("Awaited Request to ada@juniper.example");
    sam.visit("/drafts").await;
    sam.sees_row(&["Juniper Hall", "Customer agreement: Awaited ada@juniper.example"]);

    portal.carry_mail().await;
    let ada = accept(&portal, &link_in(&portal.letter_to(ADA))).await;
    ada.sees_heading("The customer agreement is accepted").sees("Ada Finch").sees("Version 1");
    portal.carry_mail().await;
    let told = portal.letters().pop().expect("a letter");
    assert_eq!(told.subject, "Juniper Hall accepted the customer agreement");
    assert_eq!(told.reply_to.as_ref().map(|to| to.as_str()), Some(ADA));
    let draft = only_draft(&portal).await;
    assert!(told.body_text.contains(&format!("/drafts/{draft}/subscriptions")), "{}", told.body_text);

    sam.visit(&format!("/drafts/{draft}/subscriptions")).await;
    sam.sees_not("has not accepted").sees("Business Basic × 5");
    sam.press("Next: Review").await;
    sam.sees("Accepted by the customer itself on").sees("(version 1): Ada Finch");
    sam.press("Submit").await;
    sam.sees_heading("Confirmation").sees("1 subscription active");
    sam.follow("Done").await;
    sam.follow("Account").await;
    sam.sees("Accepted by the customer itself on").sees("(version 1)").sees("Ada Finch");
    sam.sees_no_link("Update of the customer agreement").sees_no_button("Ask the customer");
    let kept = "customers WHERE agreement = 'accepted' AND agreement_version = 1 \
                AND agreement_email = 'ada@juniper.example' AND agreement_attested_by IS NULL";
    assert_eq!(portal.database.number(&format!("SELECT count(*) FROM {kept}")), 1);
    assert_eq!(portal.database.number("SELECT count(*) FROM orders"), 1);
    sam.visit("/activity").await;
    sam.sees_row(&["Ask for the customer agreement"])
        .sees_row(&["Send a request for the customer agreement"]);
    sam.sees_row(&["Accept the customer agreement"]).sees("Ada Finch");
}

#[actix_web::test]
async fn pressing_next_asks_once_and_again_goes_on() {
    let portal = Portal::open().await;
    let sam = drafted(&portal).await;
    let (place, link) = (sam.path().to_owned(), link_of(&sam.field("Message")));
    let draft = only_draft(&portal).await;
    // Pressed twice, the first answer lost: the letter is there all the same, with a link that works.
    let mut twice = sam.clone_session();
    twice.visit(&format!("/drafts/{draft}/customer")).await;
    twice.press("Next: Subscriptions").await;
    assert_eq!(twice.path(), place);
    let renewed = link_of(&twice.field("Message"));
    assert_ne!(renewed, link);
    twice.press("Next: Subscriptions").await;
    twice.sees_heading("New subscription");
    // Back and Next: the link that may have been mailed by hand stays good.
    twice.visit(&format!("/drafts/{draft}/customer")).await;
    twice.fill("City", "Bremen").press("Next: Subscriptions").await;
    twice.sees_heading("New subscription");
    assert_eq!(count(&portal, "open"), 1);
    let mut ada = portal.browser();
    ada.visit(&renewed).await;
    ada.sees_heading("Customer agreement for Juniper Hall");
    ada.visit(&link).await;
    assert_eq!(ada.status(), StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn who_says_that_the_customer_has_accepted_asks_nobody() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers/new").await;
    fill_account(&mut sam, "Juniper Hall", "juniperhall");
    sam.choose("Acceptance of the customer agreement", "Customer has accepted the customer agreement");
    sam.fill("Agreement acceptance date", "2026-01-31").press("Next: Subscriptions").await;
    sam.sees_heading("New subscription").sees_not("has not accepted");
    // Nor does who leaves the form, or only changes the country.
    sam.visit("/customers/new").await;
    fill_account(&mut sam, "Alder", "alder");
    sam.press("Save and leave").await;
    assert_eq!(portal.database.number("SELECT count(*) FROM agreement_requests"), 0);
}

#[actix_web::test]
async fn without_a_mail_server_the_own_mail_program_is_the_way() {
    let portal = Portal::open_with(|site| site.sends_mail = false).await;
    let mut sam = drafted(&portal).await;
    sam.sees("This portal has no mail server.").sees_no_button("Send").sees_not("on its way");
    let mailto = sam.href("Open saved text in email");
    assert!(mailto.starts_with("mailto:ada@juniper.example?subject=Customer%20agreement"), "{mailto}");
    assert!(sam.html().contains("class=\"button primary\" data-mailto"), "it is the primary way");
    let link = link_of(&sam.field("Message"));
    sam.press("Done").await;
    sam.sees_heading("New subscription").sees("The request to ada@juniper.example stands until");
    accept(&portal, &link).await.sees_heading("The customer agreement is accepted");
}

#[actix_web::test]
async fn a_text_without_its_link_is_not_sent_and_nothing_typed_is_lost() {
    let portal = Portal::open().await;
    let mut sam = drafted(&portal).await;
    let link = link_of(&sam.field("Message"));
    sam.fill("Message", "Dear Ada,\nplease accept.").press("Send").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees_problem("Message", "The personal link is missing");
    sam.press("Put the link back").await;
    sam.sees("The text is saved.");
    assert_eq!(sam.field("Message"), format!("Dear Ada,\nplease accept.\n\n{link}"));
    let token = link.rsplit('/').next().expect("a token").to_owned();
    let kept = portal.database.texts("SELECT body AS text FROM agreement_requests").remove(0);
    assert!(!kept.contains(&token) && kept.contains("[personal link]"), "{kept}");
    // Two tabs do not overwrite each other.
    let mut other = sam.clone_session();
    other.visit(sam.path()).await;
    sam.fill("Subject", "From one").press("Save text").await;
    other.fill("Subject", "From another").press("Save text").await;
    assert_eq!(other.status(), StatusCode::CONFLICT);
    other.sees("Somebody changed this text while you were editing it.").sees("From one");
    assert_eq!(other.field("Subject"), "From another");
}

#[actix_web::test]
async fn resending_makes_a_new_link_and_the_old_one_dies() {
    let portal = Portal::open().await;
    let (mut sam, old) = asked(&portal).await;
    sam.follow("Resend or revoke the request").await;
    sam.sees("Nobody has answered yet.");
    sam.press("Resend").await;
    sam.sees("There is a new link, and the old one no longer works.");
    sam.press("Send").await;
    portal.carry_mail().await;
    let new = link_in(&portal.letter_to(ADA));
    let mut ada = portal.browser();
    ada.visit(&old).await;
    ada.sees_heading("This link is not known");
    assert_eq!(ada.status(), StatusCode::NOT_FOUND);
    accept(&portal, &new).await.sees_heading("The customer agreement is accepted");
}

#[actix_web::test]
async fn revoking_asks_first_and_kills_the_link() {
    let portal = Portal::open().await;
    let (mut sam, link) = asked(&portal).await;
    sam.follow("Resend or revoke the request").await;
    let place = sam.path().to_owned();
    sam.follow("Revoke").await;
    sam.sees_heading("Revoke the request to ada@juniper.example?");
    assert_eq!(count(&portal, "open"), 1, "asking changes nothing");
    let mut late = sam.clone_session();
    late.visit(&format!("{place}/revocation")).await;
    sam.press("Revoke").await;
    sam.sees("The request to ada@juniper.example is revoked.").sees_no_button("Resend");
    late.press("Revoke").await;
    late.sees("Nothing was changed: the request no longer stood as you saw it.");
    let mut ada = portal.browser();
    ada.visit(&link).await;
    ada.sees_heading("This request was withdrawn").sees("Sam sales_agent");
    assert_eq!(ada.status(), StatusCode::GONE);
    sam.press("Ask again").await;
    sam.sees_heading("Ask for the customer agreement");
    assert_eq!((count(&portal, "open"), count(&portal, "revoked")), (1, 1));
}

#[actix_web::test]
async fn another_contact_is_asked_instead_and_the_old_link_dies() {
    let portal = Portal::open().await;
    let (mut sam, old) = asked(&portal).await;
    let draft = only_draft(&portal).await;
    sam.visit(&format!("/drafts/{draft}/customer")).await;
    sam.within("Primary contact").fill("Email address", "bo@juniper.example");
    sam.press("Next: Subscriptions").await;
    sam.sees("The account names somebody else by now").sees("bo@juniper.example");
    sam.press("Ask bo@juniper.example instead").await;
    sam.press("Send").await;
    portal.carry_mail().await;
    let mut ada = portal.browser();
    ada.visit(&old).await;
    ada.sees_heading("This request was withdrawn");
    let link = link_in(&portal.letter_to("bo@juniper.example"));
    accept(&portal, &link).await.sees_heading("The customer agreement is accepted");
    assert_eq!((count(&portal, "revoked"), count(&portal, "accepted")), (1, 1));
}

#[actix_web::test]
async fn an_acceptance_counts_for_no_other_company() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Business Basic", 510)).await;
    let (mut sam, link) = asked(&portal).await;
    accept(&portal, &link).await;
    let draft = only_draft(&portal).await;
    sam.visit(&format!("/drafts/{draft}/customer")).await;
    sam.fill("Company name", "Alder").press("Next: Subscriptions").await;
    sam.sees("The account names somebody else by now");
    sam.visit(&format!("/drafts/{draft}/subscriptions")).await;
    sam.sees("Alder has not accepted the customer agreement yet.");
    sam.fill("Licenses of Business Basic", "5").press("Next: Review").await;
    sam.sees_no_button("Submit").sees_button("Ask the customer");
}

#[actix_web::test]
async fn an_expired_request_is_made_anew() {
    let portal = Portal::open().await;
    let (mut sam, link) = asked(&portal).await;
    expire_all(&portal).await;
    let mut ada = portal.browser();
    ada.visit(&link).await;
    ada.sees_heading("This link has expired").sees("for a new link");
    assert_eq!(ada.status(), StatusCode::GONE);
    sam.reload().await;
    sam.sees("did not answer until");
    sam.press("Ask the customer").await;
    sam.press("Send").await;
    portal.carry_mail().await;
    accept(&portal, &link_in(&portal.letter_to(ADA)))
        .await
        .sees_heading("The customer agreement is accepted");
}

#[actix_web::test]
async fn a_cancelled_draft_revokes_its_request() {
    let portal = Portal::open().await;
    let (mut sam, link) = asked(&portal).await;
    sam.follow("Cancel").await;
    sam.sees("The request for the customer agreement to ada@juniper.example is revoked");
    sam.press("Cancel the draft").await;
    let mut ada = portal.browser();
    ada.visit(&link).await;
    ada.sees_heading("This request was withdrawn");
    assert_eq!(count(&portal, "revoked"), 1);
}

#[actix_web::test]
async fn another_provider_knows_nothing_of_a_request() {
    let portal = Portal::open().await;
    let sam = drafted(&portal).await;
    let (place, draft_id) = (sam.path().to_owned(), only_draft(&portal).await);
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit Supply", "US").await;
    let mut stranger = portal.browser_in(&summit, &[Role::GlobalAdmin]).await;
    for page in [place.clone(), format!("{place}/revocation")] {
        stranger.visit(&page).await;
        assert_eq!(stranger.status(), StatusCode::NOT_FOUND, "{page}");
    }
    for action in ["text", "delivery", "link", "revocation"] {
        stranger.post(&format!("{place}/{action}"), &[]).await;
        assert_eq!(stranger.status(), StatusCode::NOT_FOUND, "{action}");
    }
    stranger.post(&format!("/drafts/{draft_id}/agreement-request"), &[]).await;
    assert_eq!(stranger.status(), StatusCode::NOT_FOUND);
    assert_eq!(count(&portal, "open"), 1);
}

#[actix_web::test]
async fn a_colleague_sees_how_it_stands_without_the_link() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::UserAdmin).await;
    draft(&mut sam, "Juniper Hall", "juniperhall").await;
    let place = sam.path().to_owned();
    let mut colleague = portal.browser_of(Role::SalesAgent).await;
    colleague.visit(&place).await;
    colleague.sees("The link is not kept.").sees("[personal link]").sees("Not sent from here");
    assert!(!colleague.html().contains("/consents/"));
}
