//! The gaps and tags of a message, which every language has to keep.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

static GAP: LazyLock<Regex> = LazyLock::new(|| pattern(r"\{([a-z_]+)\}"));
static TAG: LazyLock<Regex> = LazyLock::new(|| pattern(r"<[^>]*>"));

/// Tags that words may hold. Whoever translates copies them, so there is nothing in them to get wrong.
const TAGS: [&str; 12] = [
    "<a>",
    "</a>",
    "<bdi>",
    "</bdi>",
    "<code>",
    "</code>",
    "<small>",
    "</small>",
    "<span class=\"unseen\">",
    "</span>",
    "<strong>",
    "</strong>",
];

/// What fills the gaps.
pub fn gaps(words: &str) -> BTreeSet<&str> {
    GAP.captures_iter(words).filter_map(|found| Some(found.get(1)?.as_str())).collect()
}

/// The tags, in a fixed order.
pub fn tags(words: &str) -> Vec<&str> {
    let mut tags: Vec<_> = TAG.find_iter(words).map(|found| found.as_str()).collect();
    tags.sort_unstable();
    tags
}

/// How many links it has.
pub fn links(words: &str) -> usize {
    words.matches("<a>").count()
}

/// What is wrong with words of whichever language.
pub fn wrong(words: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    // What stands between the names of a list is no word.
    let is_word = words.is_empty() || words.contains(char::is_alphabetic);
    if is_word && (words.trim() != words || words.is_empty()) {
        wrong.push(format!("{words:?} begins or ends blank"));
    }
    let foreign = tags(words).into_iter().filter(|tag| !TAGS.contains(tag));
    wrong.extend(foreign.map(|tag| format!("{words:?} holds `{tag}`, which no message may")));
    let opened =
        |tag: &str| words.matches(&format!("<{tag}>")).count() + words.matches(&format!("<{tag} ")).count();
    let closed = |tag: &str| words.matches(&format!("</{tag}>")).count();
    for tag in ["a", "bdi", "code", "small", "span", "strong"] {
        if opened(tag) != closed(tag) {
            wrong.push(format!("{words:?} does not close what it opens: {tag}"));
        }
    }
    if GAP.replace_all(words, "").contains(['{', '}']) {
        wrong.push(format!("{words:?} has a brace that is no gap"));
    }
    wrong
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|error| panic!("{error}"))
}
