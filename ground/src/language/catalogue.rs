//! What a language says for each English sentence: its `.po` file (GNU gettext), read once.

use std::collections::HashMap;

use icu_locale::Locale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};
use polib::catalog::Catalog;
use polib::po_file::parse_from_reader;
use rust_embed::RustEmbed;

use super::pseudo;

#[derive(RustEmbed)]
#[folder = "../locales/"]
#[include = "*.po"]
struct Files;

/// One language.
pub(super) struct Catalogue {
    pub tag: String,
    sentences: HashMap<Key, Vec<String>>,
    plurals: Option<Plurals>,
}

/// An English sentence, and where it means something of its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    context: String,
    english: String,
}

/// English first, then what stands in `locales/`, by name.
pub(super) fn all() -> Vec<Catalogue> {
    let mut names: Vec<_> = Files::iter().collect();
    names.sort();
    let read = names.iter().filter_map(|name| {
        let tag = name.strip_suffix(".po")?;
        let file = Files::get(name)?;
        match Catalogue::read(tag, &file.data) {
            Ok(catalogue) => Some(catalogue),
            Err(error) => {
                tracing::error!(%tag, %error, "a language could not be read");
                None
            }
        }
    });
    let pseudo = cfg!(debug_assertions).then(Catalogue::pseudo);
    std::iter::once(Catalogue::english()).chain(read).chain(pseudo).chain(trial()).collect()
}

#[cfg(test)]
fn trial() -> Option<Catalogue> {
    Catalogue::read(super::trial::TAG, super::trial::FILE.as_bytes()).ok()
}

#[cfg(not(test))]
fn trial() -> Option<Catalogue> {
    None
}

impl Catalogue {
    fn english() -> Self {
        Self { tag: "en".to_owned(), sentences: HashMap::new(), plurals: Plurals::of("en") }
    }

    fn pseudo() -> Self {
        Self { tag: pseudo::TAG.to_owned(), ..Self::english() }
    }

    /// Whether it is offered to people.
    pub(super) fn is_offered(&self) -> bool {
        !self.is_pseudo()
    }

    fn is_pseudo(&self) -> bool {
        self.tag == pseudo::TAG
    }

    pub(super) fn read(tag: &str, file: &[u8]) -> anyhow::Result<Self> {
        let catalog = parse_from_reader(file).map_err(|error| anyhow::anyhow!("{error}"))?;
        Ok(Self { tag: tag.to_owned(), sentences: sentences(&catalog), plurals: Plurals::of(tag) })
    }

    /// What it says for an English sentence; that sentence itself where the file has nothing.
    pub(super) fn say(&'static self, context: &str, english: &'static str) -> &'static str {
        if self.is_pseudo() {
            return pseudo::say(english);
        }
        self.find(context, english).and_then(|forms| forms.first()).map_or(english, String::as_str)
    }

    /// What it says for a number of things.
    pub(super) fn count(
        &'static self,
        (one, many): (&'static str, &'static str),
        number: u64,
    ) -> &'static str {
        if self.is_pseudo() {
            return pseudo::say(if number == 1 { one } else { many });
        }
        let Some(forms) = self.find("", one) else { return if number == 1 { one } else { many } };
        let form = self.plurals.as_ref().map_or(0, |plurals| plurals.form(number));
        forms.get(form).or(forms.last()).map_or(many, String::as_str)
    }

    fn find(&self, context: &str, english: &str) -> Option<&Vec<String>> {
        if self.sentences.is_empty() {
            return None;
        }
        self.sentences.get(&Key { context: context.to_owned(), english: english.to_owned() })
    }
}

fn sentences(catalog: &Catalog) -> HashMap<Key, Vec<String>> {
    let said = catalog.messages().filter(|message| message.is_translated() && !message.is_fuzzy());
    said.map(|message| {
        let key = Key {
            context: message.msgctxt().unwrap_or_default().to_owned(),
            english: message.msgid().to_owned(),
        };
        let forms = match message.is_plural() {
            true => message.msgstr_plural().cloned().unwrap_or_default(),
            false => message.msgstr().map(str::to_owned).into_iter().collect(),
        };
        (key, forms)
    })
    .collect()
}

/// The order of the forms of a file.
const ORDER: [PluralCategory; 6] = [
    PluralCategory::Zero,
    PluralCategory::One,
    PluralCategory::Two,
    PluralCategory::Few,
    PluralCategory::Many,
    PluralCategory::Other,
];

/// Which of its forms a language takes for a number. The forms of a file stand in the order of Unicode's categories: those
/// of zero, one, two, few, many and other that the language has for whole numbers.
struct Plurals {
    rules: PluralRules,
    categories: Vec<PluralCategory>,
}

impl Plurals {
    fn of(tag: &str) -> Option<Self> {
        let locale: Locale = tag.parse().ok()?;
        let rules = PluralRules::try_new(locale.into(), PluralRulesOptions::default()).ok()?;
        // Beyond these, numbers repeat how the smaller ones went; the round one is of its own kind in French.
        let whole = (0_u64..=200).chain([1_000_000]);
        let own: Vec<_> = whole.map(|number| rules.category_for(number)).collect();
        let categories = ORDER.into_iter().filter(|one| own.contains(one)).collect();
        Some(Self { rules, categories })
    }

    fn form(&self, number: u64) -> usize {
        let category = self.rules.category_for(number);
        self.categories.iter().position(|one| *one == category).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLISH: &str = r#"msgid ""
msgstr ""
"Language: pl\n"

msgid "Customers"
msgstr "Klienci"

msgctxt "reseller"
msgid "None"
msgstr "Żaden"

#, fuzzy
msgid "Orders"
msgstr "Zamówienie?"

msgid "{n} order"
msgid_plural "{n} orders"
msgstr[0] "{n} zamówienie"
msgstr[1] "{n} zamówienia"
msgstr[2] "{n} zamówień"
"#;

    fn polish() -> &'static Catalogue {
        Box::leak(Box::new(Catalogue::read("pl", POLISH.as_bytes()).unwrap()))
    }

    #[test]
    fn a_file_says_what_it_has_and_english_the_rest() {
        let polish = polish();
        assert_eq!(polish.say("", "Customers"), "Klienci");
        assert_eq!(polish.say("reseller", "None"), "Żaden");
        assert_eq!(polish.say("", "None"), "None", "it means something else there");
        assert_eq!(polish.say("", "Orders"), "Orders", "nobody is sure of that");
    }

    #[test]
    fn a_number_takes_the_form_of_its_language() {
        let polish = polish();
        let orders = |language: &'static Catalogue, n| language.count(("{n} order", "{n} orders"), n);
        assert_eq!(
            [1, 2, 5, 22].map(|n| orders(polish, n)),
            ["{n} zamówienie", "{n} zamówienia", "{n} zamówień", "{n} zamówienia"]
        );
        // Czech has many only for fractions.
        let czech = Plurals::of("cs").unwrap();
        assert_eq!([1, 2, 5].map(|n| czech.form(n)), [0, 1, 2]);
        let english: &Catalogue = Box::leak(Box::new(Catalogue::english()));
        assert_eq!([0, 1, 2].map(|n| orders(english, n)), ["{n} orders", "{n} order", "{n} orders"]);
    }
}
