//! The jobs that the portal does by itself.

use tokio::sync::watch;
use twotier::jobs::Kind;
use twotier::server::chores;
use twotier::values::moment::Moment;

use super::{COUNT, HOURLY, put, work};
use crate::operator::operator;
use crate::support::portal::Portal;

#[actix_web::test]
async fn every_chore_is_done_at_the_first_start_and_again_when_it_is_due() {
    let (portal, now) = (Portal::open().await, Moment::now());
    let (mut hourly, mut daily) = (0, 0);
    for kind in chores::kinds() {
        match kind.rhythm.seconds() {
            Some(3600) => hourly += 1,
            Some(86_400) => daily += 1,
            Some(other) => panic!("{}: {other}", kind.name),
            // Nobody asked for it.
            None => {}
        }
    }
    assert!(hourly > 0 && daily > 0);
    assert_eq!(portal.do_chores(now).await, hourly + daily);
    assert_eq!(portal.do_chores(now.plus_seconds(3599)).await, 0);
    assert_eq!(portal.do_chores(now.plus_seconds(3600)).await, hourly);
    // However long nothing ran, each is done once.
    assert_eq!(portal.do_chores(now.plus_days(30)).await, hourly + daily);
    assert_eq!(portal.database.number("SELECT count(*) FROM jobs WHERE failed_at IS NOT NULL"), 0);
}

#[actix_web::test]
async fn where_no_chore_fails_the_operator_sees_none() {
    let portal = Portal::open().await;
    portal.do_chores(Moment::now()).await;
    let (_, mut robin) = operator(&portal).await;
    robin.visit("/operator").await;
    robin.sees_heading("Installation").sees_not("Chores that fail");
}

#[actix_web::test]
async fn what_a_release_does_no_more_is_forgotten_at_its_start() {
    let (portal, now) = (Portal::open().await, Moment::now());
    assert_eq!(work(&portal, &[HOURLY], now).await, 1);
    put(&portal, false, now.plus_days(1)).await;
    let known = Kind::hourly("known_hourly", HOURLY.work);
    let worker = portal.worker(&[known], now);
    let (stop, stopped) = watch::channel(false);
    let working = tokio::spawn(worker.run(stopped));
    while portal.database.number("SELECT count(*) FROM jobs WHERE kind = 'count_hourly'") > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    stop.send(true).expect("the worker listens");
    working.await.expect("it ends");
    // What somebody asked for is not.
    assert_eq!(portal.database.number("SELECT count(*) FROM jobs WHERE kind = 'count'"), 1);
}

#[actix_web::test]
async fn a_month_after_its_end_a_job_is_forgotten() {
    let (portal, now) = (Portal::open().await, Moment::now());
    put(&portal, false, now).await;
    assert_eq!(work(&portal, &[COUNT], now).await, 1);
    let kept = "SELECT count(*) FROM jobs WHERE kind = 'count'";
    portal.does("forget_ended_jobs", now.plus_days(29)).await;
    assert_eq!(portal.database.number(kept), 1);
    portal.does("forget_ended_jobs", now.plus_days(30)).await;
    assert_eq!(portal.database.number(kept), 0);
}

#[actix_web::test]
async fn a_file_of_offers_that_nobody_applied_is_forgotten_after_a_day() {
    let portal = Portal::open().await;
    let (_, mut robin) = operator(&portal).await;
    robin.visit("/catalog").await;
    robin.press("Use the sample catalog").await;
    let kept = "SELECT count(*) FROM previewed_files";
    let now = Moment::now();
    portal.does("forget_catalogue_files", now.plus_seconds(23 * 3600)).await;
    assert_eq!(portal.database.number(kept), 1);
    portal.does("forget_catalogue_files", now.plus_seconds(25 * 3600)).await;
    assert_eq!(portal.database.number(kept), 0);
}
