//! Phone numbers as people write them.

use super::{country, given};
use crate::values::country::*;
use crate::values::problem::Problem;

#[test]
fn phone_numbers_follow_the_plan_and_the_demand() {
    for phone in ["425 555 0123", "1-425-555-0123", "(425)555.0123", "+1 425 555 0123"] {
        assert_eq!(country("US").check_phone(phone), given(phone));
    }
    assert_eq!(country("DE").check_phone("+49 (0)30 / 1234-56"), given("+49 30 / 1234-56"));
    assert_eq!(country("DE").check_phone(""), Ok(None));
    assert_eq!(country("RU").check_phone(""), Err(Problem::Missing));
    let long = Err(Problem::TooLong { maximum: 30 });
    assert_eq!(country("DE").check_phone(&"1".repeat(31)), long);
}

#[test]
fn a_number_keeps_its_extension_in_one_spelling() {
    for typed in [
        "425-555-0123 x123",
        "425-555-0123 ext. 123",
        "425-555-0123 #123",
        "425-555-0123;ext=123",
        "tel:425-555-0123;ext=123",
    ] {
        assert_eq!(country("US").check_phone(typed), given("425-555-0123 ext. 123"), "{typed}");
    }
    assert_eq!(country("GB").check_phone("+44 (0)20 7946 0000 x7"), given("+44 20 7946 0000 ext. 7"));
    assert_eq!(country("JP").check_phone("０３－１２３４－５６７８ 内線１２"), given("03-1234-5678 ext. 12"));
    for wrong in
        ["425-555-0123 x", "x123", "425-555-0123 ext. 12345678901", "425-555-012 x123", "425-555-0123 x1 x2"]
    {
        assert!(matches!(country("US").check_phone(wrong), Err(Problem::Phone { .. })), "{wrong}");
    }
}

#[test]
fn a_number_from_abroad_is_right_in_every_country() {
    for country in Country::all() {
        for number in ["+44 20 7946 0000", "+1 425-555-0123", "+33 1 23 45 67 89", "+290 22158"] {
            assert_eq!(country.check_phone(number), given(number), "{country}");
        }
        for wrong in
            ["+44", "+0 20 7946 0000", "+1 425 555 012", "+44 20 7946 0000 0000 0", "++44 20 7946 0000", "00"]
        {
            assert!(matches!(country.check_phone(wrong), Err(Problem::Phone { .. })), "{country}: {wrong}");
        }
    }
}

#[test]
fn what_is_dialled_to_lead_abroad_becomes_a_plus_sign() {
    for (code, typed, written) in [
        ("DE", "0033 1 23 45 67 89", "+33 1 23 45 67 89"),
        ("DE", "0033123456789", "+33123456789"),
        ("DE", "00 33 1 23 45 67 89", "+33 1 23 45 67 89"),
        ("DE", "(00 33) 1 23 45 67 89", "+33 1 23 45 67 89"),
        ("DE", "00-33-1-23456789", "+33-1-23456789"),
        ("DE", "001 425 555 0123", "+1 425 555 0123"),
        ("DE", "0014255550123", "+14255550123"),
        ("US", "0033 1 23 45 67 89", "+33 1 23 45 67 89"),
        ("US", "011 44 20 7946 0000", "+44 20 7946 0000"),
        ("US", "011442079460000", "+442079460000"),
        ("CA", "(011) 44 20 7946 0000", "+44 20 7946 0000"),
        ("US", "001 425 555 0123", "+1 425 555 0123"),
        ("JP", "010 44 20 7946 0000", "+44 20 7946 0000"),
        ("JP", "0044 20 7946 0000", "+44 20 7946 0000"),
        ("HK", "001 44 20 7946 0000", "+44 20 7946 0000"),
        ("HK", "001442079460000", "+442079460000"),
        ("HK", "0086 10 1234 5678", "+86 10 1234 5678"),
        ("SG", "001 44 20 7946 0000", "+44 20 7946 0000"),
        ("SG", "001 1 425 555 0123", "+1 425 555 0123"),
        ("SG", "001 425 555 0123", "+1 425 555 0123"),
        ("KR", "002-44-20-7946-0000", "+44-20-7946-0000"),
        ("KR", "0027 10 123 4567", "+27 10 123 4567"),
        ("AU", "0011 44 20 7946 0000", "+44 20 7946 0000"),
        ("RU", "8~10 44 20 7946 0000", "+44 20 7946 0000"),
        ("RU", "8-10-44-20-7946-0000", "+44-20-7946-0000"),
        ("KE", "000 44 20 7946 0000", "+44 20 7946 0000"),
    ] {
        assert_eq!(country(code).check_phone(typed), given(written), "{code} {typed}");
    }
}

#[test]
fn what_is_dialled_at_home_only_is_no_part_of_a_number_from_abroad() {
    for (typed, written) in [
        ("+44 (0)20 7946 0000", "+44 20 7946 0000"),
        ("+44(0)20 7946 0000", "+44 20 7946 0000"),
        ("+44-(0)-20-7946-0000", "+44 20-7946-0000"),
        ("+44 (020) 7946 0000", "+44 (20) 7946 0000"),
        ("(+44) 20 7946 0000", "+44 20 7946 0000"),
        ("+ 44 20 7946 0000", "+44 20 7946 0000"),
        ("＋４４ ２０ ７９４６ ００００", "+44 20 7946 0000"),
        ("0044 (0)20 7946 0000", "+44 20 7946 0000"),
        ("+39 (0)6 1234 5678", "+39 06 1234 5678"),
        ("+39 06 1234 5678", "+39 06 1234 5678"),
        ("Tel.: +44 20 7946 0000", "+44 20 7946 0000"),
        ("+44\u{a0}20\u{2011}7946\u{200b}0000\u{202c}", "+44 20-79460000"),
    ] {
        assert_eq!(country("GB").check_phone(typed), given(written), "{typed}");
    }
    for home in ["020 7946 0000", "(020) 7946 0000", "+39 06 1234 5678"] {
        assert_eq!(country("GB").check_phone(home), given(home));
    }
    assert_eq!(country("DE").check_phone("030 / 12 34-56"), given("030 / 12 34-56"));
}
