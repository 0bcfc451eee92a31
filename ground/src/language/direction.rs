//! Which way a language is written: as its script is, which the tag names or Unicode knows (CLDR, likely subtags).

use icu_locale::{Locale, LocaleDirectionality};

use super::Language;

impl Language {
    /// As `dir` attributes say it: `rtl` or `ltr`.
    #[must_use]
    pub fn direction(self) -> &'static str {
        if is_right_to_left(self.tag()) { "rtl" } else { "ltr" }
    }
}

fn is_right_to_left(tag: &str) -> bool {
    let locale = tag.parse::<Locale>();
    locale.is_ok_and(|locale| LocaleDirectionality::new_extended().is_right_to_left(&locale.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_tells_and_else_what_the_language_is_mostly_written_in() {
        for tag in
            ["ar", "he-IL", "fa", "pa-Arab", "pa-PK", "ur-PK", "sd", "mzn", "lrc", "uz-Arab-AF", "uz-AF"]
        {
            assert!(is_right_to_left(tag), "{tag}");
        }
        for tag in ["en", "zh-Hant", "ar-Latn", "sd-Deva", "pa", "en-XA", ""] {
            assert!(!is_right_to_left(tag), "{tag}");
        }
        assert_eq!(Language::ENGLISH.direction(), "ltr");
    }
}
