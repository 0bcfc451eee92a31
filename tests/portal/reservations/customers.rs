//! A customer buys by itself, where its provider lets it and as far.

use actix_web::http::StatusCode;
use twotier::access::Role;

use super::{Scene, choose};
use crate::support::browser::Browser;

/// An Admin agent lets Contoso buy for so much a month.
async fn allow(ada: &mut Browser, scene: &Scene, limit: &str) {
    ada.visit(&format!("/customers/{}/permissions", scene.contoso)).await;
    ada.fill("Monthly limit", limit).press("Show what it does").await;
    ada.sees("You pay for what it buys");
    ada.press("Allow customer to purchase").await;
    ada.sees("Contoso may buy reservations by itself.");
}

/// Contoso's admin.
async fn cora(scene: &Scene) -> Browser {
    let user_name = scene.portal.has_admin(&scene.contoso).await;
    scene.portal.signed_in(&user_name).await
}

#[actix_web::test]
async fn it_is_off_until_an_admin_agent_turns_it_on_and_off_at_once() {
    let scene = Scene::open().await;
    let mut cora = cora(&scene).await;
    let form = format!("/own/reservations/{}/new", scene.contoso);
    cora.visit("/own/reservations").await;
    cora.sees("It does not let your company buy them by itself.")
        .sees_no_link("Buy a reservation from Harbor Distribution");
    cora.visit(&form).await;
    cora.sees("Nothing can be bought now.");
    for role in [Role::SalesAgent, Role::GlobalAdmin] {
        let mut other = scene.person(role).await;
        other.visit(&format!("/customers/{}/permissions", scene.contoso)).await;
        other.sees("Off").sees("Only these roles may change it").sees("Admin agent");
        other.sees_no_button("Show what it does");
        other
            .post(
                &format!("/customers/{}/permissions", scene.contoso),
                &[("limit", "5"), ("confirmed", "yes")],
            )
            .await;
        assert_eq!(other.status(), StatusCode::FORBIDDEN, "{role:?}");
    }
    let mut ada = scene.person(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{}/permissions", scene.contoso)).await;
    ada.press("Show what it does").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    allow(&mut ada, &scene, "1,000").await;
    ada.sees("On").sees("€ 1,000.00");
    cora.visit(&form).await;
    choose(&mut cora, ("1 year", "1", "Upfront")).await;
    cora.sees("Harbor Distribution pays for it");
    ada.follow("Take the permission back").await;
    ada.press("Take the permission back").await;
    ada.sees("Contoso may not buy reservations by itself any more.").sees("Off");
    cora.press("Buy now").await;
    assert_eq!(cora.status(), StatusCode::UNPROCESSABLE_ENTITY);
    cora.sees("does not let your company buy reservations by itself");
    assert_eq!(scene.count(), 0);
    ada.visit("/activity").await;
    ada.sees("Create customer purchase permissions").sees("Delete customer purchase permissions");
}

#[actix_web::test]
async fn what_it_buys_is_told_shown_as_its_own_and_counts_against_the_month() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let sam = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let olga = portal.add_person(&scene.brightwater, &[Role::SalesAgent]).await;
    let mut ada = scene.person(Role::AdminAgent).await;
    allow(&mut ada, &scene, "1,300").await;
    let mut cora = cora(&scene).await;
    cora.visit("/own/reservations").await;
    cora.sees("€ 1,300.00 are left this month");
    cora.follow("Buy a reservation from Harbor Distribution").await;
    choose(&mut cora, ("1 year", "3", "Monthly")).await;
    assert_eq!(cora.status(), StatusCode::UNPROCESSABLE_ENTITY);
    cora.sees("That is more than is left of your limit this month: € 1,300.00.");
    choose(&mut cora, ("1 year", "2", "Monthly")).await;
    let mut tab = cora.duplicate();
    cora.press("Buy now").await;
    cora.sees("The reservation is bought.")
        .sees("€ 300.00 are left this month")
        .sees_row(&["D2s v3", "€ 1,000.00"]);
    tab.press("Buy now").await;
    tab.sees("This reservation was bought before.");
    assert_eq!(scene.count(), 1);
    ada.visit("/orders").await;
    ada.sees_row(&["By the customer", "Contoso", "Cora Customer", "€ 83.33"]);
    ada.visit("/activity").await;
    ada.sees("Buy a reservation").sees("Cora Customer");
    ada.visit(&scene.page()).await;
    ada.sees_row(&["D2s v3 West Europe By the customer"]).sees("€ 300.00 are left this month");
    portal.carry_mail().await;
    for email in [&sam, &olga] {
        let letter = portal.letter_to(email);
        assert!(letter.body_text.contains("Contoso"), "{}", letter.body_text);
    }
    // What the provider buys does not count, nor does another month.
    let mut seller = scene.person(Role::SalesAgent).await;
    seller.visit(&format!("{}/new", scene.page())).await;
    choose(&mut seller, ("1 year", "9", "Upfront")).await;
    seller.press("Buy now").await;
    portal.database.change("UPDATE reservations SET bought_at = '2020-01-31 23:59:59' WHERE is_by_customer");
    cora.visit("/own/reservations").await;
    cora.sees("€ 1,300.00 are left this month");
}

#[actix_web::test]
async fn two_purchases_at_the_same_instant_do_not_pass_the_limit_together() {
    let scene = Scene::open().await;
    let mut ada = scene.person(Role::AdminAgent).await;
    allow(&mut ada, &scene, "700").await;
    let mut one = cora(&scene).await;
    let mut other = one.clone_session();
    let form = format!("/own/reservations/{}/new", scene.contoso);
    for browser in [&mut one, &mut other] {
        browser.visit(&form).await;
        choose(browser, ("1 year", "1", "Upfront")).await;
        browser.sees_heading("Review");
    }
    futures_util::join!(one.press("Buy now"), other.press("Buy now"));
    assert_eq!(scene.count(), 1);
    let refused = [&one, &other].into_iter().filter(|browser| browser.status() != StatusCode::OK).count();
    assert_eq!(refused, 1, "{} {}", one.status(), other.status());
}

#[actix_web::test]
async fn another_company_sees_and_buys_nothing_of_it() {
    let scene = Scene::open().await;
    let fabrikam = scene.portal.has_customer("Fabrikam").await;
    let user_name = scene.portal.has_admin(&fabrikam).await;
    let mut fay = scene.portal.signed_in(&user_name).await;
    fay.visit(&format!("/own/reservations/{}/new", scene.contoso)).await;
    assert_eq!(fay.status(), StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn a_limit_that_somebody_else_has_set_is_not_overwritten_unseen() {
    let scene = Scene::open().await;
    let mut ada = scene.person(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{}/permissions", scene.contoso)).await;
    let mut late = ada.duplicate();
    allow(&mut ada, &scene, "1,000").await;
    late.fill("Monthly limit", "2000").press("Show what it does").await;
    late.press("Allow customer to purchase").await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    late.sees("Somebody changed this after you had opened it.").sees("€ 1,000.00");
    assert_eq!(late.field("Monthly limit"), "2000", "nothing typed is lost");
    late.press("Show what it does").await;
    let mut again = late.duplicate();
    late.press("Allow customer to purchase").await;
    late.sees("€ 2,000.00");
    again.press("Allow customer to purchase").await;
    again.sees("Nothing was changed: it was so before.").sees("€ 2,000.00");
}
