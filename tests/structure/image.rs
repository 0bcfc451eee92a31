//! The image is built from what the build reads, and from nothing else.

use std::path::Path;

use super::source::Source;

/// What the build reads beside the code, as far as it is there: the crates, how templates are written out, and how SQLite
/// is built.
const READ: [&str; 11] = [
    "Cargo.toml",
    "Cargo.lock",
    "askama.toml",
    ".cargo",
    "build.rs",
    "ground",
    "src",
    "templates",
    "locales",
    "static",
    "migrations",
];

/// What is not copied into the image, is kept away from it, or is copied though it is not there.
pub fn wrong(container: &Source, ignored: &Source, exists: impl Fn(&Path) -> bool) -> Vec<String> {
    let copies = container.text.lines().filter_map(|line| line.trim().strip_prefix("COPY "));
    let own = copies.filter(|copy| !copy.starts_with("--from"));
    let copied: Vec<&str> = own
        .flat_map(|copy| {
            let words: Vec<&str> = copy.split_whitespace().collect();
            words.split_last().map(|(_, sources)| sources.to_vec()).unwrap_or_default()
        })
        .collect();
    let read = READ.into_iter().filter(|path| exists(Path::new(path)));
    let lets_in = |path: &str| ignored.text.lines().any(|line| line.trim().strip_prefix('!') == Some(path));
    let kept_away =
        read.clone().filter(|path| !lets_in(path)).map(|path| format!("{path} is kept away from it"));
    let missing = read.filter(|path| !copied.contains(path)).map(|path| format!("{path} is not copied"));
    let gone =
        copied.iter().filter(|path| !exists(Path::new(path))).map(|path| format!("{path} is not there"));
    missing.chain(gone).chain(kept_away).map(|complaint| format!("{}: {complaint}", container.path)).collect()
}

#[test]
fn what_the_build_reads_has_to_be_copied() {
    let container = |text: &str| Source::of("Containerfile", text);
    let ignored = Source::of(".dockerignore", "*\n!Cargo.toml\n!askama.toml\n!src\n");
    let exists =
        |path: &Path| ["Cargo.toml", "askama.toml", "src"].iter().any(|there| Path::new(there) == path);
    assert!(
        wrong(
            &container("COPY Cargo.toml askama.toml ./\nCOPY src src\nCOPY --from=a b c"),
            &ignored,
            exists
        )
        .is_empty()
    );
    let missing = wrong(&container("COPY Cargo.toml ./\nCOPY src src\nCOPY old old"), &ignored, exists);
    assert_eq!(missing, ["Containerfile: askama.toml is not copied", "Containerfile: old is not there"]);
    let ignored = Source::of(".dockerignore", "*\n!Cargo.toml\n!src\n");
    let kept_away = wrong(&container("COPY Cargo.toml askama.toml ./\nCOPY src src"), &ignored, exists);
    assert_eq!(kept_away, ["Containerfile: askama.toml is kept away from it"]);
}
