//! Everything that the portal says, found in its templates: the messages that a language has to have words for.
//!
//! `{{ "Customers"|t }}` is one, and so is `{{ f::text(problems, "company", "Company name", …) }}`, since that macro says
//! its third argument: which arguments macros say, they tell themselves.

mod bare;
pub mod elsewhere;
mod macros;
mod pieces;
mod plurals;
pub mod po;
mod said;
mod subjects;
mod walk;

use std::collections::BTreeMap;

use askama_parser::{Ast, Syntax};

use super::source::{self, Source};
use macros::Macros;

/// What a language has to have words for. English words are the key, with what tells apart the same words in different
/// places.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Message {
    pub context: String,
    pub english: String,
}

/// Where it is said, and how English says it of several things, if it depends on a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Use {
    pub plural: Option<String>,
    /// Files, in order.
    pub places: Vec<String>,
}

pub type Messages = BTreeMap<Message, Use>;

/// All that the portal says, and what in it nobody can say in another language.
pub fn everything() -> (Messages, Vec<String>) {
    let mut templates: Vec<Source> =
        ["html", "txt", "letter"].iter().flat_map(|ending| source::read_all("templates", ending)).collect();
    templates.sort_by(|one, other| one.path.cmp(&other.path));
    let (mut messages, mut wrong) = all(&templates);
    elsewhere::add_all(&mut messages, &source::read_all("templates", "ini"), &mut wrong);
    (messages, wrong)
}

/// What all templates say, and what in them nobody can say in another language.
pub fn all(templates: &[Source]) -> (Messages, Vec<String>) {
    let (mut messages, mut wrong) = (Messages::new(), Vec::new());
    let parsed = templates.iter().map(|template| (template, parsed(template))).collect::<Vec<_>>();
    let macros = Macros::all(&parsed);
    for (template, ast) in &parsed {
        let said = said::said(&template.path, ast, &macros);
        for (message, plural) in said.messages {
            add(&mut messages, message, plural, &template.path, &mut wrong);
        }
        wrong.extend(said.wrong);
        wrong.extend(bare::words(template));
    }
    (messages, wrong)
}

/// Adds a message that stands elsewhere than in templates.
pub fn add(
    messages: &mut Messages,
    message: Message,
    plural: Option<String>,
    place: &str,
    wrong: &mut Vec<String>,
) {
    wrong.extend(pieces::wrong(&message.english).into_iter().map(|what| format!("{place}: {what}")));
    let used =
        messages.entry(message.clone()).or_insert_with(|| Use { plural: plural.clone(), places: Vec::new() });
    if used.plural != plural {
        wrong.push(format!(
            "{place}: {:?} is said of one thing and of several in different ways",
            message.english
        ));
    }
    if used.places.last().is_none_or(|last| last != place) {
        used.places.push(place.to_owned());
    }
}

fn parsed(template: &Source) -> Ast<'_> {
    Ast::from_str(&template.text, None, &Syntax::default())
        .unwrap_or_else(|error| panic!("{}: {error}", template.path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(files: &[(&str, &str)]) -> (Vec<(String, String, Option<String>)>, Vec<String>) {
        let files: Vec<_> = files.iter().map(|(path, text)| Source::of(path, text)).collect();
        let (messages, wrong) = all(&files);
        let messages = messages.into_iter();
        (messages.map(|(message, used)| (message.context, message.english, used.plural)).collect(), wrong)
    }

    fn one(context: &str, english: &str) -> (String, String, Option<String>) {
        (context.to_owned(), english.to_owned(), None)
    }

    #[test]
    fn filters_and_macros_say_messages() {
        let kit = "{% macro label(label) %}<b>{{ label|t }}</b>{% endmacro %}\
             {% macro text(name, label, stay = \"Cancel\") %}{{ label(label) }}{{ stay|t }}{{ name }}{% endmacro %}\
             {% macro count(n, one, many) %}{{ n|counted(one, many) }}{% endmacro %}";
        let page = "{% import \"kit/k.html\" as k %}{{ \"None\"|t(context = \"reseller\") }}\
             {% if a %}{{ k::text(\"x\", \"Company name\") }}{% endif %}\
             {{ \"Hello {name}\"|t|with(\"name\", name) }}{{ k::count(3, \"{n} order\", \"{n} orders\") }}\
             {% let x %}{{ \"Deep\"|t }}{% endlet %}{% call k::text(\"y\", label = \"Named\") %}{% endcall %}";
        let (messages, wrong) = said(&[("templates/kit/k.html", kit), ("templates/a/page.html", page)]);
        assert_eq!(wrong, Vec::<String>::new());
        assert_eq!(
            messages,
            [
                one("", "Cancel"),
                one("", "Company name"),
                one("", "Deep"),
                one("", "Hello {name}"),
                one("", "Named"),
                (String::new(), "{n} order".to_owned(), Some("{n} orders".to_owned())),
                one("reseller", "None"),
            ]
        );
    }

    #[test]
    fn words_that_stand_bare_are_found() {
        for text in [
            "<p>Hello</p>",
            "{{ name }} found",
            "<input placeholder=\"Find it\">",
            "{% if a %}yes{% endif %}",
            "<a title=\"Go {{ x }}\">{{ \"Go\"|t }}</a>",
        ] {
            let (_, wrong) = said(&[("templates/a/page.html", text)]);
            assert_eq!(wrong.len(), 1, "{text}: {wrong:?}");
        }
        for text in [
            "<p class=\"quiet\">{{ \"Hello\"|t }} · 12 <code>kept</code></p>",
            "{# a remark #}<input name=\"x\" value=\"yes\">",
            "<style>a { color: red }</style>",
        ] {
            assert_eq!(said(&[("templates/a/page.html", text)]).1, Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn whatever_is_said_can_be_found() {
        let kit = "{% macro label(label) %}{{ label|t }}{% endmacro %}";
        let page = |text: &str| {
            let page = format!("{{% import \"kit/k.html\" as k %}}{text}");
            said(&[("templates/kit/k.html", kit), ("templates/a/page.html", &page)]).1
        };
        for text in [
            "{{ title|t }}",
            "{{ row.title()|say }}",
            "{{ name|upper|t }}",
            "{% let label = \"Customers\" %}{{ label|t }}",
            "{{ k::label(title) }}",
            "{{ 2|counted(one, many) }}",
        ] {
            let wrong = page(text);
            assert!(
                !wrong.is_empty() && wrong.iter().all(|what| what.contains("no language")),
                "{text}: {wrong:?}"
            );
        }
        for text in [
            "{{ row.country.name()|t }}",
            "{% let label = \"Customers\"|t %}{{ label|t }}{{ k::label(label) }}",
            "{{ k::label(name|verbatim) }}{{ k::label(\"Customers\") }}",
        ] {
            assert_eq!(page(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn messages_are_whole() {
        for text in [
            "{{ \"<img>a\"|t }}",
            "{{ \"<strong>a\"|t }}",
            "{{ \" a\"|t }}",
            "{{ \"\"|t }}",
            "{{ \"{Name} a\"|t }}",
            "{{ \"a\"|t|with(\"name\", name) }}",
            "{{ \"{name} and {other}\"|t|with(\"name\", name) }}",
            "{{ \"<a>it</a>\"|t }}",
            "{{ \"it\"|t|link(x) }}",
        ] {
            let (_, wrong) = said(&[("templates/a/page.html", text)]);
            assert_eq!(wrong.len(), 1, "{text}: {wrong:?}");
        }
    }
}
