//! What resellers are told, in letter and log.

use twotier::access::Role;

use super::{Scene, letters_to, says, says_not};
use crate::ordering::begun::sam_chooses;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::{ORIGIN, Portal};

#[actix_web::test]
async fn a_customer_that_is_delegated_and_an_order_that_names_it_come_in_one_letter() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    for name in ["Enterprise E3", "Enterprise E5"] {
        portal.has_offer(PlainOffer::new(name, 2000)).await;
    }
    let olga = portal.add_person(&brightwater, &[Role::AdminAgent]).await;
    let (mut sam, _) = sam_chooses(&portal, "fabrikam", Some(&brightwater)).await;
    sam.fill("Licenses of Enterprise E3", "40").fill("Licenses of Enterprise E5", "2");
    sam.press("Next: Review").await;
    sam.press("Submit").await;
    sam.sees_heading("Confirmation");
    assert_eq!(portal.database.number("SELECT count(*) FROM notifications"), 2, "one for all lines");
    portal.carry_mail().await;
    let letter = portal.letter_to(&olga);
    assert_eq!(letter.subject, "2 changes that concern Brightwater IT");
    says(&letter, "Sam sales_agent of Harbor Distribution delegated Fabrikam to your organization");
    says(
        &letter,
        "ordered 2 subscriptions for Fabrikam and named your organization for incentives by Reseller (MPN ID) 4810233.",
    );
    let customer = portal.database.texts("SELECT id AS text FROM customers").remove(0);
    says(&letter, &format!("{ORIGIN}/customers/{customer}/subscriptions"));
    says(&letter, &format!("{ORIGIN}/profile#letters"));
    says(&letter, "(Berlin)");
    let mut olga = portal.signed_in(&olga).await;
    olga.visit("/activity").await;
    olga.sees_row(&["Fabrikam", "Delegate a customer to a reseller", "Harbor Distribution"]);
    olga.sees_row(&["Fabrikam", "Set Reseller (MPN ID)", "Harbor Distribution"]).sees("Enterprise E5");
    olga.visit(&format!("/customers/{customer}/subscriptions")).await;
    olga.sees_heading("Fabrikam");
}

#[actix_web::test]
async fn what_was_taken_away_is_named_and_not_linked() {
    let scene = Scene::open().await;
    let olga = scene.olga(Role::HelpdeskAgent).await;
    scene.choose_support("Brightwater IT").await;
    scene.end_delegation().await;
    scene.portal.carry_mail().await;
    let letter = scene.portal.letter_to(&olga);
    says(&letter, "ended the delegation of Contoso. Your organization no longer administers it.");
    says(&letter, "made your organization the Designated support contact for Business Basic of Contoso.");
    says_not(&letter, "/customers/");
    says_not(&letter, "/subscriptions/");
    let mut olga = scene.portal.signed_in(&olga).await;
    olga.visit("/activity").await;
    olga.sees_row(&["Contoso", "End a reseller’s delegation"]);
    // Another one may support it now; whoever did before the delegation ended is told nothing more.
    scene.choose_support("Harbor Distribution").await;
    olga.visit("/activity").await;
    olga.sees_no_row(&["Contoso", "Withdraw Designated support contact"]);
    assert_eq!(scene.portal.database.number("SELECT count(*) FROM notifications"), 2);
}

#[actix_web::test]
async fn a_letter_about_one_event_says_in_its_subject_what_it_is() {
    let scene = Scene::open().await;
    let olga = scene.olga(Role::SalesAgent).await;
    scene.end_delegation().await;
    scene.portal.carry_mail().await;
    let letter = scene.portal.letter_to(&olga);
    assert_eq!(letter.subject, "Harbor Distribution ended the delegation of Contoso");
    assert_eq!(letter.reply_to, None);
}

