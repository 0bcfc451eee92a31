//! The order of what people choose from: as the dictionaries of their language have it (CLDR), such as by pinyin in
//! zh-Hans and by strokes in zh-Hant.

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale::Locale;

use super::Language;
use crate::values::country::Country;

impl Language {
    /// Countries by what they are called in this language.
    #[must_use]
    pub fn countries(self, countries: impl IntoIterator<Item = Country>) -> Vec<Country> {
        self.sorted(countries, |country| self.country(*country))
    }

    /// What a country is called in this language.
    #[must_use]
    pub fn country(self, country: Country) -> &'static str {
        let english = country.name();
        self.catalogue().map_or(english, |catalogue| catalogue.say("", english))
    }

    /// Things by their names, which are in this language; those of the same name stay as they are.
    #[must_use]
    pub fn sorted<T, N: AsRef<str>>(
        self,
        things: impl IntoIterator<Item = T>,
        name: impl Fn(&T) -> N,
    ) -> Vec<T> {
        let mut named: Vec<(N, T)> = things.into_iter().map(|thing| (name(&thing), thing)).collect();
        let collator = self.collator();
        named.sort_by(|(one, _), (other, _)| {
            let (one, other) = (one.as_ref(), other.as_ref());
            collator.as_ref().map_or_else(|| one.cmp(other), |collator| collator.compare(one, other))
        });
        named.into_iter().map(|(_, thing)| thing).collect()
    }

    fn collator(self) -> Option<CollatorBorrowed<'static>> {
        let locale: Locale = self.tag().parse().ok()?;
        Collator::try_new(locale.into(), CollatorOptions::default()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_has_the_order_of_the_table() {
        let table: Vec<_> = Country::all().collect();
        assert_eq!(Language::ENGLISH.countries(table.iter().rev().copied()), table);
    }

    #[test]
    fn chinese_goes_by_pinyin_or_by_strokes() {
        let sorted = |tag, names: [&'static str; 4]| {
            Language::of_tag(tag).unwrap().sorted(names, |name| *name).concat()
        };
        // Déguó, Fǎguó, Měiguó, Rìběn.
        assert_eq!(sorted("zh-Hans", ["日本", "美国", "德国", "法国"]), "德国法国美国日本");
        // 4, 8, 9 and 15 strokes.
        assert_eq!(sorted("zh-Hant", ["德國", "美國", "法國", "日本"]), "日本法國美國德國");
    }
}
