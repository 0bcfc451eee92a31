//! The code that proves that somebody reads the mailbox to which a request was sent.

use data_encoding::BASE32_NOPAD;

use crate::values::moment::Moment;
use crate::values::plain::plain;
use crate::values::token::TokenHash;

/// A code works for so long.
pub const MINUTES: i64 = 20;
/// After so many wrong tries a code is dead.
pub const TRIES: i32 = 5;
/// Random bytes of a code: eight letters and digits.
const BYTES: usize = 5;
const GROUP: usize = 4;

/// A code such as `4TGR-KWMA`.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    pub fn random() -> Self {
        Self(BASE32_NOPAD.encode(&rand::random::<[u8; BYTES]>()))
    }

    /// Reads a code however it is grouped and cased.
    pub fn parse(typed: &str) -> Option<Self> {
        let typed: String =
            plain(typed).chars().filter(|sign| !sign.is_whitespace() && *sign != '-').take(20).collect();
        let code = typed.to_ascii_uppercase();
        let bytes = BASE32_NOPAD.decode(code.as_bytes()).ok()?;
        (bytes.len() == BYTES).then_some(Self(code))
    }

    /// As people read it.
    pub fn shown(&self) -> String {
        match self.0.split_at_checked(GROUP) {
            Some((first, last)) => format!("{first}-{last}"),
            None => self.0.clone(),
        }
    }

    /// What is kept of it: good for one thing, such as a request and the organisation that answers it.
    pub fn hash(&self, good_for: &[&str]) -> TokenHash {
        TokenHash::of(&format!("{}\n{}", good_for.join("\n"), self.0))
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Code(…)")
    }
}

/// Until when a code works that is made now.
pub fn works_until(now: Moment) -> Moment {
    now.plus_seconds(MINUTES * 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_read_however_it_is_typed_and_good_for_one_thing() {
        let code = Code::random();
        let hash = code.hash(&["one", "two"]);
        assert_eq!(code.shown().len(), 9);
        for typed in
            [code.shown(), code.shown().to_lowercase(), format!(" {} ", code.shown().replace('-', " "))]
        {
            assert_eq!(Code::parse(&typed).unwrap().hash(&["one", "two"]), hash);
        }
        assert_ne!(code.hash(&["one"]), hash);
        assert_ne!(code.hash(&["one", "three"]), hash);
        assert!(!format!("{code:?}").contains(&code.0));
        assert_eq!((Code::parse(""), Code::parse("123456")), (None, None));
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in any::<String>()) {
            if let Some(code) = Code::parse(&text) {
                prop_assert_eq!(Code::parse(&code.shown()), Some(code));
            }
        }
    }
}
