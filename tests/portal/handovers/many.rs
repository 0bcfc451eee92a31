//! What is done for many customers at once, from the list to the results.

use twotier::access::Role;

use super::{REMOVE, Scene, replace};
use crate::support::bought::PlainSubscription;

#[actix_web::test]
async fn a_reseller_takes_the_place_of_a_former_one_with_all_that_it_administers() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let nora = portal.add_person(&scene.newleaf, &[Role::GlobalAdmin]).await;
    let olga = portal.add_person(&scene.brightwater, &[Role::GlobalAdmin]).await;
    let named = PlainSubscription {
        incentives: Some(("4810233".to_owned(), scene.brightwater.id)),
        ..PlainSubscription::new("Business Basic")
    };
    portal.has_subscription(&scene.alder, named.clone()).await;
    portal.has_subscription(&scene.cedar, named).await;
    let mut ada = scene.selecting(&["Alder", "Birch", "Cedar"]).await;
    ada.sees_heading("Who is to look after the customers that are selected?").sees("3 selected");
    replace(&mut ada);
    ada.choose("Incentives", "Those that name the former reseller");
    ada.press("See the consequences").await;
    ada.sees("Brightwater IT administers 2 customers of those that are selected.");
    ada.sees("1 customer that it does not administer stays as it is.");
    ada.sees("About 1 subscription names Newleaf for incentives from then on.");
    ada.sees("Newleaf sees 2 customers").sees("Its people change accounts");
    let message = ada.within("To the Global admins of Newleaf").field("Message");
    assert!(message.contains("your people change accounts"), "{message}");
    ada.press("Begin").await;
    ada.sees("It has begun.").sees_heading("Newleaf in place of Brightwater IT");
    assert_eq!(scene.lasting_of(&scene.newleaf), 0);
    scene.works().await;
    ada.reload().await;
    ada.sees("All customers have had their turn").sees_row(&["Alder", "Done"]).sees_row(&["Birch", "Done"]);
    ada.sees_row(&["Cedar", "Unchanged", "Brightwater IT does not administer it."]);
    assert_eq!((scene.lasting_of(&scene.newleaf), scene.lasting_of(&scene.brightwater)), (2, 0));
    let of_alder = format!(
        "SELECT count(*) FROM subscriptions WHERE customer_id = '{}' AND mpn_reseller_id = '{}'",
        scene.alder, scene.newleaf.id
    );
    assert_eq!(portal.database.number(&of_alder), 1);
    let kept = format!(
        "SELECT count(*) FROM subscriptions WHERE customer_id = '{}' AND mpn_reseller_id = '{}'",
        scene.cedar, scene.brightwater.id
    );
    assert_eq!(portal.database.number(&kept), 1, "another customer's is not touched");
    portal.carry_mail().await;
    assert!(scene.has_told(&nora, "In numbers: you look after 2 more customers."));
    assert!(scene.has_told(&olga, "In numbers: you look after 2 customers less."));
    let subjects: Vec<String> = portal
        .letters()
        .into_iter()
        .filter(|letter| letter.to_email.as_str() == "cora@customer.example")
        .map(|letter| letter.subject)
        .collect();
    assert_eq!(subjects.len(), 2);
    assert!(subjects.contains(&"Who looks after Alder".to_owned()), "{subjects:?}");
    let ended = portal
        .letters()
        .into_iter()
        .find(|letter| letter.subject == "Who looks after your customers is changed");
    let ended = ended.expect("whoever began it is told").body_text;
    assert!(ended.contains("2 customers done") && ended.contains("1 customer that it did not concern"));
}

#[actix_web::test]
async fn one_more_reseller_is_associated_with_all_that_a_search_finds() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    for number in 0..60 {
        let (name, domain) = (format!("Dogwood {number:02}"), format!("d{number}.onmicrosoft.com"));
        portal.has_customer_at(&portal.harbor, &name, &domain).await;
    }
    portal.has_delegation(&scene.cedar, &scene.newleaf).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers?search=dogwood").await;
    sam.press("Select all found").await;
    sam.uncheck("Select Dogwood 07").press("Select ticked").await;
    sam.follow("Associate or change reseller").await;
    sam.sees("59 selected").sees_not("A former reseller is removed");
    sam.choose("What changes", "One more reseller is associated");
    sam.choose("Indirect reseller (optional)", "Newleaf (MPN ID 5910444)");
    sam.press("See the consequences").await;
    sam.uncheck("Send this letter");
    sam.press("Begin").await;
    // Whatever is ticked or found later changes nothing.
    portal.has_customer_at(&portal.harbor, "Dogwood 99", "d99.onmicrosoft.com").await;
    scene.works().await;
    sam.reload().await;
    assert_eq!(scene.lasting_of(&scene.newleaf), 1 + 60, "found until its customers are copied");
    sam.sees_row(&["Dogwood 00", "Done"]).sees_no_row(&["Dogwood 07"]);
    sam.follow("Next").await;
    sam.sees_row(&["Dogwood 26", "Done"]);
    sam.follow("Unchanged 0").await;
    sam.sees("No customer here");
    assert_eq!(portal.database.number("SELECT count(*) FROM customer_selections"), 1);
}

