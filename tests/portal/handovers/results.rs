//! What cannot be done for a customer says why, and holds up nobody else.

use twotier::access::{OrganisationKind, Role};

use super::{REMOVE, Scene, replace};

#[actix_web::test]
async fn each_customer_has_a_result_with_its_reason() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let long = "Dogwood ".repeat(18) + "Company";
    let dogwood = portal.has_customer_at(&portal.harbor, &long, "dogwood.onmicrosoft.com").await;
    portal.has_delegation(&dogwood, &scene.brightwater).await;
    let mut ada = scene.replacing(&["Alder", "Birch", "Cedar", &long]).await;
    // Meanwhile the relationship with one ends, and another one takes delegated admin away.
    portal.database.change(&format!(
        "UPDATE customers SET is_delegated = {} WHERE id = '{}'",
        no(),
        scene.alder
    ));
    scene.steps(&ada).await;
    let now = twotier::values::moment::Moment::now();
    let birch = scene.birch;
    portal
        .query(move |conn| {
            use diesel::prelude::*;
            use twotier::db::schema::customers;
            let one = customers::table.filter(customers::id.eq(&birch));
            diesel::update(one).set(customers::ended_at.eq(Some(now))).execute(conn)?;
            Ok(())
        })
        .await;
    scene.works().await;
    ada.reload().await;
    ada.sees_row(&["Alder", "Refused", "The customer does not give delegated admin"]);
    ada.sees_row(&["Birch", "Refused", "Your relationship with this customer has ended"]);
    ada.sees_row(&["Cedar", "Unchanged"]).sees_row(&[&long, "Done"]);
    ada.follow("Refused 2").await;
    ada.sees_row(&["Alder"]).sees_row(&["Birch"]).sees_no_row(&["Cedar"]);
    ada.follow("Alder").await;
    ada.sees_row(&["Brightwater IT", "Active"]);
}

fn no() -> &'static str {
    "(1 = 0)"
}

#[actix_web::test]
async fn a_partner_that_is_none_any_more_when_their_turn_comes_gets_nobody() {
    let scene = Scene::open().await;
    let mut ada = scene.replacing(&["Alder"]).await;
    scene.portal.has_removed_partnerships().await;
    scene.works().await;
    ada.reload().await;
    ada.sees_row(&["Alder", "Refused", "You are not in partnership with the reseller."]);
    assert_eq!(scene.lasting_of(&scene.brightwater), 2);
}

#[actix_web::test]
async fn nobody_of_another_provider_finds_it() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let ada = scene.replacing(&["Alder"]).await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "DE").await;
    let mut other = portal.browser_in(&summit, &[Role::GlobalAdmin]).await;
    other.visit(ada.path()).await;
    assert_eq!(other.status(), 404);
    let stop = format!("{}/stop", ada.path());
    other.post(&stop, &[]).await;
    assert_eq!(other.status(), 404);
    other.visit("/customers/handovers").await;
    other.sees("Nothing was changed with many customers at once");
    other.visit("/customers").await;
    other.sees_no_link("Changes of many customers, under way and over");
}

#[actix_web::test]
async fn a_suspended_provider_removes_and_associates_nobody() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let mut ada = scene.selecting(&["Alder"]).await;
    replace(&mut ada);
    ada.press("See the consequences").await;
    portal.has_suspended(&portal.harbor, "60 days overdue.").await;
    ada.press("Begin").await;
    assert_eq!(ada.status(), 403);
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    super::select(&mut gina, &["Alder"]).await;
    gina.follow("Associate or change reseller").await;
    gina.sees_not("One more reseller is associated");
    gina.choose("What changes", REMOVE);
    gina.choose("Former reseller (optional)", "Brightwater IT (MPN ID 4810233)");
    gina.press("See the consequences").await;
    gina.press("Begin").await;
    scene.works().await;
    gina.reload().await;
    gina.sees_row(&["Alder", "Done"]);
    assert_eq!(scene.lasting_of(&scene.brightwater), 1);
}

#[actix_web::test]
async fn at_whom_the_portal_fails_holds_up_nobody_else() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{}/relationships/new", scene.alder)).await;
    ada.choose("Indirect reseller", "Newleaf (MPN ID 5910444)").choose("When it changes", "On a day");
    let day = twotier::values::moment::Moment::now().plus_days(5).day();
    ada.fill("On this day (optional)", &day.to_string()).press("See the consequences").await;
    ada.press("Plan it").await;
    // What nobody can read any more, such as what another release wrote.
    portal.database.change("UPDATE delegation_plans SET choices = 'nonsense'");
    let mut bea = scene.replacing(&["Alder", "Birch"]).await;
    scene.works().await;
    bea.reload().await;
    bea.sees_row(&["Alder", "Refused", "The portal failed at it, and left it as it was."]);
    bea.sees_row(&["Birch", "Done"]);
    assert_eq!(scene.lasting_of(&scene.newleaf), 1);
}

#[actix_web::test]
async fn one_mailbox_is_not_flooded_by_many_customers() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let mut names: Vec<String> = ["Alder", "Birch"].map(str::to_owned).to_vec();
    for number in 1..=9 {
        let name = format!("Dogwood {number}");
        let customer = portal.has_customer(&name).await;
        portal.has_delegation(&customer, &scene.brightwater).await;
        names.push(name);
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut ada = scene.replacing(&names).await;
    scene.works().await;
    ada.reload().await;
    ada.sees("that this one was left out");
    let to_contact = "SELECT count(*) FROM letters WHERE to_email = 'cora@customer.example'";
    let sent = portal.database.number(to_contact);
    assert!((1..=8).contains(&sent), "{sent}");
    assert_eq!(scene.lasting_of(&scene.newleaf), 11, "all are handed over");
}
