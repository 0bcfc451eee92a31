//! Asking for a link: one answer for everybody, and no mailbox is flooded.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::db::Connection;
use twotier::enrolment::model::counted_with_all;
use twotier::session::tally::count_one_more;
use twotier::values::moment::Moment;

use super::{ADA, ask, link_in, linked, open, with_operator};
use crate::support::portal::{ORIGIN, Portal};
use crate::support::wire::Call;

#[actix_web::test]
async fn the_way_in_stands_on_the_sign_in_page() {
    let (portal, _operator) = open().await;
    let mut ada = portal.browser();
    ada.visit("/sign-in").await;
    ada.follow("Enroll your company").await;
    ada.sees_heading("Enroll your company").sees("Crossing runs this portal");
    ada.follow("Enroll as an indirect provider").await;
    ada.press("Mail me the link").await;
    ada.sees_problem("Your name", "Enter your name.")
        .sees_problem("Work email address", "Enter the work email address.");
    ada.fill("Your name", "Ada Finch")
        .fill("Work email address", "ada@gmail.com")
        .press("Mail me the link")
        .await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees_problem("Work email address", "Use an address of the organization’s own domain");
    assert_eq!(ada.field("Your name"), "Ada Finch");
    ada.visit("/enrol/nonsense").await;
    assert_eq!(ada.status(), StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn without_an_operator_nobody_enrols() {
    let portal = Portal::open().await;
    let mut ada = portal.browser();
    for path in ["/enrol", "/enrol/reseller"] {
        ada.visit(path).await;
        ada.sees("Nobody can enroll here yet.").sees_no_button("Mail me the link");
    }
    ada.post("/enrol/reseller", &[("name", "Ada"), ("email", ADA)]).await;
    ada.sees("Nobody can enroll here yet.");
    assert_eq!(portal.database.number("SELECT count(*) FROM enrolments"), 0);
}

#[actix_web::test]
async fn the_answer_is_the_same_whether_there_is_an_account_or_an_enrolment_or_nothing() {
    let (portal, _operator) = open().await;
    let account = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    linked(&portal, "reseller", ADA).await;
    let mut answers = Vec::new();
    for email in [account.as_str(), ADA, "new@acme.example"] {
        let mut somebody = portal.browser();
        ask(&mut somebody, "reseller", email).await;
        assert_eq!(somebody.status(), StatusCode::OK);
        answers.push(somebody.text().replace(email, "…"));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    portal.carry_mail().await;
    let letter = portal.letter_to(&account);
    assert_eq!(letter.subject, "You have an account at Twotier");
    assert!(link_in(&letter).ends_with("/sign-in"));
    assert_eq!(portal.database.number("SELECT count(*) FROM enrolments"), 2);
}

#[actix_web::test]
async fn the_way_back_is_kept_by_way_of_the_sign_in_page() {
    let (portal, _operator) = open().await;
    let mut ada = portal.browser();
    ada.visit(&format!("/sign-in?next=/partnerships/{}", "A".repeat(43))).await;
    ada.follow("Enroll your company").await;
    ada.follow("Enroll as an indirect reseller").await;
    ada.sees("you return to the partnership request");
}

#[actix_web::test]
async fn nobody_floods_a_mailbox_or_the_portal() {
    let portal = Portal::open_with(|site| site.trusted_proxies = 1).await;
    with_operator(&portal).await;
    let mut taken = 0;
    while asks_from(&portal, &format!("198.51.100.{taken}"), ADA).await == StatusCode::SEE_OTHER {
        taken += 1;
        assert!(taken < 50, "nothing protects the mailbox");
    }
    assert_eq!(taken, 3);
    // A tag leads to the same mailbox.
    let tagged = asks_from(&portal, "198.51.100.77", "ada+tag@acme.example").await;
    assert_eq!(tagged, StatusCode::TOO_MANY_REQUESTS);
    // Others are as free as before, and a network is bounded, too.
    let mut taken = 0;
    let address = |count: i32| format!("somebody{count}@acme.example");
    while asks_from(&portal, "192.0.2.1", &address(taken)).await == StatusCode::SEE_OTHER {
        taken += 1;
        assert!(taken < 50, "nothing stops the network");
    }
    assert_eq!(taken, 20);
    let mut slowed = portal.browser();
    ask(&mut slowed, "reseller", ADA).await;
    assert_eq!(slowed.status(), StatusCode::TOO_MANY_REQUESTS);
    slowed.sees("There were many letters in a short time.").sees("in 60 minutes");
    let seconds: u32 = slowed.header("retry-after").expect("a time").parse().expect("seconds");
    assert!((3_500..=3_600).contains(&seconds), "{seconds}");
    assert_eq!(slowed.field("Work email address"), ADA);
    assert_eq!(portal.carry_mail().await, 23);
}

#[actix_web::test]
async fn a_few_networks_close_enrolment_to_nobody_else() {
    let portal = Portal::open_with(|site| site.trusted_proxies = 1).await;
    with_operator(&portal).await;
    // Three customers of providers with all the addresses that IPv6 gives them, and a block of IPv4 addresses.
    let mut letters = 0;
    for attempt in 0..700 {
        let from = match attempt % 4 {
            0 => format!("198.51.100.{}", attempt % 250),
            way => format!("2001:db8:{way}:{:x}::{attempt:x}", attempt * 131 % 65_536),
        };
        let status = asks_from(&portal, &from, &format!("somebody{attempt}@acme.example")).await;
        letters += i32::from(status == StatusCode::SEE_OTHER);
    }
    assert_eq!(letters, 4 * 60, "each network has its share");
    let other = asks_from(&portal, "203.0.113.9", "else@acme.example").await;
    assert_eq!(other, StatusCode::SEE_OTHER);
}

#[actix_web::test]
async fn whoever_was_invited_gets_in_although_the_whole_world_asks() {
    let portal = Portal::open_with(|site| site.trusted_proxies = 1).await;
    with_operator(&portal).await;
    let invited = is_invited(&portal).await;
    exhaust(&portal).await;
    let asks = |next: &str| {
        Call::post("/enrol/reseller", &[("name", "Ada"), ("email", ADA), ("next", next)])
            .with("sec-fetch-site", "same-origin")
            .with("x-forwarded-for", "203.0.113.9")
    };
    let made_up = format!("/partnerships/{}", "A".repeat(43));
    let stranger = portal.browser().send(asks(&made_up)).await;
    assert_eq!(stranger.status, StatusCode::TOO_MANY_REQUESTS);
    let invited = portal.browser().send(asks(&invited)).await;
    assert_eq!(invited.status, StatusCode::SEE_OTHER);
}

/// Somebody of Harbor asks Ada for a partnership; answers the path of the link.
async fn is_invited(portal: &Portal) -> String {
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/partnership-requests/new").await;
    sam.fill("Reseller’s email address", ADA).press("Save text").await;
    sam.press("Send").await;
    portal.carry_mail().await;
    let letter = portal.letter_to(ADA);
    let line = letter.body_text.lines().find(|line| line.contains("/partnerships/")).expect("a link");
    line.trim().trim_start_matches(ORIGIN).to_owned()
}

/// As if thousands from everywhere had asked.
async fn exhaust(portal: &Portal) {
    let now = Moment::now();
    let everybody = move |conn: &mut Connection| {
        for _ in 0..5_001 {
            count_one_more(conn, &[counted_with_all()], now)?;
        }
        // It took a while, for which some more may ask.
        while count_one_more(conn, &[counted_with_all()], Moment::now())? == 0 {}
        Ok(())
    };
    portal.db.write(everybody).await.expect("they are counted");
}

#[actix_web::test]
async fn without_a_mail_server_the_page_says_where_the_letter_is() {
    let portal = Portal::open_with(|site| site.sends_mail = false).await;
    with_operator(&portal).await;
    let mut ada = portal.browser();
    ada.visit("/enrol/reseller").await;
    ada.fill("Your name", "Ada Finch").fill("Work email address", ADA).press("Ask for the link").await;
    ada.sees("This portal has no mail server.").sees("is kept as a file").sees(ADA);
    portal.carry_mail().await;
}

async fn asks_from(portal: &Portal, address: &str, email: &str) -> StatusCode {
    let call = Call::post("/enrol/reseller", &[("name", "Ada"), ("email", email)]);
    let call = call.with("sec-fetch-site", "same-origin").with("x-forwarded-for", address);
    portal.browser().send(call).await.status
}
