//! The texts that the letters to those concerned begin with.

use askama::Template;
use chrono::NaiveDate;

use crate::access::Viewer;
use crate::error::Result;
use crate::language::Language;
use crate::mail::compose::draft;
use crate::mail::filters;
use crate::relationships::model::{Begins, Draft, Side};
use crate::web::Site;

/// What the drafts say.
pub struct Said<'a> {
    pub sender: &'a Viewer,
    pub reseller: Option<&'a str>,
    pub former: Option<&'a str>,
    pub begins: Begins,
    pub ends_on: Option<NaiveDate>,
    pub site: &'a Site,
}

#[derive(Template)]
#[template(path = "handovers/letters/draft.letter")]
struct DraftLetter<'a> {
    side: Side,
    said: &'a Said<'a>,
    /// Where the name of the customer goes.
    gap: &'static str,
    /// The day on which it begins, and the last day; empty for none.
    begins_on: String,
    ends_on: String,
    link: String,
}

/// The text of one of them, in a language.
///
/// # Errors
/// When the template cannot be rendered.
pub fn begin(side: Side, said: &Said<'_>, gap: &'static str, language: Language) -> Result<Draft> {
    let begins_on = match said.begins {
        Begins::AtOnce => String::new(),
        Begins::On(day) => language.long_date(day),
    };
    let ends_on = said.ends_on.map(|day| language.long_date(day)).unwrap_or_default();
    let link = super::summary::link(said.site);
    let (subject, text) = draft(language, &DraftLetter { side, said, gap, begins_on, ends_on, link })?;
    Ok(Draft { side, language: language.tag().to_owned(), subject, text })
}
