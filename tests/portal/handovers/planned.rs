//! For a day: a plan with each customer, which can be dropped there.

use twotier::values::moment::Moment;

use super::{ON_A_DAY, Scene, replace};

#[actix_web::test]
async fn on_a_day_each_customer_has_a_plan_of_its_own() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let day = Moment::now().plus_days(5);
    let mut ada = scene.selecting(&["Alder", "Birch", "Cedar"]).await;
    replace(&mut ada);
    ada.choose("When it changes", ON_A_DAY).fill("On this day (optional)", &day.day().to_string());
    ada.press("See the consequences").await;
    ada.press("Plan it for all").await;
    scene.works().await;
    ada.reload().await;
    ada.sees("Done means: it is planned with the customer.").sees_row(&["Alder", "Done"]);
    ada.sees_row(&["Cedar", "Unchanged"]);
    assert_eq!(scene.lasting_of(&scene.newleaf), 0);
    ada.follow("Birch").await;
    ada.sees_row(&["Newleaf in place of Brightwater IT", "Planned"]);
    ada.follow("Drop the plan").await;
    ada.press("Drop the plan").await;
    portal.does("carry_out_delegation_plans", day).await;
    assert_eq!((scene.lasting_of(&scene.newleaf), scene.lasting_of(&scene.brightwater)), (1, 1));
    portal.carry_mail_at(day).await;
    let to_contacts =
        portal.letters().iter().filter(|letter| letter.subject == "Who looks after Alder").count();
    assert_eq!(to_contacts, 1);
}

#[actix_web::test]
async fn what_was_planned_for_a_customer_gives_way() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let day = Moment::now().plus_days(5).day().to_string();
    for again in [false, true] {
        let mut ada = scene.selecting(&["Alder"]).await;
        replace(&mut ada);
        if !again {
            ada.choose("When it changes", ON_A_DAY).fill("On this day (optional)", &day);
        }
        ada.press("See the consequences").await;
        if again {
            ada.sees("1 customer has a change planned already.");
        }
        ada.press(if again { "Begin" } else { "Plan it for all" }).await;
        scene.works().await;
    }
    let dropped = "SELECT count(*) FROM delegation_plans WHERE state = 'dropped'";
    assert_eq!(portal.database.number(dropped), 1);
    assert_eq!(scene.lasting_of(&scene.newleaf), 1);
}
