//! What the portal does by itself for accounts: answers who forgot a password, purges whose time is over.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};

use super::letter;
use super::store::forgotten::{self, Asked};
use super::store::passwords::Purpose;
use super::store::purge;
use crate::db::Db;
use crate::error::Result;
use crate::mail::carrier::Bell;
use crate::mail::letter::Letter;
use crate::values::id::LetterId;
use crate::values::moment::Moment;
use crate::values::token::{Token, TokenHash};
use crate::web::Site;
use crate::web::shell::time_in;

/// How long the housekeeper sleeps at most: another instance may have left something to do.
const NAP: Duration = Duration::from_secs(60);
/// So many are looked at in one go.
const MOST: i64 = 50;

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
            if let Err(error) = self.work(Moment::now()).await {
                tracing::error!(error = ?error, "a chore could not be done");
            }
            tokio::select! {
                () = self.knock.0.notified() => {}
                () = tokio::time::sleep(NAP) => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// Does what there is to do now.
    ///
    /// # Errors
    /// Database errors.
    pub async fn work(&self, now: Moment) -> Result<()> {
        self.answer_forgotten(now).await?;
        self.purge(now).await
    }

    async fn answer_forgotten(&self, now: Moment) -> Result<()> {
        loop {
            let waiting = self.db.read(move |conn| forgotten::waiting(conn, MOST)).await?;
            if waiting.is_empty() {
                return Ok(());
            }
            for asked in waiting {
                let link = self.link_for(&asked, now)?;
                self.db.write(move |conn| forgotten::answer(conn, &asked, link.as_ref(), now)).await?;
            }
            self.bell.ring();
        }
    }

    fn link_for(&self, asked: &Asked, now: Moment) -> Result<Option<(TokenHash, LetterId, Letter)>> {
        let Some(whom) = &asked.whom else { return Ok(None) };
        let token = Token::random();
        let until = time_in(whom.zone, now.plus_seconds(Purpose::Forgotten.hours() * 3600));
        let link = format!("{}/set-password/{}", self.site.base_url, token.reveal());
        let letter = letter::with_link(None, whom, Purpose::Forgotten, (&link, &until), &self.site)?;
        Ok(Some((token.hash(), LetterId::new(), letter)))
    }

    async fn purge(&self, now: Moment) -> Result<()> {
        for person in self.db.read(move |conn| purge::due(conn, now, MOST)).await? {
            self.db.write(move |conn| purge::purge(conn, &person, now)).await?;
        }
        Ok(())
    }
}
