//! While something keeps every letter back: the others wait without being tried, the operator is told once, and all leave
//! together once it is mended.

use twotier::db::clock::Clock;
use twotier::mail::letter::LetterState;
use twotier::mail::outbox;
use twotier::mail::standing::standing;
use twotier::mail::trouble::Trouble;
use twotier::values::moment::Moment;

use super::{put, status};
use crate::support::portal::Portal;
use crate::support::smtp::{Manner, SmtpServer};

async fn put_three(portal: &Portal) {
    for domain in ["brightwater", "newleaf", "summit"] {
        put(portal, &format!("olga@{domain}.example")).await;
    }
}

#[actix_web::test]
async fn a_wrong_password_is_tried_with_one_letter_and_not_with_each() {
    let (portal, server) = (Portal::open().await, SmtpServer::start().await);
    for number in 0..30 {
        put(&portal, &format!("olga@reseller{number}.example")).await;
    }
    server.always(Manner::RefusePassword);
    let now = Moment::now();
    portal.carry_mail_to(&server.url_with_password(), now).await;
    let burst = server.connections();
    assert!(burst <= 8, "{burst} sign-ins at the first burst");
    portal.carry_mail_to(&server.url_with_password(), now.plus_seconds(29)).await;
    assert_eq!(server.connections(), burst, "tried although it can only fail");
    let until = portal.query(standing).await.expect("told").held_until.expect("held");
    portal.carry_mail_to(&server.url_with_password(), until).await;
    assert_eq!(server.connections(), burst + 1, "one goes first");

    server.always(Manner::Accept);
    let until = portal.query(standing).await.expect("told").held_until.expect("held");
    portal.carry_mail_to(&server.url_with_password(), until).await;
    assert_eq!(server.received(30).await.len(), 30);
    assert!(portal.query(standing).await.is_none());
}

#[actix_web::test]
async fn a_letter_that_was_not_tried_shows_what_holds_it_and_the_true_next_try() {
    let (portal, server) = (Portal::open().await, SmtpServer::start().await);
    put(&portal, "olga@brightwater.example").await;
    server.always(Manner::Answer("MAIL", b"550 5.7.1 not as this sender\r\n"));
    let now = Moment::now();
    portal.carry_mail_to(&server.url(), now).await;
    put(&portal, "zoe@newleaf.example").await;
    portal.carry_mail_to(&server.url(), now.plus_seconds(1)).await;
    let untried = status(&portal).await;
    assert_eq!((untried.attempts, untried.state), (0, LetterState::Waiting));
    assert_eq!(untried.hindrance.and_then(|hindrance| hindrance.trouble), Some(Trouble::Sender));
    let told = portal.query(standing).await.expect("told");
    assert_eq!(Some(untried.due_at), told.held_until);
    assert_eq!((told.tries, told.since), (1, told.last_at));
}

#[actix_web::test]
async fn asking_for_a_try_ends_the_wait_of_all_once_it_works() {
    let (portal, server) = (Portal::open().await, SmtpServer::start().await);
    put_three(&portal).await;
    server.always(Manner::Answer("EHLO", b"554 5.7.1 blocked\r\n"));
    let now = Moment::now();
    portal.carry_mail_to(&server.url(), now).await;
    server.always(Manner::Accept);
    let last = status(&portal).await;
    let (harbor, id, later) = (portal.harbor.id, last.id, now.plus_seconds(2));
    let clock = Clock::standing_at(later);
    let asked = portal.db.write(move |conn| outbox::try_now(conn, &harbor, &id, &clock)).await;
    assert!(asked.expect("it is queued"));
    portal.carry_mail_to(&server.url(), later).await;
    assert_eq!(server.received(3).await.len(), 3);
}

#[actix_web::test]
async fn letters_wait_for_a_server_that_comes_back_after_days() {
    let (portal, mut server) = (Portal::open().await, SmtpServer::start().await);
    put(&portal, "olga@brightwater.example").await;
    server.close().await;
    let now = Moment::now();
    for hours in 0..100 {
        portal.carry_mail_to(&server.url(), now.plus_seconds(hours * 3600)).await;
    }
    let waiting = status(&portal).await;
    assert_eq!(waiting.state, LetterState::Waiting);
    assert_eq!(portal.query(standing).await.expect("told").trouble, Trouble::Unreachable);
    server.open().await;
    portal.carry_mail_to(&server.url(), now.plus_seconds(101 * 3600)).await;
    assert_eq!(status(&portal).await.state, LetterState::Sent);
    assert!(portal.query(standing).await.is_none());
}

#[actix_web::test]
async fn what_is_about_one_letter_is_no_trouble_of_all() {
    for manner in [Manner::RefuseRecipient, Manner::RefuseData] {
        let (portal, server) = (Portal::open().await, SmtpServer::start().await);
        put(&portal, "olga@brightwater.example").await;
        server.once(manner);
        portal.carry_mail_to(&server.url(), Moment::now()).await;
        assert!(portal.query(standing).await.is_none());
    }
}

#[actix_web::test]
async fn an_addressee_who_is_refused_shows_that_others_pass() {
    let (portal, server) = (Portal::open().await, SmtpServer::start().await);
    put(&portal, "olga@brightwater.example").await;
    server.once(Manner::RefuseHello);
    let now = Moment::now();
    portal.carry_mail_to(&server.url(), now).await;
    put_three(&portal).await;
    server.once(Manner::RefuseRecipient);
    portal.carry_mail_to(&server.url(), now.plus_seconds(31)).await;
    assert_eq!(server.received(3).await.len(), 3, "the others did not wait for another try");
}
