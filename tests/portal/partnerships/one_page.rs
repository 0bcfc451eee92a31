//! Request a partnership opens the draft at once; no link is out that the portal does not know.

use actix_web::http::StatusCode;
use futures_util::future::join_all;
use twotier::access::Role;

use super::{OLGA, draft, drafted, drafted_link, hidden, link_in};
use crate::support::browser::Browser;
use crate::support::portal::Portal;

const REQUESTS: &str = "SELECT count(*) FROM partnership_requests";
const EMAIL: &str = "Reseller’s email address";
const ASKS: &str = "Harbor Distribution asks for a partnership";

async fn begun(portal: &Portal) -> Browser {
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/partnership-requests/new").await;
    sam
}

#[actix_web::test]
async fn the_draft_opens_at_once_and_looking_at_it_keeps_nothing() {
    let portal = Portal::open().await;
    let mut sam = begun(&portal).await;
    for button in ["Open in email", "Copy to clipboard", "Done", "Send"] {
        sam.sees_button(button);
    }
    assert_eq!(sam.field(EMAIL), "");
    assert!(sam.field("Subject").contains("Harbor Distribution"));
    let link = drafted_link(&sam);
    sam.within("The link").sees(&link);
    sam.sees("The link works from the moment you choose one of these buttons.");
    let mut olga = portal.browser();
    olga.visit(&link).await;
    olga.sees_heading("This link is not known");
    sam.reload().await;
    assert_ne!(drafted_link(&sam), link);
    assert_eq!(portal.database.number(REQUESTS), 0);
    let recorded = "SELECT count(*) FROM activity_records WHERE action LIKE '%partnership%'";
    assert_eq!(portal.database.number(recorded), 0);
}

#[actix_web::test]
async fn one_press_makes_the_request_and_sends_it() {
    let portal = Portal::open().await;
    let mut sam = begun(&portal).await;
    let link = drafted_link(&sam);
    sam.fill(EMAIL, OLGA).fill("Subject", "Work with us").fill("Message", &format!("Hello\n\n{link}"));
    sam.press("Send").await;
    sam.sees_heading("Partnership request to olga@brightwater.example").sees("is on its way to");
    portal.carry_mail().await;
    let letter = portal.letter_to(OLGA);
    assert_eq!((letter.subject.as_str(), link_in(&letter)), ("Work with us", link.clone()));
    let mut olga = portal.browser();
    olga.visit(&link).await;
    olga.sees_heading(ASKS).sees("sent to olga@brightwater.example");
}

#[actix_web::test]
async fn every_button_makes_the_link_work_and_says_how_to_go_on() {
    let portal = Portal::open().await;
    let mut olga = portal.browser();
    for (button, said) in [
        ("Open in email", "its link works from now on. Choose Open saved text in email."),
        ("Copy to clipboard", "press Ctrl+A and Ctrl+C to copy it."),
        ("Done", "is listed here until it is answered or expires."),
        ("Save text", "The text is saved."),
        ("Put the link back", "The text is saved."),
        ("Send", "is on its way to"),
    ] {
        let mut sam = begun(&portal).await;
        let link = drafted_link(&sam);
        let address = format!("{}@x.example", button.to_lowercase().replace(' ', "-"));
        sam.fill(EMAIL, &address).press(button).await;
        sam.sees(said);
        if button != "Done" && button != "Send" {
            assert_eq!(drafted_link(&sam), link, "{button}");
        }
        olga.visit(&link).await;
        olga.sees_heading(ASKS);
    }
    portal.carry_mail().await;
}

