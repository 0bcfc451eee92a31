//! The languages that the portal speaks.
//!
//! English stands in the templates and is the key of everything said: `{{ "Customers"|t }}`. Every other language is one
//! file, `locales/<tag>.po`, which is compiled into the binary; whoever adds one adds nothing else.
//!
//! | in a page | says |
//! | --- | --- |
//! | `{{ "Customers"\|t }}` | a sentence or a label |
//! | `{{ "<bdi>{name}</bdi> was invited."\|t\|with("name", name) }}` | the same with what differs each time, which is escaped |
//! | `{{ "<a>Accept the agreement</a>."\|t\|link(path) }}` | the same with a link in the midst |
//! | `{{ "None"\|t(context = "reseller") }}` | a word that means different things in different places |
//! | `{{ count\|counted("{n} order", "{n} orders") }}` | what depends on a number |
//! | `…\|with_said("whom", other\|t)` | a gap that other words fill |
//! | `{{ label\|t }}` in a macro | what the caller passed: English words, a sentence (`"…"\|t\|with(…)`), or `name\|verbatim` |
//!
//! In plain text (`.txt`) and letters it is `say` and `say_counted` instead of `t` and `counted`.
//!
//! Whoever renders hands the language over as a runtime value ([`Speech`]); without one it is English.

mod catalogue;
mod date;
mod direction;
pub mod filters;
mod gaps;
mod message;
mod number;
mod order;
pub mod plain;
mod preference;
mod pseudo;
mod speech;
#[cfg(test)]
mod trial;

use std::fmt;
use std::sync::LazyLock;

use crate::stored_as_text;

use catalogue::Catalogue;
pub use message::{Gaps, Message, Said, Sayable};
pub use number::Number;
pub use speech::{Speech, spoken};

/// All of them, English first, the others by tag.
static SPOKEN: LazyLock<Vec<Catalogue>> = LazyLock::new(catalogue::all);

/// Where every file says what its language calls itself: the words for "English" in this context.
pub const OWN_NAME: (&str, &str) = ("the name of this language in itself", "English");

/// A language that the portal speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Language(usize);

impl Language {
    /// The language of the templates.
    pub const ENGLISH: Self = Self(0);

    /// All of them, English first.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::known().filter(|language| language.catalogue().is_some_and(Catalogue::is_offered))
    }

    /// Reads the languages, so that a file that cannot be read is told of at the start and not at the first page.
    pub fn read_all() {
        LazyLock::force(&SPOKEN);
    }

    fn known() -> impl Iterator<Item = Self> {
        (0..SPOKEN.len()).map(Self)
    }

    /// The language of this tag (BCP 47), as forms and the database keep it.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        Self::known().find(|language| language.tag() == tag)
    }

    /// As columns keep it.
    #[must_use]
    pub fn as_text(&self) -> &'static str {
        self.tag()
    }

    /// A language that the portal no longer speaks reads as English, so that no row is lost for it.
    #[must_use]
    pub fn from_text(tag: &str) -> Option<Self> {
        Some(Self::of_tag(tag).unwrap_or_default())
    }

    /// The one that somebody asks for by `Accept-Language` (RFC 9110, section 12.5.4); English where none fits.
    #[must_use]
    pub fn preferred(accepted: &str) -> Self {
        preference::preferred(accepted)
    }

    /// The one that fits a tag, which may name a region where ours name a script, as `zh-TW` does; none where the portal
    /// does not speak it.
    #[must_use]
    pub fn fitting(tag: &str) -> Option<Self> {
        Self::of_tag(tag).or_else(|| preference::spoken(tag))
    }

    /// Its tag, for `lang` attributes.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.catalogue().map_or("en", |catalogue| catalogue.tag.as_str())
    }

    /// What it calls itself.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        self.catalogue().map_or(OWN_NAME.1, |catalogue| catalogue.say(OWN_NAME.0, OWN_NAME.1))
    }

    /// Whether it is the language of the templates.
    #[must_use]
    pub fn is_english(self) -> bool {
        self == Self::ENGLISH
    }

    /// What it says for English words; `context` tells apart what English says by the same words.
    #[must_use]
    pub fn say<E>(self, context: &str, english: &'static str) -> Message<E> {
        let catalogue = self.catalogue().filter(|_| !english.is_empty());
        Message::new(catalogue.map_or(english, |catalogue| catalogue.say(context, english)))
    }

    /// What it says for a number of things, which fills the gap `{n}`.
    #[must_use]
    pub fn count<E>(self, (one, many): (&'static str, &'static str), number: u64) -> Message<E> {
        let words = self.catalogue().map_or(many, |catalogue| catalogue.count((one, many), number));
        Message::new(words).with("n", number)
    }

    fn catalogue(self) -> Option<&'static Catalogue> {
        SPOKEN.get(self.0)
    }
}

stored_as_text!(Language);

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}
