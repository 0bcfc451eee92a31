//! What a qualification opens and closes in the catalogue.

use twotier::catalog::model::Qualification;

use super::{Scene, issues, summit};
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

#[actix_web::test]
async fn offers_for_public_authorities_open_by_a_code_and_close_again() {
    let portal = Portal::open().await;
    let (provider, mut sam, mut robin) = summit(&portal).await;
    let qualification = Qualification::Government;
    portal.has_offer(PlainOffer { qualification, ..PlainOffer::new("Agency Cloud", 100) }).await;
    portal.has_offer(PlainOffer::new("Business Basic", 500)).await;
    issues(&mut robin, &provider, ("GCC-1", "1")).await;
    let ash = portal.has_customer_of(&provider, "City of Ash").await;
    portal.database.change("UPDATE customers SET country = 'US'");
    let (page, offers) =
        (format!("/customers/{ash}/qualification"), format!("/customers/{ash}/subscriptions/new"));
    sam.visit(&offers).await;
    sam.sees("Business Basic").sees_not("Agency Cloud");
    sam.visit(&page).await;
    sam.check(super::codes::GOVERNMENT).fill("Validation code", "GCC-1").press("Save and continue").await;
    sam.sees("Its offers are open.");
    sam.visit(&offers).await;
    sam.sees("Agency Cloud");
    sam.visit(&format!("{page}/end")).await;
    sam.press("Go back to None").await;
    sam.visit(&offers).await;
    sam.sees("Business Basic").sees_not("Agency Cloud");
}

#[actix_web::test]
async fn a_school_gets_no_trials_until_it_counts_as_none_again() {
    let mut scene = Scene::open().await;
    let trial = PlainOffer { is_trial: true, term_months: 1, ..PlainOffer::new("Premium Trial", 0) };
    scene.portal.has_offer(trial).await;
    let (page, offers) = (scene.page(), scene.new_subscription());
    scene.sam.visit(&offers).await;
    scene.sam.sees("Premium Trial");
    scene.asks("juniper.example").await;
    scene.approves().await;
    scene.sam.visit(&offers).await;
    scene.sam.sees("Campus").sees_not("Premium Trial");
    scene.sam.visit(&format!("{page}/end")).await;
    scene.sam.press("Go back to None").await;
    scene.sam.visit(&offers).await;
    scene.sam.sees("Premium Trial").sees_not("Campus");
}
