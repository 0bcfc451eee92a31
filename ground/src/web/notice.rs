//! What has just been done, carried over a redirect: one sentence of the area that did it, whole and ready to be read.

use std::any::Any;

use actix_session::Session;
use askama::Template;
use serde::{Deserialize, Serialize};

use super::shell::Shell;
use crate::error::{Error, Result};
use crate::language::Speech;

const KEY: &str = "notice";

/// The sentence for the next page.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct Notice {
    pub sentence: String,
}

/// Shows a sentence on the next page. Each area words its own: `<area>/said.rs`, `templates/<area>/said.txt`. These
/// templates find the shell under the name `shell`, so that no deed has to hand on what it knows of viewer and portal.
///
/// # Errors
/// When the template cannot be rendered.
pub fn say(session: &Session, shell: &Shell, said: &impl Template) -> Result<()> {
    let viewed: &dyn Any = shell;
    let sentence = said
        .render_with_values(&Speech::new(shell.language, &("shell", viewed)))
        .map_err(|error| Error::Internal(error.into()))?;
    let notice = Notice { sentence: sentence.trim().to_owned() };
    if let Err(error) = session.insert(KEY, notice) {
        tracing::warn!(%error, "a notice was lost");
    }
    Ok(())
}

impl Notice {
    pub(super) fn take(session: &Session) -> Option<Self> {
        // A notice of an older version that no longer reads is dropped.
        session.remove_as::<Self>(KEY).and_then(Result::ok)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_of_older_versions_do_not_read() {
        for kept in
            [r#""PasswordChanged""#, r#"{"MemberInvited":{"to":"a@b.example"}}"#, r#"{"Said":"Done."}"#]
        {
            assert!(serde_json::from_str::<Notice>(kept).is_err(), "{kept}");
        }
        let notice = Notice { sentence: "Done.".to_owned() };
        assert_eq!(serde_json::from_str::<Notice>(&serde_json::to_string(&notice).unwrap()).unwrap(), notice);
    }
}
