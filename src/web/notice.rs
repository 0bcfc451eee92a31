//! One notice carried over a redirect: what has just been done. `templates/kit/notice.html` words it.

use actix_session::Session;
use serde::{Deserialize, Serialize};

/// What was done. Each area adds its own; a notice without words does not compile.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub enum Notice {
    PasswordChanged,
    SignedOut,
}

const KEY: &str = "notice";

impl Notice {
    /// Shows the notice on the next page.
    pub fn put(self, session: &Session) {
        if let Err(error) = session.insert(KEY, self) {
            tracing::warn!(%error, "a notice was lost");
        }
    }

    pub(super) fn take(session: &Session) -> Option<Self> {
        // A notice of an older version that no longer reads is dropped.
        session.remove_as::<Self>(KEY).and_then(Result::ok)
    }
}
