//! Who helps with the subscriptions is decided together with one more reseller.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::partners::model::Organisation;
use twotier::values::moment::Moment;

use super::Scene;
use crate::support::bought::PlainSubscription;

const HELPS: &str = "Designated support contact";
const WITH_ALL: &str = "The new reseller helps with all";
const WITH_TICKED: &str = "It helps with those that are ticked under Incentives";

impl Scene {
    /// What a reseller is the Designated support contact of, by name.
    fn helped_by(&self, reseller: &Organisation) -> Vec<String> {
        self.portal.database.texts(&format!(
            "SELECT nickname AS text FROM subscriptions WHERE support_organisation_id = '{}' ORDER BY nickname",
            reseller.id
        ))
    }
}

#[actix_web::test]
async fn one_more_reseller_helps_with_what_is_ticked_and_is_told() {
    let scene = Scene::open().await;
    let Scene { portal, newleaf, alder, .. } = &scene;
    portal.add_person(newleaf, &[Role::GlobalAdmin]).await;
    for name in ["Business Basic", "Enterprise E3"] {
        portal.has_subscription(alder, PlainSubscription::new(name)).await;
    }
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&scene.association()).await;
    sam.choose("Indirect reseller", "Newleaf (MPN ID 5910444)").choose(HELPS, WITH_TICKED);
    sam.press("See the consequences").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees_problem(HELPS, "Tick at least one.");
    sam.check("Enterprise E3").press("See the consequences").await;
    sam.sees("Newleaf is the Designated support contact of 1 subscription from then on.");
    sam.sees("Who earns incentives does not change.").sees_not("names another reseller");
    let letter = sam.within("To the Global admins of Newleaf").field("Message");
    let helps = "You are the Designated support contact of 1 subscription from then on.";
    assert!(letter.contains(helps), "{letter}");
    sam.press("Associate reseller").await;
    sam.sees_row(&["Newleaf", "Active"]).sees_row(&["Newleaf", "1 of 2 Enterprise E3"]);
    assert_eq!(scene.helped_by(newleaf), ["Enterprise E3"]);
    for organisation in [&portal.harbor, newleaf] {
        let records = format!(
            "SELECT count(*) FROM activity_records WHERE organisation_id = '{}' AND action = 'assign_support_contact'",
            organisation.id
        );
        assert_eq!(portal.database.number(&records), 1, "{}", organisation.name);
    }
    let told = format!(
        "SELECT count(*) FROM notifications WHERE organisation_id = '{}' AND kind = 'support_assigned'",
        newleaf.id
    );
    assert_eq!(portal.database.number(&told), 1);
}

#[actix_web::test]
async fn a_plan_keeps_that_one_more_reseller_helps_with_all() {
    let scene = Scene::open().await;
    let Scene { portal, brightwater, newleaf, alder, .. } = &scene;
    let basic = portal.has_subscription(alder, PlainSubscription::new("Business Basic")).await;
    portal.has_subscription(alder, PlainSubscription::new("Enterprise E3")).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/subscriptions/{basic}")).await;
    ada.choose(HELPS, "Brightwater IT").press("Submit support contact").await;
    let day = Moment::now().plus_days(5);
    ada.visit(&scene.association()).await;
    ada.choose("Indirect reseller", "Newleaf (MPN ID 5910444)").choose(HELPS, WITH_ALL);
    ada.choose("When it changes", "On a day").fill("On this day (optional)", &day.day().to_string());
    ada.press("See the consequences").await;
    ada.sees("Newleaf is the Designated support contact of 2 subscriptions from then on.");
    ada.sees("Of these, 1 subscription names another reseller as its Designated support contact until then.");
    ada.press("Plan it").await;
    assert!(scene.helped_by(newleaf).is_empty(), "not before its day");
    ada.follow("Change the plan").await;
    assert_eq!(ada.field(HELPS), WITH_ALL);
    portal.does("carry_out_delegation_plans", day).await;
    assert_eq!(scene.helped_by(newleaf), ["Business Basic", "Enterprise E3"]);
    assert!(scene.helped_by(brightwater).is_empty());
}

#[actix_web::test]
async fn nobody_helps_where_no_reseller_comes() {
    let scene = Scene::open().await;
    scene.portal.has_subscription(&scene.alder, PlainSubscription::new("Business Basic")).await;
    let mut ada = scene.portal.browser_of(Role::AdminAgent).await;
    ada.visit(&scene.change()).await;
    ada.choose("Indirect reseller", "No reseller").choose(HELPS, WITH_ALL);
    ada.press("See the consequences").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees_problem(HELPS, "There is no new reseller to help.");
    assert_eq!(scene.lasting(), 1);
}
