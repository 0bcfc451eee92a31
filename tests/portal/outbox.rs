//! Letters on their way through a real mail server on loopback: down, refusing, slow, or breaking off.

#[path = "outbox/answers.rs"]
mod answers;
#[path = "outbox/standing.rs"]
mod standing;

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use diesel::prelude::*;
use tokio::sync::watch;
use twotier::db::clock::Clock;
use twotier::db::schema::letters;
use twotier::mail::carrier::Carrier;
use twotier::mail::face::Body;
use twotier::mail::kind::{Hand, Kind, always};
use twotier::mail::letter::{Letter, LetterState, LetterStatus};
use twotier::mail::outbox;
use twotier::mail::trouble::Trouble;
use twotier::values::email::Email;
use twotier::values::id::LetterId;
use twotier::values::moment::Moment;

use crate::support::portal::Portal;
use crate::support::smtp::{Manner, SmtpServer};

/// So little that a test need not wait; the portal's own patience is the same in longer.
const HARDLY_ANY: Duration = Duration::from_millis(100);

const KIND: Kind = Kind { key: "partnership_request", hand: Hand::Portal, still_holds: always };
const ABOUT: &str = "0193";

async fn put(portal: &Portal, to: &str) -> LetterId {
    let id = LetterId::new();
    let letter = Letter {
        kind: &KIND,
        about: ABOUT.to_owned(),
        organisation: portal.harbor.id,
        to: Email::parse(to).expect("an address"),
        reply_to: Some(Email::parse("sam@harbor.example").expect("an address")),
        subject: "Grüße from Harbor".to_owned(),
        body: Body {
            text: "Follow https://portal.example/partnerships/abc".to_owned(),
            html: "<p>Follow https://portal.example/partnerships/abc</p>".to_owned(),
        },
    };
    let (stored, now) = (id, Moment::now());
    portal
        .db
        .write(move |conn| outbox::put(conn, &stored, &letter, now))
        .await
        .expect("the letter is stored");
    id
}

async fn status(portal: &Portal) -> LetterStatus {
    let harbor = portal.harbor.id;
    portal.query(move |conn| outbox::latest_about(conn, &harbor, (&KIND, ABOUT))).await.expect("a letter")
}

#[actix_web::test]
async fn a_letter_leaves_once_with_both_bodies_and_the_way_to_answer() {
    let (portal, server) = (Portal::open().await, SmtpServer::start().await);
    let id = put(&portal, "olga@brightwater.example").await;
    portal.carry_mail_to(&server.url(), Moment::now()).await;
    portal.carry_mail_to(&server.url(), Moment::now().plus_days(1)).await;
    let mails = server.received(1).await;
    let mail = &mails[0];
    assert_eq!(mail.subject, "Grüße from Harbor");
    assert!(mail.text.contains("partnerships/abc") && mail.html.contains("<p>Follow"), "{mail:?}");
    assert_eq!(mail.reply_to, "sam@harbor.example");
    assert_eq!(mail.message_id, format!("{id}@portal.example"));
    assert_eq!(status(&portal).await.state, LetterState::Sent);
    assert_eq!(server.mails().len(), 1);
}

#[actix_web::test]
async fn what_was_sent_keeps_no_link() {
    let (portal, server) = (Portal::open().await, SmtpServer::start().await);
    put(&portal, "olga@brightwater.example").await;
    portal.carry_mail_to(&server.url(), Moment::now()).await;
    assert_eq!(portal.database.number("SELECT count(*) FROM letters WHERE body_text LIKE '%abc%'"), 0);
}

#[actix_web::test]
async fn a_server_that_is_down_delays_a_letter_and_loses_none() {
    let (portal, mut server) = (Portal::open().await, SmtpServer::start().await);
    put(&portal, "olga@brightwater.example").await;
    let now = Moment::now();
    server.close().await;
    portal.carry_mail_to(&server.url(), now).await;
    let waiting = status(&portal).await;
    assert_eq!((waiting.state, waiting.attempts), (LetterState::Waiting, 1));
    assert_eq!(waiting.hindrance.expect("a reason").trouble, Some(Trouble::Unreachable));
    server.open().await;
    // Half a minute has not passed yet.
    portal.carry_mail_to(&server.url(), now.plus_seconds(20)).await;
    assert_eq!(server.mails().len(), 0);
    portal.carry_mail_to(&server.url(), now.plus_seconds(31)).await;
    assert_eq!(status(&portal).await.state, LetterState::Sent);
    assert_eq!(server.received(1).await.len(), 1);
}

#[actix_web::test]
async fn a_busy_server_is_asked_again_later() {
    for manner in [Manner::Busy, Manner::RefuseData] {
        let (portal, server) = (Portal::open().await, SmtpServer::start().await);
        put(&portal, "olga@brightwater.example").await;
        server.once(manner);
        let now = Moment::now();
        portal.carry_mail_to(&server.url(), now).await;
        assert_eq!(status(&portal).await.state, LetterState::Waiting);
        portal.carry_mail_to(&server.url(), now.plus_seconds(31)).await;
        assert_eq!(status(&portal).await.state, LetterState::Sent);
    }
}

