//! A letter, and how it fares on its way.

use crate::text_enum;
use crate::values::email::Email;
use crate::values::id::{LetterId, OrganisationId};
use crate::values::moment::Moment;

/// A letter that is ready to be put into the outbox: same content as text and as HTML.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Whose letter it is: this organisation sees how it fares.
    pub organisation: OrganisationId,
    /// What the letter is about, so that its state can be shown there: a kind of thing and its id.
    pub about: (&'static str, String),
    pub to: Email,
    pub reply_to: Option<Email>,
    pub subject: String,
    pub text: String,
    pub html: String,
}

text_enum! {
    /// How far a letter has come.
    pub enum LetterState {
        Waiting = "waiting",
        Sent = "sent",
        /// Given up: refused for good, or tried too often.
        Failed = "failed",
    }
}

/// What the portal shows of a letter.
#[derive(Clone, Debug)]
pub struct LetterStatus {
    pub id: LetterId,
    pub state: LetterState,
    pub to: Email,
    pub attempts: i32,
    pub due_at: Moment,
    pub sent_at: Option<Moment>,
    pub last_error: Option<String>,
}
