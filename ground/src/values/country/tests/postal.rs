//! Postal codes as people write them.

use super::{country, given};
use crate::values::country::*;
use crate::values::problem::Problem;

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
        ("PT", "2725079", "2725-079"),
        ("US", "98104 1234", "98104-1234"),
        ("US", "98104–1234", "98104-1234"),
        ("US", "98104.1234", "98104-1234"),
        ("GB", "sw1a1aa", "SW1A 1AA"),
        ("GB", "SW1A-1AA", "SW1A 1AA"),
        ("CA", "k1a0b1", "K1A 0B1"),
        ("BR", "01310100", "01310-100"),
        ("BR", "01.310-100", "01310-100"),
        ("IN", "110.001", "110001"),
        ("KR", "03 051", "03051"),
        ("FR", "75 001", "75001"),
        ("DE", "2 0 4 5 7", "20457"),
        ("DE", "２０４５７", "20457"),
        ("DE", "٢٠٤٥٧", "20457"),
        ("IN", "११० ००१", "110001"),
        ("DE", "2\u{200b}04\u{ad}57\u{200e}", "20457"),
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
fn what_stands_before_a_code_is_no_part_of_it() {
    for (code, typed, written) in [
        ("DE", "D-20457", "20457"),
        ("DE", "DE-20457", "20457"),
        ("DE", "d 20457", "20457"),
        ("DE", "D–20457", "20457"),
        ("DE", "Ｄ－２０４５７", "20457"),
        ("DE", "PLZ: 20457", "20457"),
        ("AT", "A-1010", "1010"),
        ("NL", "NL-1017 BX", "1017 BX"),
        ("NL", "nl1017bx", "1017 BX"),
        ("CH", "CH-8001", "8001"),
        ("FI", "FI-00550", "00550"),
        ("FI", "FIN-00550", "00550"),
        ("FI", "SF-00550", "00550"),
        ("SE", "SE-114 55", "114 55"),
        ("SE", "S-11455", "114 55"),
        ("NO", "N-0025", "0025"),
        ("DK", "DK-8660", "8660"),
        ("LU", "L-4750", "4750"),
        ("LU", "LU-4750", "4750"),
        ("BE", "B-4000", "4000"),
        ("FR", "F-75001", "75001"),
        ("IT", "I-00144", "00144"),
        ("ES", "E-28039", "28039"),
        ("PL", "PL-00-950", "00-950"),
        ("CZ", "CZ-10000", "100 00"),
        ("HU", "H-1037", "1037"),
        ("PT", "P-2725-079", "2725-079"),
        ("LI", "FL-9496", "9496"),
        ("LV", "1073", "LV-1073"),
        ("SI", "SLO-4000", "4000"),
        ("GB", "GB-SW1A 1AA", "SW1A 1AA"),
        ("IE", "IE-A65 F4E2", "A65 F4E2"),
        ("US", "US-98104", "98104"),
        ("BR", "CEP 01310-100", "01310-100"),
        ("MX", "C.P. 02860", "02860"),
        ("IN", "PIN - 110 001", "110001"),
        ("JP", "〒154-0023", "154-0023"),
        ("JP", "〒 １５４－００２３", "154-0023"),
        ("JP", "〒1540023", "154-0023"),
        ("KR", "(우) 03051", "03051"),
    ] {
        assert_eq!(country(code).check_postal_code(typed), given(written), "{code} {typed}");
    }
    for country in Country::all().filter(|country| country.postal().demand().is_used()) {
        let example = country.postal().example();
        for between in ["", "-", " "] {
            let typed = format!("{}{between}{example}", country.code());
            assert_eq!(country.check_postal_code(&typed), given(example), "{typed}");
        }
    }
}

#[test]
fn what_is_wrong_is_refused_with_the_example() {
    for (code, wrong) in [
        ("DE", "D-2045"),
        ("DE", "A-20457"),
        ("DE", "D-D-20457"),
        ("DE", "〒"),
        ("AT", "D-1010"),
        ("NL", "1017"),
        ("JP", "154-002"),
        ("US", "98104-12"),
        ("US", "WA"),
        ("GB", "SW1A"),
        ("DE", "20457 Hamburg"),
        ("KR", "110-034"),
    ] {
        let found = country(code).check_postal_code(wrong);
        let is_told = matches!(found, Err(Problem::PostalCode { .. }));
        assert!(is_told || wrong == "〒" && found == Err(Problem::Missing), "{code} {wrong} {found:?}");
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
        let own = country(code).postal().example();
        assert!(
            matches!(found, Err(Problem::PostalCode { example, .. }) if example == own),
            "{code} {wrong}"
        );
    }
}
