//! The draft of a request: its link, whose address it goes to, and an installation without a mail server.

use actix_web::http::StatusCode;
use twotier::access::Role;

use super::{OLGA, asked, brightwater_opens, draft, drafted, owner};
use crate::support::portal::Portal;

const CONSENT: &str = "I have read what accepting means, and I consent to it for Brightwater IT.";

#[actix_web::test]
async fn a_link_that_was_lost_is_shown_and_put_back_into_the_edited_text() {
    let portal = Portal::open().await;
    let mut sam = drafted(&portal).await;
    let text = sam.field("Message");
    let link = text.lines().find(|line| line.contains("/partnerships/")).expect("a link").to_owned();
    assert!(sam.within("The link").text().contains(&link), "to copy by hand");
    sam.fill("Message", "Dear Olga,\nplease accept.").press("Send").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sam.title().starts_with("Error: Request a partnership"), "{}", sam.title());
    sam.press("Put the link back").await;
    sam.sees("The text is saved.");
    assert_eq!(sam.field("Message"), format!("Dear Olga,\nplease accept.\n\n{link}"));
    assert!(!sam.title().contains("Error"));
    // A link that lost its end is mended where it stands.
    let cut = link.get(..link.len() - 3).expect("a long link");
    sam.fill("Message", &format!("Open {cut} soon.")).press("Put the link back").await;
    assert_eq!(sam.field("Message"), format!("Open {link} soon."));
    // What else is wrong with the form is told, and the link stands in it nevertheless.
    sam.fill("Subject", "").fill("Message", "Dear Olga").press("Put the link back").await;
    sam.sees_problem("Subject", "Enter the subject.");
    assert_eq!(sam.field("Message").trim(), format!("Dear Olga\n\n{link}"));
}

#[actix_web::test]
async fn without_scripts_the_mail_program_opens_what_is_saved_and_says_so() {
    let portal = Portal::open().await;
    let mut sam = drafted(&portal).await;
    let (saved, text) = (sam.href("Open saved text in email"), sam.field("Message"));
    sam.fill("Message", "Forgotten").press("Save text").await;
    assert_eq!(sam.href("Open saved text in email"), saved, "what is refused is not saved");
    sam.fill("Message", &format!("Hello Olga\n{text}")).press("Save text").await;
    assert!(sam.href("Open saved text in email").contains("&body=Hello%20Olga"));
    assert!(sam.html().contains("<noscript>"), "how to copy by hand");
}

#[actix_web::test]
async fn who_is_a_partner_already_is_pointed_out_but_can_be_asked() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let theirs = portal.add_person(&brightwater, &[Role::SalesAgent]).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    draft(&mut sam, &theirs).await;
    sam.sees("This address belongs to Brightwater IT, which is your partner already.");
    sam.press("Send").await;
    sam.sees("The request is on its way").sees("Brightwater IT is your partner already.");
    draft(&mut sam, "somebody@else.example").await;
    sam.sees_not("partner already");
}

#[actix_web::test]
async fn a_request_that_another_one_made_needless_is_listed_as_such() {
    let portal = Portal::open().await;
    let (mut sam, _) = asked(&portal).await;
    let (_, link) = asked(&portal).await;
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    sam.visit("/partnership-requests").await;
    sam.sees("2 partnership requests, newest first").sees_not("Partner already");
    let mut olga = owner(&portal, &brightwater).await;
    olga.visit(&link).await;
    olga.check(CONSENT).press("Authorize indirect provider").await;
    sam.reload().await;
    sam.sees_row(&[OLGA, "Accepted by Brightwater IT"]).sees_row(&[OLGA, "Partner already Brightwater IT"]);
    sam.visit("/partnership-requests?state=open").await;
    sam.sees("1 partnership request found, newest first");
    sam.follow(OLGA).await;
    sam.sees("Brightwater IT is your partner already.");
    // Who is no partner any more can be asked again.
    portal.has_removed_partnerships().await;
    sam.reload().await;
    sam.sees_not("partner already").sees("Nobody has answered yet.");
}

#[actix_web::test]
async fn an_installation_without_a_mail_server_does_not_claim_to_send() {
    let portal = Portal::open_with(|site| site.sends_mail = false).await;
    let mut sam = drafted(&portal).await;
    sam.sees("This portal has no mail server.").sees_no_button("Send");
    let text = sam.field("Message");
    let link = text.lines().find(|line| line.contains("/partnerships/")).expect("a link").to_owned();
    assert!(sam.html().contains(r#"<a class="button primary" data-mailto"#), "the primary way");
    sam.press("Keep as a file").await;
    sam.sees("The letter to olga@brightwater.example is kept as a file").sees_not("on its way");
    portal.carry_mail().await;
    sam.reload().await;
    sam.sees("Kept as a file").sees_not("Sent");
    sam.visit("/partnership-requests").await;
    sam.sees_row(&[OLGA, "Kept as a file"]).sees_not("Sent");
    let mut olga = brightwater_opens(&portal, &link).await;
    olga.fill("Reason", "We are served.").press("Decline").await;
    olga.sees("You declined. Harbor Distribution reads it in its list").sees_not("told by mail");
}
