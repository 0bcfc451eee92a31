//! How templates speak. `t` is for pages, `say` for texts (`.txt`); the others fill what these have said.

use std::fmt::Display;

use askama::filters::Safe;
use askama::{Result, Values};

use super::message::{Gaps, Message, Said, Sayable};
use super::number::Number;
use super::plain::Isolating;
use super::speech::spoken;
use crate::values::label;

/// A sentence or a label in a page. `context` tells apart what English says by the same words.
#[askama::filter_fn]
pub fn t(english: impl Sayable, values: &dyn Values, #[optional("")] context: &str) -> Result<Message> {
    Ok(english.say(spoken(values), context))
}

/// The same in plain text.
#[askama::filter_fn]
pub fn say(
    english: impl Sayable<Isolating>,
    values: &dyn Values,
    #[optional("")] context: &str,
) -> Result<Safe<Message<Isolating>>> {
    Ok(Safe(english.say(spoken(values), context)))
}

/// What depends on a number, in a page. The number fills the gap `{n}`.
#[askama::filter_fn]
pub fn counted(
    number: impl Number,
    values: &dyn Values,
    one: &'static str,
    many: &'static str,
) -> Result<Message> {
    Ok(spoken(values).count((one, many), number.number()))
}

/// The same in plain text.
#[askama::filter_fn]
pub fn say_counted(
    number: impl Number,
    values: &dyn Values,
    one: &'static str,
    many: &'static str,
) -> Result<Safe<Message<Isolating>>> {
    Ok(Safe(spoken(values).count((one, many), number.number())))
}

/// Fills a gap.
#[askama::filter_fn]
pub fn with<M: Gaps, V: Display>(message: M, _: &dyn Values, name: &str, value: V) -> Result<M> {
    Ok(message.with(name, value))
}

/// Fills a gap with what is said already, and therefore escaped: another sentence, or a part of the template that was
/// kept by `{% let part %}…{% endlet %}` and is `|safe`.
#[askama::filter_fn]
pub fn with_said<M: Gaps, S: Said>(message: M, _: &dyn Values, name: &str, said: S) -> Result<M> {
    Ok(message.with_said(name, said))
}

/// Says where the next link of a sentence leads.
#[askama::filter_fn]
pub fn link<M: Gaps, V: Display>(message: M, _: &dyn Values, address: V) -> Result<M> {
    Ok(message.link(address))
}

/// What no language says otherwise, such as a name, where a sentence is expected.
#[askama::filter_fn]
pub fn verbatim(value: impl Display, _: &dyn Values) -> Result<Message> {
    Ok(Message::verbatim(value))
}

/// A label amid a sentence: English puts "the" before `Company name` and writes it small; others say it as it is.
#[askama::filter_fn]
pub fn the(label: impl Display, values: &dyn Values) -> Result<String> {
    Ok(if spoken(values).is_english() { label::the(label) } else { label.to_string() })
}

#[cfg(test)]
mod tests {
    use askama::Template;

    use crate::language::filters;

    #[derive(Template)]
    #[template(
        ext = "html",
        source = r#"{%- macro field(label) %}<label>{{ label|t }}</label>{% endmacro -%}
<p title="{{ "Customers"|t }}">{{ "<bdi>{name}</bdi> was invited."|t|with("name", name) }} {{ count|counted("{n} order", "{n} orders") }}</p>{{ field("Enter {what}."|t|with("what", "Company name"|the)) }}{{ field(name|verbatim) }}"#
    )]
    struct Page<'a> {
        name: &'a str,
        count: i64,
    }

    #[derive(Template)]
    #[template(ext = "txt", source = r#"{{ "{name} was <invited>."|say|with("name", name) }}"#)]
    struct Text<'a> {
        name: &'a str,
    }

    #[test]
    fn a_page_speaks_english_where_nobody_says_otherwise() {
        let page = Page { name: "<Ann>", count: 1 }.render().unwrap();
        assert_eq!(
            page,
            "<p title=\"Customers\"><bdi>&#60;Ann&#62;</bdi> was invited. 1 order</p>\
             <label>Enter the company name.</label><label>&#60;Ann&#62;</label>"
        );
    }

    #[test]
    fn a_text_keeps_its_signs() {
        let text = Text { name: "A & B" }.render().unwrap();
        assert_eq!(text, "A & B was <invited>.");
        assert_eq!(Text { name: "דנה" }.render().unwrap(), "\u{2068}דנה\u{2069} was <invited>.");
    }
}
