//! The link of a request that is not made yet: its page carries it along, so that it can stand in the text before
//! anything is kept, and looking at the page changes nothing.

use crate::error::Result;
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::Vault;

/// A link that nobody keeps yet.
pub struct FreshLink {
    pub token: Token,
    pub expires_at: Moment,
}

impl FreshLink {
    /// A new one that will hold for so many days.
    pub fn new(days: i64, now: Moment) -> Self {
        let expires_at = Moment::from_unix(now.plus_days(days).unix());
        Self { token: Token::random(), expires_at }
    }

    /// What the page carries, good in one place. Nobody else can make one, so no link is weaker than ours are.
    ///
    /// # Errors
    /// Never in practice: see [`Vault::seal`].
    pub fn seal(&self, vault: &Vault, place: &str) -> Result<String> {
        vault.seal(place, &format!("{} {}", self.token.reveal(), self.expires_at.unix()))
    }

    /// What was sealed for this place, as long as the link would hold.
    pub fn open(vault: &Vault, place: &str, sealed: &str, now: Moment) -> Option<Self> {
        let content = vault.open(place, sealed)?;
        let (token, until) = content.split_once(' ')?;
        let expires_at = Moment::from_unix(until.parse().ok()?);
        let token = Token::parse(token)?;
        (expires_at > now).then_some(Self { token, expires_at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::cookie::Key;

    #[test]
    fn a_fresh_link_opens_in_its_place_until_it_would_end() {
        let (vault, now) = (Vault::of(&Key::from(&[1; 64])), Moment::now());
        let fresh = FreshLink::new(30, now);
        let sealed = fresh.seal(&vault, "here").unwrap();
        let opened = FreshLink::open(&vault, "here", &sealed, now).unwrap();
        assert_eq!((opened.token.hash(), opened.expires_at), (fresh.token.hash(), fresh.expires_at));
        assert!(FreshLink::open(&vault, "there", &sealed, now).is_none());
        assert!(FreshLink::open(&vault, "here", &sealed, now.plus_days(30)).is_none());
        assert!(!sealed.contains(fresh.token.reveal()));
    }
}
