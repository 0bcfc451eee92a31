//! Where letters go: a mail server, files, or memory (in tests).

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, bail};
use lettre::message::{Mailbox, MultiPart};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use secrecy::{ExposeSecret as _, SecretString};

use super::outbox::Taken;

/// How long a mail server may take for one letter.
const PATIENCE: Duration = Duration::from_secs(30);

/// A way out for letters.
#[derive(Clone)]
pub struct Transport {
    from: Mailbox,
    way: Way,
}

#[derive(Clone)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
    Memory(Arc<Mutex<Vec<Taken>>>),
}

/// Why a letter did not leave.
#[derive(Debug)]
pub struct Refusal {
    pub reason: String,
    /// Trying again would not help.
    pub is_final: bool,
}

impl Transport {
    /// Through the server at `smtp://…` or `smtps://…`.
    ///
    /// # Errors
    /// When the address is malformed, the sender is no address, or a server that is not on this machine
    /// would be spoken to without encryption.
    pub fn smtp(url: &SecretString, from: &str) -> anyhow::Result<Self> {
        let url = url.expose_secret();
        let is_plain = url.starts_with("smtp://") && !url.contains("tls=required");
        if is_plain && !is_loopback(url) {
            bail!(
                "SMTP_URL must encrypt: use smtps://… or add ?tls=required (plain smtp:// is for this machine only)"
            );
        }
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| anyhow::anyhow!("SMTP_URL is not an address like smtps://USER:PASSWORD@HOST"))?;
        Ok(Self { from: sender(from)?, way: Way::Smtp(builder.timeout(Some(PATIENCE)).build()) })
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
        let message =
            self.message(letter).map_err(|error| Refusal { reason: format!("{error:#}"), is_final: true })?;
        match &self.way {
            Way::Smtp(smtp) => match smtp.send(message).await {
                Ok(_) => Ok(()),
                Err(error) => Err(Refusal { reason: reason(&error), is_final: error.is_permanent() }),
            },
            Way::Folder(folder) => {
                // The letter's own id names the file, so that one letter is one file.
                let path = folder.join(format!("{}.eml", letter.id));
                let written = tokio::fs::write(&path, message.formatted()).await;
                written.map_err(|error| Refusal {
                    reason: format!("{}: {error}", path.display()),
                    is_final: false,
                })
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

fn is_loopback(url: &str) -> bool {
    let host = url.trim_start_matches("smtp://").rsplit('@').next().unwrap_or_default();
    ["localhost", "127.", "[::1]"].iter().any(|name| host.starts_with(name))
}

/// The server's own words without the visitor's address or our secrets; the first cause says most.
fn reason(error: &lettre::transport::smtp::Error) -> String {
    use std::error::Error as _;
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            text = format!("{text}: {inner_text}");
        }
        cause = inner.source();
    }
    text.chars().take(400).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn smtp(url: &str) -> anyhow::Result<Transport> {
        Transport::smtp(&url.into(), "Twotier <twotier@portal.example>")
    }

    #[tokio::test]
    async fn only_this_machine_is_spoken_to_in_the_clear() {
        assert!(smtp("smtp://127.0.0.1:2525").is_ok());
        assert!(smtp("smtp://localhost:2525").is_ok());
        assert!(smtp("smtp://user:pw@mail.example:587?tls=required").is_ok());
        assert!(smtp("smtps://user:pw@mail.example").is_ok());
        assert!(smtp("smtp://mail.example").is_err());
        assert!(smtp("smtp://mail.example?tls=opportunistic").is_err());
        assert!(smtp("http://mail.example").is_err());
    }
}
