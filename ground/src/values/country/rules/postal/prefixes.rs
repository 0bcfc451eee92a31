//! What people write before a postal code beside the ISO code of its country: the sign that cars have abroad, as the
//! post once asked for it, and what a postal code is called there.

const PREFIXES: [(&str, &[&str]); 68] = [
    ("AD", &["AND"]),
    ("AL", &["SHQ"]),
    ("AR", &["RA", "CPA", "CP"]),
    ("AT", &["A", "PLZ", "AUT"]),
    ("AU", &["AUS"]),
    ("AX", &["FIN", "FI", "SF"]),
    ("BA", &["BIH"]),
    ("BE", &["B", "BEL"]),
    ("BG", &["BGR"]),
    ("BR", &["CEP", "BRA"]),
    ("BY", &["BLR"]),
    ("CA", &["CDN", "CAN"]),
    ("CH", &["PLZ", "NPA", "CHE"]),
    ("CL", &["RCH"]),
    ("CN", &["CHN", "邮编", "郵編"]),
    ("CO", &["COL"]),
    ("CR", &["CRI"]),
    ("CZ", &["PSČ", "PSC", "CS", "CZE"]),
    ("DE", &["D", "PLZ", "DEU", "GER"]),
    ("DK", &["DNK"]),
    ("EE", &["EST"]),
    ("ES", &["E", "CP", "ESP"]),
    ("FI", &["FIN", "SF"]),
    ("FO", &["FR", "DK"]),
    ("FR", &["F", "CP", "FRA"]),
    ("GB", &["UK"]),
    ("GL", &["DK", "GRO", "KN"]),
    ("GP", &["F", "FR"]),
    ("GR", &["TK", "GRC", "EL"]),
    ("HR", &["HRV"]),
    ("HU", &["H", "HUN"]),
    ("ID", &["RI"]),
    ("IE", &["IRL", "EIRCODE"]),
    ("IL", &["ISR"]),
    ("IN", &["PINCODE", "PIN", "IND"]),
    ("IS", &["ISL"]),
    ("IT", &["I", "CAP", "ITA"]),
    ("JP", &["J", "JPN"]),
    ("KR", &["ROK", "KOR", "우", "우편번호"]),
    ("LI", &["FL", "CH", "PLZ"]),
    ("LT", &["LTU"]),
    ("LU", &["L", "LUX"]),
    ("LV", &["LVA"]),
    ("MC", &["F", "FR", "CP"]),
    ("ME", &["MNE"]),
    ("MQ", &["F", "FR"]),
    ("MT", &["M"]),
    ("MX", &["CP", "MEX"]),
    ("MY", &["MAL"]),
    ("NL", &["NLD", "HOL"]),
    ("NO", &["N", "NOR"]),
    ("NZ", &["NZL"]),
    ("PL", &["POL"]),
    ("PT", &["P", "CP", "PRT"]),
    ("RE", &["F", "FR"]),
    ("RO", &["R", "ROU"]),
    ("RS", &["SRB", "YU"]),
    ("RU", &["RUS", "SU"]),
    ("SE", &["S", "SWE"]),
    ("SG", &["SGP", "SINGAPORE"]),
    ("SI", &["SLO", "SVN"]),
    ("SJ", &["NO", "N"]),
    ("SK", &["PSČ", "PSC", "SQ", "SVK"]),
    ("SM", &["RSM", "I", "IT"]),
    ("TR", &["TUR"]),
    ("UA", &["UKR"]),
    ("US", &["USA", "ZIP"]),
    ("VA", &["SCV", "V", "I", "IT"]),
];

pub(super) fn of(country: &str) -> &'static [&'static str] {
    PREFIXES.iter().find(|(code, _)| *code == country).map_or(&[], |(_, prefixes)| *prefixes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::country::Country;

    #[test]
    fn every_country_stands_once_in_order_and_with_what_it_may_have_before_its_codes() {
        assert!(PREFIXES.is_sorted_by(|(one, _), (next, _)| one < next));
        for (code, prefixes) in PREFIXES {
            let country = Country::parse(code).unwrap();
            let example = country.postal().example();
            for prefix in prefixes.iter().chain([&code]) {
                for between in ["", " ", "-", " - ", ". ", ": "] {
                    let typed = format!("{prefix}{between}{example}");
                    let written = country.check_postal_code(&typed.to_lowercase());
                    assert_eq!(written, Ok(Some(example.to_owned())), "{typed}");
                }
            }
        }
    }
}
