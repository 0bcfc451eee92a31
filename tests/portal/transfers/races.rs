//! Two people at once, and the same thing twice.

use futures_util::future::join_all;
use twotier::access::Role;

use super::{BASIC, Scene, look};

#[actix_web::test]
async fn two_people_who_accept_at_once_move_it_once() {
    let scene = Scene::open().await;
    scene.consented(&["Business Basic"]).await;
    let mut people = Vec::new();
    for role in [Role::AdminAgent, Role::SalesAgent] {
        let mut kim = scene.at_kestrel(role).await;
        kim.follow("Answer").await;
        kim.choose(BASIC, "Take it over").press("See what it will do").await;
        people.push(kim);
    }
    join_all(people.iter_mut().map(|kim| kim.press("Send the answer"))).await;
    let done = people.iter().filter(|kim| kim.text().contains("1 subscription has moved.")).count();
    let over = people.iter().filter(|kim| kim.text().contains("it is not your turn any more")).count();
    assert_eq!((done, over), (1, 1));
    assert_eq!(scene.living(&scene.kestrel.id, "Business Basic").await.len(), 1);
}

#[actix_web::test]
async fn two_who_start_with_the_same_subscription_start_one() {
    let scene = Scene::open().await;
    let mut people = Vec::new();
    for _ in 0..2 {
        let mut alma = scene.choosing().await;
        look(&mut alma, "Kestrel Cloud", &["Business Basic"]).await;
        people.push(alma);
    }
    join_all(people.iter_mut().map(|alma| alma.press("Start the transfer"))).await;
    let started = people.iter().filter(|alma| alma.text().contains("is started")).count();
    assert_eq!(started, 1);
    assert_eq!(scene.portal.database.number("SELECT count(*) FROM transfers"), 1);
    assert_eq!(
        scene.portal.database.number("SELECT count(*) FROM transfer_items WHERE result = 'waiting'"),
        1
    );
}

#[actix_web::test]
async fn whoever_withdraws_while_another_accepts_leaves_one_of_both() {
    let scene = Scene::open().await;
    let mut alma = scene.consented(&["Business Basic"]).await;
    let mut kim = scene.at_kestrel(Role::AdminAgent).await;
    kim.follow("Answer").await;
    kim.choose(BASIC, "Take it over").press("See what it will do").await;
    alma.follow("Withdraw").await;
    let mut people = [&mut alma, &mut kim];
    let [alma, kim] = &mut people;
    futures_util::future::join(alma.press("Withdraw the transfer"), kim.press("Send the answer")).await;
    let has_moved = scene.living(&scene.kestrel.id, "Business Basic").await.len() == 1;
    let is_here = scene.stands(&scene.basic).await.status == "active";
    assert!(has_moved != is_here, "it is with one of them");
    let state = scene.portal.database.texts("SELECT state AS text FROM transfers");
    assert_eq!(state, [if has_moved { "done" } else { "withdrawn" }]);
}
