//! Where letters go: a mail server, files, or memory (in tests).

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use lettre::Message;
use lettre::message::{Mailbox, MultiPart};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::io::AsyncWriteExt as _;

use super::outbox::Taken;
use super::smtp::Server;

/// A way out for letters.
#[derive(Clone)]
pub struct Transport {
    from: Mailbox,
    way: Way,
}

#[derive(Clone)]
enum Way {
    Smtp(Box<Server>),
    Folder(PathBuf),
    Memory(Arc<Mutex<Vec<Taken>>>),
}

/// Why a letter did not leave.
#[derive(Debug)]
pub struct Refusal {
    /// In words, for the people of the portal: it may name the recipient, so it stays out of the log.
    pub reason: String,
    /// The mail server's reply code, if it replied.
    pub code: Option<u16>,
    /// Trying again would not help.
    pub is_final: bool,
}

impl Refusal {
    /// Something that another try may mend.
    pub(super) fn for_now(reason: String) -> Self {
        Self { reason, code: None, is_final: false }
    }
}

impl Transport {
    /// Through the server at `smtp://…` or `smtps://…`.
    ///
    /// # Errors
    /// When the address is malformed, the sender is no address, or a server that is not on this machine
    /// would be spoken to without encryption.
    pub fn smtp(url: &SecretString, from: &str) -> anyhow::Result<Self> {
        let server = Server::parse(url.expose_secret())?;
        Ok(Self { from: sender(from)?, way: Way::Smtp(Box::new(server)) })
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
    ///
    /// # Errors
    /// When the sender is no address.
    pub fn folder(folder: &Path, from: &str) -> anyhow::Result<Self> {
        Ok(Self { from: sender(from)?, way: Way::Folder(folder.to_owned()) })
    }

    /// Into the list that is returned beside it.
    ///
    /// # Errors
    /// When the sender is no address.
    pub fn memory(from: &str) -> anyhow::Result<(Self, Arc<Mutex<Vec<Taken>>>)> {
        let letters = Arc::new(Mutex::new(Vec::new()));
        Ok((Self { from: sender(from)?, way: Way::Memory(Arc::clone(&letters)) }, letters))
    }

    pub(super) async fn send(&self, letter: &Taken) -> Result<(), Refusal> {
        let message = self
            .message(letter)
            .map_err(|error| Refusal { is_final: true, ..Refusal::for_now(format!("{error:#}")) })?;
        match &self.way {
            Way::Smtp(server) => server.send(&message).await,
            Way::Folder(folder) => {
                // The letter's own id names the file, so that one letter is one file.
                let path = folder.join(format!("{}.eml", letter.id));
                let written = write_private(&path, &message.formatted()).await;
                written.map_err(|error| Refusal::for_now(format!("{}: {error}", path.display())))
            }
            Way::Memory(letters) => {
                letters.lock().unwrap_or_else(PoisonError::into_inner).push(letter.clone());
                Ok(())
            }
        }
    }

    fn message(&self, letter: &Taken) -> anyhow::Result<Message> {
        let domain = self.from.email.domain();
        let mut builder = Message::builder()
            // The same each time this letter is sent, so that a mailbox can tell a repetition.
            .message_id(Some(format!("<{}@{domain}>", letter.id)))
            .from(self.from.clone())
            .to(letter.to_email.as_str().parse()?)
            .subject(&letter.subject);
        if let Some(reply_to) = &letter.reply_to {
            builder = builder.reply_to(reply_to.as_str().parse()?);
        }
        let body = MultiPart::alternative_plain_html(letter.body_text.clone(), letter.body_html.clone());
        Ok(builder.multipart(body)?)
    }
}

fn sender(from: &str) -> anyhow::Result<Mailbox> {
    from.parse().context("MAIL_FROM must be like: Twotier <twotier@portal.example>")
}

/// Only the owner reads it: a letter may hold a link that proves who somebody is.
async fn write_private(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut options = tokio::fs::OpenOptions::new();
    let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(path).await?;
    file.write_all(content).await?;
    file.flush().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::email::Email;
    use crate::values::id::LetterId;

    #[tokio::test]
    async fn a_letter_in_a_folder_is_the_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let transport = Transport::folder(folder.path(), "Twotier <twotier@portal.example>").unwrap();
        let letter = Taken {
            id: LetterId::new(),
            to_email: Email::parse("olga@brightwater.example").unwrap(),
            reply_to: None,
            subject: "A link".to_owned(),
            body_text: "https://portal.example/partnerships/abc".to_owned(),
            body_html: "<p>https://portal.example/partnerships/abc</p>".to_owned(),
            attempts: 1,
        };
        transport.send(&letter).await.unwrap();
        let path = folder.path().join(format!("{}.eml", letter.id));
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert!(std::fs::read_to_string(path).unwrap().contains("partnerships/abc"));
    }
}
