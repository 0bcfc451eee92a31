//! Where a sentence has gaps: `{name}`, and links, whose addresses stand in no sentence.

pub(super) enum Gap<'a> {
    Named(&'a str),
    Link,
}

/// What stands before the next gap, the gap, and what stands behind it.
pub(super) fn next_gap(words: &str) -> Option<(&str, Gap<'_>, &str)> {
    match (next_name(words), next_link(words)) {
        (Some(name), Some(link)) => Some(if name.0.len() < link.0.len() { name } else { link }),
        (name, link) => name.or(link),
    }
}

fn next_name(words: &str) -> Option<(&str, Gap<'_>, &str)> {
    let mut from = 0;
    loop {
        let begin = from + words.get(from..)?.find('{')?;
        if let Some((name, after)) = words.get(begin + 1..)?.split_once('}')
            && is_name(name)
        {
            return Some((words.get(..begin)?, Gap::Named(name), after));
        }
        from = begin + 1;
    }
}

fn next_link(words: &str) -> Option<(&str, Gap<'_>, &str)> {
    let (before, after) = words.split_once("<a>")?;
    Some((before, Gap::Link, after))
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|sign| sign.is_ascii_lowercase() || sign == '_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn gaps_are_found_in_order() {
        let found = |words| next_gap(words).map(|(before, _, after)| (before, after));
        assert_eq!(found("{} {A} {name} <a>"), Some(("{} {A} ", " <a>")));
        assert_eq!(found("<a>{name}</a>"), Some(("", "{name}</a>")));
        assert_eq!(found("{{n}}"), Some(("{", "}")));
        assert_eq!(found("{name"), None);
    }

    proptest! {
        #[test]
        fn any_words_have_an_end(words in any::<String>()) {
            let mut rest = words.as_str();
            while let Some((_, _, after)) = next_gap(rest) {
                prop_assert!(after.len() < rest.len());
                rest = after;
            }
        }
    }
}
