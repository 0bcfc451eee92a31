//! What is wrong with an email address.

use crate::values::email::{LOCAL, LONGEST_MAILBOX, is_dot_string};

/// Why a text is no email address, the plainest reason first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadEmail {
    NoAt,
    SeveralAts,
    /// A blank within it.
    Blank,
    NothingBefore,
    NothingBehind,
    /// Dots side by side, or at an end.
    Dots,
    NoDot {
        domain: String,
    },
    /// A name within one machine or network, or a number.
    NotPublic {
        domain: String,
    },
    /// Before the @ there are letters that many mail servers refuse.
    MailboxNotAscii,
    MailboxTooLong {
        maximum: usize,
    },
    /// Before the @ there are signs that mail servers take from nobody.
    OddSigns,
    /// What stands behind the @ is no domain.
    NoDomain,
}

impl BadEmail {
    /// Why this text was not taken.
    pub fn of(typed: &str) -> Self {
        let Some((mailbox, domain)) = typed.rsplit_once('@') else { return Self::NoAt };
        let has_stray_dots = |text: &str| text.split('.').any(str::is_empty);
        let last = domain.rsplit('.').next().unwrap_or_default();
        match () {
            () if mailbox.contains('@') => Self::SeveralAts,
            () if typed.contains(char::is_whitespace) => Self::Blank,
            () if mailbox.is_empty() => Self::NothingBefore,
            () if domain.is_empty() => Self::NothingBehind,
            () if !mailbox.is_ascii() => Self::MailboxNotAscii,
            () if LOCAL.contains(&last) || last.ends_with(|end: char| end.is_ascii_digit() || end == ']') => {
                Self::NotPublic { domain: domain.to_owned() }
            }
            () if !domain.contains('.') => Self::NoDot { domain: domain.to_owned() },
            () if has_stray_dots(mailbox) || has_stray_dots(domain) => Self::Dots,
            () if !is_dot_string(mailbox) => Self::OddSigns,
            () if mailbox.len() > LONGEST_MAILBOX => Self::MailboxTooLong { maximum: LONGEST_MAILBOX },
            () => Self::NoDomain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_slip_has_its_own_reason() {
        let domain = |text: &str| text.to_owned();
        for (typed, reason) in [
            ("mia", BadEmail::NoAt),
            ("mia.acme.example", BadEmail::NoAt),
            ("mia@a.example, bo@b.example", BadEmail::SeveralAts),
            ("mia lee@acme.example", BadEmail::Blank),
            ("mia@ac me.example", BadEmail::Blank),
            ("@acme.example", BadEmail::NothingBefore),
            ("mia@", BadEmail::NothingBehind),
            ("mia@acme", BadEmail::NoDot { domain: domain("acme") }),
            ("mia@acme..example", BadEmail::Dots),
            (".mia@acme.example", BadEmail::Dots),
            ("mia@acme.example.", BadEmail::Dots),
            ("mia@mail.localhost", BadEmail::NotPublic { domain: domain("mail.localhost") }),
            ("mia@[127.0.0.1]", BadEmail::NotPublic { domain: domain("[127.0.0.1]") }),
            ("jörg@acme.example", BadEmail::MailboxNotAscii),
            ("mia(lee)@acme.example", BadEmail::OddSigns),
            ("mia@acme_.example", BadEmail::NoDomain),
        ] {
            assert_eq!(BadEmail::of(typed), reason, "{typed}");
        }
    }
}
