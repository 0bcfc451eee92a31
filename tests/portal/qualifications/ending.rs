//! Going back to None: no longer asking, or giving up what counts. What is bought stays.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::catalog::model::Qualification;

use super::Scene;
use crate::support::bought::PlainSubscription;
use crate::support::fixtures::PlainOffer;

#[actix_web::test]
async fn what_counted_closes_its_offers_and_leaves_its_subscriptions() {
    let mut scene = Scene::open().await;
    scene.asks("juniper.example").await;
    scene.approves().await;
    let qualification = Qualification::Education;
    let offer = PlainOffer { qualification, ..PlainOffer::new("Campus Plus", 100) };
    let bought = PlainSubscription { offer, ..PlainSubscription::new("Campus Plus") };
    scene.portal.has_subscription(&scene.juniper, bought).await;
    let path = scene.page();
    scene.sam.visit(&path).await;
    scene.sam.follow("Go back to None").await;
    scene.sam.sees("1 subscription to such an offer stays as it is:").sees("Campus Plus");
    let mut again = scene.sam.duplicate();
    scene.sam.press("Go back to None").await;
    again.press("Go back to None").await;
    again.sees("Nothing was changed");
    scene.sam.sees("The customer counts as None from now on.").sees("Counts as None");
    scene.sam.sees_row(&["juniper.example", "Approved"]);
    let offers = scene.new_subscription();
    scene.sam.visit(&offers).await;
    scene.sam.sees_not("Campus");
    scene.sam.visit(&format!("/customers/{}/subscriptions", scene.juniper)).await;
    scene.sam.sees("Campus Plus");
}

#[actix_web::test]
async fn what_waits_is_no_longer_asked_for_and_can_be_asked_for_again() {
    let mut scene = Scene::open().await;
    scene.asks("juniper.example").await;
    scene.opens().await;
    let path = scene.page();
    scene.sam.visit(&path).await;
    scene.sam.follow("Ask for it no longer").await;
    scene.sam.press("Ask for it no longer").await;
    scene.sam.sees("Education is no longer asked for.");
    scene.robin.press("Approve").await;
    assert_eq!(scene.robin.status(), StatusCode::CONFLICT);
    scene.robin.sees("The provider no longer asks for it");
    scene.asks("juniper.example").await;
    scene.approves().await;
}

#[actix_web::test]
async fn what_was_decided_meanwhile_is_not_given_up_unread() {
    let mut scene = Scene::open().await;
    scene.asks("juniper.example").await;
    let path = scene.page();
    let mut ada = scene.portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("{path}/end")).await;
    scene.approves().await;
    ada.press("Ask for it no longer").await;
    assert_eq!(ada.status(), StatusCode::CONFLICT);
    ada.sees("Somebody changed it after you had opened this page").sees_button("Go back to None");
    scene.sam.visit(&path).await;
    scene.sam.sees("Counts as Education");
}
