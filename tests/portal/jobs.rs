//! Jobs: who does them, how often, and what becomes of those that fail.

#[path = "jobs/asked_for.rs"]
mod asked_for;
#[path = "jobs/chores.rs"]
mod chores;
#[path = "jobs/failing.rs"]
mod failing;
#[path = "jobs/holding.rs"]
mod holding;

use diesel::prelude::*;
use futures_util::FutureExt as _;
use tokio::sync::watch;
use twotier::access::Role;
use twotier::db::Connection;
use twotier::db::schema::pulse;
use twotier::error::Result;
use twotier::jobs::model::{Owner, Standing};
use twotier::jobs::{Kind, Outcome, Run, Work, store};
use twotier::values::id::{JobId, PersonId};
use twotier::values::moment::Moment;

use crate::support::portal::Portal;

/// Counts how often it was done, and fails if it was put to.
const COUNT: Kind = Kind::once("count", count);
/// The same every hour.
const HOURLY: Kind = Kind::hourly("count_hourly", |run| count_one(run).boxed());

fn count(run: Run) -> Work {
    async move {
        if run.payload::<bool>()? {
            return Err(anyhow::anyhow!("it was to fail").into());
        }
        count_one(run).await
    }
    .boxed()
}

async fn count_one(run: Run) -> Result<Outcome> {
    run.write(one_more).await?;
    Ok(Outcome::Done)
}

/// Every database has one number that anybody can raise.
fn one_more(conn: &mut Connection) -> Result<()> {
    diesel::update(pulse::table).set(pulse::beats.eq(pulse::beats + 1)).execute(conn)?;
    Ok(())
}

fn counted(portal: &Portal) -> i64 {
    portal.database.number("SELECT beats FROM pulse")
}

/// Puts a job that counts, or fails.
async fn put(portal: &Portal, fails: bool, now: Moment) -> JobId {
    put_for(portal, &COUNT, fails, (now, now)).await
}

/// Puts a job of a kind, with whether it fails, for somebody of Harbor.
async fn put_for(portal: &Portal, kind: &Kind, fails: bool, times: (Moment, Moment)) -> JobId {
    let (id, owner, kind) = (JobId::new(), owner(portal).await, *kind);
    let new = id;
    let put = portal.db.write(move |conn| store::put(conn, (&new, &owner), (&kind, &fails), times));
    put.await.expect("it is put");
    id
}

/// The first one of Harbor, who asks for all jobs.
async fn owner(portal: &Portal) -> Owner {
    let everybody =
        format!("SELECT id AS text FROM people WHERE organisation_id = '{}' ORDER BY id", portal.harbor.id);
    if portal.database.texts(&everybody).is_empty() {
        portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    }
    let person = portal.database.texts(&everybody).first().and_then(|id| PersonId::parse(id));
    Owner { organisation: portal.harbor.id, person: person.expect("somebody") }
}

/// Does what is due of some kinds; answers how many were taken in hand.
async fn work(portal: &Portal, kinds: &[Kind], now: Moment) -> usize {
    let (_stop, stopped) = watch::channel(false);
    portal.worker(kinds, now).work_due(&stopped).await.expect("the jobs are read")
}

async fn standing(portal: &Portal, id: &JobId) -> Standing {
    let (id, harbor) = (*id, portal.harbor.id);
    portal.db.read(move |conn| store::standing(conn, &harbor, &id)).await.expect("it is known")
}
