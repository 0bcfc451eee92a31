//! Recovery codes: each lets its owner in once when the authenticator app is gone.

use data_encoding::BASE32_NOPAD;

use crate::values::plain::plain;
use crate::values::token::TokenHash;

/// So many are made at a time.
pub const COUNT: usize = 10;
/// Random bytes of a code; 80 bits make it as good as a password without slow hashing.
const BYTES: usize = 10;
const GROUP: usize = 4;

/// A code such as `4TGR-KWMA-22QX-JBVE`.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

impl RecoveryCode {
    /// Fresh codes.
    pub fn some() -> Vec<Self> {
        (0..COUNT).map(|_| Self(BASE32_NOPAD.encode(&rand::random::<[u8; BYTES]>()))).collect()
    }

    /// Reads a code however it is grouped and cased.
    pub fn parse(typed: &str) -> Option<Self> {
        let typed: String =
            plain(typed).chars().filter(|sign| !sign.is_whitespace() && *sign != '-').take(100).collect();
        let code = typed.to_ascii_uppercase();
        let bytes = BASE32_NOPAD.decode(code.as_bytes()).ok()?;
        (bytes.len() == BYTES).then_some(Self(code))
    }

    /// As people read it.
    pub fn shown(&self) -> String {
        let starts = (0..self.0.len()).step_by(GROUP);
        let groups: Vec<&str> = starts.filter_map(|start| self.0.get(start..start + GROUP)).collect();
        groups.join("-")
    }

    /// What is kept of it.
    pub fn hash(&self) -> TokenHash {
        TokenHash::of(&self.0)
    }
}

impl std::fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let codes = RecoveryCode::some();
        assert_eq!(codes.len(), COUNT);
        let code = &codes[0];
        assert_eq!(code.shown().len(), 19);
        for typed in [code.shown(), code.shown().to_lowercase(), code.shown().replace('-', " ")] {
            assert_eq!(RecoveryCode::parse(&typed).unwrap().hash(), code.hash());
        }
        assert_ne!(codes[1].hash(), code.hash());
        assert!(RecoveryCode::parse("123456").is_none());
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in any::<String>()) {
            if let Some(code) = RecoveryCode::parse(&text) {
                prop_assert_eq!(RecoveryCode::parse(&code.shown()), Some(code));
            }
        }
    }
}
