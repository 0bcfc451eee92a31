//! The files that the rules are about.

use std::path::{Path, PathBuf};

#[derive(Clone, Debug)]
pub struct Source {
    /// From the root of the repository, with forward slashes.
    pub path: String,
    pub text: String,
}

impl Source {
    #[cfg(test)]
    pub fn of(path: &str, text: &str) -> Source {
        Source { path: path.to_owned(), text: text.to_owned() }
    }

    /// `customers` for `src/customers/store.rs`, `web` for `ground/src/web/page.rs`, `routes` for `src/routes.rs`, `customers` for `templates/customers/…`.
    pub fn area(&self) -> &str {
        let path = self.path.strip_prefix("ground/").unwrap_or(&self.path);
        let inside = path.split_once('/').map_or("", |(_, inside)| inside);
        let first = inside.split('/').next().unwrap_or_default();
        first.split('.').next().unwrap_or_default()
    }

    /// Without its last ending and folders.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.split('.').next().unwrap_or_default()
    }

    /// Line numbers and lines, without what only people read.
    pub fn lines(&self) -> Vec<(usize, String)> {
        self.code().lines().enumerate().map(|(index, line)| (index + 1, line.to_owned())).collect()
    }

    /// The text without `// …` in Rust and `{# … #}` in templates, its lines where they were.
    pub fn code(&self) -> String {
        match self.path.rsplit('.').next() {
            Some("rs") => self.text.lines().map(without_line_comment).collect::<Vec<_>>().join("\n"),
            _ => blanked(&self.text, "{#", "#}"),
        }
    }
}

pub fn read(path: &str) -> Source {
    let text = std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    Source { path: path.to_owned(), text }
}

/// Every file of this ending under a folder, in the order of their paths.
pub fn read_all(folder: &str, ending: &str) -> Vec<Source> {
    let mut paths = Vec::new();
    walk(&root().join(folder), &mut paths);
    let wanted = paths.iter().filter(|path| path.extension().is_some_and(|own| own == ending));
    let relative = wanted.filter_map(|path| path.strip_prefix(root()).ok());
    let mut paths: Vec<_> = relative.map(|path| path.display().to_string().replace('\\', "/")).collect();
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path() {
            path if path.is_dir() => walk(&path, paths),
            path => paths.push(path),
        }
    }
}

fn without_line_comment(line: &str) -> &str {
    // `https://` in a string is no comment.
    let comment =
        line.match_indices("//").find(|(at, _)| !line.get(..*at).unwrap_or_default().ends_with(':'));
    comment.and_then(|(at, _)| line.get(..at)).unwrap_or(line)
}

/// The text with everything from `open` to `close` blanked, its line breaks kept so that line numbers stay true.
fn blanked(text: &str, open: &str, close: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, inside)) = rest.split_once(open) {
        let (comment, after) = inside.split_once(close).unwrap_or((inside, ""));
        kept.push_str(before);
        kept.extend(comment.chars().filter(|char| *char == '\n'));
        rest = after;
    }
    kept + rest
}

#[test]
fn comments_are_not_code() {
    let rust = Source::of("src/a.rs", "use x; // diesel\n/// actix\nlet a = \"https://b\";");
    let lines: Vec<_> = rust.lines().into_iter().map(|(_, line)| line).collect();
    assert_eq!(lines, ["use x; ", "", "let a = \"https://b\";"]);
    let template = Source::of("templates/a.html", "<p>{# style=\n #}x</p>");
    assert_eq!(template.lines(), [(1, "<p>".to_owned()), (2, "x</p>".to_owned())]);
}

#[test]
fn a_path_tells_the_area() {
    for (path, area, stem) in [
        ("src/customers/store.rs", "customers", "store"),
        ("ground/src/web/page.rs", "web", "page"),
        ("src/routes.rs", "routes", "routes"),
        ("templates/customers/list.html", "customers", "list"),
        ("templates/layout.html", "layout", "layout"),
    ] {
        let source = Source::of(path, "");
        assert_eq!((source.area(), source.stem()), (area, stem));
    }
}
