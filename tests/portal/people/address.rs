//! One's own email address: proved by a mailed link, changed with the way to object.

use actix_web::http::StatusCode;
use twotier::access::Role;

use super::{TEMPORARY, shown, sign_in};
use crate::support::browser::Browser;
use crate::support::portal::{PASSWORD, Portal};

const NEW: &str = "sam@new.example";

fn link_to(portal: &Portal, email: &str, place: &str) -> String {
    let text = portal.letter_to(email).body_text;
    let link = text.lines().map(str::trim).find(|line| line.contains(place));
    link.unwrap_or_else(|| panic!("no link to {place} in {text}")).to_owned()
}

async fn asks(sam: &mut Browser, email: &str) {
    sam.visit("/profile").await;
    sam.follow("Change email address").await;
    sam.fill("New email address", email).press("Change address").await;
}

async fn with_sam() -> (Portal, Browser, String) {
    let portal = Portal::open().await;
    let sam = portal.browser_of(Role::SalesAgent).await;
    let email = portal.database.texts("SELECT email AS text FROM people").remove(0);
    (portal, sam, email)
}

#[actix_web::test]
async fn another_address_counts_once_it_is_proved() {
    let (portal, mut sam, old) = with_sam().await;
    asks(&mut sam, "sam@").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    asks(&mut sam, &old).await;
    sam.sees_problem("New email address", "This is the same as before.");
    asks(&mut sam, NEW).await;
    sam.sees("on its way to sam@new.example").sees("sam@new.example waits to be confirmed");
    portal.carry_mail().await;
    let told = portal.letter_to(&old);
    assert!(told.subject.contains("Another email address"), "{}", told.subject);
    assert!(told.body_text.contains(NEW), "{}", told.body_text);
    // Until then the old one lets in and the new one does not. Looking at the link changes nothing.
    let mut mailbox = portal.browser();
    let link = link_to(&portal, NEW, "/email-proof/");
    mailbox.visit(&link).await;
    mailbox.visit(&link).await;
    mailbox.sees_heading("Is this your email address?").sees("no longer with").sees(&old);
    let mut phone = portal.browser();
    sign_in(&mut phone, NEW, PASSWORD).await;
    phone.sees("do not match");
    sign_in(&mut phone, &old, PASSWORD).await;
    phone.sees_heading("Customers");
    mailbox.press("Yes, this is my address").await;
    mailbox.sees("From now on you sign in with sam@new.example.");
    sign_in(&mut mailbox, &old, PASSWORD).await;
    mailbox.sees("do not match");
    sign_in(&mut mailbox, NEW, PASSWORD).await;
    mailbox.sees_heading("Customers");
    mailbox.visit(&link).await;
    assert_eq!(mailbox.status(), StatusCode::GONE);
    mailbox.visit("/activity").await;
    mailbox.sees_row(&["Change the own email address"]).sees_row(&["Ask for another email address"]);
    sam.visit("/profile/email").await;
    sam.sees(NEW).sees_not("waits to be confirmed");
}

#[actix_web::test]
async fn the_old_mailbox_objects_before_and_after() {
    for is_proved in [false, true] {
        let (portal, mut thief, old) = with_sam().await;
        asks(&mut thief, "thief@evil.example").await;
        portal.carry_mail().await;
        let proof = link_to(&portal, "thief@evil.example", "/email-proof/");
        if is_proved {
            thief.visit(&proof).await;
            thief.press("Yes, this is my address").await;
        }
        let mut owner = portal.browser();
        owner.visit(&link_to(&portal, &old, "/email-objection/")).await;
        owner.sees_heading("Keep your address?").sees("thief@evil.example");
        owner.press("Object").await;
        owner.sees_heading("Your address is as before");
        // The thief is out, knows no password that works, and cannot prove anything any more.
        thief.visit("/customers").await;
        thief.sees_heading("Sign in");
        for email in ["thief@evil.example", &old] {
            sign_in(&mut thief, email, PASSWORD).await;
            thief.sees("do not match");
        }
        thief.visit(&proof).await;
        assert_eq!(thief.status(), StatusCode::GONE);
        owner.follow("Choose a new password").await;
        assert_eq!(owner.field("Email address"), old);
        owner.press("Mail a link").await;
        portal.carry_mail().await;
        owner.visit(&link_to(&portal, &old, "/set-password/")).await;
        let new = "a long walk home";
        owner.fill("New password", new).fill("New password again", new).press("Set password").await;
        sign_in(&mut owner, &old, new).await;
        owner.sees_heading("Customers");
    }
}

#[actix_web::test]
async fn whoever_changes_the_password_ends_a_change_of_address_that_somebody_else_asked_for() {
    let (portal, mut thief, old) = with_sam().await;
    asks(&mut thief, "thief@evil.example").await;
    portal.carry_mail().await;
    let mut owner = portal.browser();
    sign_in(&mut owner, &old, PASSWORD).await;
    owner.visit("/password").await;
    let new = "a long walk home";
    owner.fill("Current password", PASSWORD).fill("New password", new).fill("New password again", new);
    owner.press("Change password").await;
    thief.visit(&link_to(&portal, "thief@evil.example", "/email-proof/")).await;
    assert_eq!(thief.status(), StatusCode::GONE);
    owner.visit("/profile/email").await;
    owner.sees(&old).sees_not("waits to be confirmed");
}

