//! A job that somebody asked for: begun at once, with progress, and an answer for those who asked.

use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use tokio::sync::watch;
use twotier::access::OrganisationKind;
use twotier::db::clock::Clock;
use twotier::error::{Error, Result};
use twotier::jobs::model::{Progress, State};
use twotier::jobs::{Kind, Outcome, Run, store};
use twotier::values::id::JobId;
use twotier::values::moment::Moment;

use super::{COUNT, HOURLY, counted, one_more, owner, put, put_for, standing, work};
use crate::support::portal::Portal;

/// Counts to three, and answers for whom.
const COUNT_TO_THREE: Kind = Kind::once("count_to_three", |run| to_three(run).boxed());

async fn to_three(run: Run) -> Result<Outcome> {
    for done in 1..=3 {
        run.write(one_more).await?;
        run.tell(Progress { done, total: Some(3) });
    }
    run.answer(&run.owner()?.person)?;
    Ok(Outcome::Done)
}

#[actix_web::test]
async fn whoever_asked_learns_how_far_it_is_and_what_came_of_it() {
    let (portal, now) = (Portal::open().await, Moment::now());
    let id = put_for(&portal, &COUNT_TO_THREE, false, (now, now)).await;
    let waiting = standing(&portal, &id).await;
    assert_eq!((waiting.state, waiting.answer::<String>().expect("it reads")), (State::Waiting, None));
    assert_eq!(work(&portal, &[COUNT_TO_THREE], now).await, 1);
    let done = standing(&portal, &id).await;
    assert_eq!((done.state, done.progress), (State::Done, Progress { done: 3, total: Some(3) }));
    let answer: Option<String> = done.answer().expect("it reads");
    assert_eq!(answer, Some(owner(&portal).await.person.to_string()));
}

#[actix_web::test]
async fn nobody_beyond_the_organisation_learns_of_it() {
    let (portal, now) = (Portal::open().await, Moment::now());
    let id = put(&portal, false, now).await;
    let other = portal.has_organisation(OrganisationKind::Provider, "Lakeside", "DE").await.id;
    let asked = portal.db.read(move |conn| store::standing(conn, &other, &id)).await;
    assert!(matches!(asked, Err(Error::NotFound)));
    // Nor of what the portal does by itself.
    assert_eq!(work(&portal, &[HOURLY], now).await, 1);
    let chore = portal.database.texts("SELECT id AS text FROM jobs WHERE kind = 'count_hourly'");
    let chore = chore.first().and_then(|id| JobId::parse(id)).expect("a chore");
    let harbor = portal.harbor.id;
    let asked = portal.db.read(move |conn| store::standing(conn, &harbor, &chore)).await;
    assert!(matches!(asked, Err(Error::NotFound)));
}

#[actix_web::test]
async fn what_a_job_was_put_with_is_kept_until_it_is_done_or_given_up() {
    let (portal, now) = (Portal::open().await, Moment::now());
    put(&portal, false, now).await;
    put(&portal, true, now).await;
    let kept = "SELECT count(*) FROM jobs WHERE payload <> ''";
    assert_eq!((work(&portal, &[COUNT], now).await, portal.database.number(kept)), (2, 1));
    portal.database.change("UPDATE jobs SET attempts = 11 WHERE state = 'waiting'");
    let later = now.plus_seconds(60);
    assert_eq!((work(&portal, &[COUNT], later).await, portal.database.number(kept)), (1, 0));
}

#[actix_web::test]
async fn a_worker_that_sleeps_is_woken_when_one_is_put() {
    let portal = Portal::open().await;
    let (stop, stopped) = watch::channel(false);
    let mut worker = portal.worker(&[COUNT, HOURLY], Moment::now());
    worker.clock = Clock::default();
    let working = tokio::spawn(worker.run(stopped));
    let is_kept = "SELECT count(*) FROM jobs WHERE lease IS NULL AND ended_at IS NOT NULL";
    while portal.database.number(is_kept) == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // Once a job has ended it looks for more, and only then it sleeps.
    tokio::time::sleep(Duration::from_millis(500)).await;
    let begun = Instant::now();
    put(&portal, false, Moment::now()).await;
    portal.parts.job_bell.ring();
    counts_to(&portal, 2).await;
    assert!(begun.elapsed() < Duration::from_secs(20), "it slept for {:?}", begun.elapsed());
    stop.send(true).expect("the worker listens");
    working.await.expect("it ends");
}

/// Waits until so many were counted.
async fn counts_to(portal: &Portal, number: i64) {
    while counted(portal) < number {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
