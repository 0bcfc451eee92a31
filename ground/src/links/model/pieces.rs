//! Where pieces of a link stand in a text. A link ends where a sentence goes on, also in languages that write no blanks
//! between words.

use std::ops::Range;

/// The text with the same words in place of every piece of a link that holds one of these parts.
pub fn replaced(text: &str, parts: &[&str], with: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut from = 0;
    for piece in pieces(text, parts) {
        // Pieces that share signs are one.
        if piece.start >= from {
            replaced.push_str(text.get(from..piece.start).unwrap_or_default());
            replaced.push_str(with);
        }
        from = from.max(piece.end);
    }
    replaced.push_str(text.get(from..).unwrap_or_default());
    replaced
}

/// What holds one of the parts, in the order of the text, with all signs of links around it.
fn pieces(text: &str, parts: &[&str]) -> Vec<Range<usize>> {
    let found = parts.iter().flat_map(|part| text.match_indices(part));
    let mut pieces: Vec<_> = found.map(|(at, part)| around(text, at..at + part.len())).collect();
    pieces.sort_by_key(|piece| (piece.start, piece.end));
    pieces
}

fn around(text: &str, part: Range<usize>) -> Range<usize> {
    let before = text.get(..part.start).unwrap_or_default();
    let after = text.get(part.end..).unwrap_or_default();
    let rest =
        after.find(|sign| !is_of_links(sign)).map_or(after, |end| after.get(..end).unwrap_or_default());
    // What ends a sentence is no part of its link.
    let rest = rest.trim_end_matches(['.', '?', ':']);
    before.trim_end_matches(is_of_links).len()..part.end + rest.len()
}

fn is_of_links(sign: char) -> bool {
    sign.is_ascii_alphanumeric()
        || matches!(sign, '-' | '_' | '.' | '~' | '/' | ':' | '?' | '=' | '&' | '#' | '%')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_piece_goes_as_far_as_signs_of_links_do() {
        for (text, expected) in [
            ("See http://x.example/TOKEN?a=b now", "See L now"),
            ("(http://x.example/TOKEN).", "(L)."),
            ("TOKEN", "L"),
            ("http://x.example/TOKENTOKEN, TOKEN", "L, L"),
            ("請在此開啟http://x.example/TOKEN並接受。", "請在此開啟L並接受。"),
            ("none", "none"),
        ] {
            assert_eq!(replaced(text, &["TOKEN"], "L"), expected, "{text}");
        }
        assert_eq!(replaced("http://x/TOK http://x/", &["http://x/", "TOK"], "L"), "L L");
    }

    proptest! {
        #[test]
        fn no_part_is_left(text in "[a-c. 並]{0,40}", part in "[a-c]{1,3}") {
            prop_assert!(!replaced(&text, &[&part], "並").contains(&part));
        }
    }
}
