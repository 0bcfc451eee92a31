//! Passwords: hashing, checking, and temporary ones that can be read aloud.

mod common;
mod own;
mod turn;

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::phc::PasswordHash as PhcString,
};
use diesel_derive_newtype::DieselNewType;
use rand::RngExt as _;
use secrecy::{ExposeSecret, SecretString};

pub use self::own::OwnWords;
pub use self::turn::{Busy, Turn, Turns};

use crate::values::problem::Problem;

/// The shortest password that a person may choose (NIST SP 800-63B asks for 15 or, with a second factor, 8).
pub const SHORTEST: usize = 12;
/// Longer input is refused before it is hashed, so that nobody can keep the processor busy with it.
pub const LONGEST: usize = 200;

/// The length of a temporary password.
const TEMPORARY: usize = 14;

/// What a digit or sign stands for where a word is disguised.
fn swapped(sign: char) -> char {
    match sign {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        sign => sign,
    }
}

/// A password that somebody chose, that is long enough and not one of those that are tried first.
pub struct NewPassword(SecretString);

impl NewPassword {
    /// Takes a password of somebody whose words these are.
    ///
    /// # Errors
    /// [`Problem::Missing`], [`Problem::TooShort`], [`Problem::TooLong`], [`Problem::Common`], or which of the own words
    /// it holds.
    pub fn parse(typed: &str, own: &OwnWords) -> Result<Self, Problem> {
        match typed.chars().count() {
            0 => Err(Problem::Missing),
            count if count < SHORTEST => Err(Problem::TooShort { minimum: SHORTEST }),
            count if count > LONGEST => Err(Problem::TooLong { maximum: LONGEST }),
            _ if common::is_common(typed) => Err(Problem::Common),
            _ => own.held(typed).map_or_else(|| Ok(Self(typed.into())), Err),
        }
    }

    /// Takes a temporary password back that [`NewPassword::temporary`] made and a cookie kept.
    pub fn kept(text: &str) -> Option<Self> {
        (text.chars().count() == TEMPORARY).then(|| Self(text.into()))
    }

    /// A random password in three groups of four such as `Vok7-rimu-Tash`: about 67 bits, upper and
    /// lower case, a digit and hyphens, and no characters that are easily mistaken for others.
    pub fn temporary() -> Self {
        Self::grouped(3)
    }

    /// A random password in so many groups of four.
    fn grouped(groups: usize) -> Self {
        const LETTERS: &[u8] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        let mut rng = rand::rng();
        loop {
            let mut text = String::with_capacity(groups * 5);
            for position in 0..groups * 4 {
                if position > 0 && position % 4 == 0 {
                    text.push('-');
                }
                let letter = LETTERS.get(rng.random_range(0..LETTERS.len())).copied().unwrap_or(b'x');
                text.push(char::from(letter));
            }
            let has = |kind: fn(&char) -> bool| text.chars().any(|c| kind(&c));
            if has(char::is_ascii_uppercase) && has(char::is_ascii_lowercase) && has(char::is_ascii_digit) {
                return Self(text.into());
            }
        }
    }

    /// A temporary password with its hash.
    ///
    /// # Errors
    /// As [`Self::hash`].
    pub fn temporary_hashed(turn: &Turn) -> anyhow::Result<(Self, PasswordHash)> {
        let password = Self::temporary();
        password.hash(turn).map(|hash| (password, hash))
    }

    /// A temporary password for one of a great many users, with its hash. It has a group more, about 89 bits, which nobody
    /// tries out however fast the hash is; so the hash takes microseconds instead of tens of milliseconds, and a hundred
    /// thousand of them seconds instead of an hour.
    ///
    /// # Errors
    /// Only when the system has no randomness to give.
    pub fn temporary_of_many() -> anyhow::Result<(Self, PasswordHash)> {
        let (password, params) = (Self::grouped(4), Params::new(Params::MIN_M_COST, 1, 1, None)?);
        let quick = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let hash = quick.hash_password(password.0.expose_secret().as_bytes())?;
        Ok((password, PasswordHash(hash.to_string())))
    }

