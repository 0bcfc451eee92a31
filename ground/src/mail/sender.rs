//! The sender of all letters: an address that mail servers take.

use anyhow::{Context as _, bail};
use lettre::message::Mailbox;

use crate::values::email::Email;

/// Who letters come from where none leaves the machine.
const ON_FILES: &str = "Twotier <twotier@localhost>";
/// A domain that nobody can have (RFC 6761).
const NOBODYS: &str = "invalid";

const EXAMPLE: &str = "such as Twotier <twotier@portal.example>";

/// Who letters come from.
#[derive(Clone, Debug)]
pub struct Sender(pub(super) Mailbox);

impl Sender {
    /// The sender of letters that leave by a mail server.
    ///
    /// # Errors
    /// When none is set, or one that no mail server can take.
    pub fn of_mail(set: Option<&str>) -> anyhow::Result<Self> {
        let Some(set) = set else {
            bail!("MAIL_FROM must be set where SMTP_URL is: the sender of all letters, {EXAMPLE}");
        };
        let mailbox = mailbox(set)?;
        // As strict as towards everybody else: a name of at least two parts that mail from elsewhere can reach.
        let address = Email::parse(mailbox.email.as_ref()).ok();
        let Some(address) = address.filter(|address| last_part(address) != NOBODYS) else {
            bail!("MAIL_FROM: no mail server takes letters from {}; use an address {EXAMPLE}", mailbox.email);
        };
        Ok(Self(Mailbox::new(mailbox.name, address.as_str().parse()?)))
    }

    /// The sender of letters that are kept as files.
    ///
    /// # Errors
    /// When what is set is no address.
    pub fn on_files(set: Option<&str>) -> anyhow::Result<Self> {
        mailbox(set.unwrap_or(ON_FILES)).map(Self)
    }
}

fn mailbox(text: &str) -> anyhow::Result<Mailbox> {
    if text.chars().any(char::is_control) {
        bail!("MAIL_FROM must be one line, {EXAMPLE}");
    }
    text.parse().with_context(|| format!("MAIL_FROM must be an address, {EXAMPLE}"))
}

fn last_part(address: &Email) -> &str {
    address.domain().rsplit('.').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_servers_can_take_passes() {
        for (set, address) in [
            ("Twotier <twotier@portal.example>", "twotier@portal.example"),
            ("twotier@portal.example", "twotier@portal.example"),
            ("\"Harbor, Cloud\" <cloud@harbor.example>", "cloud@harbor.example"),
            ("Größe <no-reply@mail.harbor.co.uk>", "no-reply@mail.harbor.co.uk"),
        ] {
            assert_eq!(Sender::of_mail(Some(set)).unwrap().0.email.to_string(), address, "{set}");
        }
    }

    #[test]
    fn one_that_no_server_can_take_is_refused() {
        assert!(Sender::of_mail(None).unwrap_err().to_string().contains("MAIL_FROM must be set"));
        for set in [
            "",
            "Twotier",
            "Twotier <twotier>",
            "twotier@localhost",
            "twotier@portal",
            "twotier@portal.localhost",
            "twotier@portal.localdomain",
            "twotier@portal.invalid",
            "twotier@127.0.0.1",
            "twotier@[127.0.0.1]",
            "a..b@portal.example",
            ".a@portal.example",
            "a@portal..example",
            "a@portal.example, b@portal.example",
            "Twotier <a@portal.example",
            "Twotier\r\nBcc: x@portal.example <a@portal.example>",
        ] {
            let refused = Sender::of_mail(Some(set));
            assert!(refused.is_err(), "{set:?}");
            let line = format!("{:#}", refused.unwrap_err());
            assert!(line.contains("MAIL_FROM") && !line.contains('\n'), "{line}");
        }
    }

    #[test]
    fn files_need_no_sender_but_take_none_that_is_malformed() {
        assert!(Sender::on_files(None).is_ok());
        assert!(Sender::on_files(Some("twotier@localhost")).is_ok());
        assert!(Sender::on_files(Some("Twotier")).is_err());
    }
}
