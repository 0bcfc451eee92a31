//! One framework a file: pages know the web, stores know the database, models know neither.

use std::sync::LazyLock;

use regex::Regex;

use super::source::Source;

pub fn wrong(source: &Source) -> Vec<String> {
    let Some((kind, refused)) = rule(&source.path) else { return Vec::new() };
    let lines = source.lines();
    let found = lines.iter().filter_map(|(line, text)| refused.find(text).map(|word| (line, word.as_str())));
    found.map(|(line, word)| format!("{}:{line}: a {kind} says `{word}`", source.path)).collect()
}

/// What a file is, by its name or by a folder that carries the name, and the words it may not say.
fn rule(path: &str) -> Option<&'static (&'static str, Regex)> {
    let is = |name: &str| path.ends_with(&format!("/{name}.rs")) || path.contains(&format!("/{name}/"));
    RULES.iter().find(|(name, _)| is(name))
}

/// The strictest first: model/store.rs would be a model. Whole words only, so that deriving a column type
/// (diesel_derive_newtype) on a model's newtype stays possible.
static RULES: LazyLock<Vec<(&str, Regex)>> = LazyLock::new(|| {
    let rules = [
        ("model", r"\b(diesel|actix\w*|askama|Connection)\b"),
        ("store", r"\b(actix\w*|askama)\b"),
        ("facts", r"\b(actix\w*|askama)\b"),
        ("form", r"\b(diesel|askama|Connection)\b"),
        ("pages", r"\bdiesel\b"),
    ];
    let compiled = rules.into_iter().map(|(name, rule)| (name, Regex::new(rule)));
    compiled.map(|(name, rule)| (name, rule.unwrap_or_else(|error| panic!("{error}")))).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wrong_framework_is_found_with_its_line() {
        for (path, text) in [
            ("src/orders/pages.rs", "\nuse diesel::prelude::*;"),
            ("src/orders/pages/list.rs", "\nlet x = diesel::insert_into(y);"),
            ("src/orders/store.rs", "\nuse actix_web::web;"),
            ("src/orders/store/find.rs", "\n#[derive(askama::Template)]"),
            ("src/orders/facts.rs", "\nuse actix_web::web;"),
            ("src/orders/model.rs", "\nuse diesel::prelude::*;"),
            ("src/orders/model.rs", "\nuse crate::db::Connection;"),
            ("src/orders/model/rules.rs", "\nuse actix_web::web;"),
            ("src/orders/form.rs", "\nuse diesel::prelude::*;"),
        ] {
            let wrong = wrong(&Source::of(path, text));
            assert_eq!(wrong.len(), 1, "{path}: {wrong:?}");
            assert!(wrong.iter().all(|told| told.starts_with(&format!("{path}:2: "))), "{wrong:?}");
        }
    }

    #[test]
    fn the_right_framework_passes() {
        for (path, text) in [
            ("src/orders/pages.rs", "use actix_web::web;\n// diesel"),
            ("src/orders/store.rs", "use diesel::prelude::*;"),
            ("src/orders/model.rs", "#[derive(diesel_derive_newtype::DieselNewType)]"),
            ("ground/src/db/mod.rs", "use diesel::prelude::*;\nuse actix_web::web;"),
        ] {
            assert_eq!(wrong(&Source::of(path, text)), Vec::<String>::new());
        }
    }
}
