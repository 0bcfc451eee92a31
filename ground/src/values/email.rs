//! Email addresses, kept in lower case and as mail servers take them, so that one person has one account. A domain
//! beyond ASCII (`müller.de`) is kept in its ASCII form and shown as people write it.

mod domain;

use std::borrow::Cow;

use diesel_derive_newtype::DieselNewType;
use validator::ValidateEmail as _;

use crate::values::plain::plain;
use crate::values::problem::{BadEmail, Problem};
use crate::values::unseen::without_unseen;

pub(super) use domain::LOCAL;

/// The longest address that mail servers must take (RFC 5321, 4.5.3.1.3, without the brackets).
const LONGEST: usize = 254;
/// The longest part before the @ (RFC 5321, 4.5.3.1.1).
pub(super) const LONGEST_MAILBOX: usize = 64;

/// Mail services that give an address to everybody, one domain a line, which stands for those below it, too: an
/// address there proves no belonging to a company or a school.
const FREE: &str = include_str!("email/free.txt");

/// An address. `as_str` is what servers and databases get, `Display` is what people read.
#[derive(Clone, Debug, PartialEq, Eq, Hash, DieselNewType)]
pub struct Email(String);

impl Email {
    /// # Errors
    /// [`Problem::Missing`], [`Problem::TooLong`] or [`Problem::Email`].
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let typed = without_unseen(typed).trim().replace(WIDE_AT, "@");
        if typed.is_empty() {
            return Err(Problem::Missing);
        }
        let wrong = || Problem::Email(BadEmail::of(&typed));
        let (mailbox, domain) = typed.rsplit_once('@').ok_or_else(wrong)?;
        let mailbox = plain(mailbox).to_ascii_lowercase();
        if !is_dot_string(&mailbox) || mailbox.len() > LONGEST_MAILBOX {
            return Err(wrong());
        }
        let email = format!("{mailbox}@{}", domain::ascii(domain).ok_or_else(wrong)?);
        if email.len() > LONGEST {
            return Err(Problem::TooLong { maximum: LONGEST });
        }
        // What browsers take for an address, too (HTML, "valid email address").
        if email.validate_email() { Ok(Self(email)) } else { Err(wrong()) }
    }

    /// The address in ASCII, as it is compared, kept and written to.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands behind the @, in ASCII.
    pub fn domain(&self) -> &str {
        self.0.rsplit('@').next().unwrap_or_default()
    }

    /// The same as people read it.
    pub fn shown_domain(&self) -> Cow<'_, str> {
        domain::shown(self.domain())
    }

    /// Whether it is an address of a free mail service.
    pub fn is_free(&self) -> bool {
        let is_of = |free: &str| {
            self.domain().strip_suffix(free).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        FREE.lines().any(is_of)
    }

    /// The address without what stands behind a plus sign: many servers deliver all of those to one mailbox.
    pub fn without_tag(&self) -> String {
        let (local, domain) = self.0.rsplit_once('@').unwrap_or((self.as_str(), ""));
        let mailbox = local.split_once('+').map_or(local, |(mailbox, _)| mailbox);
        format!("{mailbox}@{domain}")
    }
}

impl std::fmt::Display for Email {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0.rsplit_once('@') {
            Some((mailbox, _)) => write!(f, "{mailbox}@{}", self.shown_domain()),
            None => f.write_str(&self.0),
        }
    }
}

/// What a part of an address is searched by: in the spelling in which addresses are kept, as far as whole words of a
/// domain can be brought into it.
pub fn needle(typed: &str) -> String {
    let typed = without_unseen(typed).trim().replace(WIDE_AT, "@").to_lowercase();
    let (before, domain) = typed.split_at(typed.rfind('@').map_or(0, |at| at + 1));
    let domain = if domain.is_ascii() { None } else { domain::ascii_words(domain) };
    domain.map_or_else(|| plain(&typed), |domain| plain(before) + &domain)
}

/// As keyboards for Chinese and Japanese type it, and its small form.
const WIDE_AT: [char; 2] = ['\u{ff20}', '\u{fe6b}'];

/// Words of letters, digits and some signs, with dots between them and without quotes (RFC 5321, 4.1.2: Dot-string).
/// Other letters need SMTPUTF8, which many servers still refuse.
pub(super) fn is_dot_string(mailbox: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&byte);
    mailbox.split('.').all(|word| !word.is_empty() && word.bytes().all(is_sign))
}

#[cfg(test)]
mod tests;
