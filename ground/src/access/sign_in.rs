//! The cookie's part of being signed in: it carries a token, the database knows whose.

use actix_session::Session;

use crate::values::token::Token;

const KEY: &str = "sign-in";

/// Keeps the token of a new sign-in. Everything the cookie held before goes.
pub fn begin(session: &Session, token: &Token) {
    session.clear();
    session.renew();
    if let Err(error) = session.insert(KEY, token.reveal()) {
        tracing::error!(%error, "the session cookie could not be written");
    }
}

/// Puts another token in the place of the one of now; the rest of the cookie stays.
pub fn renew(session: &Session, token: &Token) {
    session.renew();
    if let Err(error) = session.insert(KEY, token.reveal()) {
        tracing::error!(%error, "the session cookie could not be written");
    }
}

/// The token of the current sign-in, if the cookie holds one.
pub fn token(session: &Session) -> Option<Token> {
    session.get::<String>(KEY).ok().flatten().and_then(|text| Token::parse(&text))
}

pub fn end(session: &Session) {
    session.purge();
}
