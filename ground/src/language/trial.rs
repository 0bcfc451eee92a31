//! A language that is nothing but its file, and known to unit tests only: whatever one more needs beside its file, it
//! lacks.

pub(super) const TAG: &str = "pt-BR";

/// Half done, as a new language is.
pub(super) const FILE: &str = r#"msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: pt-BR\n"
"Plural-Forms: nplurals=3; plural=n == 0 || n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;\n"

msgctxt "the name of this language in itself"
msgid "English"
msgstr "português (Brasil)"

msgid "Customers"
msgstr "Clientes"

msgid "{n} order"
msgid_plural "{n} orders"
msgstr[0] "{n} pedido"
msgstr[1] "{n} de pedidos"
msgstr[2] "{n} pedidos"

msgid "{day} Nov {year}"
msgstr "{day} de nov. de {year}"

msgid "{day}, {time} ({place})"
msgstr "{day} às {time} ({place})"

msgid "Austria"
msgstr "Áustria"

msgid "Germany"
msgstr "Alemanha"
"#;

mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::language::plain::Isolating;
    use crate::language::{Language, Message};
    use crate::values::country::Country;
    use crate::values::moment::Moment;

    fn trial() -> Language {
        Language::of_tag(TAG).unwrap()
    }

    #[test]
    fn a_file_is_all_that_a_language_takes() {
        assert!(Language::all().any(|language| language == trial()), "people can choose it");
        assert_eq!((trial().own_name(), trial().direction()), ("português (Brasil)", "ltr"));
        assert_eq!(Language::from_text(trial().as_text()), Some(trial()), "columns keep it");
        for accepted in ["pt-BR", "pt", "pt-PT,pt;q=0.9,en;q=0.8", "tlh, pt;q=0.3, en;q=0.2"] {
            assert_eq!(Language::preferred(accepted), trial(), "{accepted}");
        }
    }

    #[test]
    fn it_says_what_stands_in_the_file_and_the_rest_in_english() {
        let say = |english: &'static str| Message::<Isolating>::to_string(&trial().say("", english));
        assert_eq!((say("Customers").as_str(), say("Orders").as_str()), ("Clientes", "Orders"));
        let orders = |n| Message::<Isolating>::to_string(&trial().count(("{n} order", "{n} orders"), n));
        assert_eq!([0, 1, 2].map(orders), ["0 pedido", "1 pedido", "2 pedidos"]);
        assert_eq!(orders(1_000_000), "1000000 de pedidos");
    }

    #[test]
    fn its_days_and_its_order_are_its_own() {
        let day = |month| NaiveDate::from_ymd_opt(2026, month, 21).unwrap();
        assert_eq!(
            (trial().date(day(11)).as_str(), trial().date(day(1)).as_str()),
            ("21 de nov. de 2026", "21 Jan 2026")
        );
        let moment = Moment::parse_iso("2026-11-21T09:42:00Z").unwrap();
        assert_eq!(trial().time(chrono_tz::Europe::Berlin, moment), "21 de nov. de 2026 às 10:42 (Berlin)");
        let countries = ["AT", "BE", "DE"].map(|code| Country::parse(code).unwrap());
        let named = trial().countries(countries).into_iter().map(|country| trial().country(country));
        assert_eq!(named.collect::<Vec<_>>(), ["Alemanha", "Áustria", "Belgium"]);
    }
}
