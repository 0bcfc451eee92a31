//! How wrong passwords slow the next try down: an attacker everywhere, the owner of an account hardly ever.
//!
//! A browser in which the person has signed in before is counted by itself, so that nobody else can keep the owner
//! out. Every other try is counted by account and network together, which stops guessing from one place; by network
//! and by the wider one around it, which stops trying many accounts; and by account, which stops guessing from many
//! places. Beside that an alarm counts the wrong tries of an account, wherever they come from. Only wrong ones count.

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::values::id::PersonId;
use crate::values::moment::Moment;
pub use crate::values::network::Network;
use crate::values::token::TokenHash;

/// So many wrong passwords in one account from one place, and a pause begins that doubles with each more.
const FREE: i32 = 5;
const LONGEST_PAUSE_SECONDS: i64 = 15 * 60;
/// So long after the last wrong password of an account from one place, all of them are forgotten.
const PAUSE_FORGOTTEN_SECONDS: i64 = 24 * 3600;
/// A network may be a whole office.
const OF_NETWORK: Rule = Rule::Rate { at_once: 100, every_seconds: 15 };
/// Many offices, or one attacker with many addresses.
const OF_WIDER_NETWORK: Rule = Rule::Rate { at_once: 400, every_seconds: 4 };
/// Loose: whoever attacks an account from many networks closes it to browsers that are new to it.
const OF_ACCOUNT: Rule = Rule::Rate { at_once: 50, every_seconds: 100 };

/// After so many wrong passwords of an account, from wherever, its owner and its organisation are told.
pub const PASSWORDS_BEFORE_ALARM: i32 = 10;
/// Fewer wrong codes: whoever types them knows the password.
pub const CODES_BEFORE_ALARM: i32 = 5;

/// What wrong passwords are counted by; the key is a hash, so that the table of counts holds no addresses.
#[derive(Clone, Debug)]
pub struct Subject {
    pub key: String,
    rule: Rule,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// Some are free, then each makes wait twice as long as the one before.
    Pause,
    /// So many at once, then one each so many seconds; as much is forgiven in the same time.
    Rate { at_once: i64, every_seconds: i64 },
    /// Nobody waits, but after so many somebody is told, once until a day was quiet.
    Alarm { after: i32 },
}

/// What a try is counted by.
pub fn subjects(email: &str, network: &Network, known_browser: Option<&TokenHash>) -> Vec<Subject> {
    let subject = |rule, words: &[&str]| Subject { key: hash(words), rule };
    match known_browser {
        Some(browser) => {
            vec![subject(Rule::Pause, &["browser", email, browser.as_str()])]
        }
        None => vec![
            subject(Rule::Pause, &["account in network", email, network.as_str()]),
            subject(OF_NETWORK, &["network", network.as_str()]),
            subject(OF_WIDER_NETWORK, &["wider network", network.wider()]),
            subject(OF_ACCOUNT, &["account", email]),
        ],
    }
}

/// What wrong passwords of an account are counted by, once they turned out wrong. Those of nobody are counted together,
/// so that they are as much work.
pub fn password_alarm(person: Option<&PersonId>) -> Subject {
    let person = person.map_or("", PersonId::as_str);
    Subject { key: hash(&["wrong passwords", person]), rule: Rule::Alarm { after: PASSWORDS_BEFORE_ALARM } }
}

/// The same of wrong codes.
pub fn code_alarm(person: Option<&PersonId>) -> Subject {
    let person = person.map_or("", PersonId::as_str);
    Subject { key: hash(&["wrong codes", person]), rule: Rule::Alarm { after: CODES_BEFORE_ALARM } }
}

/// What the wrong tries of others are forgotten by, once the owner of an account has proved to read its mailbox.
pub fn subjects_of_owner(person: &PersonId, email: &str, network: &Network) -> Vec<Subject> {
    [subjects(email, network, None), code_subjects(email, network, None)]
        .into_iter()
        .flatten()
        .filter(|subject| !subject.is_of_network())
        .chain([password_alarm(Some(person)), code_alarm(Some(person))])
        .collect()
}

/// What a try with a second factor's code is counted by: like passwords, since six digits are soon guessed.
pub fn code_subjects(email: &str, network: &Network, known_browser: Option<&TokenHash>) -> Vec<Subject> {
    let subject = |rule, words: &[&str]| Subject { key: hash(words), rule };
    match known_browser {
        // Somebody who knows the password could make many browsers known before the codes began.
        Some(browser) => vec![
            subject(Rule::Pause, &["code in browser", email, browser.as_str()]),
            subject(OF_ACCOUNT, &["code in browsers", email]),
        ],
        None => vec![
            subject(Rule::Pause, &["code in network", email, network.as_str()]),
            subject(OF_ACCOUNT, &["code", email]),
        ],
    }
}

/// What a password that is asked for once more is counted by: the sign-in, so that a stolen one does not keep the owner
/// from changing the password, and loosely the account.
pub fn confirmation_subjects(email: &str, sign_in: &TokenHash) -> Vec<Subject> {
    let subject = |rule, words: &[&str]| Subject { key: hash(words), rule };
    vec![
        subject(Rule::Pause, &["confirmation", sign_in.as_str()]),
        subject(OF_ACCOUNT, &["confirmation of account", email]),
    ]
}

