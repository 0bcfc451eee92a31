//! Tokens: what a mailed link or a cookie proves itself by. Only their hashes are ever kept.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use diesel_derive_newtype::DieselNewType;
use sha2::{Digest, Sha256};

/// A secret of 32 random bytes, spelled so that it can stand in an address.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// How many signs it has.
    pub const LENGTH: usize = 43;

    pub fn random() -> Self {
        Self(BASE64URL_NOPAD.encode(&rand::random::<[u8; 32]>()))
    }

    /// Takes only what [`Token::random`] could have written.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        (bytes.len() == 32).then(|| Self(text.to_owned()))
    }

    /// What is kept in place of the token. The token is random, so a plain hash is enough.
    pub fn hash(&self) -> TokenHash {
        TokenHash::of(&self.0)
    }

    /// The token itself, to be put into a link or a cookie and nowhere else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The SHA-256 of a token in lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, DieselNewType)]
pub struct TokenHash(String);

impl TokenHash {
    /// The hash of a secret that is random enough to need no slow one.
    pub fn of(secret: &str) -> Self {
        Self(HEXLOWER.encode(&Sha256::digest(secret.as_bytes())))
    }

    /// A name by which its owner can point at it on a page: another hash, so that a page never shows what is kept.
    pub fn name(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(self.0.as_bytes())).chars().take(24).collect()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_token_reads_back_and_hides_itself() {
        let token = Token::random();
        assert_eq!(Token::parse(token.reveal()).unwrap(), token);
        assert_ne!(Token::random(), token);
        assert!(!format!("{token:?}").contains(token.reveal()));
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in any::<String>()) {
            if let Some(token) = Token::parse(&text) {
                prop_assert_eq!(token.reveal().len(), Token::LENGTH);
            }
        }
    }
}
