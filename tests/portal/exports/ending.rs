//! Files that are never made: given up, stopped, or refused, and how whoever waits for them learns of it.

use actix_web::http::StatusCode;
use anyhow::anyhow;
use futures_util::FutureExt as _;
use tokio::sync::watch;
use twotier::access::{OrganisationKind, Role};
use twotier::jobs::{Kind, Run, Work};
use twotier::server::chores;
use twotier::values::moment::Moment;

use super::job::{FILES, JOB, PIECES, TIDYING, asks, has_file, scene};
use crate::support::portal::Portal;
use crate::users::adds;

const LAST_TRY: &str = "UPDATE jobs SET attempts = 11, due_at = created_at WHERE kind = 'make_export'";

fn with_state(state: &str) -> String {
    format!("{FILES} WHERE state = '{state}'")
}

/// The portal tries once more to make each file that waits, and fails.
async fn fails(portal: &Portal) {
    let work: fn(Run) -> Work = |_| async { Err(anyhow!("the disk is full").into()) }.boxed();
    let kinds = chores::kinds().into_iter().filter(|kind| kind.name == JOB);
    let kinds: Vec<Kind> = kinds.map(|kind| Kind { work, ..kind }).collect();
    let (_stop, stopped) = watch::channel(false);
    portal.worker(&kinds, Moment::now()).work_due(&stopped).await.expect("the worker goes on");
}

#[actix_web::test]
async fn what_the_portal_gives_up_is_told_and_makes_room() {
    let portal = scene().await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut sam = portal.signed_in(&email).await;
    for _ in 0..3 {
        asks(&mut sam).await;
    }
    fails(&portal).await;
    sam.reload().await;
    sam.sees("Something failed. The portal tries again by itself");
    portal.database.change(LAST_TRY);
    fails(&portal).await;
    assert_eq!(portal.database.number(&with_state("failed")), 3);
    sam.reload().await;
    sam.sees("Failed").sees("has given it up").sees_no_button("Stop here");
    portal.carry_mail().await;
    let letter = portal.letter_to(&email);
    assert!(letter.body_text.contains("failed at it again and again"), "{}", letter.body_text);
    asks(&mut sam).await;
    sam.sees("The file is being made.");
}

#[actix_web::test]
async fn what_the_portal_dies_over_is_closed_by_a_chore() {
    let portal = scene().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    asks(&mut sam).await;
    portal.does(TIDYING, Moment::now().plus_days(3)).await;
    assert_eq!(portal.database.number(&with_state("waiting")), 1);
    portal.database.change("UPDATE jobs SET state = 'failed' WHERE kind = 'make_export'");
    portal.does(TIDYING, Moment::now().plus_days(4)).await;
    assert_eq!(portal.database.number(&with_state("failed")), 1);
}

#[actix_web::test]
async fn a_file_in_the_making_is_stopped_by_its_owner_and_global_admins_alone() {
    let portal = scene().await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut sam = portal.signed_in(&email).await;
    asks(&mut sam).await;
    let mut again = sam.duplicate();
    sam.press("Stop here").await;
    sam.sees("Stopped. Nothing is made.").sees("stopped it on").sees_no_button("Stop here");
    again.press("Stop here").await;
    again.sees("That had come to its end already.");
    portal.does(JOB, Moment::now()).await;
    assert_eq!(portal.database.number(PIECES), 0);
    asks(&mut sam).await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    let waiting = portal.database.texts("SELECT id AS text FROM exports WHERE state = 'waiting'").concat();
    gina.visit(&format!("/exports/{waiting}")).await;
    let other = portal.has_organisation(OrganisationKind::Provider, "Foreign Distribution", "DE").await;
    let path = format!("/exports/{waiting}/stop");
    let strangers =
        [portal.browser_of(Role::AdminAgent).await, portal.browser_in(&other, &[Role::GlobalAdmin]).await];
    for mut stranger in strangers {
        stranger.post(&path, &[]).await;
        assert_eq!(stranger.status(), StatusCode::NOT_FOUND);
    }
    gina.press("Stop here").await;
    gina.sees("Sam global_admin stopped it on");
    portal.carry_mail().await;
    let letter = portal.letter_to(&email);
    assert!(letter.body_text.contains("Sam global_admin stopped it."), "{}", letter.body_text);
    assert_eq!(portal.database.number(&with_state("stopped")), 2);
    gina.visit("/activity").await;
    gina.sees_row(&["Stop making a file of a long list"]);
}

