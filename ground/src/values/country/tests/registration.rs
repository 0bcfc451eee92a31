//! Registration IDs as people write them.

use proptest::prelude::*;

use super::{country, given};
use crate::values::country::*;
use crate::values::problem::Problem;

#[test]
fn registration_ids_follow_the_demand_of_the_country() {
    let digits = Err(Problem::DigitsCount { allowed: "9, 10 or 12" });
    assert_eq!(country("RU").check_registration_id("1234567890"), given("1234567890"));
    assert_eq!(country("RU").check_registration_id("12345678901"), digits);
    assert_eq!(country("RU").check_registration_id("12345678x"), digits);
    assert_eq!(country("RU").check_registration_id(""), Err(Problem::Missing));
    assert_eq!(country("RU").registration().known_as(), Some("INN"));
    assert_eq!(country("PL").check_registration_id("pl123"), given("PL123"));
    assert_eq!(country("PL").check_registration_id("1#2"), Err(Problem::OnlyAnId));
    assert_eq!(country("PL").check_registration_id(" - "), Err(Problem::Missing));
    assert_eq!(country("US").check_registration_id(""), Ok(None));
    assert_eq!(country("US").check_registration_id("us999965"), given("US999965"));
    let long = Err(Problem::TooLong { maximum: 30 });
    assert_eq!(country("US").check_registration_id(&"1".repeat(31)), long);
}

#[test]
fn separators_are_no_part_of_an_id() {
    for (code, typed, kept) in [
        ("HU", "12892312-2-42", "12892312242"),
        ("HU", "12892312\u{2011}2\u{2013}42", "12892312242"),
        ("HU", "HU12892312242", "12892312242"),
        ("HU", "Adószám: 12892312-2-42", "12892312242"),
        ("PL", "856-734-62-15", "8567346215"),
        ("PL", "856 734 62 15", "8567346215"),
        ("PL", "NIP 856-734-62-15", "8567346215"),
        ("BR", "16.727.230/0001-97", "16727230000197"),
        ("BR", "１６．７２７．２３０／０００１－９７", "16727230000197"),
        ("RU", "77 07 083893", "7707083893"),
        ("IN", "abcpe 1234 f", "ABCPE1234F"),
        ("VE", "J-12345678-9", "J123456789"),
        ("TR", "123 456 78 90", "1234567890"),
        ("ZA", "2011/123456/07", "201112345607"),
        ("AE", "١٠٠ ١٢٣ ٤٥٦ ٧٠٠ ٠٠٣", "100123456700003"),
        ("TH", "0-1055-56000-12-3", "0105556000123"),
        ("VN", "0101234567-001", "0101234567001"),
        ("CH", "CHE-123.456.789", "CHE123456789"),
        ("DE", "HRB 12345 B", "HRB12345B"),
        ("US", "12-3456789", "123456789"),
        ("KZ", "97 0240\u{200b}001\u{ad}327", "970240001327"),
    ] {
        assert_eq!(country(code).check_registration_id(typed), given(kept), "{code} {typed}");
    }
}

#[test]
fn a_mexican_id_has_letters_of_its_own() {
    for (typed, kept) in [
        ("P&G851223B24", "P&G851223B24"),
        ("p&g-851223-b24", "P&G851223B24"),
        ("P＆G 851223 B24", "P&G851223B24"),
        ("ñañ8501011a2", "ÑAÑ8501011A2"),
        ("n\u{303}an\u{303}8501011a2", "ÑAÑ8501011A2"),
        ("XAXX010101000", "XAXX010101000"),
        ("RFC: P&G851223B24", "P&G851223B24"),
    ] {
        assert_eq!(country("MX").check_registration_id(typed), given(kept), "{typed}");
    }
    let malformed = Err(Problem::Malformed { example: "P&G851223B24" });
    for wrong in ["P&G851223B2", "P&G851223B244X", "851223B24", "P#G851223B24"] {
        assert_eq!(country("MX").check_registration_id(wrong), malformed, "{wrong}");
    }
    let elsewhere = country("US").check_registration_id("P&G851223B24");
    assert_eq!(elsewhere, Err(Problem::OnlyAnId));
}

#[test]
fn what_an_id_is_called_is_copied_along_and_nothing_else_is_none() {
    for (code, typed, kept) in [
        ("RU", "ИНН 7707083893", "7707083893"),
        ("RU", "инн: 7707083893", "7707083893"),
        ("IN", "GSTIN 27AAPFU0939F1ZV", "27AAPFU0939F1ZV"),
        ("PL", "REGON 123456785", "123456785"),
        ("US", "EIN: 12-3456789", "123456789"),
    ] {
        assert_eq!(country(code).check_registration_id(typed), given(kept), "{typed}");
    }
    assert_eq!(country("DE").check_registration_id("---"), Err(Problem::OnlyAnId));
    assert_eq!(country("DE").check_registration_id(" "), Ok(None));
}

#[test]
fn counts_of_digits_are_checked_where_they_are_known() {
    for (code, counts) in [
        ("AM", &[8, 10][..]),
        ("AZ", &[7, 10]),
        ("BY", &[9]),
        ("HU", &[10, 11]),
        ("KZ", &[12]),
        ("KG", &[14]),
        ("MD", &[6, 7, 8, 13]),
        ("RU", &[9, 10, 12]),
        ("TJ", &[9, 10, 12]),
        ("UZ", &[9]),
        ("UA", &[8, 10, 12]),
    ] {
        let country = country(code);
        for length in 1..=16 {
            let digits = "123456789012345678".get(..length).unwrap();
            let with_dashes = digits.chars().map(String::from).collect::<Vec<_>>().join("-");
            let found = country.check_registration_id(digits);
            assert_eq!(found.is_ok(), counts.contains(&length), "{code} {length}");
            assert_eq!(country.check_registration_id(&with_dashes), found, "{code} {with_dashes}");
        }
        let allowed = country.registration().digits().unwrap();
        assert_eq!(allowed.contains(" or "), counts.len() > 1, "{allowed}");
    }
}

proptest! {
    #[test]
    fn what_was_kept_is_kept_again(country in prop::sample::select(Country::all().collect::<Vec<_>>()), typed in "[A-Za-zÑñ0-9٠-٩ &./:-]{0,20}|(NIP|RFC|INN)[ :]{1,2}[A-Z0-9]{9,13}") {
        if let Ok(Some(kept)) = country.check_registration_id(&typed) {
            prop_assert_eq!(country.check_registration_id(&kept), Ok(Some(kept)));
        }
    }
}
