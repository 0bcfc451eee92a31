//! Where letters go: a mail server, files, or memory (in tests).

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use lettre::Message;
use lettre::message::MultiPart;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};

use super::file;
use super::hello::HelloName;
use super::outbox::Taken;
use super::sender::Sender;
use super::smtp::MailServer;
use super::trouble::Trouble;

/// A way out for letters.
#[derive(Clone)]
pub struct Transport {
    from: Sender,
    way: Way,
}

#[derive(Clone)]
enum Way {
    Smtp(Box<MailServer>),
    Folder(PathBuf),
    Memory(Arc<Mutex<Vec<Taken>>>),
}

/// Why a letter did not leave.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub trouble: Trouble,
    /// What the mail server or the machine said: it may name the recipient, so it stays out of the log.
    pub said: Option<String>,
    /// The mail server's reply code, if it replied.
    pub code: Option<u16>,
    /// Whether it would have met any letter.
    pub concerns_all: bool,
}

impl Refusal {
    /// Something that happened before anybody heard of the letter.
    pub(super) fn before_the_letter(trouble: Trouble, said: Option<String>) -> Self {
        Self { trouble, said, code: None, concerns_all: true }
    }

    /// A letter that cannot even be written down as one.
    fn no_letter(said: String) -> Self {
        Self { trouble: Trouble::Content, said: Some(said), code: None, concerns_all: false }
    }

    /// Whether the mail server has listened as far as to the addressee.
    pub(super) fn shows_that_others_pass(&self) -> bool {
        !self.concerns_all && (self.code.is_some() || !self.trouble.is_final())
    }
}

impl Transport {
    /// Through the server at `smtp://…` or `smtps://…`, greeted by a name.
    ///
    /// # Errors
    /// When the address is malformed, a server that is not on this machine would be spoken to without encryption, or
    /// `from` is no sender that a mail server takes.
    pub fn smtp(url: &SecretString, from: Option<&str>, hello: &HelloName) -> anyhow::Result<Self> {
        let server = MailServer::parse(url.expose_secret(), hello)?;
        Ok(Self { from: Sender::of_mail(from)?, way: Way::Smtp(Box::new(server)) })
    }

    /// With another time that a mail server may take for one letter than the usual one.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        match self.way {
            Way::Smtp(server) => Self { way: Way::Smtp(Box::new(server.with_patience(patience))), ..self },
            Way::Folder(_) | Way::Memory(_) => self,
        }
    }

    /// As `.eml` files in a folder, which must exist.
    pub fn folder(folder: &Path, from: Sender) -> Self {
        Self { from, way: Way::Folder(folder.to_owned()) }
    }

    /// Into the list that is returned beside it.
    pub fn memory(from: Sender) -> (Self, Arc<Mutex<Vec<Taken>>>) {
        let letters = Arc::new(Mutex::new(Vec::new()));
        (Self { from, way: Way::Memory(Arc::clone(&letters)) }, letters)
    }

    /// Hands a letter over, once.
    ///
    /// # Errors
    /// Why it did not leave.
    pub async fn send(&self, letter: &Taken) -> Result<(), Refusal> {
        let message = self.message(letter).map_err(|error| Refusal::no_letter(format!("{error:#}")))?;
        match &self.way {
            Way::Smtp(server) => server.send(&message).await,
            Way::Folder(folder) => {
                // The letter's own id names the file, so that one letter is one file.
                let (folder, name) = (folder.clone(), format!("{}.eml", letter.id));
                let content = message.formatted();
                let kept = tokio::task::spawn_blocking(move || file::keep(&folder, &name, &content)).await;
                let kept = kept.context("writing was cut off").and_then(|kept| Ok(kept?));
                kept.map_err(|error| {
                    Refusal::before_the_letter(Trouble::Unwritable, Some(format!("{error:#}")))
                })
            }
            Way::Memory(letters) => {
                letters.lock().unwrap_or_else(PoisonError::into_inner).push(letter.clone());
                Ok(())
            }
        }
    }

    fn message(&self, letter: &Taken) -> anyhow::Result<Message> {
        let from = &self.from.0;
        let mut builder = Message::builder()
            // The same each time this letter is sent, so that a mailbox can tell a repetition.
            .message_id(Some(format!("<{}@{}>", letter.id, from.email.domain())))
            .from(from.clone())
            .to(letter.to_email.as_str().parse()?)
            .subject(&letter.subject);
        if let Some(reply_to) = &letter.reply_to {
            builder = builder.reply_to(reply_to.as_str().parse()?);
        }
        if !letter.by_hand {
            builder = builder.header(AutoSubmitted);
        }
        let body = MultiPart::alternative_plain_html(letter.body_text.clone(), letter.body_html.clone());
        Ok(builder.multipart(body)?)
    }
}

/// Says that no person wrote the letter, so that no absent person's mailbox answers it (RFC 3834, 5).
#[derive(Clone)]
struct AutoSubmitted;

impl AutoSubmitted {
    const VALUE: &str = "auto-generated";
}

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(value: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        if value == Self::VALUE { Ok(Self) } else { Err("another value of Auto-Submitted".into()) }
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), Self::VALUE.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::email::Email;
    use crate::values::id::LetterId;

    fn letter(by_hand: bool) -> Taken {
        Taken {
            id: LetterId::new(),
            to_email: Email::parse("olga@brightwater.example").unwrap(),
            reply_to: None,
            subject: "A link".to_owned(),
            body_text: "https://portal.example/partnerships/abc".to_owned(),
            body_html: "<p>https://portal.example/partnerships/abc</p>".to_owned(),
            by_hand,
            attempts: 1,
        }
    }

    fn sender() -> Sender {
        Sender::of_mail(Some("Twotier <twotier@portal.example>")).unwrap()
    }

    #[tokio::test]
    async fn a_letter_in_a_folder_is_one_file_by_its_id() {
        let folder = tempfile::tempdir().unwrap();
        let transport = Transport::folder(folder.path(), sender());
        let letter = letter(false);
        transport.send(&letter).await.unwrap();
        transport.send(&letter).await.unwrap();
        let path = folder.path().join(format!("{}.eml", letter.id));
        assert!(std::fs::read_to_string(path).unwrap().contains("partnerships/abc"));
        assert_eq!(folder.path().read_dir().unwrap().count(), 1);
    }

    #[test]
    fn what_no_person_wrote_says_so() {
        let (transport, _) = Transport::memory(sender());
        let source =
            |by_hand| String::from_utf8(transport.message(&letter(by_hand)).unwrap().formatted()).unwrap();
        assert!(source(false).contains("\r\nAuto-Submitted: auto-generated\r\n"), "{}", source(false));
        assert!(!source(true).contains("Auto-Submitted"));
    }
}
