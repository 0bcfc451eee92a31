//! No deed stands in a page. A page asks a command, or has `ask.write` call one function of a store: what that function
//! writes, it records, and what needs a letter or a second step is a command (see "Commands" in ARCHITECTURE.md).

use std::sync::LazyLock;

use regex::Regex;

use super::source::Source;

/// What only stores and commands do, and how a complaint calls it.
static DEEDS: LazyLock<Vec<(&str, Regex)>> = LazyLock::new(|| {
    let deeds = [
        ("writes rows", r"\b(?:insert_into|batch_execute)\(|\bdiesel::|\.execute\("),
        ("writes past `ask.write`", r"\b(?:db|portal)\s*\.write\("),
        ("makes a letter", r"\.letter\(\)"),
        ("puts a letter", r"\b(?:outbox|postage)::(?:put|withdraw|send_again)\b"),
        ("keeps a record", r"\bactivity::store\b|\brecord\(conn\b|\bEntry::new\b"),
        ("tells others", r"\bnotifications::tell\b"),
        ("rings the bell", r"\bbell\b"),
        ("hashes a password", r"\.hash\(turn\b"),
    ];
    deeds.into_iter().map(|(deed, found)| (deed, pattern(found))).collect()
});

/// Where a page writes; what is written stands behind it.
static WRITE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\.write\("));

/// One call on the connection, or the function itself.
static ONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?s)^(?:move \|conn(?:, \w+)?\|\s*)?(?P<function>[a-z_]\w*(?:::\w+)*)(?:::<\w+>)?(?P<arguments>\(.*\))?$",
    )
});

/// Where names come from.
static USED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)\buse [^;]+;"));

/// What a page does that belongs into a command or a store.
pub fn wrong(source: &Source) -> Vec<String> {
    if !is_page(&source.path) {
        return Vec::new();
    }
    let code = source.code();
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let told = |at: usize, what: &str| {
        let line = code.get(..at).unwrap_or_default().matches('\n').count() + 1;
        format!("{}:{line}: a page {what}", source.path)
    };
    let done = DEEDS.iter().flat_map(|(deed, found)| found.find_iter(code).map(|at| told(at.start(), deed)));
    let written = WRITE.find_iter(code).filter(|at| {
        let written = enclosed(code.get(at.end()..).unwrap_or_default());
        // Words are written by reference.
        !written.starts_with('&') && !is_of_a_store(written, code)
    });
    let written = written.map(|at| told(at.start(), "writes by more than one function of a store"));
    done.chain(written).collect()
}

fn is_page(path: &str) -> bool {
    path.starts_with("src/") && (path.ends_with("/pages.rs") || path.contains("/pages/"))
}

/// Whether that is one call of a function that comes from a store.
fn is_of_a_store(written: &str, code: &str) -> bool {
    let Some(found) = ONE.captures(written.trim()) else { return false };
    let arguments = found.name("arguments").map_or("", |arguments| arguments.as_str());
    // What is left behind the call would be a second step.
    let is_whole = arguments.strip_prefix('(').is_none_or(|rest| enclosed(rest).len() + 1 == rest.len());
    let path = found.name("function").map_or("", |path| path.as_str());
    let first = path.split("::").next().unwrap_or_default();
    let named = pattern(&format!(r"\b{first}\b"));
    let is_used = USED.find_iter(code).any(|used| {
        let used = used.as_str();
        used.contains("store") && named.is_match(used)
    });
    let is_one = named_once("conn", arguments);
    is_whole && is_one && (is_used || path.contains("store::"))
}

/// A connection that is lent a second time is for a second step.
fn named_once(name: &str, arguments: &str) -> bool {
    pattern(&format!(r"\b{name}\b")).find_iter(arguments).count() <= 1
}

/// What stands before the `)` that closes.
fn enclosed(code: &str) -> &str {
    let mut depth = 0_usize;
    for (at, char) in code.char_indices() {
        match char {
            '(' => depth += 1,
            ')' if depth == 0 => return code.get(..at).unwrap_or_default(),
            ')' => depth -= 1,
            _ => {}
        }
    }
    code
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_deed_in_a_page_is_found() {
    for (line, told) in [
        ("diesel::update(people::table).execute(conn)?;", "writes rows"),
        ("at.db.write(move |conn| store::keep(conn)).await?;", "writes past `ask.write`"),
        ("let letter = Reminder { to, site }.letter()?;", "makes a letter"),
        ("outbox::put(conn, &letter, now)?;", "puts a letter"),
        ("postage::send_again(&ask, &ask.by, find).await?;", "puts a letter"),
        ("activity::store::record(conn, by, &entry, now)?;", "keeps a record"),
        ("notifications::tell(conn, &told)?;", "tells others"),
        ("ask.bell.ring();", "rings the bell"),
        ("turn.work(move |turn| password.hash(turn)).await?;", "hashes a password"),
    ] {
        let source = Source::of("src/orders/pages/one.rs", &format!("use super::super::store;\n{line}"));
        let found = wrong(&source);
        assert!(found.contains(&format!("src/orders/pages/one.rs:2: a page {told}")), "{line}: {found:?}");
        for path in ["src/orders/commands.rs", "src/orders/store/one.rs", "ground/src/web/page.rs"] {
            assert_eq!(wrong(&Source { path: path.to_owned(), ..source.clone() }), Vec::<String>::new());
        }
    }
}

#[test]
fn a_page_writes_by_one_function_of_a_store() {
    let page = |line: &str| {
        wrong(&Source::of("src/a/pages.rs", &format!("use crate::a::store::{{keep, rows}};\n{line}")))
    };
    for line in [
        "ask.write(move |conn, by| rows::change(conn, by, (&of, version), &wanted, now)).await?;",
        "ask.write(move |conn, by| rows::change::<OfCats>(conn, by, (&of, version), now)).await?;",
        "ask\n    .write(move |conn| keep(conn, &hash.of(\"x\"), now))\n    .await?;",
        "ask.write(rows::drop_wanted).await?;",
        "visit.write(move |conn| super::store::keep(conn)).await?;",
        "#[cfg(test)]\nmod tests { use diesel::prelude::*; }",
        "let name = language.write(&Name { code });",
        "let letter = outbox::latest_about(conn, own, (&REQUEST, about))?;",
    ] {
        assert_eq!(page(line), Vec::<String>::new(), "{line}");
    }
    for line in [
        "ask.write(move |conn, by| { keep(conn, by)?; rows::change(conn, by) }).await?;",
        "ask.write(move |conn, by| Ok((keep(conn, by)?, rows::change(conn, by)?))).await?;",
        "ask.write(move |conn, by| keep(conn, by).and_then(|_| rows::change(conn, by))).await?;",
        "ask.write(move |conn, by| change_here(conn, by)).await?;",
    ] {
        assert_eq!(
            page(line),
            ["src/a/pages.rs:2: a page writes by more than one function of a store"],
            "{line}"
        );
    }
}