#[actix_web::test]
async fn without_an_address_nothing_is_made_and_nothing_that_was_typed_is_lost() {
    let portal = Portal::open().await;
    for button in ["Open in email", "Copy to clipboard", "Done", "Save text", "Put the link back", "Send"] {
        let mut sam = begun(&portal).await;
        let link = drafted_link(&sam);
        let text = format!("Dear <Olga>,\n\n{link}");
        sam.fill("Subject", "Ours").fill("Message", &text).check("Only the addressee may accept");
        sam.press(button).await;
        assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY, "{button}");
        sam.sees_problem(EMAIL, "Enter the reseller’s email address.");
        assert_eq!((sam.field("Subject"), sam.field("Message")), ("Ours".to_owned(), text));
        assert_eq!(sam.field("Only the addressee may accept"), "on");
        assert_eq!(portal.database.number(REQUESTS), 0);
    }
    let mut sam = begun(&portal).await;
    let link = drafted_link(&sam);
    sam.press("Done").await;
    sam.fill(EMAIL, OLGA).press("Done").await;
    portal.browser().visit(&link).await;
    assert_eq!(portal.database.number(REQUESTS), 1, "with the link of before");
}

#[actix_web::test]
async fn the_same_page_sent_several_times_at_once_asks_once_and_mails_once() {
    let portal = Portal::open().await;
    let sam = begun(&portal).await;
    let (id, seal) = (hidden(&sam, "id"), hidden(&sam, "seal"));
    let (subject, text) = (sam.field("Subject"), sam.field("Message"));
    let fields = [
        ("id", id.as_str()),
        ("seal", seal.as_str()),
        ("email", OLGA),
        ("subject", subject.as_str()),
        ("text", text.as_str()),
        ("then", "send"),
    ];
    let mut tabs: Vec<_> = (0..4).map(|_| sam.clone_session()).collect();
    for tab in &mut tabs {
        tab.visit("/partnership-requests").await;
    }
    join_all(tabs.iter_mut().map(|tab| tab.post("/partnership-requests", &fields))).await;
    assert!(tabs.iter().all(|tab| tab.text().contains("Partnership request to")));
    assert_eq!(portal.database.number(REQUESTS), 1);
    assert_eq!(portal.carry_mail().await, 1);
    // Nobody else's page is made of it.
    let summit = portal.has_organisation(twotier::access::OrganisationKind::Provider, "Summit", "DE").await;
    let mut other = portal.browser_in(&summit, &[Role::GlobalAdmin]).await;
    other.post("/partnership-requests", &fields).await;
    assert_eq!(other.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(portal.database.number(REQUESTS), 1);
}

#[actix_web::test]
async fn a_page_that_was_open_for_too_long_gets_a_new_link_and_keeps_what_was_typed() {
    let portal = Portal::open().await;
    let mut sam = begun(&portal).await;
    let (old, text) = (drafted_link(&sam), sam.field("Message"));
    let stale = format!("Dear Olga,\n{text}");
    let fields = [("id", "x"), ("seal", "y"), ("email", OLGA), ("subject", "Ours"), ("text", stale.as_str())];
    sam.post("/partnership-requests", &fields).await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees("The link on this page no longer holds, so nothing was kept or sent.");
    assert_eq!((sam.field(EMAIL).as_str(), sam.field("Subject").as_str()), (OLGA, "Ours"));
    assert!(sam.field("Message").starts_with("Dear Olga,"));
    let new = drafted_link(&sam);
    assert!(new != old && !sam.html().contains(&old));
    sam.press("Done").await;
    let mut olga = portal.browser();
    olga.visit(&new).await;
    olga.sees_heading(ASKS);
}

#[actix_web::test]
async fn whoever_goes_back_to_the_page_changes_the_same_request() {
    let portal = Portal::open().await;
    let mut sam = begun(&portal).await;
    let (id, seal, text) = (hidden(&sam, "id"), hidden(&sam, "seal"), sam.field("Message"));
    sam.fill(EMAIL, OLGA).press("Save text").await;
    let (second, third) = (format!("Second.\n{text}"), format!("Third.\n{text}"));
    let mut back = sam.clone_session();
    back.visit("/partnership-requests").await;
    back.post("/partnership-requests", &page(&id, &seal, &second)).await;
    back.sees("The text is saved.");
    assert!(back.field("Message").starts_with("Second."));
    // The draft has been edited since; neither text is lost.
    back.post("/partnership-requests", &page(&id, &seal, &third)).await;
    assert_eq!(back.status(), StatusCode::CONFLICT);
    back.sees("Somebody changed this text while you were editing it").sees("Second.");
    assert!(back.field("Message").starts_with("Third."));
    back.press("Save text").await;
    back.sees("The text is saved.");
    assert_eq!(portal.database.number(REQUESTS), 1);
}

#[actix_web::test]
async fn a_page_whose_request_got_another_link_since_lets_no_dead_link_out() {
    let portal = Portal::open().await;
    let mut sam = begun(&portal).await;
    let (id, seal, text) = (hidden(&sam, "id"), hidden(&sam, "seal"), sam.field("Message"));
    sam.fill(EMAIL, OLGA).press("Done").await;
    sam.follow(OLGA).await;
    sam.press("Resend").await;
    sam.sees("There is a new link");
    for version in ["", "1", "2"] {
        let mut back = sam.clone_session();
        back.visit("/partnership-requests").await;
        let mine = format!("Dear Olga,\n{text}");
        let fields = [&page(&id, &seal, &mine)[..], &[("version", version), ("then", "send")]].concat();
        back.post("/partnership-requests", &fields).await;
        assert_eq!(back.status(), StatusCode::UNPROCESSABLE_ENTITY, "version {version:?}");
        back.sees("The link on this page no longer holds, so nothing was kept or sent.");
        assert!(back.field("Message").starts_with("Dear Olga,"));
        assert_ne!(hidden(&back, "id"), id);
    }
    assert_eq!((portal.carry_mail().await, portal.database.number(REQUESTS)), (0, 1));
}

#[actix_web::test]
async fn what_is_to_be_looked_at_is_shown_before_anything_is_sent() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let theirs = portal.add_person(&brightwater, &[Role::SalesAgent]).await;
    let mut sam = begun(&portal).await;
    sam.fill(EMAIL, &theirs).press("Send").await;
    sam.sees("Nothing was sent yet.").sees("belongs to Brightwater IT, which is your partner already");
    assert_eq!(portal.carry_mail().await, 0);
    // Another address is looked at anew.
    draft(&mut sam.clone_session(), OLGA).await;
    sam.fill(EMAIL, OLGA).press("Send").await;
    sam.sees("Nothing was sent yet.").sees("There is another open request to this address.");
    sam.press("Send").await;
    sam.sees("is on its way to olga@brightwater.example");
    assert_eq!(portal.carry_mail().await, 1);
}

