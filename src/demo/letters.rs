//! Letters to those who were asked: sent, waiting for their next try, or refused by the other side.

use super::random::id;
use super::rows::LetterRow;
use crate::mail::letter::LetterState;
use crate::mail::trouble::Trouble;
use crate::values::id::{LetterId, OrganisationId};
use crate::values::moment::Moment;

/// So many seconds a letter takes from the button to the mail server.
pub const ON_ITS_WAY: i64 = 4;

/// What a letter is about, and what it says.
pub struct About<'a> {
    pub kind: &'static str,
    pub id: String,
    /// Whose letter it is.
    pub organisation: OrganisationId,
    pub to: &'a str,
    pub reply_to: &'a str,
    pub subject: &'a str,
    pub body: &'a str,
    pub created_at: Moment,
}

/// The letter of this number among those of its kind.
pub fn letter(number: u64, about: &About<'_>, state: LetterState, now: Moment) -> LetterRow {
    let is_sent = state == LetterState::Sent;
    // What was sent is not kept.
    let text = if is_sent { String::new() } else { about.body.to_owned() };
    let html = format!("<p>{}</p>", text.replace("\n\n", "</p><p>"));
    let (attempts, due_at, trouble, last_error) = match state {
        LetterState::Sent | LetterState::Withdrawn => (1, about.created_at, None, None),
        LetterState::Waiting => {
            let said = "450 4.2.0 greylisted, please try again later";
            (4, now.plus_seconds(4 * 3600), Some(Trouble::Deferred), Some(said))
        }
        LetterState::Failed => {
            (1, about.created_at, Some(Trouble::Addressee), Some("550 5.1.1 no such user here"))
        }
    };
    LetterRow {
        id: LetterId::from_number(id(&format!("letter about {}", about.kind), number)),
        organisation_id: about.organisation,
        subject_kind: about.kind,
        subject_id: about.id.clone(),
        to_email: about.to.to_owned(),
        reply_to: Some(about.reply_to.to_owned()),
        subject: about.subject.to_owned(),
        body_html: if text.is_empty() { String::new() } else { html },
        body_text: text,
        state,
        attempts,
        due_at,
        leased_until: None,
        last_error: last_error.map(str::to_owned),
        created_at: about.created_at,
        sent_at: is_sent.then(|| about.created_at.plus_seconds(ON_ITS_WAY)),
        by_hand: true,
        trouble,
    }
}
