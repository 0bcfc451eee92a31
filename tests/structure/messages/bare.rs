//! Words that stand in a template as they are, so that every language would show them in English.

use std::sync::LazyLock;

use regex::Regex;

use super::super::source::Source;

static TEMPLATE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}"));
static CODE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?s)<(?:code|kbd|style|svg)\b[^>]*>.*?</(?:code|kbd|style|svg)>|<!doctype[^>]*>")
});
/// Attributes that people read or hear.
static READ: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"\b(?:aria-label|placeholder|title|alt|data-label|data-copied|summary)="([^"]*)""#)
});
/// Tags, and attributes that a macro writes into somebody else's tag.
static TAG: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"(?s)<[^>]*>|\baria-[a-z]+="[^"]*"|(?m)^ *(?:required)? *$| required\b"#));
static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"\p{L}{2,}"));

/// Templates that speak English in every language.
const ENGLISH: [&str; 2] = [
    // The command line does.
    "templates/catalog/import.txt",
    // Files do, so that programs read them.
    "templates/customers/relationship.txt",
];

/// Words in running text and in attributes.
pub fn words(template: &Source) -> Vec<String> {
    if ENGLISH.contains(&template.path.as_str()) {
        return Vec::new();
    }
    let code = blanked(&TEMPLATE, &template.text);
    let code = blanked(&CODE, &code);
    let read = READ
        .captures_iter(&code)
        .filter_map(|found| found.get(1))
        .map(|found| (found.start(), found.as_str()));
    let text = blanked(&TAG, &code);
    let all = read.chain([(0, text.as_str())]);
    let bare = all.flat_map(|(from, text)| WORD.find_iter(text).map(move |word| from + word.start()));
    let mut lines: Vec<usize> =
        bare.map(|at| code.get(..at).unwrap_or_default().matches('\n').count() + 1).collect();
    lines.dedup();
    let line = |number: usize| template.text.lines().nth(number - 1).unwrap_or_default().trim().to_owned();
    lines
        .into_iter()
        .map(|number| format!("{}:{number}: words that stand bare: {}", template.path, line(number)))
        .collect()
}

/// The same text with blanks in place of what is found, line breaks kept.
fn blanked(pattern: &Regex, text: &str) -> String {
    let blank = |found: &regex::Captures| {
        let found = found.get(0).map_or("", |found| found.as_str());
        // As many bytes, so that places stay where they are.
        found.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect::<String>()
    };
    pattern.replace_all(text, blank).into_owned()
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|error| panic!("{error}"))
}
