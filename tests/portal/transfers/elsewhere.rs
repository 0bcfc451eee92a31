//! To a partner that is none of this installation: a form that is sent, and a hand-over that is recorded.

use actix_web::http::StatusCode;
use twotier::access::Role;

use super::{CORA, Scene, today};
use crate::support::browser::Browser;

async fn starts(scene: &Scene) -> Browser {
    let mut alma = scene.choosing().await;
    alma.choose("Where it is", "Not on this portal").check("Move Business Basic");
    alma.press("See what it will do").await;
    alma.sees_problem("Name of the new partner (optional)", "Enter");
    alma.fill("Name of the new partner (optional)", "Fjord Sky").press("See what it will do").await;
    alma.sees("That cannot be undone.");
    alma.press("Start the transfer").await;
    alma.sees("Not on this portal").sees_no_link("Record the hand-over");
    alma
}

async fn consents(scene: &Scene) {
    let mut cora = scene.link().await;
    super::says_yes(&mut cora, "Fjord Sky").await;
}

#[actix_web::test]
async fn what_a_partner_elsewhere_has_ends_here_on_that_day() {
    let scene = Scene::open().await;
    let mut alma = starts(&scene).await;
    let file = alma.path().to_owned();
    alma.follow("Transfer form").await;
    alma.sees(scene.basic.as_str()).sees("Not given yet").sees("Signatures");
    consents(&scene).await;
    alma.visit(&file).await;
    alma.follow("Record the hand-over").await;
    alma.fill("First day with the new partner", "2020-01-01").press("See what it will do").await;
    alma.sees_problem("First day with the new partner", "on which the customer had consented");
    alma.fill("First day with the new partner", &today().to_string()).press("See what it will do").await;
    alma.sees("1 subscription ends here on").sees("This cannot be undone.");
    assert_eq!(scene.stands(&scene.basic).await.status, "active", "not before the last click");
    alma.press("End them here").await;
    alma.sees("The hand-over is recorded, and 1 subscription has ended here.").sees("Done on");
    let gone = scene.stands(&scene.basic).await;
    assert_eq!((gone.end_reason.as_deref(), gone.ended_on), (Some("transferred"), Some(today())));
    assert_eq!(scene.stands(&scene.azure).await.status, "active");
    scene.portal.carry_mail().await;
    assert!(scene.has_told(CORA, "have moved to Fjord Sky"));
    alma.visit(&format!("{file}/recording")).await;
    alma.sees("it is not your turn any more");
    alma.visit(&format!("{file}/form")).await;
    alma.sees("Given by Cora Customer");
}

#[actix_web::test]
async fn nothing_is_recorded_before_the_customer_has_consented_or_by_others() {
    let scene = Scene::open().await;
    let mut alma = starts(&scene).await;
    let recording = format!("{}/recording", alma.path());
    alma.visit(&recording).await;
    alma.sees("it is not your turn any more");
    consents(&scene).await;
    let mut kim = scene.portal.browser_in(&scene.kestrel, &[Role::AdminAgent]).await;
    for page in
        [recording.clone(), recording.replace("recording", "form"), recording.replace("/recording", "")]
    {
        kim.visit(&page).await;
        assert_eq!(kim.status(), StatusCode::NOT_FOUND, "{page}");
    }
    // What changed meanwhile does not go.
    scene
        .portal
        .database
        .change(&format!("UPDATE subscriptions SET quantity = 3 WHERE id = '{}'", scene.basic));
    alma.visit(&recording).await;
    alma.press("See what it will do").await;
    alma.press("End them here").await;
    alma.sees("Nothing could be moved any more");
    assert_eq!(scene.stands(&scene.basic).await.status, "active");
}
