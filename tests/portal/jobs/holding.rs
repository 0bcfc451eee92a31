//! One job is in one hand, for as long as that lives.

use diesel::prelude::*;
use futures_util::{FutureExt as _, join};
use tokio::sync::watch;
use twotier::db::clock::Clock;
use twotier::db::lease::Lease;
use twotier::db::schema::jobs;
use twotier::jobs::model::{Progress, State};
use twotier::jobs::store::lease::{Taken, renew, take_due};
use twotier::jobs::store::outcome::{Ending, mark_done, put_off};
use twotier::jobs::{Kind, Outcome};
use twotier::values::id::JobId;
use twotier::values::moment::Moment;

use super::{COUNT, HOURLY, counted, one_more, put, put_for, standing, work};
use crate::support::portal::Portal;

/// Would go on for ever.
const ENDLESS: Kind = Kind::once("endless", |run| run.in_steps(|conn, _| one_more(conn).map(|()| 1)));

async fn take(portal: &Portal, lease: &Lease, now: Moment) -> Option<Taken> {
    take_by(portal, lease, Clock::standing_at(now)).await
}

async fn take_by(portal: &Portal, lease: &Lease, clock: Clock) -> Option<Taken> {
    let lease = lease.clone();
    let taken = portal.db.write(move |conn| take_due(conn, &[COUNT.name], &lease, &clock));
    taken.await.expect("it can be asked")
}

async fn renewed(portal: &Portal, id: &JobId, lease: &Lease, now: Moment) -> bool {
    let (id, lease, clock) = (*id, lease.clone(), Clock::standing_at(now));
    let progress = Progress { done: 7, total: Some(9) };
    let renewed = portal.db.write(move |conn| renew(conn, (&id, &lease), progress, &clock));
    renewed.await.expect("it can be asked")
}

#[actix_web::test]
async fn several_workers_do_each_job_once() {
    let (portal, now) = (Portal::open().await, Moment::now());
    for _ in 0..10 {
        put(&portal, false, now).await;
    }
    let kinds = [COUNT, HOURLY];
    let (one, two, three) =
        join!(work(&portal, &kinds, now), work(&portal, &kinds, now), work(&portal, &kinds, now));
    assert_eq!((one + two + three, counted(&portal)), (11, 11));
    assert_eq!(work(&portal, &kinds, now).await, 0);
}

#[actix_web::test]
async fn two_instances_with_databases_of_their_own_do_each_job_once() {
    let (portal, now) = (Portal::open().await, Moment::now());
    for _ in 0..10 {
        put(&portal, false, now).await;
    }
    let mut other = portal.worker(&[COUNT], now);
    other.db = portal.database.open();
    let (_stop, stopped) = watch::channel(false);
    let (one, other) = join!(work(&portal, &[COUNT], now), other.work_due(&stopped));
    assert_eq!((one + other.expect("the jobs are read"), counted(&portal)), (10, 10));
}

#[actix_web::test]
async fn a_job_is_held_as_long_as_its_holder_lives_and_then_taken_over() {
    let (portal, now) = (Portal::open().await, Moment::now());
    let id = put(&portal, false, now).await;
    let (one, other) = (Lease::fresh(), Lease::fresh());
    assert_eq!(take(&portal, &one, now).await.expect("it is due").id, id);
    assert!(take(&portal, &other, now.plus_seconds(29)).await.is_none());
    assert!(renewed(&portal, &id, &one, now.plus_seconds(29)).await);
    assert_eq!(standing(&portal, &id).await.progress, Progress { done: 7, total: Some(9) });
    assert!(take(&portal, &other, now.plus_seconds(58)).await.is_none());
    assert_eq!(take(&portal, &other, now.plus_seconds(59)).await.expect("it is free").attempts, 2);
    assert!(!renewed(&portal, &id, &one, now.plus_seconds(59)).await, "it is the other one's");
    // What the first one says of it now is not listened to.
    let (late, lease) = (id, one.clone());
    let told = portal
        .db
        .write(move |conn| mark_done(conn, (&late, &lease), &Ending::default(), now.plus_seconds(60)));
    told.await.expect("it can be told");
    assert_eq!(standing(&portal, &id).await.state, State::Waiting);
    assert_eq!(work(&portal, &[COUNT], now.plus_seconds(200)).await, 1, "the other one died, too");
    assert_eq!((standing(&portal, &id).await.state, counted(&portal)), (State::Done, 1));
}

