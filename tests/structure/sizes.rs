//! A file that outgrows becomes a folder.

use super::source::Source;

/// Printed by diesel, not written.
const PRINTED: [&str; 1] = ["ground/src/db/schema.rs"];

pub fn too_long(source: &Source, limit: usize) -> Option<String> {
    let length = source.text.lines().count();
    let is_too_long = length > limit && !PRINTED.contains(&source.path.as_str());
    is_too_long.then(|| format!("{}:{length}: more than {limit} lines", source.path))
}

#[test]
fn one_line_too_many_is_too_long() {
    let file = |lines: usize| Source::of("src/a.rs", &"x\n".repeat(lines));
    assert_eq!(too_long(&file(400), 400), None);
    assert_eq!(too_long(&file(401), 400), Some("src/a.rs:401: more than 400 lines".to_owned()));
    assert_eq!(too_long(&Source::of("ground/src/db/schema.rs", &"x\n".repeat(900)), 400), None);
}
