//! The letters to those concerned: each begins as a draft, can be edited, and can be left out.

use actix_web::http::StatusCode;
use twotier::access::Role;

use super::Scene;

#[actix_web::test]
async fn each_letter_is_edited_or_left_out() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let olga = portal.add_person(&scene.brightwater, &[Role::GlobalAdmin]).await;
    let nora = portal.add_person(&scene.newleaf, &[Role::GlobalAdmin]).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&scene.change()).await;
    ada.choose("Indirect reseller", "Newleaf (MPN ID 5910444)").press("See the consequences").await;
    for (to, subject) in [
        ("To the Global admins of Newleaf", "You look after Alder"),
        ("To the Global admins of Brightwater IT", "You no longer look after Alder"),
        ("To Cora Customer of the customer", "Who looks after Alder"),
    ] {
        assert_eq!(ada.within(to).field("Subject"), subject);
    }
    // Whoever looks after it from now on, and the customer, read what that allows.
    let allowed = "change accounts, change quantity and nickname of subscriptions, suspend and reactivate them, add, change and delete users";
    assert!(ada.within("To the Global admins of Newleaf").field("Message").contains(allowed));
    assert!(!ada.within("To the Global admins of Brightwater IT").field("Message").contains(allowed));
    let message = ada.within("To Cora Customer of the customer").field("Message");
    assert!(
        message.contains(
            "add, change and delete your users, administrators among them, and give them licenses and new passwords"
        ),
        "{message}"
    );
    assert!(!message.contains("\n\n\n"), "what is left out leaves a hole: {message}");
    ada.sees(&format!("Its people {allowed}"));
    ada.within("To the Global admins of Newleaf").fill("Message", "");
    ada.press("Change reseller").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(scene.lasting(), 1);
    ada.within("To the Global admins of Newleaf").fill("Message", "Welcome, it is all yours.");
    ada.within("To the Global admins of Brightwater IT").uncheck("Send this letter");
    ada.press("Change reseller").await;
    ada.sees("Newleaf administers this customer from now on, in place of Brightwater IT.");
    portal.carry_mail().await;
    let to = |email: &str| {
        let letters = portal.letters();
        letters.into_iter().filter(|letter| letter.to_email.as_str() == email).collect::<Vec<_>>()
    };
    let welcome: Vec<_> =
        to(&nora).into_iter().filter(|letter| letter.subject == "You look after Alder").collect();
    assert_eq!(welcome.len(), 1);
    assert!(welcome[0].body_text.contains("Welcome, it is all yours."), "{}", welcome[0].body_text);
    assert!(to(&olga).iter().all(|letter| letter.subject != "You no longer look after Alder"));
    let cora = to("cora@customer.example").pop().expect("a letter to the customer");
    assert!(cora.body_text.contains("Newleaf now looks after Alder for Harbor Distribution."));
    assert!(cora.body_text.contains("Brightwater IT no longer does."));
    // Neither reseller is named to the other.
    assert!(to(&nora).iter().all(|letter| !letter.body_text.contains("Brightwater")));
    assert!(to(&olga).iter().all(|letter| !letter.body_text.contains("Newleaf")));
}

#[actix_web::test]
async fn what_was_typed_into_letters_stays_as_long_as_it_speaks_of_what_is_chosen() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    portal.add_person(&scene.brightwater, &[Role::GlobalAdmin]).await;
    portal.add_person(&scene.newleaf, &[Role::GlobalAdmin]).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&scene.change()).await;
    ada.choose("Indirect reseller", "Newleaf (MPN ID 5910444)").choose("When it changes", "On a day");
    let day = |days| twotier::values::moment::Moment::now().plus_days(days).day().to_string();
    ada.fill("On this day (optional)", &day(5)).press("See the consequences").await;
    ada.within("To the Global admins of Newleaf").fill("Message", "Welcome, it is all yours.");
    ada.within("To the Global admins of Brightwater IT").uncheck("Send this letter");
    ada.press("Choose otherwise").await;
    ada.press("See the consequences").await;
    assert_eq!(ada.within("To the Global admins of Newleaf").field("Message"), "Welcome, it is all yours.");
    ada.press("Plan it").await;
    // The plan keeps them; on another day they begin anew, and what is left out stays out.
    ada.follow("Change the plan").await;
    ada.press("See the consequences").await;
    assert_eq!(ada.within("To the Global admins of Newleaf").field("Message"), "Welcome, it is all yours.");
    ada.press("Choose otherwise").await;
    ada.fill("On this day (optional)", &day(6)).press("See the consequences").await;
    ada.sees("the letters were written anew");
    assert_ne!(ada.within("To the Global admins of Newleaf").field("Message"), "Welcome, it is all yours.");
    ada.press("Plan it").await;
    let then = twotier::values::moment::Moment::now().plus_days(6);
    portal.does("carry_out_delegation_plans", then).await;
    portal.carry_mail_at(then).await;
    assert!(portal.letters().iter().all(|letter| letter.subject != "You no longer look after Alder"));
    assert!(portal.letters().iter().any(|letter| letter.subject.contains("look after Alder")));
}
