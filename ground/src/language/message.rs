//! One sentence on its way into a page, a text or a letter: what a language says, with what differs each time.

use std::fmt;
use std::marker::PhantomData;

use askama::filters::{Escaper, Html, HtmlSafe, Safe};
use askama::{FastWritable, Values};

use super::Language;
use super::gaps::{Gap, next_gap};

/// A sentence whose gaps are filled. Its own words and tags come from templates and from `locales/`, which tests hold to
/// what is harmless; what fills the gaps is escaped by `E`, as everything is in a template of that kind.
#[derive(Debug)]
pub struct Message<E = Html> {
    words: &'static str,
    filled: Vec<(String, Filling)>,
    links: Vec<String>,
    escaper: PhantomData<fn() -> E>,
}

/// What can be said: English words of a template, or a sentence that is said already. What people typed is never said as
/// it is, for words are not escaped: [`Message::verbatim`].
pub trait Sayable<E = Html> {
    fn say(&self, language: Language, context: &str) -> Message<E>;
}

#[derive(Clone, Debug)]
enum Filling {
    /// What is escaped on its way.
    Value(String),
    /// What is escaped already.
    Said(String),
}

/// What is part of the template, and escaped as everything in it.
pub trait Said: fmt::Display {}

/// What has gaps.
pub trait Gaps: Sized {
    /// Fills the gap `{name}`.
    #[must_use]
    fn with(self, name: &str, value: impl fmt::Display) -> Self;

    /// Fills it with what is escaped already.
    #[must_use]
    fn with_said(self, name: &str, said: impl Said) -> Self;

    /// Says where the next `<a>` leads.
    #[must_use]
    fn link(self, address: impl fmt::Display) -> Self;
}

impl<E> Message<E> {
    pub(super) fn new(words: &'static str) -> Self {
        Self { words, filled: Vec::new(), links: Vec::new(), escaper: PhantomData }
    }

    /// What is the same in every language: a name, a number.
    #[must_use]
    pub fn verbatim(value: impl fmt::Display) -> Self {
        Self::new("{value}").with("value", value)
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The same words in another kind of template.
    #[must_use]
    pub fn plain<F>(&self) -> Message<F> {
        let (filled, links) = (self.filled.clone(), self.links.clone());
        Message { words: self.words, filled, links, escaper: PhantomData }
    }

    fn write(
        &self,
        dest: &mut dyn fmt::Write,
        fill: impl Fn(&mut dyn fmt::Write, &str) -> fmt::Result,
    ) -> fmt::Result {
        let mut links = self.links.iter();
        let mut rest = self.words;
        while let Some((before, found, after)) = next_gap(rest) {
            dest.write_str(before)?;
            match found {
                Gap::Link => match links.next() {
                    Some(address) => {
                        dest.write_str("<a href=\"")?;
                        fill(dest, address)?;
                        dest.write_str("\">")?;
                    }
                    None => dest.write_str("<a>")?,
                },
                Gap::Named(name) => match self.filled.iter().rfind(|(own, _)| own == name) {
                    Some((_, Filling::Value(value))) => fill(dest, value)?,
                    Some((_, Filling::Said(said))) => dest.write_str(said)?,
                    None => write!(dest, "{{{name}}}")?,
                },
            }
            rest = after;
        }
        dest.write_str(rest)
    }
}

impl<E> Clone for Message<E> {
    fn clone(&self) -> Self {
        self.plain()
    }
}

impl<E> Gaps for Message<E> {
    fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.filled.push((name.to_owned(), Filling::Value(value.to_string())));
        self
    }

    fn with_said(mut self, name: &str, said: impl Said) -> Self {
        self.filled.push((name.to_owned(), Filling::Said(said.to_string())));
        self
    }

    fn link(mut self, address: impl fmt::Display) -> Self {
        self.links.push(address.to_string());
        self
    }
}

impl<M: Gaps> Gaps for Safe<M> {
    fn with(self, name: &str, value: impl fmt::Display) -> Self {
        Self(self.0.with(name, value))
    }

    fn with_said(self, name: &str, said: impl Said) -> Self {
        Self(self.0.with_said(name, said))
    }

    fn link(self, address: impl fmt::Display) -> Self {
        Self(self.0.link(address))
    }
}

impl<E> Sayable<E> for &'static str {
    fn say(&self, language: Language, context: &str) -> Message<E> {
        language.say(context, self)
    }
}

/// A sentence of a page is said in a text, too: its gaps are escaped as that text does it.
impl<E, F> Sayable<E> for Message<F> {
    fn say(&self, _: Language, _: &str) -> Message<E> {
        self.plain()
    }
}

impl<E, S: Sayable<E>> Sayable<E> for &S {
    fn say(&self, language: Language, context: &str) -> Message<E> {
        (**self).say(language, context)
    }
}

/// With its gaps escaped.
impl<E: Escaper + Default> fmt::Display for Message<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, |dest, value| E::default().write_escaped_str(dest, value))
    }
}

impl<E: Escaper + Default> FastWritable for Message<E> {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn Values) -> askama::Result<()> {
        Ok(self.write(dest, |dest, value| E::default().write_escaped_str(dest, value))?)
    }
}

impl HtmlSafe for Message<Html> {}

impl<E: Escaper + Default> Said for Message<E> {}

impl<T: fmt::Display> Said for Safe<T> {}

impl<S: Said> Said for &S {}

#[cfg(test)]
mod tests {
    use super::*;
    use askama::filters::Text;
    use proptest::prelude::*;

    fn page(words: &'static str) -> Message {
        Message::new(words)
    }

    fn plain(words: &'static str) -> Message<Text> {
        Message::new(words)
    }

    #[test]
    fn gaps_are_filled_and_escaped_in_pages() {
        let message = page("<bdi>{name}</bdi> ({name}) and <a>{other}</a>.")
            .with("name", "A & <B>")
            .with("other", 7)
            .link("/a?b=\"c\"");
        assert_eq!(
            message.to_string(),
            "<bdi>A &#38; &#60;B&#62;</bdi> (A &#38; &#60;B&#62;) and <a href=\"/a?b=&#34;c&#34;\">7</a>."
        );
        assert_eq!(plain("Hello {name}").with("name", "A & B").to_string(), "Hello A & B");
    }

    #[test]
    fn what_fills_a_gap_opens_no_other() {
        let message = plain("{a} {b}").with("a", "{b}").with("b", "<a>");
        assert_eq!(message.to_string(), "{b} <a>");
    }

    #[test]
    fn who_fills_a_gap_last_fills_it() {
        assert_eq!(plain("{n} orders").with("n", 1200).with("n", "1,200").to_string(), "1,200 orders");
    }

    #[test]
    fn a_gap_that_nobody_fills_is_seen() {
        assert_eq!(plain("{name}, {Name}, {}, { and }").to_string(), "{name}, {Name}, {}, { and }");
    }

    proptest! {
        #[test]
        fn no_value_is_a_tag(value in any::<String>()) {
            let page = page("{name}").with("name", &value).to_string();
            prop_assert!(!page.contains(['<', '>', '"']));
        }
    }
}