#[actix_web::test]
async fn nobody_takes_the_letter_to_the_old_mailbox_back() {
    let (portal, mut thief, old) = with_sam().await;
    asks(&mut thief, "thief@evil.example").await;
    // Before it leaves, the thief takes back what can be taken back.
    thief.press("Keep the address of now").await;
    portal.carry_mail().await;
    let told = portal.letter_to(&old);
    assert!(told.body_text.contains("/email-objection/"), "{}", told.body_text);
}

#[actix_web::test]
async fn an_objection_shuts_everybody_out_also_where_the_address_is_gone() {
    let (portal, mut thief, old) = with_sam().await;
    asks(&mut thief, "thief@evil.example").await;
    portal.carry_mail().await;
    thief.visit(&link_to(&portal, "thief@evil.example", "/email-proof/")).await;
    thief.press("Yes, this is my address").await;
    // The thief gives the old address to somebody else.
    let other = portal.add_person(&portal.harbor, &[Role::AdminAgent]).await;
    portal.database.change(&format!("UPDATE people SET email = '{old}' WHERE email = '{other}'"));
    let mut owner = portal.browser();
    owner.visit(&link_to(&portal, &old, "/email-objection/")).await;
    owner.press("Object").await;
    owner.sees_heading("Everybody is signed out").sees("Your address could not be put back");
    thief.visit("/customers").await;
    thief.sees_heading("Sign in");
    sign_in(&mut thief, "thief@evil.example", PASSWORD).await;
    thief.sees("do not match");
}

#[actix_web::test]
async fn an_address_that_somebody_has_is_not_told_before_it_is_proved_and_never_taken_over() {
    let (portal, mut sam, old) = with_sam().await;
    let other = portal.add_person(&portal.harbor, &[Role::AdminAgent]).await;
    asks(&mut sam, &other).await;
    sam.sees("waits to be confirmed");
    portal.carry_mail().await;
    let mut mailbox = portal.browser();
    mailbox.visit(&link_to(&portal, &other, "/email-proof/")).await;
    mailbox.press("Yes, this is my address").await;
    assert_eq!(mailbox.status(), StatusCode::CONFLICT);
    mailbox.sees("Somebody signs in with this address already.");
    sign_in(&mut mailbox, &old, PASSWORD).await;
    mailbox.sees_heading("Customers");
}

#[actix_web::test]
async fn what_was_asked_for_can_be_dropped_and_a_later_wish_replaces_an_earlier_one() {
    let (portal, mut sam, _) = with_sam().await;
    asks(&mut sam, NEW).await;
    portal.carry_mail().await;
    let first = link_to(&portal, NEW, "/email-proof/");
    asks(&mut sam, "sam@other.example").await;
    sam.sees("sam@other.example waits to be confirmed").sees_not("sam@new.example waits");
    let mut mailbox = portal.browser();
    mailbox.visit(&first).await;
    assert_eq!(mailbox.status(), StatusCode::GONE);
    portal.carry_mail().await;
    let second = link_to(&portal, "sam@other.example", "/email-proof/");
    sam.visit("/profile/email").await;
    sam.press("Keep the address of now").await;
    sam.sees("Your email address stays as it is.");
    mailbox.visit(&second).await;
    assert_eq!(mailbox.status(), StatusCode::GONE);
    // Nobody fills mailboxes by it.
    for number in 0..6 {
        sam.post("/profile/email", &[("email", &format!("box{number}@new.example"))]).await;
    }
    assert_eq!(sam.status(), StatusCode::TOO_MANY_REQUESTS);
    sam.sees("This was asked for several times.");
}

#[actix_web::test]
async fn whoever_got_a_temporary_password_proves_the_address_and_then_sees_the_requests_to_it() {
    let portal = Portal::open().await;
    let reseller = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let mut uma = portal.browser_in(&reseller, &[Role::UserAdmin]).await;
    uma.visit("/people/new").await;
    uma.fill("Name", "Owen Owner").fill("Email address", "owen@brightwater.example");
    uma.check("Admin agentManages customers and partnerships.");
    uma.choose("Way to a password", TEMPORARY).press("Add").await;
    let temporary = shown(&uma);
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/resellers").await;
    sam.follow("Request a partnership").await;
    sam.fill("Reseller’s email address", "owen@brightwater.example").press("Send").await;

    let mut owen = portal.browser();
    sign_in(&mut owen, "owen@brightwater.example", &temporary).await;
    let new = "a long walk home";
    owen.fill("Current password", &temporary).fill("New password", new).fill("New password again", new);
    owen.press("Change password").await;
    owen.sees_heading("Prove your email address");
    owen.follow("Later").await;
    owen.visit("/providers").await;
    owen.sees("Requests that were mailed to you do not show here yet.")
        .sees_not("Requests that wait for your answer");
    owen.follow("Prove that you read the mailbox owen@brightwater.example").await;
    owen.sees("Not yet");
    owen.press("Mail me a link").await;
    portal.carry_mail().await;
    owen.visit(&link_to(&portal, "owen@brightwater.example", "/email-proof/")).await;
    owen.press("Yes, this is my address").await;
    owen.sees("Your email address is proved.").sees("Yes, by a mailed link");
    owen.visit("/providers").await;
    owen.sees("Requests that wait for your answer").sees_not("do not show here yet");
}
