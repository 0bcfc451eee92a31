//! What mail servers answer, at which command and in which script: the code decides, and where it came.

use tokio::sync::watch;
use twotier::mail::carrier::Carrier;
use twotier::mail::letter::LetterState;
use twotier::mail::trouble::Trouble;
use twotier::values::moment::Moment;

use super::{HARDLY_ANY, put, status};
use crate::support::portal::Portal;
use crate::support::smtp::{Manner, SmtpServer};

const OLGA: &str = "olga@brightwater.example";

/// « Boîte inconnue » in Latin-1.
const LATIN_1_NO: &[u8] = b"550 5.1.1 Bo\xEEte inconnue\r\n";
const LATIN_1_YES: &[u8] = b"250 2.0.0 Message accept\xE9\r\n";
/// "The mailbox does not exist", and "The mail was taken", in GBK.
const GBK_NO: &[u8] = b"550 \xD3\xCA\xCF\xE4\xB2\xBB\xB4\xE6\xD4\xDA\r\n";
const GBK_YES: &[u8] = b"250 \xD3\xCA\xBC\xFE\xD2\xD1\xBD\xD3\xCA\xD5\r\n";

#[actix_web::test]
async fn a_no_in_any_script_fails_a_letter_at_once() {
    for no in [LATIN_1_NO, GBK_NO] {
        let (portal, server) = (Portal::open().await, SmtpServer::start().await);
        put(&portal, OLGA).await;
        server.once(Manner::Answer("RCPT", no));
        portal.carry_mail_to(&server.url(), Moment::now()).await;
        let failed = status(&portal).await;
        assert_eq!(failed.state, LetterState::Failed);
        let hindrance = failed.hindrance.expect("a reason");
        assert_eq!(hindrance.trouble, Some(Trouble::Addressee));
        assert!(hindrance.said.is_some_and(|said| said.starts_with("550 ")));
    }
}

#[actix_web::test]
async fn a_yes_in_any_script_counts_as_sent_and_no_copy_follows() {
    for yes in [LATIN_1_YES, GBK_YES] {
        let (portal, server) = (Portal::open().await, SmtpServer::start().await);
        put(&portal, OLGA).await;
        server.always(Manner::Answer("LETTER", yes));
        let now = Moment::now();
        portal.carry_mail_to(&server.url(), now).await;
        assert_eq!(status(&portal).await.state, LetterState::Sent);
        portal.carry_mail_to(&server.url(), now.plus_days(1)).await;
        assert_eq!(server.mails().len(), 1);
    }
}

#[actix_web::test]
async fn a_refusal_is_about_us_or_about_the_letter_by_the_command_where_it_comes() {
    use LetterState::{Failed, Waiting};
    let cases: [(&str, &[u8], LetterState, Trouble); 16] = [
        ("GREETING", b"554 5.7.1 no\r\n", Waiting, Trouble::NotWelcome),
        ("GREETING", b"421 4.7.0 later\r\n", Waiting, Trouble::Busy),
        ("GREETING", b"HTTP/1.1 400 Bad Request\r\n", Waiting, Trouble::Garbled),
        ("EHLO", b"550 5.7.1 who are you\r\n", Waiting, Trouble::NotWelcome),
        ("AUTH", b"535 5.7.8 authentification \xE9chou\xE9e\r\n", Waiting, Trouble::SignIn),
        ("MAIL", b"550 5.7.1 not as this sender\r\n", Waiting, Trouble::Sender),
        ("MAIL", b"553 5.1.8 unknown domain\r\n", Waiting, Trouble::Sender),
        ("MAIL", b"452 4.3.1 full\r\n", Waiting, Trouble::Quota),
        ("MAIL", b"552 5.2.2 over quota\r\n", Waiting, Trouble::Quota),
        ("RCPT", b"554 5.7.1 Relay access denied\r\n", Waiting, Trouble::Relay),
        ("RCPT", b"450 4.2.0 greylisted\r\n", Waiting, Trouble::Deferred),
        ("RCPT", b"551 5.1.6 moved\r\n", Failed, Trouble::Addressee),
        ("RCPT", b"553 5.1.3 no such name\r\n", Failed, Trouble::Addressee),
        ("DATA", b"554 5.5.1 no valid recipients\r\n", Failed, Trouble::Content),
        ("LETTER", b"554 5.7.1 spam\r\n", Failed, Trouble::Content),
        ("LETTER", b"452 4.3.0 later\r\n", Waiting, Trouble::Deferred),
    ];
    for (at, answer, state, trouble) in cases {
        let (portal, server) = (Portal::open().await, SmtpServer::start().await);
        put(&portal, OLGA).await;
        server.once(Manner::Answer(at, answer));
        portal.carry_mail_to(&server.url_with_password(), Moment::now()).await;
        let letter = status(&portal).await;
        let found = (letter.state, letter.hindrance.and_then(|hindrance| hindrance.trouble));
        assert_eq!(found, (state, Some(trouble)), "{at}: {:?}", String::from_utf8_lossy(answer));
    }
}

