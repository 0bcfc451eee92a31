//! What follows the question mark.

use serde::Serialize;

/// A path with the filter and further pairs as query. Empty values are left out, so addresses stay short.
pub fn address(path: impl AsRef<str>, filter: &impl Serialize, more: &[(&str, &str)]) -> String {
    let path = path.as_ref();
    let pairs = pairs(filter);
    let filled =
        pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(more.iter().copied());
    let filled: Vec<_> = filled.filter(|(_, value)| !value.is_empty()).collect();
    match serde_urlencoded::to_string(&filled) {
        Ok(query) if !query.is_empty() => format!("{path}?{query}"),
        _ => path.to_owned(),
    }
}

/// The parts of a filter, as they stand in an address.
pub fn pairs(filter: &impl Serialize) -> Vec<(String, String)> {
    let query = serde_urlencoded::to_string(filter).unwrap_or_default();
    serde_urlencoded::from_str(&query).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_stays_one_value_and_empty_ones_are_left_out() {
        let typed = address("/customers", &[("search", "a b&c=d"), ("reseller", "")], &[("after", "é")]);
        assert_eq!(typed, "/customers?search=a+b%26c%3Dd&after=%C3%A9");
        assert_eq!(address("/customers", &(), &[]), "/customers");
    }
}
