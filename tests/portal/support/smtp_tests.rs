//! The mail server itself, tried with a client that is not the portal’s own.

use std::time::Duration;

use lettre::message::MultiPart;
use lettre::transport::smtp::Error;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use super::smtp::{Manner, SmtpServer};

async fn send(server: &SmtpServer, subject: &str) -> Result<(), Error> {
    let address = |text: &str| text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
    let message = Message::builder()
        .from(address("Twotier <portal@twotier.example>"))
        .to(address("Zoë <zoe@brightwater.example>"))
        .reply_to(address("sam@harbor.example"))
        .subject(subject)
        .multipart(MultiPart::alternative_plain_html(
            "Grüße\n.\nhttps://portal.test/p/1\n".to_owned(),
            "<p>Grüße</p>".to_owned(),
        ));
    let message = message.unwrap_or_else(|error| panic!("{error}"));
    let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1");
    let transport = builder.port(server.port()).timeout(Some(Duration::from_secs(20))).build();
    transport.send(message).await.map(|_| ())
}

#[actix_web::test]
async fn a_letter_arrives_decoded() {
    let server = SmtpServer::start().await;
    assert!(send(&server, "Größe & Maß").await.is_ok());
    let mails = server.received(1).await;
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    assert_eq!(
        (mail.from.as_str(), mail.to.as_slice()),
        ("portal@twotier.example", &["zoe@brightwater.example".to_owned()][..])
    );
    assert_eq!((mail.subject.as_str(), mail.reply_to.as_str()), ("Größe & Maß", "sam@harbor.example"));
    assert_eq!(mail.text, "Grüße\n.\nhttps://portal.test/p/1\n");
    assert_eq!((mail.html.trim(), mail.link()), ("<p>Grüße</p>", "https://portal.test/p/1"));
}

#[actix_web::test]
async fn refusals_are_for_now_or_for_good() {
    let server = SmtpServer::start().await;
    for (manner, is_permanent) in
        [(Manner::Busy, false), (Manner::RefuseRecipient, true), (Manner::RefuseData, false)]
    {
        server.once(manner.clone());
        let Err(error) = send(&server, "No").await else { panic!("{manner:?} let it pass") };
        assert_eq!(error.is_permanent(), is_permanent, "{manner:?}: {error}");
    }
    server.refused(3).await;
    assert!(send(&server, "Yes").await.is_ok());
    assert_eq!(server.received(1).await.len(), 1);
}

#[actix_web::test]
async fn a_letter_may_arrive_though_its_sender_cannot_know() {
    let server = SmtpServer::start().await;
    server.once(Manner::HangUpAfterData);
    assert!(send(&server, "Lost answer").await.is_err());
    assert_eq!(server.received(1).await.len(), 1);
}

#[actix_web::test]
async fn a_held_letter_waits_until_it_is_released() {
    let server = SmtpServer::start().await;
    server.always(Manner::Hold);
    let both = async {
        server.held(1).await;
        assert!(server.mails().is_empty());
        server.release();
    };
    let (sent, ()) = tokio::join!(send(&server, "Slow"), both);
    assert!(sent.is_ok());
}

#[actix_web::test]
async fn a_closed_server_refuses_and_opens_again_at_its_address() {
    let mut server = SmtpServer::start().await;
    server.close().await;
    assert!(send(&server, "Closed").await.is_err());
    server.open().await;
    assert!(send(&server, "Open").await.is_ok());
}
