//! The code that proves that somebody reads the mailbox to which a request was sent.

use data_encoding::BASE32_NOPAD;

use crate::session::tally::Subject;
use crate::values::email::Email;
use crate::values::id::{OrganisationId, PartnershipRequestId};
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

    /// What is kept of it: good for one request and one organisation.
    pub fn hash(&self, request: &PartnershipRequestId, organisation: &OrganisationId) -> TokenHash {
        TokenHash::of(&format!("{request}\n{organisation}\n{}", self.0))
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

/// What letters with codes are counted by, so that nobody fills a mailbox or guesses for long.
pub fn counted_by(request: &PartnershipRequestId, organisation: &OrganisationId, to: &Email) -> Vec<Subject> {
    vec![
        Subject::with_rate(&["partnership code", request.as_str(), organisation.as_str()], 3, 600),
        Subject::with_rate(&["partnership codes to", to.as_str()], 10, 900),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_read_however_it_is_typed_and_good_for_one_request_and_organisation() {
        let code = Code::random();
        let (request, organisation) = (PartnershipRequestId::new(), OrganisationId::new());
        let hash = code.hash(&request, &organisation);
        assert_eq!(code.shown().len(), 9);
        for typed in
            [code.shown(), code.shown().to_lowercase(), format!(" {} ", code.shown().replace('-', " "))]
        {
            assert_eq!(Code::parse(&typed).unwrap().hash(&request, &organisation), hash);
        }
        assert_ne!(code.hash(&PartnershipRequestId::new(), &organisation), hash);
        assert_ne!(code.hash(&request, &OrganisationId::new()), hash);
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