#[actix_web::test]
async fn whom_a_draft_asks_can_be_changed_and_the_log_tells() {
    let portal = Portal::open().await;
    let mut sam = drafted(&portal).await;
    sam.fill(EMAIL, "no address").press("Save text").await;
    sam.sees_problem(EMAIL, "There is no @ in it.");
    sam.fill(EMAIL, "new@brightwater.example")
        .check("Only the addressee may accept")
        .press("Save text")
        .await;
    sam.sees("To new@brightwater.example.");
    sam.visit("/activity").await;
    sam.sees_row(&["Change a partnership request new@brightwater.example"]);
    sam.sees_row(&["Email address", OLGA, "new@brightwater.example"]);
    sam.sees_row(&["Only the addressee may accept", "No", "Yes"]);
}

#[actix_web::test]
async fn without_a_mail_server_open_in_email_is_the_primary_way() {
    let portal = Portal::open_with(|site| site.sends_mail = false).await;
    let mut sam = begun(&portal).await;
    sam.sees_no_button("Send").sees("This portal has no mail server.");
    let primary: Vec<_> = sam.html().match_indices("button primary").collect();
    assert_eq!(primary.len(), 1);
    assert!(sam.html().contains(r#"<button class="button primary" name="then" value="email""#));
    sam.sees("That only the addressee may accept cannot be demanded here");
    let link = drafted_link(&sam);
    sam.fill(EMAIL, OLGA).press("Open in email").await;
    assert!(sam.href("Open saved text in email").contains(link.rsplit('/').next().expect("a token")));
    let mut olga = portal.browser();
    olga.visit(&link).await;
    olga.sees_heading(ASKS);
}

/// What the page sends.
fn page<'a>(id: &'a str, seal: &'a str, text: &'a str) -> [(&'a str, &'a str); 5] {
    [("id", id), ("seal", seal), ("email", OLGA), ("subject", "Ours"), ("text", text)]
}
