//! Keys have words: every action, field, subject, permission, exported list and job, each once, in the `glossary.ini` of
//! its area.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::source::Source;

/// What is worded by key. Values of fields have a section a field: `[value of status]`.
const SECTIONS: [&str; 8] =
    ["action", "subject", "field", "permission", "elsewhere", "export", "filter", "job"];

/// A key with the section that it stands in, and where that is.
pub struct Entry {
    place: String,
    section: String,
    key: String,
}

/// A key that the code keeps or names, and where.
pub struct Key {
    place: String,
    key: String,
}

/// The entries of all files, and the lines that are none.
pub fn read(files: &[Source]) -> (Vec<Entry>, Vec<String>) {
    let (mut entries, mut wrong) = (Vec::new(), Vec::new());
    for file in files {
        let mut section = "";
        for (index, line) in file.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let place = format!("{}:{}", file.path, index + 1);
            let head = line.strip_prefix('[').and_then(|head| head.strip_suffix(']'));
            match (head, line.split_once(" = ")) {
                _ if line.starts_with('#') => {}
                (Some(head), _) if SECTIONS.contains(&head) || head.starts_with("value of ") => {
                    section = head
                }
                (None, Some((keys, words))) if !section.is_empty() && !words.trim().is_empty() => {
                    let entry = |key: &str| Entry {
                        place: place.clone(),
                        section: section.to_owned(),
                        key: key.to_owned(),
                    };
                    entries.extend(keys.split_whitespace().map(entry));
                }
                _ => wrong.push(format!("{place}: neither a section nor `key = words`")),
            }
        }
    }
    (entries, wrong)
}

/// Keys that are worded twice.
pub fn doubled(entries: &[Entry]) -> Vec<String> {
    let mut seen: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    let again = |entry: &Entry, first: &str| {
        format!("{}: `{}` of [{}] stands in {first} already", entry.place, entry.key, entry.section)
    };
    let mut wrong = Vec::new();
    for entry in entries {
        if let Some(first) = seen.insert((&entry.section, &entry.key), &entry.place) {
            wrong.push(again(entry, first));
        }
    }
    wrong
}

/// Keys without words.
pub fn missing(entries: &[Entry], section: &str, keys: &[Key]) -> Vec<String> {
    let has = |key: &&Key| entries.iter().any(|entry| entry.section == section && entry.key == key.key);
    let without = keys.iter().filter(|key| !has(key));
    without.map(|key| format!("{}: no [{section}] of a glossary words `{}`", key.place, key.key)).collect()
}

/// Words for what there is not.
pub fn stale(entries: &[Entry], section: &str, keys: &[Key]) -> Vec<String> {
    let is_known = |entry: &&Entry| keys.iter().any(|key| key.key == entry.key);
    let unknown = entries.iter().filter(|entry| entry.section == section && !is_known(entry));
    unknown.map(|entry| format!("{}: there is no {section} `{}`", entry.place, entry.key)).collect()
}

