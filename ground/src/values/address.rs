//! Postal addresses, as the rules of their country want them.

use crate::values::country::Country;

/// An address without its country, which stands beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    pub line_1: String,
    pub line_2: String,
    pub city: String,
    pub state: String,
    pub postal_code: String,
}

impl Address {
    /// The address line by line as the country writes it, states by their names, the country on the last line.
    ///
    /// An address in the script of its country goes from the largest to the smallest where the country writes so
    /// (Japan, with 〒); the same country's addresses in Latin letters go from the smallest to the largest.
    pub fn lines(&self, country: Country) -> Vec<String> {
        let is_native = [&self.line_1, &self.city].into_iter().any(|text| text.chars().any(is_east_asian));
        let lines = country.layout(is_native).split('|').map(|line| self.laid_out(line, country));
        let country = country.name().to_owned();
        lines.filter(|line| !line.is_empty()).chain([country]).collect()
    }

    /// Every part as people know it, with the name of its field, in the order of the page.
    pub fn fields(&self, country: Country) -> [(&'static str, &str); 5] {
        [
            ("line_1", &self.line_1),
            ("line_2", &self.line_2),
            ("city", &self.city),
            ("state", country.state_name(&self.state)),
            ("postal_code", &self.postal_code),
        ]
    }

    /// Whether it has been given at all.
    pub fn is_given(&self) -> bool {
        !self.line_1.is_empty()
    }

    /// One line of a layout. What stands before a part is written if a part stands before that, or if the line begins
    /// with it.
    fn laid_out(&self, layout: &str, country: Country) -> String {
        let (mut line, mut between, mut is_first) = (String::new(), String::new(), true);
        for sign in layout.chars() {
            let Some(part) = self.part(sign, country) else {
                between.push(sign);
                continue;
            };
            if !part.is_empty() {
                if is_first || !line.is_empty() {
                    line.push_str(&between);
                }
                line.push_str(part);
            }
            between.clear();
            is_first = false;
        }
        line
    }

    fn part(&self, letter: char, country: Country) -> Option<&str> {
        match letter {
            'A' => Some(&self.line_1),
            'B' => Some(&self.line_2),
            'C' => Some(self.town(country)),
            'S' => Some(country.state_name(&self.state)),
            'Z' => Some(&self.postal_code),
            _ => None,
        }
    }

    /// A city state is its own town.
    fn town(&self, country: Country) -> &str {
        let is_city_state = !country.city().is_required() && !self.postal_code.is_empty();
        if self.city.is_empty() && is_city_state { country.name() } else { &self.city }
    }
}

/// Whether a letter is Chinese, Japanese or Korean.
fn is_east_asian(letter: char) -> bool {
    let blocks = ['\u{2e80}'..='\u{9fff}', '\u{ac00}'..='\u{d7af}', '\u{f900}'..='\u{faff}'];
    blocks.iter().any(|block| block.contains(&letter)) || ('\u{20000}'..='\u{3ffff}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn address([line_1, line_2, city, state, postal_code]: [&str; 5]) -> Address {
        let [line_1, line_2, city, state, postal_code] =
            [line_1, line_2, city, state, postal_code].map(str::to_owned);
        Address { line_1, line_2, city, state, postal_code }
    }

    #[test]
    fn each_country_has_its_own_order_and_names_its_states() {
        for (country, typed, written) in [
            ("DE", ["1 Weg", "", "Hamburg", "", "20457"], "1 Weg|20457 Hamburg|Germany"),
            (
                "US",
                ["1 St", "Fl 2", "Seattle", "WA", "98104"],
                "1 St|Fl 2|Seattle, Washington 98104|United States",
            ),
            ("CA", ["1 Rue", "", "Montréal", "QC", "H3Z 2Y7"], "1 Rue|Montréal, Quebec H3Z 2Y7|Canada"),
            ("MX", ["1 C", "", "Coyoacán", "CMX", "04000"], "1 C|04000 Coyoacán, Ciudad de México|Mexico"),
            ("GB", ["1 Rd", "", "London", "", "SW1A 1AA"], "1 Rd|London|SW1A 1AA|United Kingdom"),
            ("BR", ["1 R", "", "Salvador", "BA", "40301-110"], "1 R|Salvador - BA|40301-110|Brazil"),
            ("IT", ["1 V", "", "Roma", "RM", "00144"], "1 V|00144 Roma RM|Italy"),
            ("HU", ["Fő út 14", "", "Dunakeszi", "", "2120"], "Dunakeszi|Fő út 14|2120|Hungary"),
            ("SG", ["16 Sandilands Rd", "", "", "", "546080"], "16 Sandilands Rd|Singapore 546080|Singapore"),
            ("HK", ["1 Rd", "", "Kowloon", "", ""], "1 Rd|Kowloon|Hong Kong SAR"),
            (
                "JP",
                ["4-27-10 Wakabayashi", "", "Setagaya-ku", "Tokyo", "154-0023"],
                "4-27-10 Wakabayashi|Setagaya-ku, Tokyo 154-0023|Japan",
            ),
            (
                "JP",
                ["若林4-27-10", "サンビル 3F", "世田谷区", "東京都", "154-0023"],
                "〒154-0023|東京都 世田谷区 若林4-27-10|サンビル 3F|Japan",
            ),
            ("KR", ["테헤란로 14", "", "강남구", "서울", "06236"], "서울 강남구 테헤란로 14|06236|Korea"),
        ] {
            let lines = address(typed).lines(Country::parse(country).unwrap());
            let expected: Vec<&str> = written.split('|').collect();
            let (last, before) = lines.split_last().unwrap();
            assert_eq!(before, &expected[..expected.len() - 1], "{country}");
            assert_eq!(last, Country::parse(country).unwrap().name());
        }
    }

    #[test]
    fn what_is_missing_takes_its_signs_along() {
        let us = Country::parse("US").unwrap();
        assert_eq!(address(["1 St", "", "", "", "98104"]).lines(us)[1], "98104");
        assert_eq!(address(["1 St", "", "Seattle", "", "98104"]).lines(us)[1], "Seattle 98104");
        assert_eq!(address(["1 St", "", "", "WA", ""]).lines(us)[1], "Washington");
        let japan = Country::parse("JP").unwrap();
        assert_eq!(address(["若林", "", "世田谷区", "", ""]).lines(japan)[0], "世田谷区 若林");
    }

    proptest! {
        #[test]
        fn every_part_stands_on_a_line_whatever_the_country(
            country in prop::sample::select(Country::all().collect::<Vec<_>>()),
            line_1 in "[a-z]{3,9}|[世田谷区]{2,4}", city in "[A-Z][a-z]{3,9}", postal_code in "[0-9]{5}",
        ) {
            let lines = address([&line_1, "beside", &city, "", &postal_code]).lines(country);
            let text = lines.join("\n");
            for part in [line_1.as_str(), "beside", city.as_str()] {
                prop_assert!(text.contains(part), "{text}");
            }
            prop_assert!(text.contains(&postal_code) || !country.postal().demand().is_used(), "{text}");
            prop_assert!(lines.iter().all(|line| !line.trim().is_empty() && line.trim() == line));
        }
    }
}
