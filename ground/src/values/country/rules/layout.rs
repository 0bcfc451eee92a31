//! How a country writes an address (Universal Postal Union addressing; the layouts as `libaddressinput` collects them).

/// Lines from top to bottom: `A` and `B` are the two lines as typed, `C` the city, `S` the state or province, `Z` the
/// postal code, `|` ends a line; everything else stands as it is where there is something on both sides of it. States
/// stand by their name and not by the code that some posts ask for.
const LAYOUTS: [(&str, &[&str]); 25] = [
    (
        "A|B|C, S Z",
        &[
            "AS", "AU", "BB", "BH", "BM", "BN", "BT", "CA", "CC", "CX", "FM", "GU", "IL", "JO", "JP", "KH",
            "KR", "KY", "LB", "LS", "MH", "MP", "MT", "MV", "NF", "NP", "NZ", "PR", "PW", "SA", "SG", "SO",
            "TW", "UM", "US", "VC", "VI",
        ],
    ),
    (
        "A|B|C, S|Z",
        &[
            "AF", "AI", "FK", "GB", "GG", "GI", "GS", "HN", "IM", "IO", "IQ", "JE", "KE", "LK", "PN", "SH",
            "SZ", "TC", "VG", "ZA",
        ],
    ),
    ("A|B|C|S|Z", &["AE", "EG", "HK", "IE", "JM", "MO", "PA", "RU", "SC", "SR", "TV", "UA"]),
    ("A|B|C|S Z", &["ID", "TH", "VN"]),
    ("A|B|C|S, Z", &["CN"]),
    ("A|B|C Z|S", &["IN", "NG", "PE"]),
    ("A|B|C Z, S", &["VE"]),
    ("A|B|C Z S", &["PG"]),
    ("A|B|C, S, Z", &["CO", "MM"]),
    ("A|B|C, S - Z", &["BD"]),
    ("A|B|C, S-Z", &["PK"]),
    ("A|B|C - S|Z", &["BR"]),
    ("A|B|Z C|S", &["AR", "CL", "CV", "MN", "MY", "PH", "UZ"]),
    ("A|B|Z C S", &["EE", "ES", "IT", "LT", "PF", "UY"]),
    ("A|B|Z C/S", &["TR"]),
    ("A|B|Z, C|S", &["BY"]),
    ("A|B|Z-C|S", &["GT", "SV"]),
    ("A|B|Z S C", &["RO"]),
    ("A|B|Z|C, S", &["AL", "EC", "MU", "NI", "OM"]),
    ("A|B|Z|C|S", &["AM"]),
    ("A|B|S, C|Z", &["CR"]),
    ("A|B|S|C|Z", &["KI", "NR"]),
    ("A|B|S|C, Z", &["LV"]),
    ("C, S|A|B|Z", &["HU"]),
    ("Z|S|C|A|B", &["KZ"]),
];

/// Everywhere else: `20457 Hamburg`.
const USUAL: &str = "A|B|Z C, S";

/// Where addresses in the script of the country go from the largest to the smallest.
const NATIVE: [(&str, &[&str]); 4] = [
    ("〒Z|S C A|B", &["JP"]),
    ("Z|S C|A|B", &["CN", "TW"]),
    ("S C A|B|Z", &["KR"]),
    ("S C|A|B|Z", &["HK", "MO"]),
];

/// The layout for an address in the country of this code.
pub(in crate::values) fn layout(country: &str, is_native: bool) -> &'static str {
    let of = |layouts: &[(&'static str, &[&str])]| {
        layouts.iter().find(|(_, countries)| countries.contains(&country)).map(|(layout, _)| *layout)
    };
    is_native.then(|| of(&NATIVE)).flatten().or_else(|| of(&LAYOUTS)).unwrap_or(USUAL)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::values::country::Country;

    #[test]
    fn every_country_of_a_list_is_one_and_stands_once() {
        for list in [&LAYOUTS[..], &NATIVE[..]] {
            let mut seen = HashSet::new();
            for code in list.iter().flat_map(|(_, countries)| *countries) {
                assert!(seen.insert(code), "{code} stands twice");
                assert!(Country::parse(code).is_ok(), "{code}");
            }
        }
    }

    #[test]
    fn a_layout_has_every_part_that_the_country_has() {
        for country in Country::all() {
            for layout in [layout(country.code(), false), layout(country.code(), true)] {
                let wanted = "ABCS".chars().chain(country.postal().demand().is_used().then_some('Z'));
                for part in wanted {
                    assert_eq!(layout.matches(part).count(), 1, "{}: {part} in {layout}", country.code());
                }
            }
        }
    }
}
