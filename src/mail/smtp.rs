//! A mail server, spoken to in one conversation a letter. Nothing of a conversation that broke off is used again:
//! a late answer would be taken for the answer to the next letter.

use std::net::IpAddr;
use std::time::Duration;

use anyhow::{Context as _, bail};
use lettre::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use percent_encoding::percent_decode_str;
use tokio::time::timeout;
use url::Url;

use super::transport::Refusal;

/// How long a mail server may take for one letter, all answers together: well below the lease of a letter, or
/// another carrier would send it too.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long one of the server's addresses may take to be reached before the next one is tried.
const CONNECT_PATIENCE: Duration = Duration::from_secs(10);
/// How long the goodbye may take; the letter has been taken by then.
const QUIT_PATIENCE: Duration = Duration::from_secs(2);
/// Answers that are about us, not about the letter, at whatever command they come: authentication is missing,
/// too weak, wrong or must be encrypted (RFC 4954, 6; RFC 3207, 4).
const ABOUT_US: [u16; 4] = [530, 534, 535, 538];

/// A mail server and how to speak to it.
#[derive(Clone)]
pub(super) struct Server {
    host: String,
    port: u16,
    encryption: Encryption,
    hello: ClientId,
    credentials: Option<Credentials>,
    patience: Duration,
}

#[derive(Clone)]
enum Encryption {
    None,
    StartTls(TlsParameters),
    FromTheStart(TlsParameters),
}

impl Server {
    /// Reads `smtp://…` or `smtps://…`.
    ///
    /// # Errors
    /// When the address is malformed, or a server that is not on this machine would be spoken to unencrypted.
    pub(super) fn parse(url: &str) -> anyhow::Result<Self> {
        const EXAMPLE: &str = "SMTP_URL is not an address like smtps://USER:PASSWORD@HOST";
        // The error would quote the address, and with it the password.
        let url = Url::parse(url).map_err(|_| anyhow::anyhow!(EXAMPLE))?;
        let host = url.host_str().context(EXAMPLE)?.trim_matches(['[', ']']).to_owned();
        let tls = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let parameters = || TlsParameters::new(host.clone()).context("SMTP_URL: encryption cannot be set up");
        let (encryption, port) = match (url.scheme(), tls.as_deref()) {
            ("smtps", _) => (Encryption::FromTheStart(parameters()?), 465),
            ("smtp", Some("required")) => (Encryption::StartTls(parameters()?), 587),
            ("smtp", None) if is_this_machine(&host) => (Encryption::None, 25),
            ("smtp", _) => bail!(
                "SMTP_URL must encrypt: use smtps://… or add ?tls=required (plain smtp:// is for this machine only)"
            ),
            _ => bail!(EXAMPLE),
        };
        let hello = match url.path().trim_matches('/') {
            "" => ClientId::default(),
            name => ClientId::Domain(name.to_owned()),
        };
        let credentials = match url.password() {
            Some(password) => Some(Credentials::new(decoded(url.username())?, decoded(password)?)),
            None => None,
        };
        let port = url.port().unwrap_or(port);
        Ok(Self { host, port, encryption, hello, credentials, patience: PATIENCE })
    }

    pub(super) fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Hands a letter over.
    pub(super) async fn send(&self, message: &Message) -> Result<(), Refusal> {
        let handed_over = timeout(self.patience, self.hand_over(message)).await;
        let mut connection = handed_over.map_err(|_| {
            let seconds = self.patience.as_secs();
            Refusal::for_now(format!("the mail server did not answer within {seconds} seconds"))
        })??;
        // The letter is theirs: whatever becomes of the goodbye.
        let _ = timeout(QUIT_PATIENCE, connection.quit()).await;
        Ok(())
    }

    async fn hand_over(&self, message: &Message) -> Result<AsyncSmtpConnection, Refusal> {
        // Until here nobody has heard of the letter: no answer can be about it.
        let mut connection = self.connect().await.map_err(|error| refusal(&error, false))?;
        match connection.send(message.envelope(), &message.formatted()).await {
            Ok(_) => Ok(connection),
            Err(error) => Err(refusal(&error, is_about_the_letter(&error))),
        }
    }

    /// Connects, greets, encrypts and signs in.
    async fn connect(&self) -> Result<AsyncSmtpConnection, Error> {
        let from_the_start = match &self.encryption {
            Encryption::FromTheStart(parameters) => Some(parameters.clone()),
            Encryption::None | Encryption::StartTls(_) => None,
        };
        let mut connection = AsyncSmtpConnection::connect_tokio1(
            (self.host.as_str(), self.port),
            Some(CONNECT_PATIENCE.min(self.patience)),
            &self.hello,
            from_the_start,
            None,
        )
        .await?;
        if let Encryption::StartTls(parameters) = &self.encryption {
            connection.starttls(parameters.clone(), &self.hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

fn decoded(text: &str) -> anyhow::Result<String> {
    let decoded =
        percent_decode_str(text).decode_utf8().context("SMTP_URL: user or password are not UTF-8")?;
    Ok(decoded.into_owned())
}

fn is_about_the_letter(error: &Error) -> bool {
    error.is_permanent() && !error.status().is_some_and(|code| ABOUT_US.contains(&u16::from(code)))
}

fn refusal(error: &Error, is_final: bool) -> Refusal {
    Refusal { reason: reason(error), code: error.status().map(u16::from), is_final }
}

/// The server's own words without our secrets; the first cause says most.
fn reason(error: &Error) -> String {
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

    #[test]
    fn only_this_machine_is_spoken_to_in_the_clear() {
        for url in [
            "smtp://127.0.0.1:2525",
            "smtp://[::1]:2525",
            "smtp://localhost:2525",
            "smtp://user:pw@mail.example:587?tls=required",
            "smtps://user:pw@mail.example",
        ] {
            assert!(Server::parse(url).is_ok(), "{url}");
        }
        for url in [
            "smtp://mail.example",
            "smtp://mail.example?tls=opportunistic",
            "smtp://localhost.mail.example",
            "smtp://127.mail.example",
            "smtp://a@127.0.0.1:25@mail.example",
            "http://mail.example",
            "mail.example",
            "",
        ] {
            assert!(Server::parse(url).is_err(), "{url}");
        }
    }

    #[test]
    fn the_address_tells_port_name_and_password() {
        let server = Server::parse("smtps://sam%40harbor.example:a%2Fb@mail.example/portal.example").unwrap();
        assert_eq!((server.host.as_str(), server.port), ("mail.example", 465));
        assert_eq!(server.hello, ClientId::Domain("portal.example".to_owned()));
        let credentials = Credentials::new("sam@harbor.example".to_owned(), "a/b".to_owned());
        assert!(server.credentials == Some(credentials));
        assert_eq!(Server::parse("smtp://mail.example?tls=required").unwrap().port, 587);
        assert_eq!(Server::parse("smtp://[::1]").unwrap().host, "::1");
    }

    #[test]
    fn a_wrong_address_is_not_repeated() {
        let said = format!("{:#}", Server::parse("smtps://user:geheim@[mail").err().unwrap());
        assert!(!said.contains("geheim"), "{said}");
    }
}
