//! Tells the customer's primary contact that the relationship has ended. What it says is the provider's, who begins with
//! a draft.

use askama::Template;

use crate::access::Viewer;
use crate::customers::model::Customer;
use crate::endings::model::{Ending, Planner};
use crate::endings::store::comeback::has_ended_by;
use crate::error::Result;
use crate::language::Language;
use crate::links::model::DraftText;
use crate::mail::compose::{Envelope, Written, draft};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind};
use crate::mail::letter::Letter;
use crate::values::id::{EndingId, OrganisationId};

/// About an end.
pub const KIND: Kind = Kind { key: "relationship_ended", hand: Hand::Person, still_holds: has_ended_by };

#[derive(Template)]
#[template(path = "endings/letters/ended_draft.letter")]
struct Draft<'a> {
    sender: &'a Viewer,
    customer: &'a Customer,
}

/// The text with which the letter begins, in the customer's language where there are words in it.
///
/// # Errors
/// When the template cannot be rendered.
pub fn begin(sender: &Viewer, customer: &Customer, otherwise: Language) -> Result<DraftText> {
    let language = customer.account.letter_language().unwrap_or(otherwise);
    let (subject, text) = draft(language, &Draft { sender, customer })?;
    Ok(DraftText { language, subject, text })
}

/// The letter as somebody edited it.
#[derive(Template)]
#[template(path = "endings/letters/ended.letter")]
pub struct Ended<'a> {
    pub about: &'a EndingId,
    pub customer: &'a Customer,
    pub sender: &'a Planner,
    pub provider: (&'a OrganisationId, &'a str),
    pub text: &'a DraftText,
    pub installation: &'a str,
}

/// The letter that waits in a plan; none where nobody is to be told.
///
/// # Errors
/// When the template cannot be rendered.
pub fn of_plan(plan: &Ending, (customer, provider): (&Customer, &str)) -> Result<Option<Letter>> {
    let letter = |text| {
        let (about, sender) = (&plan.id, &plan.by);
        let provider = (&plan.provider, provider);
        Ended { about, customer, sender, provider, text, installation: &plan.installation }.letter()
    };
    plan.letter.as_ref().map(letter).transpose()
}

impl Written for Ended<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.about.to_string(),
            organisation: self.provider.0,
            to: &self.customer.account.email,
            language: self.text.language,
            reply_to: Some(&self.sender.email),
            installation: self.installation,
        }
    }
}
