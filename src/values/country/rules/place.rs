//! Where the postal code stands in an address (Universal Postal Union addressing).

/// The place of the postal code beside the city.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostalPlace {
    /// `20457 Hamburg`, as in most countries.
    BeforeCity,
    /// `Seattle, WA 98104`
    AfterCity,
    /// A line of its own below the city.
    OwnLine,
}

const AFTER_CITY: [&str; 32] = [
    "AS", "AU", "BD", "BM", "BN", "CA", "CC", "CX", "GU", "ID", "IN", "JO", "JP", "KH", "KR", "LV", "MH",
    "MM", "MP", "MV", "NF", "NG", "NZ", "PK", "PR", "PW", "SA", "SG", "TH", "TW", "UM", "US",
];
const OWN_LINE: [&str; 12] = ["FK", "GB", "GG", "GI", "GS", "IE", "IM", "JE", "KE", "LK", "SH", "ZA"];

impl PostalPlace {
    /// The place in the country of this code.
    pub(in crate::values::country) fn of(country: &str) -> Self {
        if AFTER_CITY.contains(&country) {
            Self::AfterCity
        } else if OWN_LINE.contains(&country) {
            Self::OwnLine
        } else {
            Self::BeforeCity
        }
    }
}