/// Tries that come at once are so far apart at most.
const AT_ONCE_SECONDS: i64 = 1;

/// All tallies are forgotten sooner; one that is not was kept by a clock that was ahead.
pub const LONGEST_KEPT_SECONDS: i64 = 30 * PAUSE_FORGOTTEN_SECONDS;

impl Subject {
    /// Something that may be done so often at once, then once each so many seconds. The words name what is counted.
    pub fn with_rate(words: &[&str], at_once: i64, every_seconds: i64) -> Self {
        Self { key: hash(words), rule: Rule::Rate { at_once, every_seconds } }
    }
}

fn hash(words: &[&str]) -> String {
    // No word holds a line break, so no two lists of words make one text.
    HEXLOWER.encode(&Sha256::digest(words.join("\n")))
}

/// The wrong passwords of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    pub failures: i32,
    /// No try is taken before.
    pub closed_until: Moment,
    /// Afterwards it is as if there had been none.
    pub forgotten_at: Moment,
}

impl Tally {
    /// Seconds until the next try is taken; 0 when it is taken now.
    pub fn wait(&self, now: Moment) -> i64 {
        if self.closed_until > now { (self.closed_until.unix() - now.unix()).max(1) } else { 0 }
    }
}

impl Subject {
    /// The tally after one more wrong password.
    pub fn one_more(&self, before: Option<Tally>, now: Moment) -> Tally {
        let before = before.filter(|before| before.forgotten_at > now);
        let failures = before.map_or(1, |before| before.failures.saturating_add(1));
        match self.rule {
            Rule::Pause => Tally {
                failures,
                closed_until: now.plus_seconds(pause(failures)),
                forgotten_at: now.plus_seconds(PAUSE_FORGOTTEN_SECONDS),
            },
            Rule::Rate { at_once, every_seconds } => {
                let forgotten_at =
                    before.map_or(now, |before| before.forgotten_at).plus_seconds(every_seconds);
                let closed_until = forgotten_at.plus_seconds(-(at_once - 1) * every_seconds);
                Tally { failures, closed_until, forgotten_at }
            }
            Rule::Alarm { .. } => {
                Tally { failures, closed_until: now, forgotten_at: now.plus_seconds(PAUSE_FORGOTTEN_SECONDS) }
            }
        }
    }

    /// Seconds until the next try is taken; 0 when it is taken now. Tries that come at once are counted in another order
    /// than they came in, so that the last of those that are free may be a moment older than the first.
    pub fn wait(&self, tally: Tally, now: Moment) -> i64 {
        match self.rule {
            Rule::Rate { .. } if tally.closed_until <= now.plus_seconds(AT_ONCE_SECONDS) => 0,
            Rule::Rate { .. } | Rule::Pause | Rule::Alarm { .. } => tally.wait(now),
        }
    }

    /// Whether a tally can have come about by now. One that a clock kept which was ahead counts as none.
    pub fn can_have(&self, tally: Tally, now: Moment) -> bool {
        let (closed, forgotten) = match self.rule {
            Rule::Pause => (LONGEST_PAUSE_SECONDS, PAUSE_FORGOTTEN_SECONDS),
            Rule::Alarm { .. } => (0, PAUSE_FORGOTTEN_SECONDS),
            Rule::Rate { at_once, every_seconds } => (every_seconds, at_once.saturating_mul(every_seconds)),
        };
        tally.closed_until <= now.farthest(closed) && tally.forgotten_at <= now.farthest(forgotten)
    }

    /// Whether somebody is to be told now: so many were wrong, and no more.
    pub fn alarms(&self, tally: Tally) -> bool {
        matches!(self.rule, Rule::Alarm { after } if tally.failures == after)
    }

    /// Whether other accounts are counted with it.
    fn is_of_network(&self) -> bool {
        [OF_NETWORK, OF_WIDER_NETWORK].contains(&self.rule)
    }

    /// The tally when a password that was counted as wrong turned out right; none when nothing is left to count.
    pub fn one_less(&self, tally: Tally) -> Option<Tally> {
        match self.rule {
            // Whoever knows the password is the owner, whose earlier tries were typos.
            Rule::Pause => None,
            // Counted only once it was wrong.
            Rule::Alarm { .. } => Some(tally),
            // The others' stay: an attacker's own account must not clear them.
            Rule::Rate { every_seconds, .. } => (tally.failures > 1).then(|| Tally {
                failures: tally.failures - 1,
                closed_until: tally.closed_until.plus_seconds(-every_seconds),
                forgotten_at: tally.forgotten_at.plus_seconds(-every_seconds),
            }),
        }
    }
}

fn pause(failures: i32) -> i64 {
    let doublings = u32::try_from(failures - FREE).ok().map(|doublings| doublings.min(20));
    doublings.map_or(0, |doublings| (1_i64 << doublings).min(LONGEST_PAUSE_SECONDS))
}

#[cfg(test)]
mod tests;
