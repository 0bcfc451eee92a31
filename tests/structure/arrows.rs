//! Which area may know which. Rust lets modules refer to each other in circles; this does not.

use std::sync::LazyLock;

use regex::Regex;

use super::source::Source;

static USE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bcrate::(\w+|\{)(?:::(\w+))?"));
static PARENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bsuper::(\w+)"));

/// What belongs to no area: it may use everything.
const ABOVE_ALL: [&str; 2] = ["lib", "main"];

/// What an area's tables tell others stands in its `facts`. Every area may ask them, and those that stand above it, too:
/// so that nobody needs to know the tables of others, and no circle comes of it, facts stand on little.
const FACTS: &str = "facts";
/// Up to here areas know nothing of the trade, and facts may use all of them.
const FREE: &str = "web";
/// What facts may use of the areas that follow.
const FIRM: [&str; 2] = ["model", FACTS];

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
        "kit" | "layout" | "error" if source.path.starts_with("templates/") => "web",
        own => own,
    };
    let Some(place) = areas.iter().position(|area| area == own) else { return Vec::new() };
    let below = areas.get(place + 1..).unwrap_or_default();
    let are_facts = tells_facts(source, own);
    let used = uses(source).into_iter().filter(|used| below.contains(&used.area));
    let used = used.filter(|used| are_facts || used.part != FACTS).map(|Used { line, area, .. }| {
        format!("{}:{line}: `{own}` uses `{area}`, which stands below it in the map", source.path)
    });
    used.chain(loose(source, own, areas).into_iter().filter(|_| are_facts)).collect()
}

fn tells_facts(source: &Source, area: &str) -> bool {
    let folder = format!("src/{area}/{FACTS}");
    source.path == format!("{folder}.rs") || source.path.starts_with(&format!("{folder}/"))
}

/// Where facts use more of an area than they may.
fn loose(source: &Source, own: &str, areas: &[String]) -> Vec<String> {
    let ground = areas.iter().position(|area| area == FREE).map_or(0, |place| place + 1);
    let upon = areas.get(ground..).unwrap_or_default();
    let mut used = uses(source);
    if source.path.ends_with(&format!("/{FACTS}.rs")) {
        used.extend(of_parent(source, own));
    }
    let loose =
        used.into_iter().filter(|used| upon.contains(&used.area) && !FIRM.contains(&used.part.as_str()));
    loose
        .map(|Used { line, area, part }| {
            format!("{}:{line}: facts use `{area}::{part}`; they stand on models and facts", source.path)
        })
        .collect()
}

/// Files in `src` that belong to no area of the map.
pub fn unlisted(areas: &[String], sources: &[Source]) -> Vec<String> {
    let is_known = |area: &str| ABOVE_ALL.contains(&area) || areas.iter().any(|listed| listed == area);
    let unknown = sources.iter().filter(|source| !is_known(source.area()));
    unknown
        .map(|source| {
            format!(
                "{}:1: `{}` is neither in ground/src/lib.rs nor in src/lib.rs",
                source.path,
                source.area()
            )
        })
        .collect()
}

/// An area that is used, and what of it, as far as that is said.
struct Used {
    line: usize,
    area: String,
    part: String,
}

/// Every `crate::area` with its line, also out of `crate::{one, two::Three}`.
fn uses(source: &Source) -> Vec<Used> {
    let text = source.code();
    let mut uses = Vec::new();
    for found in USE.captures_iter(&text) {
        let (Some(whole), Some(first)) = (found.get(0), found.get(1)) else { continue };
        let line = line_at(&text, whole.start());
        let part = found.get(2).map_or("", |part| part.as_str()).to_owned();
        match first.as_str() {
            "{" => {
                let heads = heads(text.get(first.end()..).unwrap_or_default());
                uses.extend(heads.map(|area| Used { line, area, part: String::new() }));
            }
            area => uses.push(Used { line, area: area.to_owned(), part }),
        }
    }
    uses
}

/// Every `super::part` of a file that stands right in its area.
fn of_parent(source: &Source, area: &str) -> Vec<Used> {
    let text = source.code();
    let found = PARENT.captures_iter(&text).filter_map(|found| found.get(1));
    let used = found.map(|part| Used {
        line: line_at(&text, part.start()),
        area: area.to_owned(),
        part: part.as_str().to_owned(),
    });
    used.collect()
}

fn line_at(text: &str, place: usize) -> usize {
    text.get(..place).unwrap_or_default().matches('\n').count() + 1
}

/// The first names of the entries of a use list, up to its closing brace.
pub fn heads(list: &str) -> impl Iterator<Item = String> {
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
            let wrong = wrong(&Source::of("ground/src/web/page.rs", text), &map());
            assert_eq!(wrong.len(), 1, "{text}: {wrong:?}");
            assert!(wrong.iter().all(|told| {
                told.starts_with(&format!("ground/src/web/page.rs:{line}: `web` uses `orders`"))
            }));
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
        assert_eq!(wrong(&Source::of("ground/src/web/page.rs", text), &map()), Vec::<String>::new());
        assert_eq!(wrong(&Source::of("src/main.rs", "use crate::orders;"), &map()), Vec::<String>::new());
    }

    #[test]
    fn everybody_asks_for_facts() {
        let ask = |text| wrong(&Source::of("ground/src/web/page.rs", text), &map());
        assert_eq!(ask("use crate::orders::facts;\nuse crate::orders::facts::count;"), Vec::<String>::new());
        assert_eq!(ask("use crate::orders::store::facts;\nuse crate::orders::factsheet;").len(), 2);
    }

    #[test]
    fn facts_stand_on_little() {
        let map =
            areas(&Source::of("src/lib.rs", "pub mod db;\npub mod web;\npub mod people;\npub mod orders;\n"));
        let at = |path: &str, text: &str| wrong(&Source::of(path, text), &map).len();
        let firm = "use super::model::State;\nuse crate::{db, web};\nuse crate::people::facts;\nuse crate::people::model::Role;";
        assert_eq!(at("src/orders/facts.rs", firm), 0);
        for loose in ["crate::people::store::find()", "use crate::people;", "use super::store::find;"] {
            assert_eq!(at("src/orders/facts.rs", loose), 1, "{loose}");
        }
        assert_eq!(at("src/orders/facts/drafts.rs", "use super::orders;\nuse crate::orders::store;"), 1);
        assert!(at("src/people/facts.rs", "use crate::orders::facts;") > 0);
    }

    #[test]
    fn an_area_outside_the_map_is_found() {
        let sources = [
            Source::of("src/utils/mod.rs", ""),
            Source::of("ground/src/web/mod.rs", ""),
            Source::of("src/lib.rs", ""),
        ];
        assert_eq!(
            unlisted(&map(), &sources),
            ["src/utils/mod.rs:1: `utils` is neither in ground/src/lib.rs nor in src/lib.rs"]
        );
    }
}
