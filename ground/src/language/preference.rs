//! Which language somebody wants who has not chosen one: what the browser says (RFC 9110, section 12.5.4).

use icu_locale::{LanguageIdentifier, Locale, LocaleExpander};

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

/// The language that fits a range best.
pub(super) fn spoken(range: &str) -> Option<Language> {
    if range == "*" {
        return Some(Language::ENGLISH);
    }
    Language::of_tag(fitting(range, Language::all().map(Language::tag))?)
}

/// Of these tags the one that fits a range best: itself; what is written and spoken alike, since most browsers name
/// Chinese by region, `zh-TW`, and we by script, `zh-Hant`; what is written alike; or the same language at all.
fn fitting<'a>(range: &str, tags: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = likely(range)?;
    let unlikeness = |tag: &'a str| {
        let own = likely(tag).filter(|own| own.language == wanted.language)?;
        let differs =
            [!tag.eq_ignore_ascii_case(range), own.region != wanted.region, own.script != wanted.script];
        Some((differs.iter().rposition(|differs| *differs), tag))
    };
    // Of several that fit as well, the first one stands.
    let found = tags.filter_map(unlikeness).min_by_key(|(unlikeness, _)| *unlikeness);
    found.map(|(_, tag)| tag)
}

/// A tag with the script and the region that it leaves unsaid (CLDR, likely subtags). Of one that is none, what makes one
/// from its beginning on. `zh-yue-HK` names a language within another one, which stands aside (RFC 5646, section 2.2.2).
fn likely(tag: &str) -> Option<LanguageIdentifier> {
    let is_within = |(place, part): &(usize, &str)| {
        *place == 1 && part.len() == 3 && part.chars().all(|sign| sign.is_ascii_alphabetic())
    };
    let parts: Vec<&str> =
        tag.split('-').enumerate().filter(|part| !is_within(part)).map(|(_, part)| part).collect();
    let begun = (1..=parts.len()).rev().filter_map(|most| parts.get(..most));
    let mut locale = begun.filter_map(|parts| parts.join("-").parse::<Locale>().ok()).next()?;
    LocaleExpander::new_extended().maximize(&mut locale.id);
    Some(locale.id)
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
        let chinese = |range: &str| fitting(range, ["en", "zh-Hans", "zh-Hant"].into_iter());
        for range in [
            "zh-tw",
            "zh-HK",
            "zh-hant",
            "zh-hant-tw",
            "zh-mo",
            "zh-yue-HK",
            "zh-cmn-Hant-TW",
            "zh-Hant-TW-u",
        ] {
            assert_eq!(chinese(range), Some("zh-Hant"), "{range}");
        }
        for range in ["zh", "zh-CN", "zh-sg", "zh-hans-hk", "zh-anywhere else"] {
            assert_eq!(chinese(range), Some("zh-Hans"), "{range}");
        }
        assert_eq!(chinese("ja-jp"), None);
    }

    #[test]
    fn a_culture_leads_to_the_language_that_is_spoken_there_or_to_none() {
        for (culture, tag) in [
            ("zh-TW", Some("zh-Hant")),
            ("zh-HK", Some("zh-Hant")),
            ("zh-CN", Some("zh-Hans")),
            ("zh-SG", Some("zh-Hans")),
            ("en-US", Some("en")),
            ("en-SG", Some("en")),
            ("de-DE", None),
            ("", None),
        ] {
            assert_eq!(Language::fitting(culture).map(Language::tag), tag, "{culture}");
        }
    }

    #[test]
    fn any_language_is_found_by_region_or_script() {
        let tags = ["en", "en-AU", "pt-PT", "pt-BR", "sr-Latn", "sr", "uz"];
        for (range, tag) in [
            ("pt-br", "pt-BR"),
            // Unicode has most speakers of Portuguese in Brazil, and others take what stands first.
            ("pt", "pt-BR"),
            ("pt-AO", "pt-PT"),
            ("en-US", "en"),
            ("en-au", "en-AU"),
            ("en-IE", "en"),
            ("sr-Cyrl-BA", "sr"),
            ("sr-ME", "sr-Latn"),
            // Better in another script than in another language.
            ("uz-Cyrl", "uz"),
        ] {
            assert_eq!(fitting(range, tags.into_iter()), Some(tag), "{range}");
        }
        for range in ["de", "", "-", "x", "not a tag"] {
            assert_eq!(fitting(range, tags.into_iter()), None, "{range}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_sent_has_an_answer(accepted in any::<String>()) {
            let _ = preferred(&accepted);
        }
    }
}
