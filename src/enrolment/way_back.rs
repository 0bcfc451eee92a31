//! The partnership link that led somebody to enrol, and that takes them back afterwards.

use super::model::{Enrolment, Kind};
use crate::error::Result;
use crate::paths::{partnerships, stem};
use crate::values::email::Email;
use crate::values::token::Token;
use crate::web::Vault;

/// The path of a partnership link: a secret, so it is only kept sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct WayBack(Token);

impl WayBack {
    /// Takes the path of a partnership link and nothing else, so that no form leads elsewhere.
    pub fn parse(path: &str) -> Option<Self> {
        path.strip_prefix(stem(partnerships::link::ROUTE)).and_then(Token::parse).map(Self)
    }

    /// The one that led an applicant here, if one did.
    pub fn of(vault: &Vault, enrolment: &Enrolment) -> Option<Self> {
        Self::open(vault, enrolment.kind, &enrolment.email, enrolment.sealed_next.as_deref()?)
    }

    pub fn path(&self) -> String {
        partnerships::link(self.0.reveal())
    }

    pub fn token(&self) -> &Token {
        &self.0
    }

    /// What an enrolment keeps: it opens for this address and kind only.
    ///
    /// # Errors
    /// Never in practice: see [`Vault::seal`].
    pub fn seal(&self, vault: &Vault, kind: Kind, email: &Email) -> Result<String> {
        vault.seal(&place(kind, email), &self.path())
    }

    /// What was sealed; none where the session key has changed since.
    pub fn open(vault: &Vault, kind: Kind, email: &Email, sealed: &str) -> Option<Self> {
        Self::parse(&vault.open(&place(kind, email), sealed)?)
    }
}

impl std::fmt::Debug for WayBack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WayBack(…)")
    }
}

fn place(kind: Kind, email: &Email) -> String {
    format!("enrolment {} {email}", kind.as_text())
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::cookie::Key;
    use proptest::prelude::*;

    #[test]
    fn a_way_back_is_a_partnership_link_and_opens_for_its_owner_only() {
        let token = Token::random();
        let way = WayBack::parse(&format!("/partnerships/{}", token.reveal())).unwrap();
        assert!(!format!("{way:?}").contains(token.reveal()));
        let vault = Vault::of(&Key::from(&[1; 64]));
        let (ann, bob) = (Email::parse("a@x.example").unwrap(), Email::parse("b@x.example").unwrap());
        let sealed = way.seal(&vault, Kind::Reseller, &ann).unwrap();
        assert_eq!(WayBack::open(&vault, Kind::Reseller, &ann, &sealed), Some(way));
        assert_eq!(WayBack::open(&vault, Kind::Reseller, &bob, &sealed), None);
        for elsewhere in
            ["", "/", "/partnerships/", "//evil.example/partnerships/x", "/partnerships/x?y", "/customers"]
        {
            assert_eq!(WayBack::parse(elsewhere), None, "{elsewhere}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in any::<String>()) {
            if let Some(way) = WayBack::parse(&text) {
                prop_assert_eq!(way.path(), text);
            }
        }
    }
}
