//! The operator decides: once, with words, and whoever asked is told.

use actix_web::http::StatusCode;
use futures_util::future::join_all;
use twotier::access::Role;
use twotier::values::moment::Moment;

use super::Scene;

#[actix_web::test]
async fn what_was_denied_is_corrected_and_asked_for_again() {
    let mut scene = Scene::open().await;
    scene.asks("juniper-books.example").await;
    scene.opens().await;
    scene.robin.sees("Juniper Hall").sees("Harbor Distribution").sees("juniper-books.example");
    scene.robin.press("Deny").await;
    assert_eq!(scene.robin.status(), StatusCode::UNPROCESSABLE_ENTITY);
    scene.robin.sees_problem("Reason", "Enter the reason.");
    scene.robin.fill("Reason", "This is a <publisher>.\nNo school.").press("Deny").await;
    scene.robin.sees("Education is denied for Juniper Hall.").sees_no_button("Approve");
    let path = scene.page();
    scene.sam.visit(&path).await;
    scene
        .sam
        .sees("Education was denied on")
        .sees("This is a <publisher>.")
        .sees("Correct it and ask again.");
    assert_eq!(scene.sam.field("Website of the institution"), "juniper-books.example");
    scene.sam.fill("Website of the institution", "juniper.example").press("Save and continue").await;
    scene.sam.sees("Education is asked for.").sees_row(&["juniper-books.example", "Denied", "No school."]);
    scene.opens().await;
    scene.robin.sees("Asked before").sees_row(&["juniper-books.example", "Denied", "No school."]);
    scene.robin.press("Approve").await;
    scene.robin.visit("/operator/qualifications?state=approved").await;
    scene.robin.sees_row(&["Juniper Hall", "Harbor Distribution", "Germany", "juniper.example"]);
    scene.robin.visit("/operator/qualifications?state=denied").await;
    scene.robin.sees_row(&["Juniper Hall", "juniper-books.example"]);
}

#[actix_web::test]
async fn of_two_operators_one_decides_and_the_other_is_told_what() {
    let mut scene = Scene::open().await;
    scene.asks("juniper.example").await;
    scene.opens().await;
    let mut second = scene.robin.duplicate();
    second.fill("Reason", "No school.");
    scene.robin.press("Approve").await;
    second.press("Deny").await;
    assert_eq!(second.status(), StatusCode::CONFLICT);
    second.sees("nothing was decided").sees("approved it on").sees("Your reason was:").sees("No school.");
    scene.portal.carry_mail().await;
    let letters = scene.portal.letters();
    let decided = letters.iter().filter(|one| one.subject.starts_with("Education is"));
    assert_eq!(decided.count(), 1, "one letter about it");
}

#[actix_web::test]
async fn of_approving_twice_at_once_one_happens() {
    let mut scene = Scene::open().await;
    scene.asks("juniper.example").await;
    scene.opens().await;
    let mut second = scene.robin.duplicate();
    join_all([scene.robin.press("Approve"), second.press("Approve")]).await;
    let told = [scene.robin.text(), second.text()];
    assert_eq!(told.iter().filter(|text| text.contains("counts as Education from now on")).count(), 1);
    assert_eq!(told.iter().filter(|text| text.contains("nothing was decided")).count(), 1, "{told:?}");
}

#[actix_web::test]
async fn whoever_asked_gets_a_letter_and_the_others_are_told() {
    let mut scene = Scene::open().await;
    let ada = scene.portal.add_person(&scene.portal.harbor, &[Role::AdminAgent]).await;
    scene.asks("juniper.example").await;
    scene.portal.keep_house(Moment::now()).await;
    scene.portal.carry_mail().await;
    let letters = scene.portal.letters();
    let waiting: Vec<_> = letters.iter().filter(|one| one.body_text.contains("juniper.example")).collect();
    assert_eq!(waiting.len(), 1, "the operator's one decider is told, once");
    assert!(waiting[0].subject.contains("asks for Education for Juniper Hall"), "{}", waiting[0].subject);
    scene.denies("No school.").await;
    scene.portal.keep_house(Moment::now()).await;
    scene.portal.carry_mail().await;
    let letters: Vec<_> =
        scene.portal.letters().into_iter().filter(|one| one.body_text.contains("No school.")).collect();
    assert_eq!(letters.len(), 2, "{letters:?}");
    let to_ada = letters.iter().find(|one| one.to_email.as_str() == ada).expect("Ada is told");
    assert!(to_ada.body_text.contains("denied Education for Juniper Hall"), "{}", to_ada.body_text);
    let to_sam = letters.iter().find(|one| one.to_email.as_str() != ada).expect("Sam gets a letter");
    assert_eq!(to_sam.subject, "Education is denied for Juniper Hall");
    assert!(to_sam.body_text.contains(&scene.page()), "{}", to_sam.body_text);
}

#[actix_web::test]
async fn what_waits_is_in_order_page_by_page_and_counted_on_the_start() {
    let mut scene = Scene::open().await;
    scene.robin.visit("/operator").await;
    scene.robin.sees("No customer waits for your decision.");
    scene.robin.visit("/operator/qualifications").await;
    scene.robin.sees("Nothing waits for you.");
    for number in 0..27 {
        scene.juniper = scene.portal.has_customer(&format!("School {number:02}")).await;
        scene.asks(&format!("school{number}.example")).await;
    }
    scene.robin.visit("/operator").await;
    scene.robin.follow("27 customers wait for your decision").await;
    scene.robin.sees("School 00").sees("School 24").sees_not("School 25");
    scene.robin.follow("Next").await;
    scene.robin.sees("School 25").sees("School 26").sees_not("School 24");
}
