//! A letter, and how it fares on its way.

use super::face::Body;
use super::kind::Kind;
use super::trouble::Trouble;
use crate::text_enum;
use crate::values::email::Email;
use crate::values::id::{LetterId, OrganisationId};
use crate::values::moment::Moment;

/// A letter that is ready to be put into the outbox.
#[derive(Clone, Debug)]
pub struct Letter {
    pub kind: &'static Kind,
    /// The id of what the letter is about, so that its state can be shown there.
    pub about: String,
    /// Whose letter it is: this organisation sees how it fares.
    pub organisation: OrganisationId,
    pub to: Email,
    pub reply_to: Option<Email>,
    pub subject: String,
    /// The same content as text and as HTML.
    pub body: Body,
}

text_enum! {
    /// How far a letter has come.
    pub enum LetterState {
        Waiting = "waiting",
        Sent = "sent",
        /// Given up: refused for good, or tried too often.
        Failed = "failed",
        /// Taken back before it left, since what it said no longer held.
        Withdrawn = "withdrawn",
    }
}

/// What the portal shows of a letter.
#[derive(Clone, Debug)]
pub struct LetterStatus {
    pub id: LetterId,
    pub state: LetterState,
    pub to: Email,
    pub attempts: i32,
    /// The next try of one that waits.
    pub due_at: Moment,
    pub sent_at: Option<Moment>,
    pub hindrance: Option<Hindrance>,
}

impl LetterStatus {
    /// Whether nothing but its turn is waited for.
    pub fn is_due(&self) -> bool {
        self.due_at <= Moment::now()
    }
}

/// What stood in a letter's way at its last try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hindrance {
    /// None for letters from before kinds were kept.
    pub trouble: Option<Trouble>,
    /// The mail server's own words.
    pub said: Option<String>,
}

impl Hindrance {
    /// Of what is kept with a letter.
    pub fn of(trouble: Option<Trouble>, said: Option<String>) -> Option<Self> {
        (trouble.is_some() || said.is_some()).then_some(Self { trouble, said })
    }
}
