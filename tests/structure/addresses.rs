//! Addresses are made in `ground/src/paths/` and nowhere else, so that none leads where nothing is served.

use std::sync::LazyLock;

use regex::Regex;

use super::source::Source;

/// An address, or the end of one: a text that begins with a slash and a letter, or goes on so behind what is filled in.
static RUST: LazyLock<Regex> = LazyLock::new(|| pattern(r#"["}]/[a-zA-Z]"#));

/// In templates also behind a tag, and the start alone.
static TEMPLATE: LazyLock<Regex> = LazyLock::new(|| pattern(r#"["'}]/[a-zA-Z]|="/["?\#]"#));

/// Where paths are those of files.
const FILES: [&str; 1] = [
    // It tells whoever starts the portal what lies in DATA_DIR.
    "src/main.rs",
];

pub fn wrong(source: &Source) -> Vec<String> {
    let is_rust = source.path.ends_with(".rs");
    if source.path.starts_with("ground/src/paths/")
        || FILES.contains(&source.path.as_str())
        || is_test(source)
    {
        return Vec::new();
    }
    let address = if is_rust { &RUST } else { &TEMPLATE };
    // Tests are the browser's view: they say addresses as people see them, and hold them stable.
    let lines = source.lines().into_iter().take_while(|(_, line)| !line.contains("#[cfg(test)]"));
    let found = lines.filter(|(_, line)| address.is_match(line));
    found
        .map(|(line, text)| {
            format!("{}:{line}: an address outside ground/src/paths: {}", source.path, text.trim())
        })
        .collect()
}

/// Files under `src/` that only tests read.
fn is_test(source: &Source) -> bool {
    source.path.ends_with("/tests.rs") || source.path.contains("/tests/")
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn an_address_is_found_with_its_line() {
    for (path, text) in [
        ("src/orders/pages.rs", "\nsee_other(\"/orders\")"),
        ("src/orders/pages.rs", "\nformat!(\"/orders/{id}\")"),
        ("src/orders/pages.rs", "\nformat!(\"{place}/review\")"),
        ("src/orders/letter.rs", "\nformat!(\"{}/orders\", site.base_url)"),
        ("templates/orders/list.html", "\n<a href=\"/orders\">"),
        ("templates/orders/list.html", "\n<a href=\"/\">"),
        ("templates/orders/list.html", "\n<button formaction=\"{{ place }}/text\">"),
        ("templates/orders/list.html", "\n<form action=\"{% if a %}/orders{% endif %}\">"),
        ("templates/orders/list.html", "\n{% call t::filters(\"/orders\") %}"),
        ("templates/mail/order.letter", "\n[Open] {{ site.base_url }}/orders"),
    ] {
        let wrong = wrong(&Source::of(path, text));
        assert_eq!(wrong.len(), 1, "{text}: {wrong:?}");
        assert!(wrong.iter().all(|told| told.starts_with(&format!("{path}:2: "))), "{wrong:?}");
    }
}

#[test]
fn what_is_no_address_passes() {
    for (path, text) in [
        ("ground/src/paths/orders.rs", "list() \"/orders\";"),
        ("src/orders/pages.rs", "/// `GET /orders`\nsee_other(paths::orders::list())"),
        ("src/orders/pages.rs", "x();\n#[cfg(test)]\nassert_eq!(place(), \"/orders\");"),
        ("src/orders/model/tests.rs", "assert_eq!(place(), \"/orders\");"),
        ("ground/src/web/page.rs", "trim_start_matches('/') == \"/\" || format!(\"{a}/{b}\")"),
        (
            "templates/orders/list.html",
            "<a href=\"{{ crate::paths::orders::list() }}\">A</a>{# \"/a\" #}<br/>",
        ),
        ("templates/orders/list.html", "<a href=\"https://elsewhere.example/a\">A</a><rect width=\"2\"/>"),
    ] {
        assert_eq!(wrong(&Source::of(path, text)), Vec::<String>::new(), "{text}");
    }
}
