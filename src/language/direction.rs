//! Which way a language is written.

use icu_locale_core::Locale;

use super::Language;

/// Scripts that are written from right to left (ISO 15924).
const SCRIPTS: [&str; 12] =
    ["Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Syre", "Thaa"];

/// Languages that are mostly written in them, so that their tags need no script (CLDR, likely subtags). Tags of all
/// others do, also where the region would tell it: `pa-Arab-PK`, `uz-Arab-AF`.
const LANGUAGES: [&str; 16] =
    ["ar", "ckb", "dv", "fa", "he", "ks", "lrc", "mzn", "nqo", "prs", "ps", "sd", "syr", "ug", "ur", "yi"];

impl Language {
    /// As `dir` attributes say it: `rtl` or `ltr`.
    #[must_use]
    pub fn direction(self) -> &'static str {
        if is_right_to_left(self.tag()) { "rtl" } else { "ltr" }
    }
}

fn is_right_to_left(tag: &str) -> bool {
    let Ok(locale) = tag.parse::<Locale>() else { return false };
    match locale.id.script {
        Some(script) => SCRIPTS.contains(&script.as_str()),
        None => LANGUAGES.contains(&locale.id.language.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_tells_and_else_the_language() {
        for tag in ["ar", "he-IL", "fa", "pa-Arab", "ur-PK", "sd", "mzn", "lrc", "uz-Arab-AF"] {
            assert!(is_right_to_left(tag), "{tag}");
        }
        for tag in ["en", "zh-Hant", "ar-Latn", "sd-Deva", "pa", "en-XA", ""] {
            assert!(!is_right_to_left(tag), "{tag}");
        }
        assert_eq!(Language::ENGLISH.direction(), "ltr");
    }
}
