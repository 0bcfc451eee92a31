//! Names and texts that people typed stand in `<bdi>`, so that one that runs from right to left turns no sentence.

use std::sync::LazyLock;

use regex::Regex;

use super::source::Source;

/// How values are called that somebody typed.
static TYPED: LazyLock<Regex> = LazyLock::new(|| {
    let names =
        r"(?:[\w.]+[._])?(?:name|nickname)|[\w.]+\.(?:contact|answerer|accepted_by)\(\)|(?:\w+[._])*reason";
    Regex::new(&format!("^(?:{names})$")).unwrap_or_else(|error| panic!("{error}"))
});

/// A mark of a template, the beginning or the end of a tag.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?s)\{%.*?%\}|\{\{.*?\}\}|</?[a-zA-Z][a-zA-Z0-9]*|>")
        .unwrap_or_else(|error| panic!("{error}"))
});

/// Elements that hold text and no elements.
const BARE: [&str; 3] = ["option", "textarea", "title"];

/// The kit is handed what it shows, and what it shows in a sentence it isolates itself; agreements are whole texts.
const EXEMPT: [&str; 1] = ["templates/kit/fields.html"];

/// Values in running text that stand in no `<bdi>`.
pub fn wrong(template: &Source) -> Vec<String> {
    if EXEMPT.contains(&template.path.as_str()) {
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
            if !is_in_tag && !is_in_title && bare == 0 && !is_isolated && TYPED.is_match(value) {
                let line = code.get(..mark.start()).unwrap_or_default().matches('\n').count() + 1;
                wrong.push(format!("{}:{line}: {{{{ {value} }}}} in no <bdi>", template.path));
            }
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
