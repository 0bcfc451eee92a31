//! A mail server, spoken to in one conversation a letter. Nothing of a conversation that broke off is used again:
//! a late answer would be taken for the answer to the next letter.
//!
//! The portal speaks the few commands itself. It goes by the code of an answer and never by its text, which may be
//! written in anything, and it knows at which command an answer came, which tells whether it is about the portal or
//! about the letter.
//!
//! Once the last byte of a letter has left, only the server knows whether it has it. If it then hangs up, says nothing
//! or says something that is no answer, the letter is handed over once more, with the same Message-ID, by which
//! mailboxes tell a repetition. If that is not confirmed either, the letter has failed and says that it may have
//! arrived: two copies are the most that leave by themselves.

mod conversation;
mod reply;
mod server;
mod verdict;
mod wire;

use std::time::Duration;

use lettre::Message;
use tokio::time::timeout;

use super::hello::HelloName;
use super::transport::Refusal;
use super::trouble::Trouble;
use conversation::Conversation;
use server::{Safety, Server};
use verdict::Step;
use wire::Wire;

/// How long a mail server may take for one letter up to its last byte, all answers together.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long it may then take to say that it has the letter: many look for viruses and spam meanwhile, and whoever
/// hangs up early gets the letter delivered twice (RFC 5321, 4.5.3.2.6).
const RECEIPT_PATIENCE: Duration = Duration::from_secs(300);
/// How long one of the server's addresses may take to be reached before the next one is tried.
const CONNECT_PATIENCE: Duration = Duration::from_secs(10);
/// How long the goodbye may take; the letter has been taken by then.
const QUIT_PATIENCE: Duration = Duration::from_secs(2);

/// A mail server and how to speak to it.
#[derive(Clone)]
pub(super) struct MailServer {
    server: Server,
    hello: HelloName,
    patience: Duration,
    receipt_patience: Duration,
}

impl MailServer {
    /// Reads `smtp://…` or `smtps://…`; `hello` is the name that we give, unless the address ends with another one.
    ///
    /// # Errors
    /// When the address is malformed, or a server that is not on this machine would be spoken to unencrypted.
    pub(super) fn parse(url: &str, hello: &HelloName) -> anyhow::Result<Self> {
        let server = Server::parse(url)?;
        let hello = match &server.hello {
            Some(name) => HelloName::parse(name)?,
            None => hello.clone(),
        };
        Ok(Self { server, hello, patience: PATIENCE, receipt_patience: RECEIPT_PATIENCE })
    }

    pub(super) fn with_patience(self, patience: Duration) -> Self {
        Self { patience, receipt_patience: patience, ..self }
    }

    /// Hands a letter over.
    pub(super) async fn send(&self, letter: &Message) -> Result<(), Refusal> {
        let mut step = Step::Connecting;
        let handed_over = timeout(self.patience, self.hand_over(letter, &mut step)).await;
        let mut conversation = handed_over.unwrap_or_else(|_| Err(Refusal::at(step, Trouble::Silent)))?;
        let receipt = timeout(self.receipt_patience, conversation.receipt()).await;
        receipt.unwrap_or_else(|_| Err(Refusal::at(Step::Receipt, Trouble::Silent)))?;
        // The letter is theirs: whatever becomes of the goodbye.
        let _ = timeout(QUIT_PATIENCE, conversation.quit()).await;
        Ok(())
    }

    async fn hand_over(
        &self,
        letter: &Message,
        step: &mut Step,
    ) -> Result<Conversation<Box<dyn Wire>>, Refusal> {
        let mut conversation = self.begin(step).await?;
        if let Some(credentials) = &self.server.credentials {
            conversation.sign_in(credentials, step).await?;
        }
        conversation.hand_over(letter, step).await?;
        Ok(conversation)
    }

    /// Connects, greets and encrypts.
    async fn begin(&self, step: &mut Step) -> Result<Conversation<Box<dyn Wire>>, Refusal> {
        let Server { host, port, safety, .. } = &self.server;
        let unencrypted =
            |error: std::io::Error| Refusal::before_the_letter(Trouble::Unencrypted, Some(error.to_string()));
        let bare = wire::connect(host, *port, CONNECT_PATIENCE.min(self.patience)).await;
        let bare =
            bare.map_err(|error| Refusal::before_the_letter(Trouble::Unreachable, Some(error.to_string())))?;
        let hello = self.hello.as_str();
        let mut conversation = match safety {
            Safety::Bare => {
                let wire: Box<dyn Wire> = Box::new(bare);
                Conversation::begin(wire, step).await?
            }
            Safety::FromTheStart(encryption) => {
                let wire = encryption.wrap(bare).await.map_err(unencrypted)?;
                Conversation::begin(wire, step).await?
            }
            Safety::StartTls(encryption) => {
                let mut in_the_clear = Conversation::begin(bare, step).await?;
                in_the_clear.hello(hello, step).await?;
                let bare = in_the_clear.starttls(step).await?;
                Conversation::resume(encryption.wrap(bare).await.map_err(unencrypted)?)
            }
        };
        conversation.hello(hello, step).await?;
        Ok(conversation)
    }
}
