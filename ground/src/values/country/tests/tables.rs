//! What must hold for every line of the tables.

use std::collections::HashSet;

use super::{country, given};
use crate::values::country::*;
use crate::values::currency::Currency;
use crate::values::folding::folded;
use crate::values::problem::Problem;

#[test]
fn every_region_has_all_its_countries() {
    let counts = Region::ALL.map(|region| Country::in_region(region).count());
    // Bonaire, Saba and Sint Eustatius share one code, so Latin America has two fewer than names.
    assert_eq!(counts, [47, 18, 23, 1, 2, 1, 45, 1, 1, 1, 51, 45, 4, 1, 1, 2]);
    assert_eq!(Country::all().count(), 244);
}

#[test]
fn codes_and_names_are_unique_and_in_the_order_of_the_names() {
    let codes: HashSet<_> = Country::all().map(Country::code).collect();
    assert_eq!(codes.len(), Country::all().count());
    let names: Vec<_> = Country::all().map(|country| folded(country.name())).collect();
    assert!(names.is_sorted_by(|a, b| a < b));
    assert!(names.iter().all(|name| name.is_ascii()), "folded() misses an accent");
}

#[test]
fn every_line_is_well_formed() {
    for country in Country::all() {
        let (code, culture) = (country.code(), country.culture());
        assert!(code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()), "{code}");
        assert!(culture.ends_with(&format!("-{code}")), "{code}: {culture}");
        assert!(matches!(culture.len(), 5 | 6), "{code}: {culture}");
        for calling in country.calling_codes() {
            assert!(matches!(calling.len(), 1..=3), "{code}: {calling}");
            assert!(calling.parse::<u16>().is_ok(), "{code}: {calling}");
        }
        if country.phone().plan() == PhonePlan::NorthAmerican {
            assert!(country.calling_codes().eq(["1"]), "{code}");
        }
    }
}

#[test]
fn every_example_is_accepted_and_already_in_its_final_form() {
    for country in Country::all() {
        let (postal, phone) = (country.postal(), country.phone().example());
        assert_eq!(country.check_phone(phone), given(phone), "{country}");
        assert_eq!(postal.demand().is_used(), !postal.example().is_empty(), "{country}");
        assert_eq!(postal.demand().is_used(), !postal.pattern().is_empty(), "{country}");
        if postal.demand().is_used() {
            let example = postal.example();
            assert_eq!(country.check_postal_code(example), given(example), "{country}");
            let small = example.to_lowercase();
            assert_eq!(country.check_postal_code(&small), given(example), "{country}");
            let wrong = country.check_postal_code("?");
            assert!(matches!(wrong, Err(Problem::PostalCode { example: told, .. }) if told == example));
        }
    }
}

#[test]
fn every_number_plan_refuses_letters_and_too_few_digits() {
    for country in Country::all() {
        for phone in ["12", "call me", "+", "12345678x", "1234567890123456"] {
            let found = country.check_phone(phone);
            assert!(matches!(found, Err(Problem::Phone { .. })), "{country}: {phone}");
        }
    }
}

#[test]
fn codes_are_read_in_any_case_and_others_refused() {
    for country in Country::all() {
        assert_eq!(Country::parse(&country.code().to_lowercase()), Ok(country));
    }
    assert_eq!(Country::parse(" us "), Ok(country("US")));
    assert_eq!(Country::parse(""), Err(Problem::NotChosen));
    for unknown in ["ZZ", "UK", "USA", "United States", "KP", "ß"] {
        assert_eq!(Country::parse(unknown), Err(Problem::UnknownChoice), "{unknown}");
    }
}

#[test]
fn serde_writes_the_code_and_display_the_name() {
    let ireland = country("IE");
    assert_eq!(serde_json::to_string(&ireland).unwrap(), "\"IE\"");
    assert_eq!(serde_json::from_str::<Country>("\"ie\"").unwrap(), ireland);
    assert!(serde_json::from_str::<Country>("\"ZZ\"").is_err());
    assert_eq!(ireland.to_string(), "Ireland");
    assert_eq!(format!("{ireland:?}"), "Country(IE)");
}

#[test]
fn a_country_without_currency_falls_back_to_its_region() {
    assert_eq!(country("BG").currency(), None);
    assert_eq!(country("BG").billing_currency(), Currency::Eur);
    assert_eq!(country("CH").billing_currency(), Currency::Chf);
    for region in Region::ALL {
        let main = Some(region.main_currency());
        assert!(Country::in_region(region).any(|country| country.currency() == main), "{region}");
    }
}

#[test]
fn states_are_closed_lists_in_four_countries_only() {
    let counts = ["US", "CA", "CN", "MX"].map(|code| country(code).states().len());
    assert_eq!(counts, [51, 13, 31, 32]);
    assert_eq!(Country::all().filter(|country| country.state().is_closed()).count(), 4);
    for country in Country::all() {
        let folded: Vec<_> = country.states().iter().map(|state| folded(state.name())).collect();
        assert!(folded.is_sorted_by(|a, b| a < b) && folded.iter().all(|name| name.is_ascii()));
        for state in country.states() {
            assert_eq!(country.check_state(state.code()), given(state.code()));
            assert_eq!(country.check_state(&state.name().to_lowercase()), given(state.code()));
        }
    }
}

#[test]
fn a_registration_id_is_demanded_in_24_countries_and_a_phone_number_with_it() {
    let mut demanding: Vec<_> = Country::all()
        .filter(|country| country.registration().demand().is_required())
        .map(Country::code)
        .collect();
    demanding.sort_unstable();
    let codes = "AE AM AZ BR BY HU IN IQ KG KZ MD MM PL RU SA SS TH TJ TR UA UZ VE VN ZA";
    assert!(demanding.iter().copied().eq(codes.split(' ')));
    for country in Country::all() {
        let (registration, phone) = (country.registration(), country.phone());
        assert_eq!(registration.demand(), phone.demand(), "{country}");
        assert!(registration.digits().is_none() || registration.demand().is_required());
    }
}