/// The actions of `src/activity/model.rs`.
pub fn actions(model: &Source) -> Vec<Key> {
    static VARIANT: LazyLock<Regex> = LazyLock::new(|| pattern(r#"^\s+\w+ = "([\w-]+)","#));
    let lines = model.lines().into_iter();
    let listed = lines.skip_while(|(_, line)| !line.contains("pub enum Action {"));
    let listed = listed.take_while(|(_, line)| line.trim() != "}");
    listed
        .filter_map(|(line, text)| key(&model.path, line, VARIANT.captures(&text)?.get(1)?.as_str()))
        .collect()
}

/// The permissions of `ground/src/access/permission.rs`.
pub fn permissions(table: &Source) -> Vec<Key> {
    found(table, &[&pattern(r#"(?m)^    [A-Z]\w+ "([a-z-]+)"(?: starts)? \{"#)])
}

/// The fields that a file keeps in the log: named where they are kept, or in a table beside that.
pub fn fields(source: &Source) -> Vec<Key> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| pattern(r#"\bChange::(?:new|set)\(\s*"([^"]+)""#));
    static FROM_TABLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bChange::(?:new|set)\(\s*field\b"));
    static TABLE: LazyLock<Regex> = LazyLock::new(|| pattern(r#"\("([a-z][a-z0-9_]*)", "#));
    static LIST: LazyLock<Regex> = LazyLock::new(|| pattern(r"let fields = \[([^\]]*)\]"));
    static LISTED: LazyLock<Regex> = LazyLock::new(|| pattern(r#""([^"]+)""#));
    let mut keys = found(source, &[&NAMED]);
    let code = source.code();
    let is_model = source.path.contains("/model/") && code.contains("fn fields(");
    if is_model || FROM_TABLE.is_match(&code) {
        keys.extend(found(source, &[&TABLE]));
        let lists = LIST.captures_iter(&code).filter_map(|list| list.get(1));
        let listed = lists.flat_map(|list| LISTED.captures_iter(list.as_str()));
        keys.extend(listed.filter_map(|one| key(&source.path, 1, one.get(1)?.as_str())));
    }
    keys
}

/// The kinds of things that a file keeps records of.
pub fn subjects(source: &Source) -> Vec<Key> {
    found(source, &[&pattern(r#"\bEntry::new\(\s*[^,"]+,\s*"([^"]+)""#)])
}

/// The same, named by a constant of the area that keeps the record.
pub fn subjects_by_name(code: &[Source]) -> (Vec<Key>, Vec<String>) {
    static KEPT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\bEntry::new\(\s*[^,]+,\s*(?:\w+::)*([A-Z][A-Z_]+),"));
    let (mut keys, mut unknown) = (Vec::new(), Vec::new());
    for source in code {
        for kept in found(source, &[&KEPT]) {
            let constant = pattern(&format!(r#"\bconst {}: &str = "([^"]+)""#, kept.key));
            let own = code.iter().filter(|other| area(&other.path) == area(&source.path));
            let named: Vec<Key> = own.flat_map(|other| found(other, &[&constant])).collect();
            if named.is_empty() {
                unknown.push(format!("{}: the area has no constant `{}`", kept.place, kept.key));
            }
            keys.extend(named);
        }
    }
    (keys, unknown)
}

fn area(path: &str) -> &str {
    path.trim_start_matches("ground/").trim_start_matches("src/").split('/').next().unwrap_or_default()
}

/// The addresses at which lists and other files are taken away, as `ground/src/paths` names them and the Security log
/// keeps them.
pub fn exports(source: &Source) -> Vec<Key> {
    found(source, &[&pattern(r#"\) "([^"]*/(?:export|sample|passwords|\{sheet\}/file))";"#)])
}

/// What files are of, by the names under which their About sheets say it.
pub fn filters(source: &Source) -> Vec<Key> {
    if !source.path.ends_with("/exports.rs") {
        return Vec::new();
    }
    found(source, &[&pattern(r#"\.of\(\s*"([^"]+)""#)])
}

/// The kinds of jobs that a file registers.
pub fn jobs(source: &Source) -> Vec<Key> {
    found(source, &[&pattern(r#"\b(?:Kind::(?:hourly|daily|once)|working::<\w+>)\(\s*"([^"]+)""#)])
}

fn found(source: &Source, patterns: &[&Regex]) -> Vec<Key> {
    let code = source.code();
    let matches =
        patterns.iter().flat_map(|pattern| pattern.captures_iter(&code)).filter_map(|all| all.get(1));
    let line = |start| code.get(..start).unwrap_or_default().matches('\n').count() + 1;
    matches.filter_map(|one| key(&source.path, line(one.start()), one.as_str())).collect()
}

fn key(path: &str, line: usize, key: &str) -> Option<Key> {
    Some(Key { place: format!("{path}:{line}"), key: key.to_owned() })
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|error| panic!("{error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(keys: Vec<Key>) -> Vec<String> {
        keys.into_iter().map(|key| key.key).collect()
    }

    #[test]
    fn keys_are_found_where_they_are_kept() {
        let store = "Change::new(\"name\", a, b), Change::set(\n  \"email\", c) Change::new(&key, a, b)";
        assert_eq!(of(fields(&Source::of("src/a/store.rs", store))), ["name", "email"]);
        let table =
            "let fields = [\"phone\", \"line_1\"]; [(\"total\", a)].map(|(field, x)| Change::set(field, x))";
        assert_eq!(of(fields(&Source::of("src/a/store.rs", table))), ["total", "phone", "line_1"]);
        let model = "pub fn fields(&self) -> [X; 1] { [(\"city\", &self.city)] }";
        assert_eq!(of(fields(&Source::of("src/a/model/place.rs", model))), ["city"]);
        assert_eq!(of(fields(&Source::of("src/a/form.rs", model))), Vec::<String>::new());
        let entry =
            "Entry::new(Action::AddOffer, \"offer\", id, name); Entry::new(\n  action,\n  \"order\", x)";
        assert_eq!(of(subjects(&Source::of("src/a/store.rs", entry))), ["offer", "order"]);
        let addresses = "export(id: &AId) \"/a/{id}/export\";";
        assert_eq!(of(exports(&Source::of("ground/src/paths/a.rs", addresses))), ["/a/{id}/export"]);
        let sheet = "Ok(sheet.of(\"provider\", provider.name))";
        assert_eq!(of(filters(&Source::of("src/a/exports.rs", sheet))), ["provider"]);
        assert!(filters(&Source::of("src/a/store.rs", sheet)).is_empty());
        let kinds =
            "&[Kind::hourly(\"sweep\", work), Kind::once(\n  \"import\", work), working::<A>(\"go_on\")]";
        assert_eq!(of(jobs(&Source::of("src/a/jobs.rs", kinds))), ["sweep", "import", "go_on"]);
        let code = [
            Source::of(
                "src/a/store/x.rs",
                "Entry::new(action, letter::REQUEST, id); Entry::new(x, GONE, id)",
            ),
            Source::of("src/a/letter.rs", "pub const REQUEST: &str = \"a_request\";"),
            Source::of(
                "src/b/letter.rs",
                "pub const REQUEST: &str = \"b_request\";\nconst GONE: &str = \"gone\";",
            ),
        ];
        let (named, unknown) = subjects_by_name(&code);
        assert_eq!(of(named), ["a_request"]);
        assert_eq!(unknown, ["src/a/store/x.rs:1: the area has no constant `GONE`"]);
        let model =
            "pub enum Action {\n    Add = \"add_it\",\n}\npub enum Outcome {\n    Failed = \"failed\",\n}";
        assert_eq!(of(actions(&Source::of("src/activity/model.rs", model))), ["add_it"]);
        let table = "    SeeAll \"see-all\" { A: B }\n    DoAll \"do-all\" starts { A: B }";
        assert_eq!(
            of(permissions(&Source::of("ground/src/access/permission.rs", table))),
            ["see-all", "do-all"]
        );
    }

    #[test]
    fn what_is_missing_stale_doubled_or_unreadable_is_found() {
        let files = [
            Source::of(
                "templates/a/glossary.ini",
                "# why\n[action]\nadd drop = Add or drop\n\n[value of kind]\nadd = A",
            ),
            Source::of("templates/b/glossary.ini", "[action]\nadd = Add\n[colour]\nred\n"),
        ];
        let (entries, wrong) = read(&files);
        assert_eq!(
            wrong,
            [
                "templates/b/glossary.ini:3: neither a section nor `key = words`",
                "templates/b/glossary.ini:4: neither a section nor `key = words`"
            ]
        );
        assert_eq!(
            doubled(&entries),
            ["templates/b/glossary.ini:2: `add` of [action] stands in templates/a/glossary.ini:3 already"]
        );
        let keys = ["add", "move"].map(|name| Key { place: "src/x.rs:1".to_owned(), key: name.to_owned() });
        assert_eq!(
            missing(&entries, "action", &keys),
            ["src/x.rs:1: no [action] of a glossary words `move`"]
        );
        assert_eq!(
            stale(&entries, "action", &keys),
            ["templates/a/glossary.ini:3: there is no action `drop`"]
        );
    }
}
