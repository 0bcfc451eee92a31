//! In which languages a customer can be written to.

use super::new_account::{culture, language_of, languages};
use crate::language::Language;
use crate::values::country::{Country, Region};
use crate::web::words;

/// A language to choose.
pub struct Choice {
    pub code: &'static str,
    /// Whether it is the one of the country, which is chosen by choosing none.
    pub is_own: bool,
}

/// The languages of a region: that of the country first, the others by what whoever reads calls them.
pub fn choices(reader: Language, region: Region, country: Country) -> Vec<Choice> {
    choices_with(reader, (region, country), "")
}

/// The same with the one that an account has, also where it can no longer be chosen.
pub fn choices_with(reader: Language, (region, country): (Region, Country), kept: &str) -> Vec<Choice> {
    let mut codes = languages(region);
    if !codes.contains(&kept) {
        codes.extend(Country::all().map(|country| language_of(country.culture())).find(|code| *code == kept));
    }
    let named = reader.sorted(codes, |code| reader.write(&words::Language { code }));
    let choice = |code| Choice { code, is_own: culture(country, code) == country.culture() };
    let (mut own, others): (Vec<_>, Vec<_>) = named.into_iter().map(choice).partition(|choice| choice.is_own);
    own.extend(others);
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_the_country_stands_first_and_the_others_by_name() {
        let country = Country::parse("PL").unwrap();
        let codes = |tag| {
            let choices = choices(Language::of_tag(tag).unwrap(), country.region(), country);
            assert!(choices.iter().all(|choice| choice.is_own == (choice.code == "pl")));
            choices.into_iter().map(|choice| choice.code).take(4).collect::<Vec<_>>()
        };
        assert_eq!(codes("en"), ["pl", "bg", "ca", "hr"]);
        // Àishāníyàyǔ, Bǎojiālìyàyǔ, Bīngdǎoyǔ.
        assert_eq!(codes("zh-Hans"), ["pl", "et", "bg", "is"]);
    }

    #[test]
    fn what_an_account_has_stands_among_them_once() {
        let (reader, country) = (Language::of_tag("en").unwrap(), Country::parse("DE").unwrap());
        for (kept, times) in [("ja", 1), ("fr", 1), ("", 0), ("tlh", 0)] {
            let choices = choices_with(reader, (country.region(), country), kept);
            assert_eq!(choices.iter().filter(|choice| choice.code == kept).count(), times, "{kept}");
        }
    }
}
