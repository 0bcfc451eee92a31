//! Whatever is typed, nothing panics, and what was accepted once is accepted again unchanged.

use proptest::prelude::*;
use proptest::string::string_regex;

use crate::values::country::*;

fn any_country() -> impl Strategy<Value = Country> {
    prop::sample::select(Country::all().collect::<Vec<_>>())
}

/// Postal codes made from the country's own pattern, so that most cases reach the normalisation.
fn any_postal_code() -> impl Strategy<Value = (Country, String)> {
    any_country()
        .prop_filter("has postal codes", |country| country.postal().demand().is_used())
        .prop_flat_map(|country| {
            let code = string_regex(country.postal().pattern()).unwrap();
            (Just(country), code)
        })
}

proptest! {
    #[test]
    fn no_text_makes_a_rule_panic(country in any_country(), text in any::<String>()) {
        let _ = Country::parse(&text);
        let _ = address_line(&text);
        let _ = country.check_city(&text);
        let _ = country.check_phone(&text);
    }

    #[test]
    fn what_was_accepted_is_accepted_again_unchanged(
        country in any_country(),
        text in "[A-Za-z0-9０-９ +()./–-]{0,35}",
    ) {
        let checks = [
            Country::check_state,
            Country::check_city,
            Country::check_postal_code,
            Country::check_phone,
            Country::check_registration_id,
        ];
        for check in checks {
            if let Ok(Some(accepted)) = check(country, &text) {
                prop_assert_eq!(check(country, &accepted), Ok(Some(accepted)));
            }
        }
    }

    #[test]
    fn every_code_of_the_pattern_is_accepted_and_its_form_is_final(
        (country, code) in any_postal_code(),
    ) {
        let written = country.check_postal_code(&code.to_lowercase());
        prop_assert!(matches!(written, Ok(Some(_))), "{country}: {code}: {written:?}");
        if let Ok(Some(written)) = written {
            prop_assert_eq!(country.check_postal_code(&written), Ok(Some(written)));
        }
    }
}
