//! How a request stands that is answered by a personal link, and what its letter says.

pub mod code;
mod personal;
mod pieces;

use crate::language::Language;
use crate::text_enum;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

pub use personal::{LINK, Personal, UNTIL};

text_enum! {
    /// What is kept of how a request stands.
    pub enum RequestState {
        Open = "open",
        Accepted = "accepted",
        Declined = "declined",
        Revoked = "revoked",
    }
}

text_enum! {
    /// How a request stands at a moment: an open one expires by itself.
    pub enum Standing {
        Open = "open",
        Accepted = "accepted",
        Declined = "declined",
        Expired = "expired",
        Revoked = "revoked",
    }
}

impl Standing {
    pub fn of(state: RequestState, expires_at: Moment, now: Moment) -> Self {
        match state {
            RequestState::Open if expires_at <= now => Self::Expired,
            RequestState::Open => Self::Open,
            RequestState::Accepted => Self::Accepted,
            RequestState::Declined => Self::Declined,
            RequestState::Revoked => Self::Revoked,
        }
    }

    /// What is kept of requests that stand like this.
    pub fn state(self) -> RequestState {
        match self {
            Self::Open | Self::Expired => RequestState::Open,
            Self::Accepted => RequestState::Accepted,
            Self::Declined => RequestState::Declined,
            Self::Revoked => RequestState::Revoked,
        }
    }

    /// After when and until when a request ends that stands like this.
    pub fn ends_within(self, now: Moment) -> (Moment, Moment) {
        let (always, never) = (Moment::from_unix(0), Moment::from_unix(253_402_300_799));
        match self {
            Self::Open => (now, never),
            Self::Expired => (always, now),
            Self::Accepted | Self::Declined | Self::Revoked => (always, never),
        }
    }
}

/// How far a request has come that is answered by a personal link.
#[derive(Clone, Debug)]
pub struct Progress {
    pub token_hash: TokenHash,
    pub state: RequestState,
    pub created_at: Moment,
    /// When the installation mailed the link that holds now; people may also mail it themselves.
    pub sent_at: Option<Moment>,
    pub expires_at: Moment,
    pub answered_at: Option<Moment>,
}

impl Progress {
    pub fn standing(&self, now: Moment) -> Standing {
        Standing::of(self.state, self.expires_at, now)
    }

    /// Whether nobody has answered or withdrawn it: then it can have a new link, or be revoked.
    pub fn is_open(&self) -> bool {
        self.state == RequestState::Open
    }

    /// Whether its letter can still be edited and sent.
    pub fn is_draft(&self, now: Moment) -> bool {
        self.standing(now) == Standing::Open && self.sent_at.is_none()
    }
}

/// Subject and text of the letter that carries the link, with marks in place of what is personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftText {
    /// In which it is written.
    pub language: Language,
    pub subject: String,
    pub text: String,
}

impl DraftText {
    /// The letter as people read and send it.
    #[must_use]
    pub fn filled(&self, personal: &Personal) -> Self {
        Self {
            language: self.language,
            subject: personal.fill(&self.subject),
            text: personal.fill(&self.text),
        }
    }

    /// The text for people who do not have the link, which nobody keeps.
    pub fn without_link(&self, expires_at: Moment) -> String {
        self.text.replace(UNTIL, &personal::until(self.language, expires_at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_request_expires_by_itself() {
        let (end, later) = (Moment::from_unix(1_795_000_000), Moment::from_unix(1_895_000_000));
        assert_eq!(Standing::of(RequestState::Open, end, end.plus_seconds(-1)), Standing::Open);
        assert_eq!(Standing::of(RequestState::Open, end, end), Standing::Expired);
        assert_eq!(Standing::of(RequestState::Accepted, end, later), Standing::Accepted);
        assert_eq!(Standing::of(RequestState::Declined, end, later), Standing::Declined);
        assert_eq!(Standing::of(RequestState::Revoked, end, later), Standing::Revoked);
    }

    #[test]
    fn without_its_link_a_text_still_says_until_when_it_holds() {
        let text = DraftText {
            language: Language::ENGLISH,
            subject: String::new(),
            text: format!("{LINK} until {UNTIL}"),
        };
        let shown = text.without_link(Moment::parse_iso("2026-12-21T10:00:00Z").unwrap());
        assert_eq!(shown, "[personal link] until 21 Dec 2026, 10:00 (UTC)");
    }
}