#[actix_web::test]
async fn a_refused_recipient_fails_with_the_servers_reason_until_somebody_sends_again() {
    let (portal, server) = (Portal::open().await, SmtpServer::start().await);
    let id = put(&portal, "nobody@brightwater.example").await;
    server.once(Manner::RefuseRecipient);
    portal.carry_mail_to(&server.url(), Moment::now()).await;
    let failed = status(&portal).await;
    assert_eq!(failed.state, LetterState::Failed);
    let hindrance = failed.hindrance.expect("a reason");
    assert_eq!(hindrance.trouble, Some(Trouble::Addressee));
    assert_eq!(hindrance.said.as_deref(), Some("550 no such mailbox"));
    portal.carry_mail_to(&server.url(), Moment::now().plus_days(2)).await;
    assert_eq!(server.mails().len(), 0);

    let harbor = portal.harbor.id;
    let again = portal.db.write(move |conn| outbox::try_now(conn, &harbor, &id, &Clock::default())).await;
    assert!(again.expect("it is queued"));
    portal.carry_mail_to(&server.url(), Moment::now()).await;
    assert_eq!(status(&portal).await.state, LetterState::Sent);
}

#[actix_web::test]
async fn one_letter_that_fails_does_not_hold_up_the_others() {
    let (portal, server) = (Portal::open().await, SmtpServer::start().await);
    put(&portal, "nobody@brightwater.example").await;
    put(&portal, "olga@brightwater.example").await;
    server.once(Manner::RefuseRecipient);
    portal.carry_mail_to(&server.url(), Moment::now()).await;
    assert_eq!(server.received(1).await.len(), 1);
}

#[actix_web::test]
async fn a_slow_server_holds_up_nobody_else() {
    let (portal, server) = (Portal::open().await, SmtpServer::start().await);
    put(&portal, "olga@brightwater.example").await;
    server.once(Manner::Hold);
    let url = server.url();
    let sending = portal.carry_mail_to(&url, Moment::now());
    let meanwhile = async {
        server.held(1).await;
        // The letter is under way, and still anybody can write: no transaction is open.
        put(&portal, "newleaf@newleaf.example").await;
        server.release();
    };
    futures_util::join!(sending, meanwhile);
    assert_eq!(server.received(1).await.len(), 1);
}

#[actix_web::test]
async fn two_carriers_send_one_letter_once() {
    let (portal, server) = (Portal::open().await, SmtpServer::start().await);
    put(&portal, "olga@brightwater.example").await;
    let now = Moment::now();
    let url = server.url();
    futures_util::join!(portal.carry_mail_to(&url, now), portal.carry_mail_to(&url, now));
    assert_eq!(server.received(1).await.len(), 1);
}

#[actix_web::test]
async fn a_carrier_that_died_leaves_the_letter_to_the_next_one() {
    let (portal, server) = (Portal::open().await, SmtpServer::start().await);
    put(&portal, "olga@brightwater.example").await;
    server.once(Manner::Hold);
    let now = Moment::now();
    {
        let url = server.url();
        let sending = portal.carry_mail_to(&url, now);
        // Dropped while the server holds the letter: as if the process had ended.
        futures_util::future::select(Box::pin(sending), Box::pin(server.held(1))).await;
    }
    portal.carry_mail_to(&server.url(), now.plus_seconds(10)).await;
    assert_eq!(status(&portal).await.state, LetterState::Waiting, "the lease still holds");
    portal.carry_mail_to(&server.url(), now.plus_seconds(31)).await;
    assert_eq!(status(&portal).await.state, LetterState::Sent);
}

#[actix_web::test]
async fn a_letter_that_was_put_while_the_clock_was_ahead_leaves_now() {
    let portal = Portal::open().await;
    for due in ["due_at = '2099-01-01 00:00:00'", "leased_until = '2099-01-01 00:00:00'"] {
        put(&portal, "olga@brightwater.example").await;
        portal.database.change(&format!("UPDATE letters SET {due} WHERE state = 'waiting'"));
        assert_eq!(portal.carry_mail().await, 1, "{due}");
        assert_eq!(status(&portal).await.state, LetterState::Sent);
    }
}

#[actix_web::test]
async fn a_letter_whose_receipt_was_lost_comes_again_under_the_same_message_id() {
    let (portal, server) = (Portal::open().await, SmtpServer::start().await);
    put(&portal, "olga@brightwater.example").await;
    server.once(Manner::HangUpAfterData);
    let now = Moment::now();
    portal.carry_mail_to(&server.url(), now).await;
    portal.carry_mail_to(&server.url(), now.plus_seconds(31)).await;
    let mails = server.received(2).await;
    assert_eq!(mails[0].message_id, mails[1].message_id);
    assert_eq!(status(&portal).await.state, LetterState::Sent);
}

