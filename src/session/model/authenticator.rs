//! The second factor: codes of an authenticator app (TOTP, RFC 6238), and its key as the app takes it.

use data_encoding::BASE32_NOPAD;
use totp_rs::{Algorithm, Builder, Totp};

use crate::error::{Error, Result};
use crate::values::moment::Moment;
use crate::values::plain::plain;

/// Bytes of a key: as many as the hash has, which RFC 4226 recommends.
const KEY: usize = 20;
const STEP_SECONDS: u64 = 30;
const DIGITS: u8 = 6;
/// Codes of the step before and after count too, for clocks that are a little off.
const TOLERATED_STEPS: u16 = 1;

/// What the app and the portal share.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthenticatorKey([u8; KEY]);

impl AuthenticatorKey {
    pub fn random() -> Self {
        Self(rand::random())
    }

    /// Reads what [`AuthenticatorKey::text`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        BASE32_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }

    /// The key as apps and people read it.
    pub fn text(&self) -> String {
        BASE32_NOPAD.encode(&self.0)
    }

    /// The same in groups of four, for typing.
    pub fn grouped(&self) -> String {
        let text = self.text();
        let groups: Vec<&str> =
            (0..text.len()).step_by(4).filter_map(|start| text.get(start..start + 4)).collect();
        groups.join(" ")
    }

    /// What the QR code says.
    ///
    /// # Errors
    /// When the library refuses the names, which are tidied for it.
    pub fn uri(&self, installation: &str, account: &str) -> Result<String> {
        let totp = builder(&self.0)
            .with_issuer(Some(installation.replace(':', " ")))
            .with_account_name(account.replace(':', " "))
            .build();
        totp.and_then(|totp| totp.to_url()).map_err(|error| Error::Internal(anyhow::anyhow!("{error:?}")))
    }

    /// The step of a code that is right now.
    pub fn step_of(&self, typed: &str, now: Moment) -> Option<i64> {
        let code: String = plain(typed).chars().filter(|sign| !is_between_digits(*sign)).collect();
        let step = totp(&self.0).check(&code, u64::try_from(now.unix()).ok()?)?;
        i64::try_from(step).ok()
    }

    /// The code of a moment.
    pub fn code_at(&self, moment: Moment) -> String {
        totp(&self.0).generate(u64::try_from(moment.unix()).unwrap_or_default()).to_string()
    }
}

impl std::fmt::Debug for AuthenticatorKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AuthenticatorKey(…)")
    }
}

/// Apps show codes in two groups.
fn is_between_digits(sign: char) -> bool {
    sign.is_whitespace() || sign == '-'
}

fn totp(key: &[u8]) -> Totp {
    builder(key).build_noncompliant()
}

fn builder(key: &[u8]) -> Builder {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(DIGITS)
        .with_skew(TOLERATED_STEPS)
        .with_step_duration(STEP_SECONDS)
        .with_secret(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// RFC 6238, appendix B, for SHA-1; the last six of its eight digits.
    const PUBLISHED: [(i64, &str); 6] = [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ];

    fn published_key() -> AuthenticatorKey {
        AuthenticatorKey(*b"12345678901234567890")
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        for (seconds, code) in PUBLISHED {
            let moment = Moment::from_unix(seconds);
            assert_eq!(published_key().code_at(moment), code);
            assert_eq!(published_key().step_of(code, moment), Some(seconds / 30));
        }
    }

    #[test]
    fn a_code_counts_in_its_step_and_the_two_beside_it() {
        let (key, now) = (AuthenticatorKey::random(), Moment::from_unix(1_795_262_400));
        let code = key.code_at(now);
        let step = 1_795_262_400 / 30;
        for (later, taken) in [(-31, None), (-30, Some(step)), (0, Some(step)), (59, Some(step)), (60, None)]
        {
            assert_eq!(key.step_of(&code, now.plus_seconds(later)), taken, "{later}");
        }
        let (first, last) = code.split_at(3);
        let wide: String =
            code.bytes().filter_map(|digit| char::from_u32(0xff10 + u32::from(digit - b'0'))).collect();
        for shown in [format!(" {first} {last}"), format!("{first}-{last}"), wide] {
            assert_eq!(key.step_of(&shown, now), Some(step), "{shown}");
        }
    }

    #[test]
    fn the_key_is_what_apps_take() {
        let key = published_key();
        assert_eq!(key.text(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(key.grouped(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let uri = key.uri("Two: tier", "ann@harbor.example").unwrap();
        assert!(uri.starts_with("otpauth://totp/"), "{uri}");
        assert!(uri.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), "{uri}");
        assert!(!format!("{key:?}").contains("GEZD"));
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in any::<String>()) {
            prop_assert!(AuthenticatorKey::parse(&text).is_none_or(|key| key.text() == text));
            let _ = published_key().step_of(&text, Moment::from_unix(59));
        }
    }
}
