//! Queries load structs: in a tuple, two columns of one type could be swapped unseen.

use std::sync::LazyLock;

use regex::Regex;

use super::source::Source;

/// Where a tuple is loaded or selected; each ends behind its `(`.
static ROW: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\btype\s+\w*Row\w*(?:<[^=]*>)?\s*=\s*(?:Vec<|Option<)?\("));
static LOADED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\.(?:load|first|get_results?)::<(?:Vec<|Option<)?\("));
static SELECTED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\.(?:select|returning)\(\("));
static ANNOTATED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\blet\s[^=;:]+:\s*(?:Vec<|Option<)?\("));

/// What makes a statement one that loads.
static QUERY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"::table\b[^;]*\.(?:load|first|get_results?)\(\s*conn"));

/// Reads the two columns of any key, whatever they are called.
const KEYS: &str = "ground/src/web/pager/keyset.rs";

/// Rows that are told apart by their places only. A pair of two types, such as a key and its value, may be one.
pub fn wrong(source: &Source) -> Vec<String> {
    if source.path == KEYS {
        return Vec::new();
    }
    let code = source.code();
    if !code.contains("diesel") {
        return Vec::new();
    }
    let named = places(&ROW, &code).map(|(at, _)| (at, "a row has no names"));
    let loaded = places(&LOADED, &code).chain(places(&SELECTED, &code));
    let loaded = loaded.filter(|(_, tuple)| is_ambiguous(tuple));
    let annotated = places(&ANNOTATED, &code).filter(|(_, tuple)| is_ambiguous(tuple) && is_loaded(tuple));
    let unnamed = loaded.chain(annotated).map(|(at, _)| (at, "columns have no names"));
    let told = named.chain(unnamed).map(|(at, why)| {
        let line = code.get(..at).unwrap_or_default().matches('\n').count() + 1;
        format!("{}:{line}: {why}; load a struct", source.path)
    });
    told.collect()
}

/// Where the pattern is found, and the code from behind the `(` of the tuple on.
fn places<'a>(pattern: &'a Regex, code: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
    let found = pattern.find_iter(code);
    found.map(|found| (found.start(), code.get(found.end()..).unwrap_or_default()))
}

fn is_ambiguous(tuple: &str) -> bool {
    let parts = parts(tuple);
    parts.len() > 2 || matches!(parts.as_slice(), [one, other] if one == other)
}

/// Whether the statement that begins with the type of its value is a query.
fn is_loaded(annotation: &str) -> bool {
    QUERY.is_match(annotation.split(';').next().unwrap_or_default())
}

/// The parts of a tuple up to its `)`.
fn parts(tuple: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut begin) = (0_usize, 0_usize);
    for (at, char) in tuple.char_indices() {
        let is_over = depth == 0 && char == ')';
        if is_over || depth == 0 && char == ',' {
            parts.push(tuple.get(begin..at).unwrap_or_default().trim());
            begin = at + 1;
        }
        match char {
            _ if is_over => break,
            '(' | '<' | '[' => depth += 1,
            ')' | '>' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn columns_without_names_are_found() {
    for text in [
        "type Row = (Id, String);",
        "type Row =\n    ((Id, String), (Moment, Moment));",
        "type DraftRow<'a> = (Id, String);",
        "let found = own.first::<(i32, i32)>(conn)?;",
        "let found = own.load::<(Id, Option<Moment>, (String, String))>(conn)?;",
        "let rows = a::table.select((a::id, a::name, a::email)).load(conn)?;",
        "let rows = a::table.select((\n    a::id,\n    a::name,\n    a::email,\n));",
        "let rows: Vec<(Id, String, String)> = a::table.select(columns()).load(conn)?;",
        "let pairs: Vec<(Id, Id)> = a::table\n    .select(columns())\n    .load(conn)?;",
        "let (first, last): (String, String) = a::table.find(id).select(names()).first(conn)?;",
    ] {
        let wrong = wrong(&Source::of("src/a/store.rs", &format!("use diesel::prelude::*;\n{text}")));
        assert_eq!(wrong.len(), 1, "{text}: {wrong:?}");
        assert!(wrong.iter().all(|told| told.starts_with("src/a/store.rs:2: ")), "{wrong:?}");
    }
}

#[test]
fn named_columns_pairs_and_other_tuples_pass() {
    for text in [
        "let rows: Vec<Row> = a::table.select(Row::as_select()).load(conn)?;",
        "let counts: Vec<(Id, i64)> = a::table.select((a::id, count_star())).load(conn)?;",
        "let all: Vec<(Id, String, String)> = rows.into_iter().map(named).collect();",
        "let key: (String, String, String) = key();\nlet one = a::table.first(conn)?;",
        "diesel::update(a::table).set((a::id.eq(1), a::name.eq(2), a::email.eq(3))).execute(conn)?;",
        "a::table.order((a::name, a::id, a::email))",
        "pub type Link = (TokenHash, LetterId, Letter);",
    ] {
        let source = Source::of("src/a/store.rs", &format!("use diesel::prelude::*;\n{text}"));
        assert_eq!(wrong(&source), Vec::<String>::new(), "{text}");
    }
    assert_eq!(wrong(&Source::of("src/a/pages.rs", "type Row = (Id, String);")), Vec::<String>::new());
}
