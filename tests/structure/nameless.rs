//! What stands under all areas names none of them: an area's words and rules are at home in the area.

use std::sync::LazyLock;

use regex::Regex;

use super::source::Source;

/// Words by which areas give themselves away.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?i)reseller|partnership|customer|subscription|enrol|catalog")
        .unwrap_or_else(|error| panic!("{error}"))
});

/// Where they are named nevertheless.
const EXEMPT: [&str; 5] = [
    // Ids are of everything.
    "ground/src/values/id.rs",
    // What stores find wrong with the choice of a reseller, which several areas share.
    "ground/src/values/problem.rs",
    "templates/kit/problem.txt",
    // The menu leads everywhere.
    "ground/src/web/shell.rs",
    // A setting.
    "ground/src/web/site.rs",
];

pub fn wrong(source: &Source) -> Vec<String> {
    if EXEMPT.contains(&source.path.as_str()) {
        return Vec::new();
    }
    // Tests try things with whatever is at hand.
    let lines = source.lines().into_iter().take_while(|(_, line)| !line.contains("#[cfg(test)]"));
    let named = lines.filter_map(|(line, text)| Some((line, NAMED.find(&text)?.as_str().to_owned())));
    named.map(|(line, word)| format!("{}:{line}: `{word}` belongs to an area", source.path)).collect()
}

#[test]
fn a_name_of_an_area_is_found() {
    let code = "use x;\nenum Notice { ResellerCleared }";
    assert_eq!(
        wrong(&Source::of("ground/src/web/notice.rs", code)),
        ["ground/src/web/notice.rs:2: `Reseller` belongs to an area"]
    );
    let words = "{# customers #}\nThe enrollment is refused.";
    assert_eq!(
        wrong(&Source::of("templates/kit/said.txt", words)),
        ["templates/kit/said.txt:2: `enrol` belongs to an area"]
    );
    for (path, code) in [
        ("ground/src/web/page.rs", "// customers\n#[cfg(test)]\nlet path = \"/customers\";"),
        ("ground/src/web/shell.rs", "see_customers: bool,"),
        ("templates/kit/parts.html", "{# customers #}<p>The portal</p>"),
    ] {
        assert_eq!(wrong(&Source::of(path, code)), Vec::<String>::new(), "{path}");
    }
}