#[actix_web::test]
async fn a_machine_whose_clock_is_wrong_takes_no_job_of_another_one() {
    for ahead in [-250, -25, 0, 25, 250] {
        let portal = Portal::open().await;
        // Long due, by every clock.
        let id = put(&portal, false, Moment::now().plus_days(-1)).await;
        let (one, other) = (Lease::fresh(), Lease::fresh());
        let taken = take_by(&portal, &one, Clock::ahead_by(-ahead)).await;
        assert_eq!(taken.map(|job| job.id), Some(id), "{ahead}");
        assert!(take_by(&portal, &other, Clock::ahead_by(ahead)).await.is_none(), "{ahead}");
        // Once its holder has died, it is.
        let long_ago = Moment::now().plus_seconds(-31).exact();
        portal.database.change(&format!("UPDATE jobs SET leased_until = '{}'", long_ago.replace('T', " ")));
        assert!(take_by(&portal, &other, Clock::ahead_by(ahead)).await.is_some(), "{ahead}");
    }
}

/// Loses its job to another worker, and does not know it.
const ROBBED: Kind = Kind::once("count", |run| {
    async move {
        run.write(one_more).await?;
        run.write(|conn| {
            // As if it had hung for so long that its lease ran out, and somebody else took the job.
            let other = (jobs::lease.eq("another"), jobs::attempts.eq(jobs::attempts + 1));
            diesel::update(jobs::table).set(other).execute(conn)?;
            Ok(())
        })
        .await?;
        run.write(one_more).await?;
        Ok(Outcome::Done)
    }
    .boxed()
});

#[actix_web::test]
async fn a_worker_that_lost_its_job_keeps_nothing_more_of_it() {
    let (portal, now) = (Portal::open().await, Moment::now());
    let id = put(&portal, false, now).await;
    assert_eq!(work(&portal, &[ROBBED], now).await, 1);
    assert_eq!(counted(&portal), 1, "the step after it was kept");
    let theirs = standing(&portal, &id).await;
    assert_eq!((theirs.state, theirs.attempts, theirs.ended_at), (State::Waiting, 2, None));
    assert_eq!(portal.database.number("SELECT count(*) FROM jobs WHERE lease = 'another'"), 1);
    // The other one dies, too, and a third one does all of it.
    assert_eq!(work(&portal, &[COUNT], now.plus_seconds(31)).await, 1);
    assert_eq!((standing(&portal, &id).await.state, counted(&portal)), (State::Done, 2));
}

#[actix_web::test]
async fn a_worker_that_stops_lets_go_of_what_is_not_done() {
    let (portal, now) = (Portal::open().await, Moment::now());
    let id = put_for(&portal, &ENDLESS, false, (now, now)).await;
    let (stop, stopped) = watch::channel(false);
    let mut worker = portal.worker(&[ENDLESS], now);
    worker.clock = Clock::default();
    let working = tokio::spawn(worker.run(stopped));
    while counted(&portal) < 3 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    stop.send(true).expect("the worker listens");
    working.await.expect("it ends");
    let left = standing(&portal, &id).await;
    assert_eq!((left.state, left.attempts), (State::Waiting, 0));
    assert_eq!(portal.database.number("SELECT count(*) FROM jobs WHERE lease IS NULL"), 1);
}

#[actix_web::test]
async fn times_of_a_clock_that_was_ahead_are_not_believed() {
    let (portal, now) = (Portal::open().await, Moment::now());
    assert_eq!(work(&portal, &[HOURLY], now.plus_days(400)).await, 1);
    assert_eq!(work(&portal, &[HOURLY], now).await, 1, "due in 400 days");
    assert_eq!(work(&portal, &[HOURLY], now.plus_seconds(3599)).await, 0);
    // Nor that of a job which the database could not serve then.
    let id = put_for(&portal, &COUNT, false, (now, now)).await;
    let ahead = now.plus_days(400);
    let lease = Lease::fresh();
    assert!(take(&portal, &lease, ahead).await.is_some());
    let next = ahead.plus_seconds(60);
    portal.db.write(move |conn| put_off(conn, (&id, &lease), next)).await.expect("it is put off");
    assert_eq!(work(&portal, &[COUNT], now).await, 1, "due in 400 days");
    // What is put for later is for later.
    let due = now.plus_days(400);
    put_for(&portal, &COUNT, false, (due, now)).await;
    assert_eq!(work(&portal, &[COUNT], now.plus_days(399)).await, 0);
    assert_eq!(work(&portal, &[COUNT], due).await, 1);
}