#[actix_web::test]
async fn a_server_that_hangs_up_anywhere_loses_no_letter() {
    for at in ["GREETING", "EHLO", "AUTH", "MAIL", "RCPT", "DATA"] {
        let (portal, server) = (Portal::open().await, SmtpServer::start().await);
        put(&portal, OLGA).await;
        server.once(Manner::HangUp(at));
        let now = Moment::now();
        portal.carry_mail_to(&server.url_with_password(), now).await;
        let waiting = status(&portal).await;
        let trouble = waiting.hindrance.and_then(|hindrance| hindrance.trouble);
        assert_eq!((waiting.state, trouble), (LetterState::Waiting, Some(Trouble::BrokenOff)), "{at}");
        portal.carry_mail_to(&server.url_with_password(), now.plus_seconds(31)).await;
        assert_eq!(server.received(1).await.len(), 1, "{at}");
    }
}

#[actix_web::test]
async fn a_letter_that_is_never_confirmed_leaves_twice_at_most_until_somebody_asks_for_more() {
    let (portal, server) = (Portal::open().await, SmtpServer::start().await);
    let id = put(&portal, OLGA).await;
    server.always(Manner::HangUp("LETTER"));
    let now = Moment::now();
    for hours in 0..48 {
        portal.carry_mail_to(&server.url(), now.plus_seconds(hours * 3600)).await;
    }
    let failed = status(&portal).await;
    let trouble = failed.hindrance.and_then(|hindrance| hindrance.trouble);
    assert_eq!((failed.state, trouble), (LetterState::Failed, Some(Trouble::Unconfirmed)));
    let mails = server.received(2).await;
    assert_eq!(mails.len(), 2);
    assert!(mails.iter().all(|mail| mail.message_id == format!("{id}@portal.example")), "{mails:?}");
}

#[actix_web::test]
async fn a_slow_addressee_holds_up_nobody_else() {
    let (portal, server) = (Portal::open().await, SmtpServer::start().await);
    for number in 0..20 {
        put(&portal, &format!("zoe{number}@slow.example")).await;
    }
    for domain in ["brightwater", "newleaf", "summit"] {
        put(&portal, &format!("olga@{domain}.example")).await;
    }
    server.always(Manner::MuteTo("@slow.example"));
    let (stop, stopped) = watch::channel(false);
    let carrier = portal.carrier_to(&server.url());
    let carrier = Carrier { transport: carrier.transport.with_patience(HARDLY_ANY * 100), ..carrier };
    let carrying = tokio::spawn(carrier.run(stopped));
    let mut to: Vec<_> = server.received(3).await.into_iter().flat_map(|mail| mail.to).collect();
    to.sort();
    assert_eq!(to, ["olga@brightwater.example", "olga@newleaf.example", "olga@summit.example"]);
    stop.send(true).expect("the carrier listens");
    carrying.abort();
}

#[actix_web::test]
async fn the_server_is_greeted_by_the_host_of_the_portal() {
    let (portal, server) = (Portal::open().await, SmtpServer::start().await);
    put(&portal, OLGA).await;
    portal.carry_mail_to(&server.url(), Moment::now()).await;
    assert_eq!(server.hellos(), ["portal.example"]);
}

#[actix_web::test]
async fn a_very_old_server_is_greeted_the_old_way() {
    let (portal, server) = (Portal::open().await, SmtpServer::start().await);
    put(&portal, OLGA).await;
    server.once(Manner::Answer("EHLO", b"502 what\r\n"));
    portal.carry_mail_to(&server.url(), Moment::now()).await;
    assert_eq!(status(&portal).await.state, LetterState::Sent);
}

#[actix_web::test]
async fn a_letter_of_the_portal_asks_absent_people_for_no_answer() {
    let (portal, server) = (Portal::open().await, SmtpServer::start().await);
    put(&portal, OLGA).await;
    portal.carry_mail_to(&server.url(), Moment::now()).await;
    let mails = server.received(1).await;
    let source = String::from_utf8_lossy(&mails[0].source).into_owned();
    assert!(source.contains("\r\nAuto-Submitted: auto-generated\r\n"), "{source}");
}

#[actix_web::test]
async fn a_server_that_cannot_encrypt_gets_no_letter_and_no_password() {
    for (scheme, asks) in [("smtps:", ""), ("smtp:", "?tls=required")] {
        let (portal, server) = (Portal::open().await, SmtpServer::start().await);
        put(&portal, OLGA).await;
        let url = format!("{}{asks}", server.url_with_password().replace("smtp:", scheme));
        portal.carry_mail_to(&url, Moment::now()).await;
        let waiting = status(&portal).await;
        let trouble = waiting.hindrance.and_then(|hindrance| hindrance.trouble);
        assert_eq!((waiting.state, trouble), (LetterState::Waiting, Some(Trouble::Unencrypted)), "{url}");
        assert!(server.mails().is_empty());
    }
}
