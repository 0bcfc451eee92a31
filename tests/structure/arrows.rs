//! Which area may know which. Rust lets modules refer to each other in circles; this does not.

use std::sync::LazyLock;

use regex::Regex;

use super::source::Source;

static USE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bcrate::(\w+|\{)"));

/// What belongs to no area: it may use everything.
const ABOVE_ALL: [&str; 2] = ["lib", "main"];

/// The areas in the order of the map.
pub fn areas(map: &Source) -> Vec<String> {
    let module = pattern(r"^pub mod (\w+);");
    let named = map.lines();
    let named = named.iter().filter_map(|(_, line)| module.captures(line.trim()));
    named.filter_map(|found| found.get(1).map(|name| name.as_str().to_owned())).collect()
}

/// Uses of areas that stand below in the map.
pub fn wrong(source: &Source, areas: &[String]) -> Vec<String> {
    let own = match source.area() {
        // The kit and the layout are what every page is drawn with: they belong to `web`.
        "kit" | "layout" | "bare" | "error" if source.path.starts_with("templates/") => "web",
        own => own,
    };
    let Some(place) = areas.iter().position(|area| area == own) else { return Vec::new() };
    let below = areas.get(place + 1..).unwrap_or_default();
    let used = uses(source).into_iter().filter(|(_, used)| below.contains(used));
    used.map(|(line, used)| {
        format!("{}:{line}: `{own}` uses `{used}`, which stands below it in src/lib.rs", source.path)
    })
    .collect()
}

/// Files in `src` that belong to no area of the map.
pub fn unlisted(areas: &[String], sources: &[Source]) -> Vec<String> {
    let is_known = |area: &str| ABOVE_ALL.contains(&area) || areas.iter().any(|listed| listed == area);
    let unknown = sources.iter().filter(|source| !is_known(source.area()));
    unknown
        .map(|source| format!("{}:1: `{}` is not in the map in src/lib.rs", source.path, source.area()))
        .collect()
}

/// Every `crate::area` with its line, also out of `crate::{one, two::Three}`.
fn uses(source: &Source) -> Vec<(usize, String)> {
    let text = source.code();
    let mut uses = Vec::new();
    for found in USE.captures_iter(&text) {
        let (Some(whole), Some(first)) = (found.get(0), found.get(1)) else { continue };
        let line = text.get(..whole.start()).unwrap_or_default().matches('\n').count() + 1;
        match first.as_str() {
            "{" => uses.extend(heads(text.get(first.end()..).unwrap_or_default()).map(|name| (line, name))),
            name => uses.push((line, name.to_owned())),
        }
    }
    uses
}

/// The first names of the entries of a use list, up to its closing brace.
fn heads(list: &str) -> impl Iterator<Item = String> {
    let mut depth = 1;
    let mut heads = vec![String::new()];
    for char in list.chars() {
        match char {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => heads.push(String::new()),
            _ if depth == 1 => heads.last_mut().into_iter().for_each(|head| head.push(char)),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    let first = |head: String| head.trim().split("::").next().unwrap_or_default().trim().to_owned();
    heads.into_iter().map(first).filter(|head| !head.is_empty())
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|error| panic!("{error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map() -> Vec<String> {
        areas(&Source::of("src/lib.rs", "//! pub mod no;\npub mod values;\npub mod web;\npub mod orders;\n"))
    }

    #[test]
    fn the_map_is_read_in_its_order() {
        assert_eq!(map(), ["values", "web", "orders"]);
    }

    #[test]
    fn downward_arrows_are_found_with_their_lines() {
        for (text, line) in [
            ("use crate::orders::model::Order;", 1),
            ("// fine\nuse crate::{values, orders::{a, b}};", 2),
            ("use crate::{\n    values::{x, y},\n    orders,\n};", 1),
            ("fn a() {\n  crate::orders::store::add()\n}", 2),
        ] {
            let wrong = wrong(&Source::of("src/web/page.rs", text), &map());
            assert_eq!(wrong.len(), 1, "{text}: {wrong:?}");
            assert!(
                wrong
                    .iter()
                    .all(|told| told.starts_with(&format!("src/web/page.rs:{line}: `web` uses `orders`")))
            );
        }
    }

    #[test]
    fn templates_have_arrows_too() {
        let text = "{% when crate::orders::State::Draft %}";
        assert_eq!(wrong(&Source::of("templates/kit/status.html", text), &map()).len(), 1);
        assert_eq!(wrong(&Source::of("templates/orders/list.html", text), &map()).len(), 0);
    }

    #[test]
    fn upward_and_own_arrows_are_right() {
        let text = "use crate::values::x;\nuse crate::web::{self, page};\n// use crate::orders;\nuse crate::{values, web};";
        assert_eq!(wrong(&Source::of("src/web/page.rs", text), &map()), Vec::<String>::new());
        assert_eq!(wrong(&Source::of("src/main.rs", "use crate::orders;"), &map()), Vec::<String>::new());
    }

    #[test]
    fn an_area_outside_the_map_is_found() {
        let sources = [
            Source::of("src/utils/mod.rs", ""),
            Source::of("src/web/mod.rs", ""),
            Source::of("src/lib.rs", ""),
        ];
        assert_eq!(
            unlisted(&map(), &sources),
            ["src/utils/mod.rs:1: `utils` is not in the map in src/lib.rs"]
        );
    }
}
