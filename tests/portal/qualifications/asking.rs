//! Asking that a customer count as a school: once, by whoever may, and not for everybody.

use actix_web::http::StatusCode;
use futures_util::future::join_all;
use twotier::access::Role;

use super::Scene;

#[actix_web::test]
async fn a_school_counts_as_none_until_it_is_approved_and_its_offers_open_at_once_then() {
    let mut scene = Scene::open().await;
    scene.sam.visit(&format!("/customers/{}/account", scene.juniper)).await;
    scene.sam.follow("Update of special qualifications").await;
    scene.sam.sees_heading("Special qualifications").sees("Counts as None");
    let path = scene.page();
    assert_eq!(scene.sam.path(), path);
    scene.asks("https://www.juniper.example/about").await;
    scene.sam.sees("In review").sees("Sam sales_agent").sees("juniper.example").sees("Counts as None");
    scene.sam.sees_no_button("Save and continue");
    scene.sam.visit(&format!("/customers/{}/account", scene.juniper)).await;
    scene.sam.sees("Education is in review since");
    let offers = scene.new_subscription();
    scene.sam.visit(&offers).await;
    scene.sam.sees("Education is in review since").sees("1 offer for Education cannot be chosen until then.");
    scene.sam.sees("Business Basic").sees_not("Campus");
    scene.approves().await;
    scene.sam.visit(&offers).await;
    scene.sam.sees("Campus").sees_not("in review");
    let path = scene.page();
    scene.sam.visit(&path).await;
    scene.sam.sees("Counts as Education").sees_row(&["Sam sales_agent", "juniper.example", "Approved"]);
    for browser in [&mut scene.sam, &mut scene.robin] {
        browser.visit("/activity").await;
        browser.sees("Ask for a special qualification").sees("Approve a special qualification");
        browser.sees_row(&["Special qualifications", "None", "Education"]);
    }
}

#[actix_web::test]
async fn what_is_no_website_is_said_at_the_field() {
    let mut scene = Scene::open().await;
    let path = scene.page();
    scene.sam.visit(&path).await;
    for (website, problem) in [("", "Enter the website of the institution."), ("our school", "")] {
        scene.sam.fill("Website of the institution", website).press("Save and continue").await;
        assert_eq!(scene.sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
        scene.sam.sees_problem("Website of the institution", problem);
        assert_eq!(scene.sam.field("Website of the institution"), website);
    }
    assert_eq!(scene.portal.database.number("SELECT count(*) FROM qualification_reviews"), 0);
}

#[actix_web::test]
async fn pressed_twice_or_by_two_people_it_is_asked_once() {
    let mut scene = Scene::open().await;
    let path = scene.page();
    let mut ada = scene.portal.browser_of(Role::AdminAgent).await;
    ada.visit(&path).await;
    ada.fill("Website of the institution", "hall.example");
    scene.sam.visit(&path).await;
    scene.sam.fill("Website of the institution", "juniper.example");
    let mut again = scene.sam.duplicate();
    join_all([scene.sam.press("Save and continue"), again.press("Save and continue")]).await;
    scene.sam.sees("Education is asked for.");
    again.sees("Education is asked for.");
    ada.press("Save and continue").await;
    assert_eq!(ada.status(), StatusCode::CONFLICT);
    ada.sees("Somebody changed it after you had opened this page").sees("In review").sees("juniper.example");
    // What the second one typed stands beside it.
    ada.sees("You had sent hall.example as the website of the institution.");
    ada.sees("ask for it no longer, and then ask anew").sees_link("Ask for it no longer");
    assert_eq!(scene.portal.database.number("SELECT count(*) FROM qualification_reviews"), 1);
}

#[actix_web::test]
async fn resellers_and_helpdesk_agents_read_only() {
    let mut scene = Scene::open().await;
    scene.asks("juniper.example").await;
    let brightwater = scene.portal.has_partner("Brightwater IT", "DE", "4810233").await;
    scene.portal.has_delegation(&scene.juniper, &brightwater).await;
    let mut olga = scene.portal.browser_in(&brightwater, &[Role::GlobalAdmin]).await;
    let mut heidi = scene.portal.browser_of(Role::HelpdeskAgent).await;
    let path = scene.page();
    for browser in [&mut olga, &mut heidi] {
        browser.visit(&path).await;
        browser.sees("In review").sees_no_link("Ask for it no longer").sees_no_button("Save and continue");
    }
    let pine = scene.portal.has_partner("Pine IT", "DE", "4810240").await;
    let mut stranger = scene.portal.browser_in(&pine, &[Role::GlobalAdmin]).await;
    stranger.visit(&path).await;
    assert_eq!(stranger.status(), StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn nothing_is_asked_for_a_customer_that_has_ended() {
    let mut scene = Scene::open().await;
    let path = scene.page();
    scene.sam.visit(&path).await;
    scene.portal.database.change("UPDATE customers SET ended_at = CURRENT_TIMESTAMP");
    scene.sam.press("Save and continue").await;
    assert_eq!(scene.sam.status(), StatusCode::CONFLICT);
    scene.sam.sees("The relationship with this customer has ended").sees_no_button("Save and continue");
}

#[actix_web::test]
async fn nonprofit_is_only_read() {
    let mut scene = Scene::open().await;
    scene.portal.database.change("UPDATE customers SET qualification = 'nonprofit'");
    let path = scene.page();
    scene.sam.visit(&path).await;
    scene.sam.sees("Counts as Nonprofit").sees("Nobody sets it or takes it away here.");
    scene.sam.sees_no_button("Save and continue").sees_no_link("Go back to None");
    scene.sam.visit(&format!("{path}/end")).await;
    scene.sam.sees("Nobody sets it or takes it away here.").sees_no_button("Go back to None");
    // Nor does a forged form.
    let id = twotier::values::id::ReviewId::new().to_string();
    for qualification in ["education", "government", "none"] {
        let forged = [
            ("id", id.as_str()),
            ("mark", ""),
            ("qualification", qualification),
            ("website", "juniper.example"),
            ("validation_code", "GCC-1"),
        ];
        scene.sam.post(&path, &forged).await;
        assert!(scene.sam.status().is_client_error(), "{qualification}");
    }
    scene.sam.post(&format!("{path}/end"), &[("mark", "")]).await;
    let kept = "SELECT qualification AS text FROM customers";
    assert_eq!(scene.portal.database.texts(kept), ["nonprofit"]);
    assert_eq!(scene.portal.database.number("SELECT count(*) FROM qualification_reviews"), 0);
}