    /// Hashes with Argon2id: tens of milliseconds of work, and only in turn.
    ///
    /// # Errors
    /// Only when the system has no randomness to give.
    pub fn hash(&self, _: &Turn) -> anyhow::Result<PasswordHash> {
        let hash = Argon2::default().hash_password(self.0.expose_secret().as_bytes())?;
        Ok(PasswordHash(hash.to_string()))
    }

    /// The password itself, to be shown once.
    pub fn reveal(&self) -> &str {
        self.0.expose_secret()
    }
}

/// An Argon2id hash in PHC spelling.
#[derive(Clone, PartialEq, Eq, DieselNewType, Debug)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// A hash that no password has: an account with it cannot be signed in to, and checking against it
    /// takes as long as against a real one.
    pub fn of_nobody() -> Self {
        Self("$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned())
    }

    /// Whether this is the password. As much work as hashing, so also in turn.
    pub fn matches(&self, typed: &str, _: &Turn) -> bool {
        if typed.len() > LONGEST * 4 {
            return false;
        }
        // The time it takes is not to tell which accounts have the quick hash of a temporary password.
        if !self.is_slow() {
            Self::of_nobody().is_of(typed);
        }
        self.is_of(typed)
    }

    fn is_of(&self, typed: &str) -> bool {
        PhcString::new(&self.0)
            .is_ok_and(|hash| Argon2::default().verify_password(typed.as_bytes(), &hash).is_ok())
    }

    fn is_slow(&self) -> bool {
        self.0.contains("$m=19456,")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(typed: &str) -> Result<NewPassword, Problem> {
        NewPassword::parse(typed, &OwnWords::default())
    }

    #[test]
    fn a_password_matches_its_own_hash_only() {
        let turn = Turns::default().take_now().unwrap();
        let hash = parse("correct horse battery").unwrap().hash(&turn).unwrap();
        assert!(hash.matches("correct horse battery", &turn));
        assert!(!hash.matches("Correct horse battery", &turn));
        assert!(!hash.matches("", &turn));
    }

    #[test]
    fn nobody_has_the_empty_hash() {
        assert!(PhcString::new(&PasswordHash::of_nobody().0).is_ok());
        assert!(!PasswordHash::of_nobody().matches("", &Turns::default().take_now().unwrap()));
    }

    #[test]
    fn a_chosen_password_has_twelve_characters() {
        assert!(matches!(parse("elevenchars"), Err(Problem::TooShort { minimum: 12 })));
        assert!(parse("zwölf Blätter").is_ok());
    }

    #[test]
    fn what_everybody_tries_first_is_not_taken() {
        assert!(matches!(parse("Password1234"), Err(Problem::Common)));
    }

    #[test]
    fn own_words_are_named_and_common_ones_come_first() {
        let own = OwnWords { address: "ann@harbor.example", ..OwnWords::default() };
        let problem = NewPassword::parse("Harbor and the sea", &own).err();
        assert_eq!(problem, Some(Problem::HoldsAddress { word: "harbor".to_owned() }));
        assert_eq!(NewPassword::parse("Harbor2026!!", &own).err(), Some(Problem::Common));
    }

    #[test]
    fn one_of_many_temporary_passwords_is_longer_and_opens_as_others_do() {
        let turn = Turns::default().take_now().unwrap();
        let (password, hash) = NewPassword::temporary_of_many().unwrap();
        assert_eq!(password.reveal().len(), 19);
        assert!(hash.matches(password.reveal(), &turn) && !hash.matches("", &turn));
        let slow = parse("correct horse battery").unwrap().hash(&turn).unwrap();
        assert!(slow.is_slow() && PasswordHash::of_nobody().is_slow() && !hash.is_slow());
    }

    #[test]
    fn a_temporary_password_is_taken_back() {
        let password = NewPassword::temporary();
        assert_eq!(NewPassword::kept(password.reveal()).unwrap().reveal(), password.reveal());
        assert!(NewPassword::kept("short").is_none());
    }

    #[test]
    fn temporary_passwords_differ_and_have_three_kinds_of_characters() {
        let one = NewPassword::temporary();
        assert_ne!(one.reveal(), NewPassword::temporary().reveal());
        assert_eq!(one.reveal().len(), 14);
        assert!(one.reveal().bytes().any(|b| b.is_ascii_digit()));
    }
}
