//! Before it begins: what is selected, what is chosen, and who may.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::values::moment::Moment;

use super::{Scene, handover, replace};

#[actix_web::test]
async fn nothing_begins_without_anything_selected() {
    let scene = Scene::open().await;
    let mut ada = scene.selecting(&["Alder"]).await;
    let path = format!("{}?{}", ada.path(), ada.page().address.query().unwrap_or_default());
    replace(&mut ada);
    ada.press("See the consequences").await;
    // In another tab the selection is emptied meanwhile.
    let mut second_tab = ada.duplicate();
    let selection = path.split("selection=").nth(1).unwrap_or_default().to_owned();
    second_tab.visit(&format!("/customers?selection={selection}")).await;
    second_tab.press("Clear selection").await;
    ada.press("Begin").await;
    ada.sees("Nothing is selected.").sees_heading("Customers");
    ada.visit(&path).await;
    ada.sees("Nothing is selected.");
    // Nor is somebody else's selection anybody's.
    let bea = scene.selecting(&["Birch"]).await;
    let hers = format!("{}?{}", bea.path(), bea.page().address.query().unwrap_or_default());
    ada.visit(&hers).await;
    ada.sees("Nothing is selected.");
    ada.visit("/customers/handovers/new?selection=none").await;
    assert_eq!(ada.status(), StatusCode::NOT_FOUND);
    assert_eq!(scene.portal.database.number("SELECT count(*) FROM handovers"), 0);
}

#[actix_web::test]
async fn what_makes_no_sense_is_told_at_its_field() {
    let scene = Scene::open().await;
    let mut ada = scene.selecting(&["Alder"]).await;
    ada.press("See the consequences").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.choose("What changes", "One more reseller is associated");
    ada.choose("Designated support contact", "What the former reseller helps with goes to you");
    ada.press("See the consequences").await;
    ada.sees("There is no former reseller whose subscriptions could go over.");
    ada.choose("Designated support contact", "Leave it as it is");
    ada.choose("Indirect reseller (optional)", "Newleaf (MPN ID 5910444)");
    ada.press("See the consequences").await;
    ada.fill("Message", "You will hear from us.");
    ada.press("Choose otherwise").await;
    assert_eq!(ada.field("Indirect reseller (optional)"), "Newleaf (MPN ID 5910444)");
    ada.press("See the consequences").await;
    assert_eq!(ada.field("Message"), "You will hear from us.");
    ada.press("Choose otherwise").await;
    ada.choose("When it changes", "On a day");
    ada.fill("On this day (optional)", &Moment::now().plus_days(5).day().to_string());
    ada.press("See the consequences").await;
    ada.sees("the letters were written anew");
    assert_ne!(ada.field("Message"), "You will hear from us.");
    ada.fill("Subject", "");
    ada.press("Plan it for all").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees_heading("Let Newleaf administer the customers that are selected?");
    assert_eq!(scene.portal.database.number("SELECT count(*) FROM handovers"), 0);
}

#[actix_web::test]
async fn each_part_takes_the_permission_that_it_takes_for_one_customer() {
    let scene = Scene::open().await;
    let mut ada = scene.selecting(&["Alder"]).await;
    replace(&mut ada);
    ada.press("See the consequences").await;
    // Somebody takes the role away that may end delegations.
    scene.portal.database.change("UPDATE person_roles SET role = 'sales_agent' WHERE role = 'admin_agent'");
    ada.press("Begin").await;
    assert_eq!(ada.status(), StatusCode::FORBIDDEN);
    let mut helen = scene.portal.browser_of(Role::HelpdeskAgent).await;
    helen.visit("/customers").await;
    helen.sees_no_link("Associate or change reseller");
    assert_eq!(scene.portal.database.number("SELECT count(*) FROM handovers"), 0);
}

#[actix_web::test]
async fn the_logs_say_that_it_began_and_ended() {
    let scene = Scene::open().await;
    let ada = scene.replacing(&["Alder"]).await;
    scene.works().await;
    let id = handover(&ada);
    let logged = format!(
        "SELECT count(*) FROM activity_records WHERE subject_id = '{id}'
            AND action IN ('begin_handover', 'finish_handover')"
    );
    assert_eq!(scene.portal.database.number(&logged), 2);
}

#[actix_web::test]
async fn what_is_begun_is_what_the_consequences_were_shown_of() {
    let scene = Scene::open().await;
    let mut ada = scene.selecting(&["Alder"]).await;
    let selection = ada.page().address.query().unwrap_or_default().to_owned();
    replace(&mut ada);
    ada.press("See the consequences").await;
    // In another tab one more is ticked.
    let mut second_tab = ada.duplicate();
    second_tab.visit(&format!("/customers?{selection}")).await;
    second_tab.check("Select Birch").press("Select ticked").await;
    ada.press("Begin").await;
    assert_eq!(ada.status(), StatusCode::CONFLICT);
    ada.sees("Other customers are selected by now than this page had shown.");
    assert_eq!(scene.portal.database.number("SELECT count(*) FROM handovers"), 0);
    ada.press("Begin").await;
    scene.works().await;
    ada.reload().await;
    ada.sees_row(&["Alder", "Done"]).sees_row(&["Birch", "Done"]);
}
