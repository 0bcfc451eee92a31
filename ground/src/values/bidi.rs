//! Texts that run from right to left, amid sentences that run from left to right.

use icu_properties::CodePointMapData;
use icu_properties::props::BidiClass;

/// FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE: what stands between them has a direction of its own and turns
/// nothing around it (UAX #9). They do in plain text what `<bdi>` does in pages.
const ISOLATE: char = '\u{2068}';
const POP: char = '\u{2069}';

/// The same text, fit to stand amid a sentence, or in an attribute, where there is no `<bdi>`. A text that has nothing
/// from right to left stays as it is, so that nobody copies signs along that nobody sees.
pub fn isolated(text: impl AsRef<str>) -> String {
    let text = text.as_ref();
    if !text.chars().any(turns) {
        return text.to_owned();
    }
    let isolated = |line: &str| {
        // What the text has of its own could end the isolation before its end.
        let keeps_its_own = is_balanced(line);
        let is_kept = |sign: &char| keeps_its_own || !is_isolation(*sign);
        match line.is_empty() {
            true => String::new(),
            false => [ISOLATE].into_iter().chain(line.chars().filter(is_kept)).chain([POP]).collect(),
        }
    };
    // No isolation reaches beyond a paragraph.
    text.split('\n').map(isolated).collect::<Vec<_>>().join("\n")
}

/// Whether it begins or ends an isolation.
pub fn is_isolation(sign: char) -> bool {
    matches!(sign, '\u{2066}'..='\u{2069}')
}

/// Whether every isolation within a line begins before it ends, and ends.
fn is_balanced(line: &str) -> bool {
    let mut depth = 0_i64;
    for sign in line.chars() {
        match sign {
            '\u{2066}'..='\u{2068}' => depth += 1,
            POP => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

/// Whether a letter or sign turns the direction of what stands beside it.
fn turns(sign: char) -> bool {
    use BidiClass as Class;
    let class = CodePointMapData::<Class>::new().get(sign);
    // Right-to-left letters and numbers, and the signs that set a direction.
    [
        Class::RightToLeft,
        Class::ArabicLetter,
        Class::ArabicNumber,
        Class::LeftToRightEmbedding,
        Class::LeftToRightOverride,
        Class::LeftToRightIsolate,
        Class::RightToLeftEmbedding,
        Class::RightToLeftOverride,
        Class::RightToLeftIsolate,
        Class::FirstStrongIsolate,
        Class::PopDirectionalFormat,
        Class::PopDirectionalIsolate,
    ]
    .contains(&class)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_what_turns_is_isolated() {
        for text in ["Alder & Finch", "Ångström", "株式会社", "Škoda (12)", ""] {
            assert_eq!(isolated(text), text);
        }
        assert_eq!(isolated("חברה"), "\u{2068}חברה\u{2069}");
        assert_eq!(isolated("شركة 12"), "\u{2068}شركة 12\u{2069}");
        assert_eq!(isolated("Acme \u{202e}elpmaxe"), "\u{2068}Acme \u{202e}elpmaxe\u{2069}");
    }

    #[test]
    fn nothing_ends_its_own_isolation() {
        assert_eq!(isolated("חברה\u{2069} evil"), "\u{2068}חברה evil\u{2069}");
        assert_eq!(isolated("for \u{2068}חברה\u{2069}, ok"), "\u{2068}for \u{2068}חברה\u{2069}, ok\u{2069}");
        assert_eq!(isolated("שלום\n\nBye"), "\u{2068}שלום\u{2069}\n\n\u{2068}Bye\u{2069}");
    }

    proptest! {
        #[test]
        fn isolations_are_closed_on_every_line(text in any::<String>()) {
            for line in isolated(&text).split('\n') {
                prop_assert_eq!(line.matches(ISOLATE).count(), line.matches(POP).count());
            }
        }
    }
}
