//! The language that somebody chose at the top of a page before signing in: they mean to go on reading it, also where
//! their account had another one. Browsers are shared, so it counts for an hour: after that somebody else signs in.

use actix_session::Session;
use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::values::moment::Moment;

const KEY: &str = "chosen-language";
const HOLDS_SECONDS: i64 = 3600;

/// As the session keeps it.
#[derive(Serialize, Deserialize)]
struct Choice {
    tag: String,
    /// In seconds after 1970 began.
    at: i64,
}

impl Choice {
    fn language(&self, now: Moment) -> Option<Language> {
        let at = Moment::from_unix(self.at);
        let holds = at.can_have_been(now) && now.seconds_since(at) < HOLDS_SECONDS;
        if holds { Language::of_tag(&self.tag) } else { None }
    }
}

/// Keeps it for the sign-in that follows.
pub fn keep(session: &Session, language: Language) {
    let choice = Choice { tag: language.tag().to_owned(), at: Moment::now().unix() };
    if let Err(error) = session.insert(KEY, choice) {
        tracing::warn!(%error, "a chosen language was lost");
    }
}

/// The one that was chosen within the hour, since somebody signed in here last.
pub fn of(session: &Session) -> Option<Language> {
    // What an older version kept says no moment, and is dropped.
    session.get::<Choice>(KEY).ok().flatten()?.language(Moment::now())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_holds_for_an_hour_and_none_is_taken_from_the_future() {
        let now = Moment::from_unix(1_800_000_000);
        let chosen = |seconds_ago: i64| {
            let choice = Choice { tag: "zh-Hant".to_owned(), at: now.unix() - seconds_ago };
            choice.language(now).map(Language::tag)
        };
        for seconds_ago in [-60, 0, 3599] {
            assert_eq!(chosen(seconds_ago), Some("zh-Hant"), "{seconds_ago}");
        }
        for seconds_ago in [-86_400, 3600, 21 * 86_400] {
            assert_eq!(chosen(seconds_ago), None, "{seconds_ago}");
        }
    }

    #[test]
    fn what_an_older_version_kept_does_not_read() {
        assert!(serde_json::from_str::<Choice>(r#""zh-Hant""#).is_err());
    }
}
