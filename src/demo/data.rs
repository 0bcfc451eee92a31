//! The lists that the demonstration is made of.

use anyhow::Context as _;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::values::country::Country;

const FIRST_NAMES: &str = include_str!("data/people_first.txt");
const LAST_NAMES: &str = include_str!("data/people_last.txt");
const COMPANY_FIRST: &str = include_str!("data/company_first.txt");
const COMPANY_SECOND: &str = include_str!("data/company_second.txt");
const COMPANY_PLACES: &str = include_str!("data/company_places.txt");

/// Where customers are: a street that exists, with numbers that belong to nobody.
#[derive(Deserialize)]
pub struct Place {
    pub country: Country,
    pub city: String,
    pub state: String,
    pub postal_code: String,
    pub street: String,
    pub culture: String,
    pub phone_prefix: String,
    /// Each `#` is a digit.
    pub phone_pattern: String,
}

/// A reseller with the person who owns it.
#[derive(Deserialize)]
pub struct ResellerLine {
    pub name: String,
    pub country: Country,
    pub contact_first: String,
    pub contact_last: String,
    pub city: String,
    /// One a location, separated by semicolons.
    pub mpn_ids: String,
    pub domain: String,
}

/// Everything read.
pub struct Lists {
    pub places: Vec<Place>,
    pub resellers: Vec<ResellerLine>,
    pub first_names: Vec<&'static str>,
    pub last_names: Vec<&'static str>,
    pub company_first: Vec<&'static str>,
    pub company_second: Vec<&'static str>,
    pub company_places: Vec<&'static str>,
}

impl Lists {
    /// # Errors
    /// When a table is malformed; a test reads every line.
    pub fn read() -> anyhow::Result<Self> {
        Ok(Self {
            places: table("places.csv", include_str!("data/places.csv"))?,
            resellers: table("reseller_names.csv", include_str!("data/reseller_names.csv"))?,
            first_names: FIRST_NAMES.lines().collect(),
            last_names: LAST_NAMES.lines().collect(),
            company_first: COMPANY_FIRST.lines().collect(),
            company_second: COMPANY_SECOND.lines().collect(),
            company_places: COMPANY_PLACES.lines().collect(),
        })
    }
}

fn table<Line: DeserializeOwned>(name: &str, text: &str) -> anyhow::Result<Vec<Line>> {
    let lines: Result<Vec<Line>, _> = csv::Reader::from_reader(text.as_bytes()).into_deserialize().collect();
    lines.with_context(|| format!("{name} is malformed"))
}

/// The parts of a cell that holds a list.
pub fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').filter(|part| !part.is_empty())
}

/// A name in the letters of addresses: lower case, without accents and whatever else is no letter or digit.
pub fn plain(name: &str) -> String {
    name.to_lowercase().chars().flat_map(plain_letters).collect()
}

fn plain_letters(letter: char) -> std::iter::Copied<std::slice::Iter<'static, char>> {
    const NONE: &[char] = &[];
    let letters: &'static [char] = match letter {
        'ä' => &['a', 'e'],
        'ö' | 'ø' => &['o', 'e'],
        'ü' => &['u', 'e'],
        'á' | 'à' | 'â' | 'ã' | 'ą' => &['a'],
        'å' => &['a', 'a'],
        'ç' | 'č' | 'ć' => &['c'],
        'ď' => &['d'],
        'ð' => &['d'],
        'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ě' => &['e'],
        'í' | 'î' | 'ï' | 'ı' | 'ì' => &['i'],
        'ł' => &['l'],
        'ñ' | 'ń' | 'ň' => &['n'],
        'ó' | 'ò' | 'ô' | 'õ' => &['o'],
        'ř' => &['r'],
        'ś' | 'š' => &['s'],
        'ß' => &['s', 's'],
        'ú' | 'ů' | 'ù' | 'û' => &['u'],
        'ý' => &['y'],
        'ż' | 'ź' | 'ž' => &['z'],
        'æ' => &['a', 'e'],
        'œ' => &['o', 'e'],
        _ => ASCII
            .iter()
            .position(|known| *known == letter)
            .map_or(NONE, |at| ASCII.get(at..=at).unwrap_or(NONE)),
    };
    letters.iter().copied()
}

const ASCII: &[char] = &[
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u',
    'v', 'w', 'x', 'y', 'z', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_well_formed() {
        let lists = Lists::read().unwrap();
        assert!(lists.resellers.len() >= 30 && lists.places.len() >= 100);
        for names in [&lists.first_names, &lists.last_names, &lists.company_first, &lists.company_second] {
            assert!(names.iter().all(|name| !plain(name).is_empty()));
        }
    }

    #[test]
    fn names_in_addresses_are_letters_and_digits() {
        assert_eq!(plain("Łukasz Ó Briain"), "lukaszobriain");
        assert_eq!(plain("Søren Ærø-Müller & Æ"), "soerenaeroemuellerae");
    }
}
