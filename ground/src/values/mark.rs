//! Short names for what a page has shown.

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

/// Names a text: two pages with the same mark have shown the same. It proves nothing to anybody, it only tells
/// whether somebody was quicker.
pub fn mark_of(text: &str) -> String {
    let hash = HEXLOWER.encode(&Sha256::digest(text));
    hash.chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_has_the_same_short_mark() {
        assert_eq!(mark_of("two lines\n"), mark_of("two lines\n"));
        assert_ne!(mark_of("two lines\n"), mark_of("two lines"));
        assert_eq!(mark_of("").len(), 16);
    }
}