#[actix_web::test]
async fn whoever_supported_and_whoever_supports_now_learn_nothing_of_each_other() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let newleaf = portal.has_partner("Newleaf", "DE", "5910444").await;
    portal.has_delegation(&scene.contoso, &newleaf).await;
    let olga = scene.olga(Role::HelpdeskAgent).await;
    let nina = portal.add_person(&newleaf, &[Role::HelpdeskAgent]).await;
    scene.choose_support("Brightwater IT").await;
    scene.choose_support("Newleaf").await;
    portal.carry_mail().await;
    let (to_olga, to_nina) = (portal.letter_to(&olga), portal.letter_to(&nina));
    says(&to_olga, "chose somebody else as Designated support contact for Business Basic of Contoso.");
    says(&to_olga, &format!("{ORIGIN}/subscriptions/{}", scene.basic));
    says_not(&to_olga, "Newleaf");
    assert_eq!(to_nina.subject, "You are the Designated support contact for Business Basic of Contoso");
    says_not(&to_nina, "Brightwater");
    let mut olga = portal.signed_in(&olga).await;
    olga.visit("/activity").await;
    olga.sees_row(&["Contoso", "Assign Designated support contact", "Harbor Distribution"]);
    olga.sees_row(&["Contoso", "Withdraw Designated support contact"]).sees_not("Newleaf");
    let mut nina = portal.signed_in(&nina).await;
    nina.visit("/activity").await;
    nina.sees_row(&["Contoso", "Assign Designated support contact"]).sees_not("Brightwater");
}

#[actix_web::test]
async fn whoever_earned_and_whoever_earns_now_learn_nothing_of_each_other() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let newleaf = portal.has_partner("Newleaf", "DE", "5910444").await;
    let olga = scene.olga(Role::SalesAgent).await;
    let nina = portal.add_person(&newleaf, &[Role::SalesAgent]).await;
    scene.choose_earner("Brightwater IT (4810233)").await;
    scene.choose_earner("Newleaf (5910444)").await;
    portal.carry_mail().await;
    let (to_olga, to_nina) = (portal.letter_to(&olga), portal.letter_to(&nina));
    says(&to_olga, "named your organization for incentives by Reseller (MPN ID) 4810233 for Business Basic");
    says(
        &to_olga,
        "no longer names your organization for incentives by Reseller (MPN ID) 4810233 for Business",
    );
    says_not(&to_olga, "5910444");
    says_not(&to_olga, "Newleaf");
    // Newleaf does not administer Contoso, and manages what names it all the same.
    assert_eq!(to_nina.subject, "Harbor Distribution names you for incentives at Contoso");
    says(&to_nina, "by Reseller (MPN ID) 5910444 for Business Basic of Contoso.");
    says(&to_nina, &format!("/subscriptions/{}", scene.basic));
    says_not(&to_nina, "/customers/");
    says_not(&to_nina, "4810233");
    let mut olga = portal.signed_in(&olga).await;
    olga.visit("/activity").await;
    olga.sees_row(&["Contoso", "Set Reseller (MPN ID)"]).sees_row(&["Contoso", "Clear Reseller (MPN ID)"]);
    olga.sees_not("Newleaf").sees_not("5910444");
    let mut nina = portal.signed_in(&nina).await;
    nina.visit("/activity").await;
    nina.sees_row(&["Contoso", "Set Reseller (MPN ID)"]).sees_not("Brightwater").sees_not("4810233");
}

#[actix_web::test]
async fn another_location_of_the_same_reseller_is_told_as_a_change() {
    let scene = Scene::open().await;
    scene.portal.has_location(&scene.brightwater, "Berlin", "4810247").await;
    let olga = scene.olga(Role::SalesAgent).await;
    scene.choose_earner("Brightwater IT, Main office, Hamburg (4810233)").await;
    let mut sam = scene.portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/subscriptions/{}/reseller", scene.basic)).await;
    sam.fill("Or enter an MPN ID (optional)", "4810247").press("Submit").await;
    scene.portal.carry_mail().await;
    let letter = scene.portal.letter_to(&olga);
    says(&letter, "for Business Basic of Contoso by Reseller (MPN ID) 4810247 instead of 4810233.");
    says_not(&letter, "no longer");
    let mut olga = scene.portal.signed_in(&olga).await;
    olga.visit("/activity").await;
    olga.sees_row(&["Contoso", "Change Reseller (MPN ID)"]);
}

