//! Who is told of budgets: once a month each, whatever is uploaded or set later.

use twotier::access::Role;
use twotier::values::moment::Moment;

use super::{Scene, budget, count, last_month, row, today};
use crate::support::portal::{ORIGIN, Portal};

/// The subjects of the letters about budgets to an address.
fn subjects(portal: &Portal, email: &str) -> Vec<String> {
    let letters = portal.letters().into_iter().filter(|letter| letter.to_email.as_str() == email);
    letters.map(|letter| letter.subject).filter(|subject| subject.contains("Azure budget")).collect()
}

/// In an hour more than that, each time.
fn later(hours: i64) -> Moment {
    Moment::now().plus_seconds(hours * 4_000)
}

#[actix_web::test]
async fn eighty_per_cent_and_more_than_all_are_told_once_each() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let ann = portal.add_person(&portal.harbor, &[Role::AdminAgent]).await;
    let heidi = portal.add_person(&portal.harbor, &[Role::HelpdeskAgent]).await;
    let mut ada = scene.ada().await;
    budget(&mut ada, "100").await;
    count(&mut ada, &[row(today(), "Hot LRS", "79.99")]).await;
    portal.carry_mail_at(later(0)).await;
    assert_eq!(subjects(portal, &ann), Vec::<String>::new());
    count(&mut ada, &[row(today(), "Hot LRS", "84.5")]).await;
    portal.carry_mail_at(later(1)).await;
    assert_eq!(subjects(portal, &ann), ["Contoso has used 84 % of its Azure budget"]);
    let letter = portal.letter_to(&ann);
    let body = letter.body_text.replace('\u{a0}', " ");
    assert!(body.contains("of its monthly Azure budget of € 100.00 in"), "{body}");
    assert!(letter.body_text.contains(&format!("{ORIGIN}{}", scene.page())), "{}", letter.body_text);
    // The same, less and the same again: nothing is told twice.
    for cost in ["84.5", "60", "85"] {
        super::upload(&mut ada, &[row(today(), "Hot LRS", cost)]).await;
        if ada.text().contains("Cancel") {
            ada.press("Apply").await;
        }
    }
    portal.carry_mail_at(later(2)).await;
    assert_eq!(subjects(portal, &ann).len(), 1);
    count(&mut ada, &[row(today(), "Hot LRS", "100.01")]).await;
    portal.carry_mail_at(later(3)).await;
    assert_eq!(subjects(portal, &ann)[1..], ["Contoso has exceeded its Azure budget"]);
    budget(&mut ada, "90").await;
    portal.carry_mail_at(later(4)).await;
    assert_eq!(subjects(portal, &ann).len(), 2);
    assert_eq!(subjects(portal, &heidi), Vec::<String>::new());
    ada.visit("/activity").await;
    ada.sees("Come near an Azure budget, or exceed it").sees_row(&["Share used", "84 %"]);
    ada.visit(&scene.page()).await;
    ada.sees("111 % used").sees("80 % or more used").sees("Exceeded");
}

#[actix_web::test]
async fn a_budget_that_is_set_or_lowered_later_tells_at_once() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let ann = portal.add_person(&portal.harbor, &[Role::GlobalAdmin]).await;
    let mut ada = scene.ada().await;
    count(&mut ada, &[row(today(), "Hot LRS", "90")]).await;
    budget(&mut ada, "1000").await;
    portal.carry_mail_at(later(0)).await;
    assert_eq!(subjects(portal, &ann).len(), 0);
    // Far below at once: the 80 % are not told beside it, nor later.
    budget(&mut ada, "50").await;
    budget(&mut ada, "100").await;
    portal.carry_mail_at(later(1)).await;
    assert_eq!(subjects(portal, &ann), ["Contoso has exceeded its Azure budget"]);
}

#[actix_web::test]
async fn the_reseller_that_administers_is_told_too_and_whoever_does_not_want_it_is_not() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let (brightwater, newleaf) = portal.has_two_partners().await;
    portal.has_delegation(&scene.contoso, &brightwater).await;
    let olga = portal.add_person(&brightwater, &[Role::AdminAgent]).await;
    let nora = portal.add_person(&newleaf, &[Role::AdminAgent]).await;
    let quiet = portal.add_person(&portal.harbor, &[Role::AdminAgent]).await;
    let mut profile = portal.signed_in(&quiet).await;
    profile.visit("/profile").await;
    profile.uncheck("80 % of a customer’s Azure budget are used").press("Save letters").await;
    let mut ada = scene.ada().await;
    budget(&mut ada, "100").await;
    // Also of last month, of which usage comes late; what is older is no news.
    count(
        &mut ada,
        &[row(last_month(), "Hot LRS", "85"), row("2024-02-01".parse().unwrap(), "Hot LRS", "85")],
    )
    .await;
    portal.carry_mail_at(later(0)).await;
    assert_eq!(subjects(portal, &olga), ["Contoso has used 85 % of its Azure budget"]);
    let month = last_month().format("%Y-%m").to_string();
    assert!(portal.letter_to(&olga).body_text.contains(&month));
    assert_eq!((subjects(portal, &nora).len(), subjects(portal, &quiet).len()), (0, 0));
    let mut log = portal.signed_in(&olga).await;
    log.visit("/activity").await;
    log.sees_row(&["Contoso", "Come near an Azure budget, or exceed it"]);
}
