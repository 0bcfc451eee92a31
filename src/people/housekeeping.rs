//! What the portal does by itself soon after a deed: answers who forgot a password, writes down who was slowed down, tells
//! people what others did. Each of them waits in a table of its own, out of which every instance takes one at a time.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};

use super::letters::password_link::PasswordLink;
use super::store::forgotten::{self, Asked, Link};
use crate::db::Db;
use crate::db::bell::Bell;
use crate::error::{Error, Result};
use crate::mail::compose::Written as _;
use crate::notifications;
use crate::paths;
use crate::session::store::wrong_tries;
use crate::values::id::LetterId;
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::Site;

/// How long the housekeeper sleeps at most: another instance may have left something to do.
const NAP: Duration = Duration::from_secs(60);
/// How long it waits for a database that cannot serve: the log has been told, once.
const PAUSE: Duration = Duration::from_secs(2);
/// So many are looked at in one go.
const MOST: i64 = 50;
/// So many wrong tries are written down in one go.
const MOST_TRIES: i64 = 500;

/// Wakes the housekeeper.
#[derive(Clone, Default)]
pub struct Knock(Arc<Notify>);

impl Knock {
    pub fn now(&self) {
        self.0.notify_one();
    }
}

/// Does the chores.
#[derive(Clone)]
pub struct Housekeeper {
    pub db: Db,
    pub site: Site,
    /// Wakes the carrier of the letters.
    pub bell: Bell,
    pub knock: Knock,
}

impl Housekeeper {
    /// Works until `stop` turns true.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let nap = match self.work(Moment::now()).await {
                Ok(()) => NAP,
                Err(Error::Unavailable(_)) => PAUSE,
                Err(error) => {
                    tracing::error!(error = ?error, "a chore could not be done");
                    NAP
                }
            };
            tokio::select! {
                () = self.knock.0.notified() => {}
                () = tokio::time::sleep(nap) => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// Does what there is to do now.
    ///
    /// # Errors
    /// Database errors.
    pub async fn work(&self, now: Moment) -> Result<()> {
        let answered = self.answer_forgotten(now).await;
        self.log_wrong_tries().await?;
        let told = self.tell(now).await;
        answered.and(told)
    }

    /// Writes wrong passwords and codes into the logs, and tells owners whose are being guessed.
    async fn log_wrong_tries(&self) -> Result<()> {
        let site = self.site.clone();
        let told = self.db.write(move |conn| wrong_tries::tell(conn, MOST_TRIES, &site)).await?;
        self.bell.ring_if(told > 0);
        if i64::try_from(told).is_ok_and(|told| told == MOST_TRIES) {
            self.knock.now();
        }
        Ok(())
    }

    /// Answers those who wait, the longest waiting first; one that cannot be answered keeps nobody else waiting.
    async fn answer_forgotten(&self, now: Moment) -> Result<()> {
        let waiting = self.db.read(move |conn| forgotten::waiting(conn, MOST)).await?;
        let is_all = i64::try_from(waiting.len()).is_ok_and(|count| count < MOST);
        let mut failed = 0;
        for asked in waiting {
            if let Err(error) = self.answer(asked, now).await {
                if let Error::Unavailable(_) = error {
                    return Err(error);
                }
                failed += 1;
                tracing::error!(error = ?error, "a forgotten password could not be answered");
            }
        }
        self.bell.ring();
        if !is_all && failed == 0 {
            self.knock.now();
        }
        Ok(())
    }

    async fn answer(&self, asked: Asked, now: Moment) -> Result<()> {
        let link = self.link_for(&asked, now)?;
        self.db.write(move |conn| forgotten::answer(conn, &asked, link.as_ref(), now)).await
    }

    fn link_for(&self, asked: &Asked, now: Moment) -> Result<Option<Link>> {
        let Some(whom) = asked.whom.as_ref().filter(|_| asked.is_fresh(now)) else { return Ok(None) };
        let token = Token::random();
        let until =
            whom.language.unwrap_or_default().time(whom.zone, now.plus_seconds(asked.purpose.hours() * 3600));
        let link = format!("{}{}", self.site.base_url, paths::people::set_password(token.reveal()));
        let (purpose, site) = (asked.purpose, &self.site);
        let letter = PasswordLink { by: None, to: whom, purpose, link: &link, until: &until, site };
        Ok(Some((token.hash(), LetterId::new(), letter.letter()?)))
    }

    /// Tells people what others did that concerns them.
    async fn tell(&self, now: Moment) -> Result<()> {
        if notifications::digest::work(&self.db, &self.site, &self.bell, now).await? {
            self.knock.now();
        }
        Ok(())
    }
}
