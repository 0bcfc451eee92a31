//! What the browser sends.

use super::model::Kind;
use crate::error::{Error, Result};

/// The kinds that are ticked. They repeat, so they arrive as pairs.
///
/// # Errors
/// [`Error::BadRequest`] for a kind that no page offers.
pub fn ticked(pairs: &[(String, String)]) -> Result<Vec<Kind>> {
    let kinds = pairs.iter().filter(|(name, _)| name == "kinds");
    kinds.map(|(_, value)| Kind::from_text(value).ok_or(Error::BadRequest("kinds"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_ticked_kinds_are_read() {
        let pairs =
            |kind: &str| vec![("kinds".to_owned(), kind.to_owned()), ("other".to_owned(), String::new())];
        assert_eq!(ticked(&pairs("delegation_ended")).unwrap(), [Kind::DelegationEnded]);
        assert!(ticked(&pairs("")).is_err());
        assert!(ticked(&[]).unwrap().is_empty());
    }

    proptest! {
        #[test]
        fn any_pairs_are_answered(pairs in proptest::collection::vec((any::<String>(), any::<String>()), 0..20)) {
            prop_assert!(ticked(&pairs).is_ok());
        }
    }
}
