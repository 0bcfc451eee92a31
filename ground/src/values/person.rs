//! The full names of people, in the order in which their country says them.

use crate::values::country::Country;

/// Where the family name comes first, in the alphabet of the country and in Latin letters alike: Unicode's locale data
/// has the order by language (CLDR, person names, `surnameFirst`), and these are the countries that speak those.
///
/// The country alone decides, not the letters: Japan's government writes `Yamada Taro` since 2020, Chinese, Korean and
/// Vietnamese names keep their order in Latin letters, and Hungarian ones have no others. So one customer's contact is
/// never turned round because somebody typed the name in another alphabet.
const FAMILY_NAME_FIRST: [&str; 10] = ["CN", "HK", "HU", "JP", "KH", "KR", "MN", "MO", "TW", "VN"];

/// Where other given names stand between the family name and the one that people are called by: Nguyễn Văn An.
const CALLED_BY_THE_LAST: [&str; 1] = ["VN"];

/// First, middle and last name as one. Any of them may be empty.
pub fn full_name(country: Country, first: &str, middle: &str, last: &str) -> String {
    let has = |list: &[&str]| list.contains(&country.code());
    let parts = match has(&FAMILY_NAME_FIRST) {
        true if has(&CALLED_BY_THE_LAST) => [last, middle, first],
        true => [last, first, middle],
        false => [first, middle, last],
    };
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_country_decides_which_name_comes_first() {
        for (country, [first, middle, last], full) in [
            ("DE", ["Ada", "", "Finch"], "Ada Finch"),
            ("US", ["Ada", "Mary", "Finch"], "Ada Mary Finch"),
            ("JP", ["太郎", "", "山田"], "山田 太郎"),
            ("JP", ["Taro", "", "Yamada"], "Yamada Taro"),
            ("KR", ["길동", "", "홍"], "홍 길동"),
            ("TW", ["小明", "", "王"], "王 小明"),
            ("HU", ["Éva", "Mária", "Kovács"], "Kovács Éva Mária"),
            ("VN", ["An", "Văn", "Nguyễn"], "Nguyễn Văn An"),
            ("SG", ["Wei", "", "Tan"], "Wei Tan"),
        ] {
            assert_eq!(full_name(Country::parse(country).unwrap(), first, middle, last), full);
        }
    }

    #[test]
    fn what_is_missing_leaves_no_blank() {
        let japan = Country::parse("JP").unwrap();
        assert_eq!(full_name(japan, "", "", ""), "");
        assert_eq!(full_name(japan, "太郎", "", ""), "太郎");
    }

    #[test]
    fn the_lists_name_countries_of_the_programme() {
        for code in FAMILY_NAME_FIRST.iter().chain(&CALLED_BY_THE_LAST) {
            assert!(Country::parse(code).is_ok(), "{code}");
        }
        assert!(CALLED_BY_THE_LAST.iter().all(|code| FAMILY_NAME_FIRST.contains(code)));
    }
}
