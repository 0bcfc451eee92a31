//! Which language somebody wants who has not chosen one: what the browser says (RFC 9110, section 12.5.4).

use super::Language;

/// Nobody lists more; the rest of a longer list is not read.
const MOST: usize = 32;

pub(super) fn preferred(accepted: &str) -> Language {
    let mut wanted: Vec<(u16, &str)> = accepted.split(',').take(MOST).filter_map(weighed).collect();
    // Sorting is stable: of those that are wanted as much, the first one wins.
    wanted.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    wanted.into_iter().find_map(|(_, range)| spoken(range)).unwrap_or_default()
}

/// `zh-TW;q=0.8` as its weight in thousandths and what is wanted; what is not wanted at all is none.
fn weighed(item: &str) -> Option<(u16, &str)> {
    let mut parts = item.split(';').map(str::trim);
    let range = parts.next().filter(|range| !range.is_empty())?;
    let weight = match parts.find_map(|part| part.strip_prefix("q=")) {
        Some(quality) => thousandths(quality)?,
        None => 1000,
    };
    (weight > 0).then_some((weight, range))
}

fn thousandths(quality: &str) -> Option<u16> {
    let (whole, fraction) = quality.split_once('.').unwrap_or((quality, ""));
    let digits = format!("{fraction:0<3}");
    let is_number = |text: &str| text.chars().all(|sign| sign.is_ascii_digit());
    if fraction.len() > 3 || !is_number(whole) || !is_number(fraction) {
        return None;
    }
    let weight = whole.parse::<u16>().ok()?.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
    (weight <= 1000).then_some(weight)
}

/// The language that fits a range best: its own tag, or what its region writes, or the same language written otherwise.
fn spoken(range: &str) -> Option<Language> {
    let range = range.to_ascii_lowercase();
    let mut parts = range.split('-');
    let language = parts.next().unwrap_or_default();
    if language == "*" {
        return Some(Language::ENGLISH);
    }
    let script = script_of(language, &parts.collect::<Vec<_>>());
    let own = |tag: &str| tag.to_ascii_lowercase();
    Language::all()
        .find(|spoken| own(spoken.tag()) == range)
        .or_else(|| {
            let script = script?;
            Language::all().find(|spoken| own(spoken.tag()) == format!("{language}-{script}"))
        })
        .or_else(|| Language::all().find(|spoken| own(spoken.tag()).split('-').next() == Some(language)))
}

/// Chinese is named by region by most browsers, and written by script (CLDR, likely subtags).
fn script_of(language: &str, subtags: &[&str]) -> Option<&'static str> {
    if language != "zh" {
        return None;
    }
    let writes = |tag: &&str| match *tag {
        "hant" | "tw" | "hk" | "mo" => Some("hant"),
        "hans" | "cn" | "sg" | "my" => Some("hans"),
        _ => None,
    };
    Some(subtags.iter().find_map(writes).unwrap_or("hans"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_weight_has_at_most_three_digits() {
        for (quality, weight) in
            [("1", Some(1000)), ("0.8", Some(800)), ("0.05", Some(50)), ("1.000", Some(1000))]
        {
            assert_eq!(thousandths(quality), weight, "{quality}");
        }
        for quality in ["", "2", "1.001", "0.1234", "-1", "a", "0.x", "99999"] {
            assert_eq!(thousandths(quality), None, "{quality}");
        }
    }

    #[test]
    fn who_wants_none_of_ours_gets_english() {
        for accepted in ["", "tlh", "en", "en-GB,en;q=0.9", "*", ";;,q=1", "tlh;q=1, *;q=0.1"] {
            assert_eq!(preferred(accepted), Language::ENGLISH, "{accepted}");
        }
    }

    #[test]
    fn chinese_is_written_as_its_region_does() {
        let script = |range: &str| {
            let mut parts = range.split('-');
            script_of(parts.next().unwrap_or_default(), &parts.collect::<Vec<_>>())
        };
        for range in ["zh-tw", "zh-hk", "zh-hant", "zh-hant-tw", "zh-mo"] {
            assert_eq!(script(range), Some("hant"), "{range}");
        }
        for range in ["zh", "zh-cn", "zh-sg", "zh-hans-hk"] {
            assert_eq!(script(range), Some("hans"), "{range}");
        }
        assert_eq!(script("ja-jp"), None);
    }

    proptest! {
        #[test]
        fn whatever_is_sent_has_an_answer(accepted in any::<String>()) {
            let _ = preferred(&accepted);
        }
    }
}