#[actix_web::test]
async fn a_former_reseller_is_removed_and_everything_goes_back_to_the_provider() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let basic = portal.has_subscription(&scene.alder, PlainSubscription::new("Business Basic")).await;
    portal.database.change(&format!(
        "UPDATE subscriptions SET support_organisation_id = '{0}', mpn_reseller_id = '{0}', mpn_id = '4810233' WHERE id = '{basic}'",
        scene.brightwater.id
    ));
    let mut ada = scene.selecting(&["Alder"]).await;
    ada.choose("What changes", REMOVE);
    ada.choose("Former reseller (optional)", "Brightwater IT (MPN ID 4810233)");
    ada.choose("Incentives", "Those that name the former reseller");
    ada.choose("Designated support contact", "What the former reseller helps with goes to you");
    ada.press("See the consequences").await;
    ada.sees("About 1 subscription names nobody for incentives from then on.");
    ada.press("Begin").await;
    scene.works().await;
    ada.reload().await;
    ada.sees_row(&["Alder", "Done"]);
    assert_eq!(scene.lasting_of(&scene.brightwater), 1, "Birch was not selected");
    let back = format!(
        "SELECT count(*) FROM subscriptions WHERE id = '{basic}' AND mpn_id = '' AND mpn_reseller_id IS NULL
            AND support_organisation_id = '{}'",
        portal.harbor.id
    );
    assert_eq!(portal.database.number(&back), 1);
}

#[actix_web::test]
async fn where_the_new_reseller_administers_already_the_former_one_goes() {
    let scene = Scene::open().await;
    scene.portal.has_delegation(&scene.alder, &scene.newleaf).await;
    let mut ada = scene.replacing(&["Alder", "Birch"]).await;
    scene.works().await;
    ada.reload().await;
    ada.sees_row(&["Alder", "Done"]).sees_row(&["Birch", "Done"]);
    assert_eq!((scene.lasting_of(&scene.newleaf), scene.lasting_of(&scene.brightwater)), (2, 0));
}

#[actix_web::test]
async fn one_more_reseller_helps_with_all_that_its_customers_have() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    for (customer, name) in [(&scene.cedar, "Business Basic"), (&scene.alder, "Enterprise E3")] {
        portal.has_subscription(customer, PlainSubscription::new(name)).await;
    }
    let mut ada = scene.selecting(&["Cedar"]).await;
    ada.choose("What changes", "One more reseller is associated");
    ada.choose("Indirect reseller (optional)", "Newleaf (MPN ID 5910444)");
    ada.choose(
        "Designated support contact",
        "The new reseller helps with all subscriptions of these customers",
    );
    ada.press("See the consequences").await;
    ada.sees("About 1 subscription gets another Designated support contact.");
    ada.press("Begin").await;
    scene.works().await;
    let of_newleaf = format!("= '{}'", scene.newleaf.id);
    let helped =
        format!("SELECT nickname AS text FROM subscriptions WHERE support_organisation_id {of_newleaf}");
    assert_eq!(portal.database.texts(&helped), ["Business Basic"]);
    let records = "SELECT count(*) FROM activity_records WHERE action = 'assign_support_contact'";
    assert_eq!(portal.database.number(records), 2, "in the logs of both");
    let told = "SELECT count(*) FROM notifications WHERE kind = 'support_assigned'";
    assert_eq!(portal.database.number(&format!("{told} AND organisation_id {of_newleaf}")), 1);
}

#[actix_web::test]
async fn ticks_of_several_pages_are_handed_over_together_and_contacts_read_what_was_typed() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    for number in 0..60 {
        let (name, domain) = (format!("Dogwood {number:02}"), format!("d{number}.onmicrosoft.com"));
        portal.has_customer_at(&portal.harbor, &name, &domain).await;
    }
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers").await;
    sam.check("Select Dogwood 05").press("Select ticked, next page").await;
    sam.press("Select ticked, next page").await;
    sam.check("Select Dogwood 50").press("Select ticked").await;
    sam.follow("Associate or change reseller").await;
    sam.sees("2 selected");
    sam.choose("What changes", "One more reseller is associated");
    sam.choose("Indirect reseller (optional)", "Newleaf (MPN ID 5910444)");
    sam.press("See the consequences").await;
    sam.fill("Message", "Dear colleagues of {customer},\n\nNewleaf helps you from now on.");
    sam.press("Begin").await;
    scene.works().await;
    sam.reload().await;
    sam.sees_row(&["Dogwood 05", "Done"]).sees_row(&["Dogwood 50", "Done"]);
    assert_eq!(scene.lasting_of(&scene.newleaf), 2, "these and no others");
    portal.carry_mail().await;
    for name in ["Dogwood 05", "Dogwood 50"] {
        let typed = format!("Dear colleagues of {name},");
        assert!(scene.has_told("cora@customer.example", &typed), "{name}");
    }
}
