//! Budgets of the customers that are ticked, after a question, with a result each.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};
use twotier::values::id::CustomerId;

use super::{Scene, budget, count, has_azure, row, today};

#[actix_web::test]
async fn several_get_a_budget_at_once_after_a_question() {
    let scene = Scene::open().await;
    let fabrikam = scene.portal.has_customer("Fabrikam").await;
    has_azure(&scene.portal, &fabrikam, "Microsoft Azure").await;
    let mut ada = scene.ada().await;
    count(&mut ada, &[row(today(), "Hot LRS", "42")]).await;
    ada.visit("/azure-spending").await;
    ada.press("Set a monthly budget").await;
    ada.sees("Tick the customers first that you mean.");
    ada.check("Select Contoso").check("Select Fabrikam").press("Set a monthly budget").await;
    ada.sees_heading("Set a monthly budget")
        .sees("2 customers")
        .sees("It never stops or limits what a customer uses");
    ada.fill("Monthly budget", "a lot").press("Set the budget").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees("Write it like this: 12.50").sees_row(&["Fabrikam", "€ 0.00"]);
    // Meanwhile somebody else is faster with one of them.
    let mut bob = scene.ada().await;
    budget(&mut bob, "50").await;
    bob.sees_heading("1 customer has the budget now").sees_row(&["Contoso", "Done", "€ 50.00", "84 % used"]);
    ada.fill("Monthly budget", "1,000").press("Set the budget").await;
    ada.sees_heading("1 customer has the budget now");
    ada.sees_row(&["Contoso", "Somebody changed it meanwhile", "€ 50.00"]).sees_row(&[
        "Fabrikam",
        "Done",
        "€ 1,000.00",
    ]);
    ada.follow("Back to Azure spending").await;
    ada.check("Select Fabrikam").check("Select Contoso").press("Remove the budget").await;
    ada.sees("What was spent stays on record");
    ada.press("Remove the budget").await;
    ada.sees_heading("2 customers have no budget any more").sees_row(&["Contoso", "Done", "None"]);
    ada.visit("/activity").await;
    ada.sees("Set a monthly Azure budget").sees("Remove a monthly Azure budget");
    ada.sees_row(&["Monthly budget", "€ 1,000.00"]);
}

#[actix_web::test]
async fn one_customers_budget_is_changed_on_its_page() {
    let scene = Scene::open().await;
    let mut ada = scene.ada().await;
    ada.visit(&scene.page()).await;
    ada.press("Set a monthly budget").await;
    ada.fill("Monthly budget", "200").press("Set the budget").await;
    ada.visit(&scene.page()).await;
    ada.sees("€ 200.00").sees("0 % used");
    ada.press("Change the budget").await;
    ada.fill("Monthly budget", "200.00").press("Set the budget").await;
    ada.sees_heading("0 customers have the budget now").sees_row(&["Contoso", "Was so before"]);
}

#[actix_web::test]
async fn a_provider_in_japan_counts_whole_yen() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let sakura = portal.has_organisation(OrganisationKind::Provider, "Sakura Distribution", "JP").await;
    let kaisha = portal.has_customer_at(&sakura, "Kaisha", "kaisha.onmicrosoft.com").await;
    has_azure(portal, &kaisha, "Microsoft Azure").await;
    portal
        .database
        .change(&format!("UPDATE azure_accounts SET currency = 'JPY' WHERE customer_id = '{kaisha}'"));
    let mut yuki = portal.browser_in(&sakura, &[Role::GlobalAdmin]).await;
    count(&mut yuki, &[row(today(), "Hot LRS", "1200.5").replace("contoso", "kaisha")]).await;
    yuki.visit("/azure-spending").await;
    yuki.sees_row(&["Kaisha", "¥ 1,201"]);
    yuki.check("Select Kaisha").press("Set a monthly budget").await;
    yuki.fill("Monthly budget", "1500").press("Set the budget").await;
    yuki.sees_row(&["Kaisha", "Done", "¥ 1,500", "80 % used"]);
}

#[actix_web::test]
async fn nobody_sets_budgets_of_another_provider_and_no_page_sends_nonsense() {
    let scene = Scene::open().await;
    let summit = scene.portal.has_organisation(OrganisationKind::Provider, "Summit Supply", "DE").await;
    let mut eve = scene.portal.browser_in(&summit, &[Role::AdminAgent]).await;
    let tick = format!("{}:1", scene.contoso);
    let pairs = [("customer", tick.as_str()), ("deed", "set"), ("budget", "1"), ("confirmed", "yes")];
    eve.stay().post("/azure-spending/budgets", &pairs).await;
    eve.sees("None of them is there any more.").sees_not("Contoso");
    let budgets = "SELECT count(*) FROM azure_accounts WHERE budget_minor IS NOT NULL";
    assert_eq!(scene.portal.database.number(budgets), 0);
    for bad in ["x", "x:1", &format!("{}:x", CustomerId::new()), &tick] {
        // The last says nothing of what is to become of it.
        eve.stay().post("/azure-spending/budgets", &[("customer", bad)]).await;
        assert_eq!(eve.status(), StatusCode::BAD_REQUEST, "{bad}");
    }
}

#[actix_web::test]
async fn a_customer_with_a_budget_is_not_taken_back() {
    let scene = Scene::open().await;
    let mut ada = scene.ada().await;
    budget(&mut ada, "10").await;
    let contoso = scene.contoso;
    let removed = "UPDATE subscriptions SET unit = 'licenses'";
    scene.portal.database.change(removed);
    let forgotten =
        scene.portal.db.write(move |conn| twotier::azure::store::accounts::forget_unused(conn, &contoso));
    assert!(!forgotten.await.unwrap());
}
