//! A job that fails is tried again, ever more seldom, and the operator sees it.

use futures_util::FutureExt as _;
use twotier::error::{Cause, Outage, Result};
use twotier::jobs::model::State;
use twotier::jobs::{Kind, Outcome};
use twotier::people;
use twotier::values::moment::Moment;

use super::{COUNT, counted, put, put_for, standing, work};
use crate::operator::operator;
use crate::support::portal::Portal;

/// Fails as long as there is nobody in the portal.
const HOURLY: Kind = Kind::hourly("sweep_sign_ins", |run| {
    async move {
        let is_anybody = run.read(people::store::list::is_anybody).await?;
        match is_anybody {
            true => Ok(Outcome::Done),
            false => Err(anyhow::anyhow!("nobody is there").into()),
        }
    }
    .boxed()
});
/// Meets a database that has more to do than it can, or has it do too much.
const SLOW: Kind = Kind::hourly("slow", |_| meet(Cause::Busy).boxed());
const SLOW_ONCE: Kind = Kind::once("slow_once", |_| meet(Cause::Busy).boxed());
/// Meets a database that does not answer.
const UNLUCKY: Kind = Kind::once("unlucky", |_| meet(Cause::Away).boxed());

async fn meet(cause: Cause) -> Result<Outcome> {
    Err(Outage { cause, may_be_done: false }.into())
}

const PANICKING: Kind = Kind::hourly("panicking", |_| panic_at_work().boxed());

async fn panic_at_work() -> Result<Outcome> {
    panic!("on purpose")
}

#[actix_web::test]
async fn a_job_that_fails_is_tried_again_after_pauses_that_grow_and_then_given_up() {
    let (portal, mut now) = (Portal::open().await, Moment::now());
    let id = put(&portal, true, now).await;
    for pause in [60, 120, 240] {
        assert_eq!(work(&portal, &[COUNT], now).await, 1);
        assert_eq!(standing(&portal, &id).await.due_at, now.plus_seconds(pause));
        assert_eq!(work(&portal, &[COUNT], now.plus_seconds(pause - 1)).await, 0);
        now = now.plus_seconds(pause);
    }
    for _ in 3..12 {
        assert_eq!(work(&portal, &[COUNT], now).await, 1);
        now = now.plus_seconds(6 * 3600);
    }
    let given_up = standing(&portal, &id).await;
    assert_eq!((given_up.state, given_up.attempts), (State::Failed, 12));
    assert_eq!(work(&portal, &[COUNT], now.plus_days(10)).await, 0);
    assert_eq!(counted(&portal), 0);
}

#[actix_web::test]
async fn a_job_during_which_the_portal_dies_again_and_again_is_given_up() {
    let (portal, now) = (Portal::open().await, Moment::now());
    let id = put(&portal, false, now).await;
    portal.database.change("UPDATE jobs SET attempts = 12");
    assert_eq!(work(&portal, &[COUNT], now).await, 1);
    assert_eq!((standing(&portal, &id).await.state, counted(&portal)), (State::Failed, 0));
}

#[actix_web::test]
async fn a_job_that_panics_takes_no_worker_with_it() {
    let (portal, now) = (Portal::open().await, Moment::now());
    put(&portal, false, now).await;
    assert_eq!(work(&portal, &[PANICKING, COUNT], now).await, 2);
    assert_eq!(counted(&portal), 1);
    assert_eq!(
        portal.database.texts("SELECT last_error AS text FROM jobs WHERE kind = 'panicking'"),
        ["it panicked"]
    );
}

#[actix_web::test]
async fn a_database_that_cannot_serve_is_waited_for_a_few_times_and_then_shows() {
    let (portal, now) = (Portal::open().await, Moment::now());
    let waited_for = "SELECT count(*) FROM jobs WHERE failed_at IS NULL AND lease IS NULL";
    for minute in 0..5 {
        let now = now.plus_seconds(60 * minute);
        assert_eq!(work(&portal, &[SLOW], now).await, 1);
        assert_eq!(portal.database.number(waited_for), 1, "{minute}");
        assert_eq!(work(&portal, &[SLOW], now.plus_seconds(59)).await, 0);
    }
    assert_eq!(work(&portal, &[SLOW], now.plus_seconds(300)).await, 1);
    assert_eq!(portal.database.number(waited_for), 0);
    let (_, mut robin) = operator(&portal).await;
    robin.visit("/operator").await;
    robin.sees_row(&["slow", "the database has more to do than it can (6 tries)"]);
    // From now on ever more seldom.
    assert_eq!(work(&portal, &[SLOW], now.plus_seconds(300 + 1919)).await, 0);
    assert_eq!(work(&portal, &[SLOW], now.plus_seconds(300 + 1920)).await, 1);
}

#[actix_web::test]
async fn a_job_is_given_up_for_what_it_may_have_caused_only() {
    let (portal, mut now) = (Portal::open().await, Moment::now());
    let slow = put_for(&portal, &SLOW_ONCE, false, (now, now)).await;
    let unlucky = put_for(&portal, &UNLUCKY, false, (now, now)).await;
    portal.database.change("UPDATE jobs SET attempts = 11");
    assert_eq!(work(&portal, &[SLOW_ONCE, UNLUCKY], now).await, 2);
    assert_eq!(standing(&portal, &slow).await.state, State::Failed);
    for _ in 0..3 {
        let waiting = standing(&portal, &unlucky).await;
        assert_eq!((waiting.state, waiting.due_at), (State::Waiting, now.plus_seconds(6 * 3600)));
        now = waiting.due_at;
        assert_eq!(work(&portal, &[UNLUCKY], now).await, 1);
    }
}

#[actix_web::test]
async fn the_operator_sees_what_fails_until_it_is_done() {
    let (portal, now) = (Portal::open().await, Moment::now());
    assert_eq!(work(&portal, &[HOURLY], now).await, 1);
    put(&portal, true, now).await;
    portal.database.change("UPDATE jobs SET attempts = 11 WHERE kind = 'count'");
    assert_eq!(work(&portal, &[COUNT], now).await, 1);
    let (_, mut robin) = operator(&portal).await;
    robin.visit("/operator").await;
    robin.sees("Chores that fail");
    robin.sees_row(&["Clear away sign-ins that have ended", "nobody is there (1 try)"]);
    // Its kind has no words, being of these stories only.
    robin.sees_row(&["count", "it was to fail (12 tries)", "None: it was given up"]);

    // By now somebody is there.
    assert_eq!(work(&portal, &[HOURLY], now.plus_seconds(60)).await, 1);
    robin.reload().await;
    robin.sees_no_row(&["Clear away sign-ins that have ended"]);
}
