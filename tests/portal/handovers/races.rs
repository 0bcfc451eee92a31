//! A worker that dies, two at once, and somebody who stops it.

use actix_web::http::StatusCode;
use twotier::access::Role;

use super::Scene;

#[actix_web::test]
async fn whoever_goes_on_after_a_crash_finds_done_what_is_done() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let mut ada = scene.replacing(&["Alder", "Birch", "Cedar"]).await;
    // The customers are copied, one has its turn, and the worker dies.
    scene.steps(&ada).await;
    ada.reload().await;
    ada.sees("0 of 3 customers have had their turn.").sees_row(&["Alder", "Waiting"]);
    scene.steps(&ada).await;
    ada.reload().await;
    ada.sees("1 of 3 customers have had their turn.")
        .sees_row(&["Alder", "Done"])
        .sees_row(&["Birch", "Waiting"]);
    scene.works().await;
    // And one that dies after the last step finds nothing to do.
    scene.steps(&ada).await;
    ada.reload().await;
    ada.sees_row(&["Birch", "Done"]).sees_row(&["Cedar", "Unchanged"]);
    assert_eq!(scene.lasting_of(&scene.newleaf), 2);
    let begun = "SELECT count(*) FROM activity_records WHERE action = 'create_delegation'";
    assert_eq!(portal.database.number(begun), 4, "each once in two logs");
    portal.carry_mail().await;
    let told = portal.letters();
    let told = told.iter().filter(|letter| letter.subject == "Who looks after your customers is changed");
    assert_eq!(told.count(), 1);
}

#[actix_web::test]
async fn what_was_done_stays_when_it_is_stopped_and_the_rest_is_left() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let nora = portal.add_person(&scene.newleaf, &[Role::GlobalAdmin]).await;
    let mut ada = scene.replacing(&["Alder", "Birch"]).await;
    for _ in 0..2 {
        scene.steps(&ada).await;
    }
    ada.reload().await;
    let mut second_tab = ada.duplicate();
    ada.press("Stop here").await;
    ada.sees("It is stopped.").sees("Sam admin_agent stopped it on").sees_no_button("Stop here");
    ada.sees_row(&["Alder", "Done"]).sees_row(&["Birch", "Left as it was"]);
    second_tab.press("Stop here").await;
    second_tab.sees("It had come to its end already.");
    scene.works().await;
    assert_eq!((scene.lasting_of(&scene.newleaf), scene.lasting_of(&scene.brightwater)), (1, 1));
    let stopped = "SELECT count(*) FROM activity_records WHERE action = 'stop_handover'";
    assert_eq!(portal.database.number(stopped), 1);
    portal.carry_mail().await;
    assert!(scene.has_told(&nora, "In numbers: you look after 1 more customer."));
    ada.visit("/customers").await;
    ada.follow("Changes of many customers, under way and over").await;
    ada.sees_row(&["Newleaf in place of Brightwater IT", "Stopped"]);
}

#[actix_web::test]
async fn of_two_over_the_same_customers_the_later_one_finds_them_changed() {
    let scene = Scene::open().await;
    let mut first = scene.replacing(&["Alder", "Birch"]).await;
    let mut second = scene.replacing(&["Alder", "Birch"]).await;
    scene.steps(&first).await;
    scene.steps(&second).await;
    scene.steps(&first).await;
    for _ in 0..2 {
        scene.steps(&second).await;
    }
    scene.steps(&first).await;
    first.reload().await;
    second.reload().await;
    first.sees_row(&["Alder", "Done"]).sees_row(&[
        "Birch",
        "Unchanged",
        "Brightwater IT does not administer it.",
    ]);
    second.sees_row(&["Alder", "Unchanged"]).sees_row(&["Birch", "Done"]);
    assert_eq!((scene.lasting_of(&scene.newleaf), scene.lasting_of(&scene.brightwater)), (2, 0));
}

#[actix_web::test]
async fn the_same_page_sent_twice_begins_it_once() {
    let scene = Scene::open().await;
    let mut ada = scene.selecting(&["Alder"]).await;
    super::replace(&mut ada);
    ada.press("See the consequences").await;
    let mut second_tab = ada.duplicate();
    ada.press("Begin").await;
    second_tab.press("Begin").await;
    assert_eq!(second_tab.status(), StatusCode::OK);
    second_tab.sees("That had been begun already.").sees_heading("Newleaf in place of Brightwater IT");
    assert_eq!(scene.portal.database.number("SELECT count(*) FROM handovers"), 1);
    assert_eq!(
        scene.portal.database.number("SELECT count(*) FROM jobs WHERE kind = 'hand_customers_over'"),
        1
    );
}
