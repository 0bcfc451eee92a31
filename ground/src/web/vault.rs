//! Seals what has to be read again, and what nobody is to read in a copy of the database.

use actix_web::cookie::Key;
use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use anyhow::anyhow;
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest as _, Sha256};

use crate::error::{Error, Result};

/// Bytes of a nonce, which stands before what is sealed.
const NONCE: usize = 12;

/// Seals texts with a key that is derived from the session key, and opens what was sealed with that or an earlier one.
/// Whoever changes the session key without naming the earlier one loses what is sealed.
#[derive(Clone)]
pub struct Vault {
    now: Aes256Gcm,
    before: Vec<Aes256Gcm>,
}

impl Vault {
    /// The vault whose key is derived from the key of the cookies.
    pub fn of(key: &Key) -> Self {
        Self::after(key, &[])
    }

    /// The same, where the key of the cookies took the place of others.
    pub fn after(key: &Key, before: &[Key]) -> Self {
        Self { now: cipher(key), before: before.iter().map(cipher).collect() }
    }

    /// Seals a text for one place, such as a person's second factor: it opens nowhere else.
    ///
    /// # Errors
    /// When the text is longer than the cipher takes, which no text of ours is.
    pub fn seal(&self, place: &str, text: &str) -> Result<String> {
        let nonce: [u8; NONCE] = rand::random();
        let payload = Payload { msg: text.as_bytes(), aad: place.as_bytes() };
        let sealed = self.now.encrypt(Nonce::from_slice(&nonce), payload);
        let sealed = sealed.map_err(|_| Error::Internal(anyhow!("a text could not be sealed")))?;
        Ok(BASE64URL_NOPAD.encode(&[nonce.as_slice(), &sealed].concat()))
    }

    /// What was sealed for this place; none when it was not, or with a key that is not known any more.
    pub fn open(&self, place: &str, sealed: &str) -> Option<String> {
        std::iter::once(&self.now).chain(&self.before).find_map(|cipher| open_with(cipher, place, sealed))
    }

    /// The same text sealed with the key of now, if it was sealed with an earlier one.
    ///
    /// # Errors
    /// As for [`Vault::seal`].
    pub fn renew(&self, place: &str, sealed: &str) -> Result<Option<String>> {
        let text = self.before.iter().find_map(|cipher| open_with(cipher, place, sealed));
        text.map(|text| self.seal(place, &text)).transpose()
    }
}

fn cipher(key: &Key) -> Aes256Gcm {
    let mut digest = Sha256::new();
    digest.update(b"twotier vault\n");
    digest.update(key.master());
    Aes256Gcm::new(&digest.finalize().0.into())
}

fn open_with(cipher: &Aes256Gcm, place: &str, sealed: &str) -> Option<String> {
    let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE)?;
    let payload = Payload { msg: sealed, aad: place.as_bytes() };
    String::from_utf8(cipher.decrypt(Nonce::from_slice(nonce), payload).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_sealed_opens_in_its_place_with_its_key_only() {
        let vault = Vault::of(&Key::from(&[1; 64]));
        let sealed = vault.seal("person 1", "secret").unwrap();
        assert!(!sealed.contains("secret"));
        assert_ne!(vault.seal("person 1", "secret").unwrap(), sealed);
        assert_eq!(vault.open("person 1", &sealed).as_deref(), Some("secret"));
        assert_eq!(vault.open("person 2", &sealed), None);
        assert_eq!(Vault::of(&Key::from(&[2; 64])).open("person 1", &sealed), None);
    }

    #[test]
    fn an_earlier_key_opens_until_what_it_sealed_is_sealed_anew() {
        let (old, new) = (Key::from(&[1; 64]), Key::from(&[2; 64]));
        let sealed = Vault::of(&old).seal("person 1", "secret").unwrap();
        let rotated = Vault::after(&new, &[Key::from(&[3; 64]), old]);
        assert_eq!(rotated.open("person 1", &sealed).as_deref(), Some("secret"));
        assert_eq!(rotated.renew("person 2", &sealed).unwrap(), None);
        let renewed = rotated.renew("person 1", &sealed).unwrap().unwrap();
        assert_eq!(Vault::of(&new).open("person 1", &renewed).as_deref(), Some("secret"));
        assert_eq!(rotated.renew("person 1", &renewed).unwrap(), None, "it is of now already");
    }

    proptest! {
        #[test]
        fn any_text_is_sealed_and_none_is_opened(text in any::<String>(), place in any::<String>()) {
            let vault = Vault::of(&Key::from(&[1; 64]));
            let sealed = vault.seal(&place, &text).unwrap();
            prop_assert_eq!(vault.open(&place, &sealed), Some(text.clone()));
            prop_assert_eq!(vault.open(&place, &text), None);
        }
    }
}
