//! The password fields of the details: checked, counted, hashed, and never dropped without a word.

use crate::enrolment::form::StepForm;
use crate::error::Result;
use crate::session::tally::{Subject, count_one_more};
use crate::values::moment::Moment;
use crate::values::password::{OwnWords, PasswordHash};
use crate::values::problem::Problem;
use crate::web::{Portal, Problems};

/// What the password fields hold.
#[derive(Default)]
pub struct Typed {
    /// Of a password that may be kept.
    pub hash: Option<PasswordHash>,
    /// Why there is none although something was typed.
    pub problems: Problems,
    /// Too many passwords were hashed; the next one may be in so many seconds.
    pub slowed: Option<i64>,
    /// Too many passwords are being hashed now.
    pub is_busy: bool,
}

impl Typed {
    /// Hashes a password that is right. Hashing is work, so it is counted, and spared where nothing can be kept anyway.
    ///
    /// # Errors
    /// Database errors.
    pub async fn read(
        at: &Portal,
        (step, own): (&StepForm, &OwnWords<'_>),
        is_stale: bool,
        counted_by: Vec<Subject>,
    ) -> Result<Self> {
        let password = match step.password(own) {
            Ok(Some(password)) => password,
            Ok(None) => return Ok(Self::default()),
            Err(problems) => return Ok(Self { problems, ..Self::default() }),
        };
        if is_stale {
            return Ok(Self { problems: not_kept(), ..Self::default() });
        }
        let Ok(turn) = at.turns.take().await else {
            return Ok(Self { problems: not_kept(), is_busy: true, ..Self::default() });
        };
        let now = Moment::now();
        match at.db.write(move |conn| count_one_more(conn, &counted_by, now)).await? {
            0 => {
                let hash = turn.work(move |turn| password.hash(turn)).await?;
                Ok(Self { hash: Some(hash), ..Self::default() })
            }
            seconds => Ok(Self { problems: not_kept(), slowed: Some(seconds), ..Self::default() }),
        }
    }

    /// What to say where nothing of the page was kept.
    pub fn lost(self) -> Problems {
        if self.hash.is_some() { not_kept() } else { self.problems }
    }
}

/// No page holds a password, so it has to be typed again.
fn not_kept() -> Problems {
    let mut problems = Problems::default();
    problems.on("password", Problem::NotKept);
    problems
}
