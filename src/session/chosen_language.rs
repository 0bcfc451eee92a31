//! The language that somebody chose at the top of a page before signing in: they mean to go on reading it, also where
//! their account had another one.

use actix_session::Session;

use crate::language::Language;

const KEY: &str = "chosen-language";

/// Keeps it for the sign-in that follows.
pub fn keep(session: &Session, language: Language) {
    if let Err(error) = session.insert(KEY, language.tag()) {
        tracing::warn!(%error, "a chosen language was lost");
    }
}

/// The one that was chosen since somebody signed in here last.
pub fn of(session: &Session) -> Option<Language> {
    session.get::<String>(KEY).ok().flatten().and_then(|tag| Language::of_tag(&tag))
}
