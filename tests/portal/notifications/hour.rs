//! When letters come: the first one soon, then one an hour at most, and nothing twice.

use futures_util::join;
use twotier::access::Role;
use twotier::values::moment::Moment;

use super::{Scene, letters_to, says, says_not};
use crate::support::portal::{ORIGIN, Portal};

const FORGET: &str = "forget_notifications";

/// So many events about Contoso for an organisation, as if they had just happened.
fn has_events(portal: &Portal, organisation: &str, count: u32) {
    portal.database.change(&format!(
        "INSERT INTO notifications (id, organisation_id, kind, customer_name, subject_kind, subject_id, subject_name,
            old_value, new_value, by_name, by_organisation, occurred_at)
         WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})
         SELECT '00000000-0000-7000-8000-' || (100000000000 + n), '{organisation}', 'quantity_changed', 'Contoso', 'subscription', '-', 'Basic ' || n,
            '1', '2', 'Olga', 'Brightwater IT', CURRENT_TIMESTAMP FROM numbers"
    ));
}

#[actix_web::test]
async fn the_first_event_is_told_at_once_and_all_others_of_the_hour_together() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let sam = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let noon = Moment::now();
    scene.change_quantity(26).await;
    assert_eq!(portal.carry_mail_at(noon).await, 1);
    scene.change_quantity(27).await;
    assert_eq!(portal.carry_mail_at(noon.plus_seconds(60)).await, 0);
    scene.change_quantity(28).await;
    assert_eq!(portal.carry_mail_at(noon.plus_seconds(3599)).await, 0);
    assert_eq!(portal.carry_mail_at(noon.plus_seconds(3600)).await, 1);
    let letter = portal.letter_to(&sam);
    assert_eq!(letter.subject, "2 changes that concern Harbor Distribution");
    says(&letter, "from 26 to 27.");
    says(&letter, "from 27 to 28.");
    says_not(&letter, "from 25 to 26");
    // The next hour has begun with that letter.
    scene.change_quantity(29).await;
    assert_eq!(portal.carry_mail_at(noon.plus_seconds(3660)).await, 0);
    assert_eq!(portal.carry_mail_at(noon.plus_seconds(7200)).await, 1);
    // After a quiet hour it is at once again.
    scene.change_quantity(30).await;
    assert_eq!(portal.carry_mail_at(noon.plus_seconds(20_000)).await, 1);
    assert_eq!(portal.carry_mail_at(noon.plus_seconds(90_000)).await, 0);
}

#[actix_web::test]
async fn a_clock_that_was_ahead_keeps_nobody_waiting() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let sam = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let (now, ahead) = (Moment::now(), Moment::now().plus_days(400));
    // Told in the future, and due an hour after that.
    scene.change_quantity(26).await;
    assert_eq!(portal.carry_mail_at(ahead).await, 1);
    scene.change_quantity(27).await;
    assert_eq!(portal.carry_mail_at(ahead.plus_seconds(60)).await, 0);
    assert_eq!(portal.carry_mail_at(now.plus_seconds(60)).await, 1);
    says(&portal.letter_to(&sam), "from 26 to 27.");
    // And only told there.
    scene.change_quantity(28).await;
    assert_eq!(portal.carry_mail_at(ahead.plus_seconds(7200)).await, 1);
    scene.change_quantity(29).await;
    assert_eq!(portal.carry_mail_at(now.plus_seconds(120)).await, 1);
}

#[actix_web::test]
async fn two_instances_tell_it_once() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let people = [Role::SalesAgent, Role::AdminAgent, Role::GlobalAdmin];
    let mut addresses = Vec::new();
    for role in people {
        addresses.push(portal.add_person(&portal.harbor, &[role]).await);
    }
    scene.change_quantity(26).await;
    scene.change_quantity(27).await;
    let now = Moment::now();
    join!(portal.keep_house(now), portal.keep_house(now), portal.keep_house(now));
    portal.carry_mail_at(now.plus_seconds(3600)).await;
    for address in &addresses {
        assert_eq!(letters_to(portal, address), 1, "{address}");
        assert_eq!(portal.letter_to(address).subject, "2 changes that concern Harbor Distribution");
    }
}

#[actix_web::test]
async fn what_was_begun_before_a_crash_is_told_after_it() {
    let mut scene = Scene::open().await;
    let sam = scene.portal.add_person(&scene.portal.harbor, &[Role::SalesAgent]).await;
    scene.change_quantity(26).await;
    // Lined up by a process that died before it wrote the letter.
    let now = Moment::now();
    let lined_up =
        scene.portal.db.write(move |conn| twotier::notifications::store::lineup::line_up(conn, now, 500));
    assert_eq!(lined_up.await.expect("it is lined up"), 1);
    scene.portal.restart().await;
    assert_eq!(scene.portal.carry_mail_at(now).await, 1);
    says(&scene.portal.letter_to(&sam), "from 25 to 26.");
    scene.portal.restart().await;
    assert_eq!(scene.portal.carry_mail_at(now.plus_seconds(7200)).await, 0);
}

#[actix_web::test]
async fn ten_thousand_events_are_one_letter() {
    let portal = Portal::open().await;
    let sam = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    has_events(&portal, portal.harbor.id.as_str(), 10_000);
    assert_eq!(portal.carry_mail().await, 1);
    let letter = portal.letter_to(&sam);
    assert_eq!(letter.subject, "10,000 changes that concern Harbor Distribution");
    says(&letter, "And 9,970 more. All of them stand in the Activity log:");
    says(&letter, &format!("{ORIGIN}/activity"));
    assert_eq!(letter.body_text.matches("changed the quantity of").count(), 30);
    assert!(letter.body_html.len() < 20_000, "{}", letter.body_html.len());
}

#[actix_web::test]
async fn what_was_told_long_ago_is_forgotten_and_what_waits_is_not() {
    let portal = Portal::open().await;
    has_events(&portal, portal.harbor.id.as_str(), 700);
    let now = Moment::now();
    portal.keep_house(now).await;
    let count = || portal.database.number("SELECT count(*) FROM notifications");
    portal.does(FORGET, now.plus_days(29)).await;
    assert_eq!(count(), 700);
    // Somebody was called, and not written to yet.
    portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    portal.database.change(&format!(
        "INSERT INTO digests (person_id, from_position, due_at) SELECT id, 600, '{}' FROM people",
        kept(now.plus_days(31).plus_seconds(1800))
    ));
    portal.does(FORGET, now.plus_days(31)).await;
    assert_eq!(count(), 101, "what is told below stays until it is told");
    assert_eq!(portal.carry_mail_at(now.plus_days(401)).await, 1);
    portal.does(FORGET, now.plus_days(401)).await;
    assert_eq!(count(), 0);
}

/// A moment as SQLite keeps it and PostgreSQL reads it.
fn kept(moment: Moment) -> String {
    moment.exact().replace('T', " ")
}
