//! Names and texts that people typed stand in `<bdi>`, so that one that runs from right to left turns no sentence.

use std::sync::LazyLock;

use regex::Regex;

use super::source::Source;

/// How values are called that somebody typed.
static TYPED: LazyLock<Regex> = LazyLock::new(|| {
    let names =
        r"(?:[\w.()]+[._])?(?:name|nickname)|[\w.]+\.(?:contact|answerer|accepted_by)\(\)|(?:\w+[._])*reason";
    Regex::new(&format!("^(?:{names})$")).unwrap_or_else(|error| panic!("{error}"))
});

/// A mark of a template, the beginning or the end of a tag.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?s)\{%.*?%\}|\{\{.*?\}\}|</?[a-zA-Z][a-zA-Z0-9]*|>")
        .unwrap_or_else(|error| panic!("{error}"))
});

/// What fills a gap of a message.
static FILLED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\|with\("([a-z_]+)", ((?:[^()]|\([^()]*\))*)\)"#).unwrap_or_else(|error| panic!("{error}"))
});

/// Elements that hold text and no elements.
const BARE: [&str; 3] = ["option", "textarea", "title"];

/// The kit is handed what it shows, and what it shows in a sentence it isolates itself; agreements are whole texts.
const EXEMPT: [&str; 2] = ["templates/kit/fields.html", "templates/kit/fields/"];

/// Values in running text that stand in no `<bdi>`.
pub fn wrong(template: &Source) -> Vec<String> {
    if EXEMPT.iter().any(|exempt| template.path.starts_with(exempt)) {
        return Vec::new();
    }
    let code = template.code();
    let (mut is_in_tag, mut is_in_title, mut bare) = (false, false, 0_usize);
    let mut wrong = Vec::new();
    for mark in MARK.find_iter(&code) {
        let text = mark.as_str();
        let name = text.trim_start_matches(['<', '/']);
        if let Some(value) = text.strip_prefix("{{") {
            let value = value.trim_end_matches("}}").trim_matches(['-', ' ']);
            let is_isolated = code.get(..mark.start()).is_some_and(|before| before.ends_with("<bdi>"));
            let is_text = !is_in_tag && !is_in_title && bare == 0;
            let line = code.get(..mark.start()).unwrap_or_default().matches('\n').count() + 1;
            if is_text && !is_isolated && TYPED.is_match(value) {
                wrong.push(format!("{}:{line}: {{{{ {value} }}}} in no <bdi>", template.path));
            }
            // A whole message may stand in one, such as a name and its address.
            let gaps = if is_text && !is_isolated { bare_gaps(value) } else { Vec::new() };
            wrong.extend(
                gaps.into_iter().map(|gap| format!("{}:{line}: {{{gap}}} in no <bdi>", template.path)),
            );
        } else if text.starts_with("{%") {
            is_in_title = text.contains("block title") || is_in_title && !text.contains("endblock");
        } else if text == ">" {
            is_in_tag = false;
        } else {
            is_in_tag = true;
            if BARE.contains(&name) {
                bare = if text.starts_with("</") { bare.saturating_sub(1) } else { bare + 1 };
            }
        }
    }
    wrong
}

/// The gaps of a message that something typed fills, and that are not isolated.
fn bare_gaps(message: &str) -> Vec<String> {
    if !message.starts_with('"') && !message.contains("|counted(") {
        return Vec::new();
    }
    let filled = FILLED
        .captures_iter(message)
        .filter_map(|found| Some((found.get(1)?.as_str(), found.get(2)?.as_str())));
    let typed = filled.filter(|(_, value)| TYPED.is_match(value)).map(|(gap, _)| gap.to_owned());
    let is_bare = |gap: &String| {
        message.matches(&format!("{{{gap}}}")).count()
            != message.matches(&format!("<bdi>{{{gap}}}</bdi>")).count()
    };
    typed.filter(is_bare).collect()
}

#[test]
fn a_name_in_a_message_needs_a_bdi() {
    let wrong = |text: &str| wrong(&Source::of("templates/customers/list.html", text));
    for text in [
        "<p>{{ \"{customer} was added.\"|t|with(\"customer\", account.company_name) }}</p>",
        "<p>{{ n|counted(\"{n} of {customer}\", \"{n} of {customer}\")|with(\"customer\", row.name) }}</p>",
    ] {
        assert_eq!(wrong(text), ["templates/customers/list.html:1: {customer} in no <bdi>"], "{text}");
    }
    for text in [
        "<p>{{ \"<bdi>{customer}</bdi> was added.\"|t|with(\"customer\", account.company_name) }}</p>",
        "<p>{{ \"{day}\"|t|with(\"day\", shell.day(row.at)) }}</p>",
        "<a title=\"{{ \"{customer}\"|t|with(\"customer\", row.name) }}\">x</a>",
    ] {
        assert_eq!(wrong(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_name_in_running_text_needs_a_bdi() {
    let wrong = |text: &str| wrong(&Source::of("templates/customers/list.html", text));
    for text in [
        "<p>{{ account.company_name }} was added.</p>",
        "<td>{{ name }}</td>",
        "<p>\n{{ member.name }}</p>",
        "<dd>{{- request.decline_reason -}}</dd>",
        "<a href=\"/\" title=\"x\">{{ subscription.nickname }}</a>",
        "{% if a > 0 %}{{ account.contact() }}{% endif %}",
    ] {
        assert_eq!(wrong(text).len(), 1, "{text}");
    }
    assert_eq!(
        wrong("<p>\n{{ row.name }}</p>"),
        ["templates/customers/list.html:2: {{ row.name }} in no <bdi>"]
    );
}

#[test]
fn what_is_isolated_or_no_running_text_passes() {
    for text in [
        "<p><bdi>{{ account.company_name }}</bdi> was added.</p>",
        "<a title=\"{{ viewer.name }}\">x</a>",
        "<option>{{ partner.name }}</option>",
        "<textarea>{{ form.name }}</textarea>",
        "{% block title %}{{ member.name }}{% endblock %}",
        "<p>{{ account.domain }} {{ f::text(problems, \"name\") }}</p>",
        "{# {{ name }} #}",
    ] {
        assert_eq!(wrong(&Source::of("templates/customers/list.html", text)), Vec::<String>::new(), "{text}");
    }
}
