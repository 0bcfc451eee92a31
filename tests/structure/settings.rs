//! A setting stands where people look for it: in README's table and in `.env.example`.

use regex::Regex;

use super::source::Source;

/// PostgreSQL's own, which its library reads.
const FOREIGN: [&str; 1] = ["PGSSLROOTCERT"];

/// The variables of `ground/src/config.rs`.
pub fn of_code(config: &Source) -> Vec<String> {
    all(r#"env = "([A-Z_]+)""#, &config.text)
}

pub fn wrong(settings: &[String], readme: &Source, example: &Source) -> Vec<String> {
    let listed = all(r"(?m)^\| `([A-Z_]+)`", &readme.text);
    let shown = all(r"(?m)^#?([A-Z_]+)=", &example.text);
    let missing = |there: &[String], path: &str| {
        let absent = settings.iter().filter(|name| !there.contains(name));
        absent.map(|name| format!("{path}: {name} is missing")).collect::<Vec<_>>()
    };
    let known = |name: &String| settings.contains(name) || FOREIGN.contains(&name.as_str());
    let unknown = |there: &[String], path: &str| {
        there
            .iter()
            .filter(|name| !known(name))
            .map(|name| format!("{path}: there is no {name}"))
            .collect::<Vec<_>>()
    };
    [
        missing(&listed, &readme.path),
        missing(&shown, &example.path),
        unknown(&listed, &readme.path),
        unknown(&shown, &example.path),
    ]
    .concat()
}

fn all(pattern: &str, text: &str) -> Vec<String> {
    let pattern = Regex::new(pattern).unwrap_or_else(|error| panic!("{error}"));
    pattern.captures_iter(text).filter_map(|found| Some(found.get(1)?.as_str().to_owned())).collect()
}

#[test]
fn what_is_missing_or_made_up_is_found() {
    let settings = of_code(&Source::of(
        "ground/src/config.rs",
        r#"#[arg(long, env = "BIND")] #[arg(env = "DATA_DIR")]"#,
    ));
    assert_eq!(settings, ["BIND", "DATA_DIR"]);
    let readme = |text| Source::of("README.md", text);
    let example = |text| Source::of(".env.example", text);
    let whole =
        wrong(&settings, &readme("| `BIND` | a |\n| `DATA_DIR` | b |"), &example("#BIND=a\nDATA_DIR=b"));
    assert!(whole.is_empty(), "{whole:?}");
    let torn = wrong(&settings, &readme("| `BIND` | a |\n| `OLD` | b |"), &example("#BIND=a"));
    let told =
        ["README.md: DATA_DIR is missing", ".env.example: DATA_DIR is missing", "README.md: there is no OLD"];
    assert_eq!(torn, told);
}
