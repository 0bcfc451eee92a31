//! How failed tries slow the next one down.

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::values::moment::Moment;

/// So many failed tries of an account are free.
const FREE_OF_ACCOUNT: i32 = 5;
/// So many failed tries from a network address are free: a whole office may stand behind it.
const FREE_OF_ADDRESS: i32 = 50;
/// The longest pause between two tries: it slows an attacker and never locks the owner out for good.
const LONGEST_SECONDS: i64 = 15 * 60;
/// After so long without a try, failures are forgotten.
const FORGET_SECONDS: i64 = 24 * 3600;

/// What tries are counted by; the key is a hash, so that the table of counts holds no addresses.
#[derive(Clone, Debug)]
pub struct Subject {
    pub key: String,
    free: i32,
}

impl Subject {
    pub fn account(email: &str) -> Self {
        Self { key: hash("account", email), free: FREE_OF_ACCOUNT }
    }

    pub fn address(address: &str) -> Self {
        Self { key: hash("address", address), free: FREE_OF_ADDRESS }
    }
}

fn hash(kind: &str, value: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(format!("{kind}:{value}")))
}

/// The failed tries of an account or a network address.
#[derive(Clone, Copy, Debug, Default)]
pub struct Failures {
    pub count: i32,
    pub last_at: Option<Moment>,
}

impl Failures {
    /// Seconds until the next try is taken; 0 when it is taken now.
    pub fn wait(self, subject: &Subject, now: Moment) -> i64 {
        let Some(last_at) = self.last_at.filter(|_| !self.is_forgotten(now)) else { return 0 };
        let beyond = u32::try_from(self.count - subject.free).map_or(-1, |beyond| i64::from(beyond.min(20)));
        let pause = if beyond < 0 { 0 } else { (1_i64 << beyond).min(LONGEST_SECONDS) };
        (last_at.unix() + pause - now.unix()).max(0)
    }

    /// The count after one more failure.
    pub fn one_more(self, now: Moment) -> i32 {
        if self.is_forgotten(now) { 1 } else { self.count.saturating_add(1) }
    }

    fn is_forgotten(self, now: Moment) -> bool {
        self.last_at.is_none_or(|last_at| last_at.plus_seconds(FORGET_SECONDS) < now)
    }
}

/// Where to go after signing in: only a path of our own, so that a link cannot lead elsewhere.
pub fn safe_path(next: &str) -> &str {
    let is_ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(|char: char| char == '\\' || char.is_control())
        && !next.starts_with("/session");
    if is_ours { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_failure_makes_wait_and_each_more_twice_as_long() {
        let now = Moment::now();
        let wait = |count| Failures { count, last_at: Some(now) }.wait(&Subject::account("a"), now);
        assert_eq!([wait(0), wait(4), wait(5), wait(6), wait(8)], [0, 0, 1, 2, 8]);
        assert_eq!(wait(100), 15 * 60);
        let office = Failures { count: 20, last_at: Some(now) };
        assert_eq!(office.wait(&Subject::address("192.0.2.1"), now), 0);
    }

    #[test]
    fn failures_are_forgotten_after_a_day() {
        let now = Moment::now();
        let failures = Failures { count: 100, last_at: Some(now.plus_days(-2)) };
        assert_eq!(failures.wait(&Subject::account("a"), now), 0);
        assert_eq!(failures.one_more(now), 1);
    }

    #[test]
    fn signing_in_leads_to_our_own_pages_only() {
        assert_eq!(safe_path("/customers?search=a"), "/customers?search=a");
        for elsewhere in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "",
            "/session/end",
            "/a\nb",
            "/\u{1}",
            "/\u{7f}",
        ] {
            assert_eq!(safe_path(elsewhere), "/", "{elsewhere}");
        }
    }
}