#[actix_web::test]
async fn users_of_a_customer_that_takes_administration_back_are_refused_at_once() {
    let portal = Portal::open_with(|site| site.large_export = 1).await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    for user_name in ["mia", "noah"] {
        adds(&mut ada, &alder, ("Mia", "Moss", user_name)).await;
        ada.press("Done").await;
    }
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.follow("Export as CSV").await;
    ada.press("Make the file").await;
    portal.database.change("UPDATE customers SET is_delegated = FALSE, undelegated_at = CURRENT_TIMESTAMP");
    portal.does(JOB, Moment::now()).await;
    assert_eq!(portal.database.number(&with_state("refused")), 1);
}

#[actix_web::test]
async fn a_letter_about_a_file_that_is_gone_does_not_go_out() {
    let portal = scene().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    has_file(&portal, &mut sam).await;
    let waiting = "SELECT count(*) FROM letters WHERE subject_kind = 'export_ready' AND state <> 'withdrawn'";
    assert_eq!(portal.database.number(waiting), 1);
    portal.does(TIDYING, Moment::now().plus_days(2)).await;
    assert_eq!(portal.database.number(waiting), 0);
}

#[actix_web::test]
async fn no_more_than_some_files_are_kept_at_once() {
    let portal = scene().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    has_file(&portal, &mut sam).await;
    portal.database.change("UPDATE exports SET byte_count = 2000000000");
    asks(&mut sam).await;
    sam.sees("Nothing was begun: as many files of your organization are kept").sees_heading("Customers");
    assert_eq!(portal.database.number(FILES), 1);
}

#[actix_web::test]
async fn that_there_was_a_file_is_forgotten_with_whatever_it_left() {
    let portal = scene().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    asks(&mut sam).await;
    portal.database.change("UPDATE exports SET state = 'failed'");
    for number in 0..40 {
        portal.database.change(&format!(
            "INSERT INTO export_pieces (export_id, number, body) SELECT id, {number}, 'QUJD' FROM exports"
        ));
    }
    portal.does(TIDYING, Moment::now().plus_days(179)).await;
    assert_eq!((portal.database.number(FILES), portal.database.number(PIECES)), (1, 0));
    portal.does(TIDYING, Moment::now().plus_days(181)).await;
    assert_eq!(portal.database.number(FILES), 0);
}

#[actix_web::test]
async fn a_file_is_gone_once_a_customer_that_may_stand_in_it_is() {
    let portal = Portal::open_with(|site| site.large_export = 5).await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let mut delegations = Vec::new();
    for nth in 1..=7 {
        let customer = portal.has_customer(&format!("Alder {nth}")).await;
        delegations.push(portal.has_delegation(&customer, &brightwater).await);
    }
    let mut rita = portal.browser_in(&brightwater, &[Role::SalesAgent]).await;
    asks(&mut rita).await;
    // What is lost before its rows are read does not stand in it; nor does what was never given.
    portal.has_ended(delegations.first().expect("one of seven")).await;
    portal.does(JOB, Moment::now()).await;
    rita.reload().await;
    let file = rita.href("Download the file");
    portal.has_ended(delegations.last().expect("one of seven")).await;
    portal.database.change(
        "UPDATE delegations SET since = ended_at WHERE ended_at = (SELECT max(ended_at) FROM delegations)",
    );
    rita.follow("Download the file").await;
    assert!(!rita.download().text().contains("Alder 1,"));
    portal.has_ended(delegations.get(1).expect("one of seven")).await;
    rita.visit(&file).await;
    rita.sees("That file is not there, or not any more.").sees("Deleted").sees_no_link("Download the file");
}
