//! Countries with rules of their own.

use super::{country, given};
use crate::values::country::*;
use crate::values::problem::Problem;

#[test]
fn states_follow_the_rule_of_the_country() {
    assert_eq!(country("US").check_state(" washington "), given("WA"));
    assert_eq!(country("US").check_state(""), Err(Problem::NotChosen));
    assert_eq!(country("US").check_state("Ontario"), Err(Problem::UnknownChoice));
    assert_eq!(country("MX").check_state("nuevo leon"), given("NLE"));
    assert_eq!(country("DE").check_state(""), Ok(None));
    assert_eq!(country("DE").check_state("Bayern\n"), given("Bayern"));
    assert_eq!(country("AU").check_state(" "), Err(Problem::Missing));
    assert_eq!(country("SG").check_state("x"), Err(Problem::NotAllowedHere));
    let long = "x".repeat(101);
    assert_eq!(country("DE").check_state(&long), Err(Problem::TooLong { maximum: 100 }));
}

#[test]
fn postal_codes_get_the_form_their_post_uses() {
    for (code, typed, written) in [
        ("US", " 98052 ", "98052"),
        ("US", "980526399", "98052-6399"),
        ("US", "98052-6399", "98052-6399"),
        ("CA", "h3z2y7", "H3Z 2Y7"),
        ("CA", "H3Z-2Y7", "H3Z 2Y7"),
        ("GB", "ec1y8sy", "EC1Y 8SY"),
        ("GB", "m1  1ae", "M1 1AE"),
        ("GB", "W1A0AX", "W1A 0AX"),
        ("GB", "CR26XH", "CR2 6XH"),
        ("GB", "dn551pt", "DN55 1PT"),
        ("GB", "gir0aa", "GIR 0AA"),
        ("NL", "1234ab", "1234 AB"),
        ("JP", "１５４００２３", "154-0023"),
        ("BR", "40301110", "40301-110"),
        ("PL", "00950", "00-950"),
        ("PT", "2725 079", "2725-079"),
        ("SE", "11455", "114 55"),
        ("IN", "110 034", "110034"),
        ("LV", "1073", "LV-1073"),
        ("IE", "a65f4e2", "A65 F4E2"),
        ("IE", "d6w xy00", "D6W XY00"),
    ] {
        assert_eq!(country(code).check_postal_code(typed), given(written), "{code} {typed}");
    }
}

#[test]
fn postal_codes_follow_the_demand_of_the_country() {
    assert_eq!(country("US").check_postal_code(""), Err(Problem::Missing));
    assert_eq!(country("IE").check_postal_code(""), Ok(None));
    assert_eq!(country("HK").check_postal_code(" "), Ok(None));
    assert_eq!(country("HK").check_postal_code("999077"), Err(Problem::NotAllowedHere));
    let long = Err(Problem::TooLong { maximum: 20 });
    assert_eq!(country("US").check_postal_code(&"9".repeat(21)), long);
    for (code, wrong) in [("US", "9805"), ("CA", "D3Z 2Y7"), ("NL", "0123 AB"), ("GB", "12345")] {
        let found = country(code).check_postal_code(wrong);
        assert!(matches!(found, Err(Problem::PostalCode { .. })), "{code} {wrong}");
    }
}

#[test]
fn phone_numbers_follow_the_plan_and_the_demand() {
    for phone in ["425 555 0123", "1-425-555-0123", "(425)555.0123", "+1 425 555 0123"] {
        assert_eq!(country("US").check_phone(phone), given(phone));
    }
    assert_eq!(country("DE").check_phone("+49 (0)30 / 1234-56"), given("+49 (0)30 / 1234-56"));
    assert_eq!(country("DE").check_phone(""), Ok(None));
    assert_eq!(country("RU").check_phone(""), Err(Problem::Missing));
    let long = Err(Problem::TooLong { maximum: 30 });
    assert_eq!(country("DE").check_phone(&"1".repeat(31)), long);
}

#[test]
fn registration_ids_follow_the_demand_of_the_country() {
    let digits = Err(Problem::DigitsCount { allowed: "9, 10, 12" });
    assert_eq!(country("RU").check_registration_id("1234567890"), given("1234567890"));
    assert_eq!(country("RU").check_registration_id("12345678901"), digits);
    assert_eq!(country("RU").check_registration_id("12345678x"), digits);
    assert_eq!(country("RU").check_registration_id(""), Err(Problem::Missing));
    assert_eq!(country("RU").registration().known_as(), Some("INN"));
    assert_eq!(country("PL").check_registration_id("pl123"), given("PL123"));
    assert_eq!(country("PL").check_registration_id("1-2"), Err(Problem::OnlyLettersAndDigits));
    assert_eq!(country("US").check_registration_id(""), Ok(None));
    assert_eq!(country("US").check_registration_id("us999965"), given("US999965"));
    let long = Err(Problem::TooLong { maximum: 30 });
    assert_eq!(country("US").check_registration_id(&"1".repeat(31)), long);
}

#[test]
fn cities_and_address_lines_are_bounded() {
    assert_eq!(country("FR").check_city(" Le  Havre "), given("Le Havre"));
    assert_eq!(country("FR").check_city("\0"), Err(Problem::Missing));
    assert_eq!(country("SG").check_city(""), Ok(None));
    assert_eq!(country("FR").check_city(&"é".repeat(100)), given(&"é".repeat(100)));
    let long = "é".repeat(201);
    assert_eq!(country("FR").check_city(&long), Err(Problem::TooLong { maximum: 100 }));
    assert_eq!(address_line(&long), Err(Problem::TooLong { maximum: 200 }));
    assert_eq!(address_line(" "), Err(Problem::Missing));
    assert_eq!(second_address_line(" "), Ok(None));
}
