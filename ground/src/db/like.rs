//! Patterns for LIKE.

/// The pattern of any text that contains this one, whatever it holds; with `\` as escape.
pub fn any_part(part: &str) -> String {
    let escaped = part.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    format!("%{escaped}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_a_pattern_stands_for_itself() {
        assert_eq!(any_part(r"50%_a\b"), r"%50\%\_a\\b%");
        assert_eq!(any_part(""), "%%");
    }
}
