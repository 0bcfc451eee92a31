//! Which mail server to speak to, and how: what `SMTP_URL` says.

use std::net::IpAddr;

use anyhow::{Context as _, bail};
use percent_encoding::percent_decode_str;
use url::Url;

use super::wire::Encryption;

const EXAMPLE: &str = "SMTP_URL is not an address like smtps://USER:PASSWORD@HOST";

#[derive(Clone)]
pub(super) struct Server {
    pub host: String,
    pub port: u16,
    pub safety: Safety,
    pub credentials: Option<Credentials>,
    /// The name to give in the greeting, where the address ends with one.
    pub hello: Option<String>,
}

/// Whether and when the conversation is encrypted.
#[derive(Clone)]
pub(super) enum Safety {
    Bare,
    StartTls(Encryption),
    FromTheStart(Encryption),
}

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Credentials {
    pub user: String,
    pub password: String,
}

impl Server {
    /// Reads `smtp://…` or `smtps://…`.
    ///
    /// # Errors
    /// When the address is malformed, or a server that is not on this machine would be spoken to unencrypted.
    pub(super) fn parse(url: &str) -> anyhow::Result<Self> {
        // The error would quote the address, and with it the password.
        let url = Url::parse(url).map_err(|_| anyhow::anyhow!(EXAMPLE))?;
        let host = url.host_str().context(EXAMPLE)?.trim_matches(['[', ']']).to_owned();
        let tls = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let encryption = || Encryption::to(&host).context("SMTP_URL: encryption cannot be set up");
        let (safety, port) = match (url.scheme(), tls.as_deref()) {
            ("smtps", _) => (Safety::FromTheStart(encryption()?), 465),
            ("smtp", Some("required")) => (Safety::StartTls(encryption()?), 587),
            ("smtp", None) if is_this_machine(&host) => (Safety::Bare, 25),
            ("smtp", _) => bail!(
                "SMTP_URL must encrypt: use smtps://… or add ?tls=required (plain smtp:// is for this machine only)"
            ),
            _ => bail!(EXAMPLE),
        };
        let hello = Some(url.path().trim_matches('/').to_owned()).filter(|name| !name.is_empty());
        let credentials = match url.password() {
            Some(password) => {
                Some(Credentials { user: decoded(url.username())?, password: decoded(password)? })
            }
            None => None,
        };
        let port = url.port().unwrap_or(port);
        Ok(Self { host, port, safety, credentials, hello })
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
        assert_eq!(server.hello.as_deref(), Some("portal.example"));
        let credentials = server.credentials.unwrap();
        assert_eq!((credentials.user.as_str(), credentials.password.as_str()), ("sam@harbor.example", "a/b"));
        assert_eq!(Server::parse("smtp://mail.example?tls=required").unwrap().port, 587);
        assert_eq!(Server::parse("smtp://[::1]").unwrap().host, "::1");
    }

    #[test]
    fn a_wrong_address_is_not_repeated() {
        let said = format!("{:#}", Server::parse("smtps://user:geheim@[mail").err().unwrap());
        assert!(!said.contains("geheim"), "{said}");
    }
}