#[actix_web::test]
async fn who_administers_is_told_of_a_cancelled_order_and_who_was_named_of_its_subscriptions() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let newleaf = portal.has_partner("Newleaf", "DE", "5910444").await;
    for name in ["Enterprise E3", "Phone"] {
        portal.has_offer(PlainOffer::new(name, 2000)).await;
    }
    let olga = scene.olga(Role::SalesAgent).await;
    let nina = portal.add_person(&newleaf, &[Role::SalesAgent]).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{}/subscriptions/new", scene.contoso)).await;
    sam.choose("Reseller (MPN ID) for incentives", "Newleaf (5910444)");
    sam.fill("Licenses of Enterprise E3", "10").fill("Licenses of Phone", "2").press("Next: Review").await;
    sam.press("Submit").await;
    let order = sam.path().trim_end_matches("/confirmation").to_owned();
    sam.follow("cancel this order").await;
    sam.sees("The people of the resellers concerned are told by mail");
    sam.press("Cancel the order").await;
    portal.carry_mail().await;
    let (to_olga, to_nina) = (portal.letter_to(&olga), portal.letter_to(&nina));
    let number =
        portal.database.texts("SELECT number AS text FROM orders WHERE state = 'cancelled'").remove(0);
    assert_eq!(to_olga.subject, format!("Harbor Distribution cancelled order {number} of Contoso"));
    says(&to_olga, "The 2 subscriptions that it had bought have ended.");
    says(&to_olga, &format!("{ORIGIN}{order}"));
    says_not(&to_olga, "5910444");
    assert_eq!(to_nina.subject, "2 changes that concern Newleaf");
    says(&to_nina, "ordered 2 subscriptions for Contoso and named your organization");
    says(&to_nina, &format!("{ORIGIN}/subscriptions"));
    says(
        &to_nina,
        "cancelled what had been ordered for Contoso. The 2 subscriptions that named your organization for incentives have ended.",
    );
    says_not(&to_nina, &number);
    says_not(&to_nina, "/orders/");
    let mut olga = portal.signed_in(&olga).await;
    olga.visit(&order).await;
    olga.sees("This order was cancelled");
    let mut nina = portal.signed_in(&nina).await;
    nina.visit("/subscriptions").await;
    nina.sees_row(&["Phone", "Contoso", "Deleted"]).sees_no_link("Contoso");
}

#[actix_web::test]
async fn who_administers_and_is_named_is_told_of_a_cancelled_order_once() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    portal.has_offer(PlainOffer::new("Enterprise E3", 2000)).await;
    let olga = scene.olga(Role::SalesAgent).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{}/subscriptions/new", scene.contoso)).await;
    sam.choose("Reseller (MPN ID) for incentives", "Brightwater IT (4810233)");
    sam.fill("Licenses of Enterprise E3", "10").press("Next: Review").await;
    sam.press("Submit").await;
    portal.database.change("DELETE FROM notifications");
    sam.follow("cancel this order").await;
    sam.press("Cancel the order").await;
    portal.carry_mail().await;
    let letter = portal.letter_to(&olga);
    assert!(letter.subject.starts_with("Harbor Distribution cancelled order TT-"), "{}", letter.subject);
    says(&letter, "The subscription that it had bought has ended.");
}

#[actix_web::test]
async fn a_reseller_is_told_of_a_partnership_that_was_removed() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let (uma, bill) = (scene.olga(Role::UserAdmin).await, scene.olga(Role::BillingAdmin).await);
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/resellers/{}/removal", scene.brightwater.id)).await;
    ada.press("Yes, remove partnership").await;
    portal.carry_mail().await;
    let letter = portal.letter_to(&uma);
    assert_eq!(letter.subject, "Harbor Distribution removed the partnership with you");
    says(&letter, "Sam admin_agent removed the partnership of Harbor Distribution with your organization.");
    says(&letter, &format!("{ORIGIN}/providers"));
    assert_eq!(letters_to(portal, &bill), 0, "providers are no business of hers");
    let mut uma = portal.signed_in(&uma).await;
    uma.visit("/activity").await;
    uma.sees_row(&["Remove a partnership", "Harbor Distribution"]);
}

#[actix_web::test]
async fn names_of_any_length_and_kind_are_told_as_they_are() {
    let long = format!("{} & <Söhne>", "Wasserwerke ".repeat(11).trim());
    let scene = Scene::with(&long).await;
    scene
        .portal
        .database
        .change(&format!("UPDATE organisations SET name = '{long}' WHERE kind = 'provider'"));
    let olga = scene.olga(Role::SalesAgent).await;
    scene.choose_support("Brightwater IT").await;
    scene.portal.carry_mail().await;
    let letter = scene.portal.letter_to(&olga);
    assert!(letter.subject.ends_with(&format!("Business Basic of {long}")), "{}", letter.subject);
    assert!(letter.body_text.contains(&format!("Business Basic of {long}.")), "{}", letter.body_text);
    assert!(!letter.body_html.contains("<Söhne>"), "{}", letter.body_html);
    assert!(letter.body_html.contains("Söhne"), "{}", letter.body_html);
    assert!(letter.body_text.contains(&format!("of {long} made your organization")), "{}", letter.body_text);
}
