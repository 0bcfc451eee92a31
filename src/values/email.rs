//! Email addresses, kept in lower case so that one person has one account.

use diesel_derive_newtype::DieselNewType;
use validator::ValidateEmail;

use crate::values::plain::plain;
use crate::values::problem::{BadEmail, LOCAL, Problem};

/// The longest address that mail servers must take (RFC 5321, 4.5.3.1.3, without the brackets).
const LONGEST: usize = 254;

/// Mail services that give an address to everybody, one domain a line, which stands for those below it, too: an address there proves no belonging to a company
/// or a school.
const FREE: &str = include_str!("email/free.txt");

#[derive(Clone, Debug, PartialEq, Eq, Hash, DieselNewType)]
pub struct Email(String);

impl Email {
    /// # Errors
    /// [`Problem::Missing`], [`Problem::TooLong`] or [`Problem::Email`].
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let email = plain(typed).trim().to_lowercase();
        if email.is_empty() {
            Err(Problem::Missing)
        } else if email.len() > LONGEST {
            Err(Problem::TooLong { maximum: LONGEST })
        } else if !email.is_ascii()
            || !email.validate_email()
            || !has_local_part(&email)
            || !has_public_domain(&email)
        {
            // Addresses beyond ASCII need SMTPUTF8, which many servers still refuse.
            Err(Problem::Email(BadEmail::of(&email)))
        } else {
            Ok(Self(email))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands behind the @.
    pub fn domain(&self) -> &str {
        self.0.rsplit('@').next().unwrap_or_default()
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
        f.write_str(&self.0)
    }
}

/// Whether words stand between all dots before the @ (RFC 5321, 4.1.2: Dot-string).
fn has_local_part(email: &str) -> bool {
    let local = email.rsplit_once('@').map_or("", |(local, _)| local);
    local.split('.').all(|word| !word.is_empty())
}

/// Whether mail leaves the machine: the domain is a name of at least two parts, no `localhost` and no number.
fn has_public_domain(email: &str) -> bool {
    let domain = email.rsplit('@').next().unwrap_or_default();
    let last = domain.rsplit_once('.').map_or("", |(_, last)| last);
    last.starts_with(|first: char| first.is_ascii_alphabetic()) && !LOCAL.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_address_is_trimmed_and_lower_cased() {
        assert_eq!(Email::parse(" Sam@Harbor.Example ").unwrap().as_str(), "sam@harbor.example");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        assert_eq!(Email::parse("  "), Err(Problem::Missing));
        for typed in [
            "sam",
            "sam@",
            "@harbor.example",
            "a@b@c.example",
            "sam@harbor.example\nBcc: x@y.example",
            "jörg@harbor.example",
            "a..b@x.example",
            ".a@x.example",
            "a.@x.example",
            "mia@x",
            "mia@localhost",
            "mia@mail.localhost",
            "mia@localhost.localdomain",
            "mia@[127.0.0.1]",
            "mia@127.0.0.1",
        ] {
            assert!(matches!(Email::parse(typed), Err(Problem::Email(_))), "{typed}");
        }
    }

    #[test]
    fn an_address_of_a_free_mail_service_is_known_by_its_domain_and_those_below_it() {
        assert!(Email::parse("mia@GMail.com").unwrap().is_free());
        assert!(Email::parse("mia@mail.gmail.com").unwrap().is_free());
        assert!(!Email::parse("mia@notgmail.com").unwrap().is_free());
        assert!(!Email::parse("mia@gmail.com.example").unwrap().is_free());
        assert!(FREE.lines().all(|domain| Email::parse(&format!("a@{domain}")).is_ok()));
    }

    #[test]
    fn one_mailbox_has_one_name_whatever_its_tag() {
        for typed in ["mia@acme.example", "mia+a@acme.example", "mia+a+b@acme.example"] {
            assert_eq!(Email::parse(typed).unwrap().without_tag(), "mia@acme.example");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_answered_and_what_is_taken_is_one_line_and_stable(typed in "\\PC*|[a-z]{1,8}@[a-z]{1,8}\\.example") {
            if let Ok(email) = Email::parse(&typed) {
                prop_assert!(!email.as_str().contains(['\r', '\n', ' ']));
                prop_assert_eq!(Email::parse(email.as_str()).unwrap(), email);
            }
        }
    }
}