#[actix_web::test]
async fn a_server_that_says_nothing_is_given_up_and_asked_again_later() {
    let (portal, server) = (Portal::open().await, SmtpServer::start().await);
    put(&portal, "olga@brightwater.example").await;
    server.once(Manner::Silent);
    let patient = portal.carrier_to(&server.url());
    let (now, transport) = (Moment::now(), patient.transport.clone().with_patience(HARDLY_ANY));
    let carrier = Carrier { transport, clock: Clock::standing_at(now), ..patient };
    let (_stop, stopped) = watch::channel(false);
    assert_eq!(carrier.carry_due(&stopped).await.expect("the outbox is carried"), 1);
    server.silent(1).await;
    let waiting = status(&portal).await;
    assert_eq!((waiting.state, waiting.attempts), (LetterState::Waiting, 1));
    assert_eq!(waiting.hindrance.expect("a reason").trouble, Some(Trouble::Silent));
    portal.carry_mail_to(&server.url(), now.plus_seconds(31)).await;
    assert_eq!(status(&portal).await.state, LetterState::Sent);
}

#[actix_web::test]
async fn what_a_server_answers_after_it_was_given_up_counts_for_no_other_letter() {
    let (portal, server) = (Portal::open().await, SmtpServer::start().await);
    put(&portal, "olga@brightwater.example").await;
    server.once(Manner::Hold);
    let carrier = portal.carrier_to(&server.url());
    let transport = carrier.transport.clone().with_patience(HARDLY_ANY);
    let (_stop, stopped) = watch::channel(false);
    let now = Moment::now();
    let hasty = Carrier { transport, clock: Clock::standing_at(now), ..carrier.clone() };
    hasty.carry_due(&stopped).await.expect("the outbox is carried");
    server.held(1).await;
    server.release();
    put(&portal, "newleaf@newleaf.example").await;
    let later = Carrier { clock: Clock::standing_at(now.plus_seconds(20)), ..carrier };
    later.carry_due(&stopped).await.expect("the outbox is carried");
    // One letter over the connection that was given up, one over a connection of its own.
    server.received(2).await;
    assert_eq!(server.connections(), 2);
}

#[actix_web::test]
async fn only_a_refusal_of_the_letter_itself_is_final() {
    for manner in [Manner::Closed, Manner::RefuseHello, Manner::RefusePassword, Manner::DemandPassword] {
        let (portal, server) = (Portal::open().await, SmtpServer::start().await);
        put(&portal, "olga@brightwater.example").await;
        server.once(manner.clone());
        let now = Moment::now();
        portal.carry_mail_to(&server.url_with_password(), now).await;
        server.refused(1).await;
        assert_eq!(status(&portal).await.state, LetterState::Waiting, "{manner:?}");
        portal.carry_mail_to(&server.url_with_password(), now.plus_seconds(31)).await;
        assert_eq!(status(&portal).await.state, LetterState::Sent, "{manner:?}");
    }
}

#[actix_web::test]
async fn the_lease_of_a_letter_begins_when_it_is_taken() {
    let (portal, server) = (Portal::open().await, SmtpServer::start().await);
    put(&portal, "olga@brightwater.example").await;
    // Behind the first one, since it goes to the same domain.
    let last = put(&portal, "mia@brightwater.example").await;
    server.always(Manner::Hold);
    let (began, minutes) = (Moment::now(), AtomicI64::new(0));
    // Every look at the clock is ten minutes later than the one before: so long does each letter take.
    let clock = Clock::of(move || began.plus_seconds(600 * minutes.fetch_add(1, Ordering::Relaxed)));
    let carrier = Carrier { clock, ..portal.carrier_to(&server.url()) };
    let (_stop, stopped) = watch::channel(false);
    let carrying = carrier.carry_due(&stopped);
    let looking = async {
        server.held(1).await;
        server.release();
        server.held(2).await;
        let lease = move |conn: &mut twotier::db::Connection| {
            let lease = letters::table.find(last).select(letters::leased_until);
            Ok(lease.first::<Option<Moment>>(conn)?)
        };
        let lease = portal.query(lease).await.expect("a lease");
        server.release();
        lease
    };
    let (_, lease) = futures_util::join!(carrying, looking);
    assert!(lease > began.plus_seconds(1200), "{lease:?} is over before the letter was taken");
}

#[actix_web::test]
async fn stopping_finishes_the_letter_under_way_and_begins_no_other() {
    let (portal, server) = (Portal::open().await, SmtpServer::start().await);
    put(&portal, "olga@brightwater.example").await;
    put(&portal, "mia@brightwater.example").await;
    server.always(Manner::Hold);
    let (stop, stopped) = watch::channel(false);
    let carrying = tokio::spawn(portal.carrier_to(&server.url()).run(stopped));
    server.held(1).await;
    stop.send(true).expect("the carrier listens");
    server.release();
    carrying.await.expect("it ends");
    assert_eq!(server.mails().len(), 1);
    assert_eq!(
        portal.database.number("SELECT count(*) FROM letters WHERE state = 'waiting' AND attempts = 0"),
        1
    );
}
