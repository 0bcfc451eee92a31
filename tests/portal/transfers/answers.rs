//! What each side says, and what becomes of a file that nobody answers.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::values::moment::{Moment, days_after};

use super::{BASIC, CORA, JOB, Scene, decide, today};

#[actix_web::test]
async fn a_customer_that_is_signed_in_refuses_and_everything_stays() {
    let scene = Scene::open().await;
    let mut alma = scene.started(&["Business Basic"]).await;
    let mut cora = scene.portal.signed_in(&scene.portal.has_admin(&scene.juniper).await).await;
    cora.visit("/own/transfers").await;
    cora.sees("Your turn");
    cora.follow("Kestrel Cloud").await;
    cora.press("Refuse the transfer").await;
    cora.sees_problem("Reason", "Enter");
    cora.fill("Reason", "We stay with Harbor.").press("Refuse the transfer").await;
    cora.sees("Everything stays as it was.").sees_no_button("Consent to the transfer");
    alma.reload().await;
    alma.sees("Refused on").sees("We stay with Harbor.");
    assert_eq!(alma.cell("Business Basic", "Result"), "Left as it was");
    scene.portal.carry_mail().await;
    assert!(scene.has_told("harbor", "We stay with Harbor."));
    assert_eq!(scene.log(&scene.portal.harbor.id).await, ["create_transfer", "refuse_transfer"]);
    assert_eq!(scene.log(&scene.kestrel.id).await, Vec::<String>::new(), "it never knew");
    assert_eq!(scene.stands(&scene.basic).await.status, "active");
    // The letter that asked was on its way before; its link answers nothing any more.
    let mut sam = scene.portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/subscriptions/{}", scene.basic)).await;
    sam.sees_button("Change quantity");
}

#[actix_web::test]
async fn a_customer_that_is_signed_in_consents() {
    let scene = Scene::open().await;
    scene.started(&["Business Basic"]).await;
    let mut cora = scene.portal.signed_in(&scene.portal.has_admin(&scene.juniper).await).await;
    cora.visit("/own/transfers").await;
    cora.follow("Kestrel Cloud").await;
    cora.press("Consent to the transfer").await;
    assert_eq!(cora.status(), StatusCode::UNPROCESSABLE_ENTITY);
    cora.check("I may speak for Juniper Hall, and consent that these subscriptions move to Kestrel Cloud.");
    cora.press("Consent to the transfer").await;
    cora.sees("Now Kestrel Cloud has to take the subscriptions over.").sees("Waits for the new partner");
    let mut kim = scene.at_kestrel(Role::SalesAgent).await;
    kim.sees("by Cora Customer,").sees_not("by the mailed link");
    decide(&mut kim, &[BASIC], &[]).await;
    kim.sees("1 subscription has moved.");
    cora.reload().await;
    cora.sees("Moved").sees_not("5.10");
}

#[actix_web::test]
async fn a_link_answers_once_and_an_unknown_one_nothing() {
    let scene = Scene::open().await;
    scene.started(&["Business Basic"]).await;
    let mut cora = scene.link().await;
    let link = cora.path().to_owned();
    let mut second = cora.duplicate();
    super::consent(&mut cora).await;
    // The second tab still shows the question.
    super::says_yes(&mut second, "Kestrel Cloud").await;
    assert_eq!(second.path(), link);
    second.sees("Cora Customer has consented").sees_no_button("Consent to the transfer");
    let mut nobody = scene.portal.browser();
    nobody.visit("/transfer-consents/none").await;
    assert_eq!(nobody.status(), StatusCode::NOT_FOUND);
    nobody.sees("This link is not known");
}

#[actix_web::test]
async fn nobody_of_a_partner_answers_for_the_customer() {
    let scene = Scene::open().await;
    let mut alma = scene.started(&["Business Basic"]).await;
    let link = scene.link().await.path().to_owned();
    alma.visit(&link).await;
    alma.sees("Only the customer can answer here.").sees_no_button("Consent to the transfer");
    alma.post(&link, &[("answer", "yes"), ("name", "Alma"), ("consent", "yes")]).await;
    assert_eq!(scene.portal.database.number("SELECT count(*) FROM transfer_answers"), 0);
}

#[actix_web::test]
async fn the_new_partner_refuses_all_of_it() {
    let scene = Scene::open().await;
    let mut alma = scene.consented(&["Business Basic"]).await;
    let mut kim = scene.at_kestrel(Role::SalesAgent).await;
    decide(&mut kim, &[], &[(BASIC, "No capacity.")]).await;
    kim.sees("It is refused.");
    alma.reload().await;
    alma.sees("No capacity.").sees_no_link("Withdraw");
    assert_eq!(scene.stands(&scene.basic).await.status, "active");
    scene.portal.carry_mail().await;
    assert!(scene.has_told(CORA, "was refused") && scene.has_told("harbor", "No capacity."));
}

#[actix_web::test]
async fn without_the_agreement_nothing_is_taken_over_and_refusing_goes_on() {
    let scene = Scene::open().await;
    scene.portal.has_no_agreement(&scene.beside).await;
    scene.consented(&["Business Basic"]).await;
    let mut kim = scene.at_kestrel(Role::AdminAgent).await;
    kim.sees("Not accepted yet");
    kim.follow("Answer").await;
    kim.sees("The customer has not accepted the customer agreement with you.").sees_not("Take it over");
    // Who sends it all the same is told so.
    let path = kim.path().to_owned();
    let item = format!("item-{}", scene.basic);
    let version = scene.portal.database.number("SELECT version FROM transfers").to_string();
    kim.post(&path, &[("version", version.as_str()), (item.as_str(), "yes"), ("step", "do")]).await;
    assert_eq!(kim.status(), StatusCode::CONFLICT);
    assert_eq!(scene.stands(&scene.basic).await.status, "active");
    kim.visit(&path).await;
    kim.choose(BASIC, "Refuse").fill("Why you refuse Business Basic (optional)", "Not signed.");
    kim.press("See what it will do").await;
    kim.press("Send the answer").await;
    kim.sees("It is refused.");
}

#[actix_web::test]
async fn a_suspended_partner_refuses_and_takes_nothing_over() {
    let scene = Scene::open().await;
    scene.consented(&["Business Basic"]).await;
    scene.portal.has_suspended(&scene.kestrel, "Unpaid").await;
    let mut kim = scene.at_kestrel(Role::AdminAgent).await;
    kim.follow("Answer").await;
    kim.sees("takes nothing over").sees_not("Take it over");
    let path = kim.path().to_owned();
    let item = format!("item-{}", scene.basic);
    let version = scene.portal.database.number("SELECT version FROM transfers").to_string();
    kim.post(&path, &[("version", version.as_str()), (item.as_str(), "yes"), ("step", "do")]).await;
    assert_eq!(kim.status(), StatusCode::FORBIDDEN);
    assert_eq!(scene.stands(&scene.basic).await.status, "active");
}

#[actix_web::test]
async fn whoever_started_it_withdraws_it() {
    let scene = Scene::open().await;
    let mut alma = scene.consented(&["Business Basic"]).await;
    let mut kim = scene.at_kestrel(Role::AdminAgent).await;
    kim.sees_no_link("Withdraw");
    kim.visit(&format!("{}/withdrawal", alma.path())).await;
    assert_eq!(kim.status(), StatusCode::NOT_FOUND);
    alma.follow("Withdraw").await;
    alma.sees("1 subscription stays where it is");
    alma.fill("Reason (optional)", "The customer stays.");
    alma.press("Withdraw the transfer").await;
    alma.sees("The transfer is withdrawn.").sees("The customer stays.");
    kim.visit("/transfers?direction=in").await;
    kim.sees("None waits");
    kim.follow("Juniper Hall").await;
    kim.sees("Withdrawn").sees_no_link("Answer");
    assert_eq!(scene.log(&scene.kestrel.id).await, ["withdraw_transfer"]);
    scene.portal.carry_mail().await;
    assert!(scene.has_told("kestrel-cloud", "The customer stays.") && scene.has_told(CORA, "has withdrawn"));
    // It can be started again.
    scene.started(&["Business Basic"]).await;
}

#[actix_web::test]
async fn what_nobody_answers_expires_after_its_last_day() {
    let scene = Scene::open().await;
    let mut alma = scene.choosing().await;
    let last = days_after(today(), 10);
    alma.fill("Open until", &last.to_string());
    super::start(&mut alma, "Kestrel Cloud", &["Business Basic"]).await;
    scene.portal.does(JOB, Moment::start_of(last).plus_seconds(600)).await;
    alma.reload().await;
    alma.sees("Waits for the customer");
    scene.portal.does(JOB, Moment::start_of(days_after(last, 1)).plus_seconds(600)).await;
    alma.reload().await;
    alma.sees("Expired on").sees("because nobody answered in time");
    assert_eq!(alma.cell("Business Basic", "Result"), "Left as it was");
    assert_eq!(scene.log(&scene.portal.harbor.id).await, ["create_transfer", "expire_transfer"]);
    scene.portal.carry_mail().await;
    assert!(scene.has_told("harbor", "was not answered in time"));
    assert!(!scene.has_told(CORA, "Please open this personal link"), "what waited was not sent any more");
    assert_eq!(scene.stands(&scene.basic).await.status, "active");
}

#[actix_web::test]
async fn its_last_day_counts_also_before_the_job_has_come() {
    let scene = Scene::open().await;
    scene.started(&["Business Basic"]).await;
    let link = scene.link().await.path().to_owned();
    let yesterday = today().pred_opt().expect("a day");
    scene.portal.database.change(&format!("UPDATE transfers SET open_until = '{yesterday}'"));
    let mut cora = scene.portal.browser();
    cora.visit(&link).await;
    assert_eq!(cora.status(), StatusCode::GONE);
    cora.sees("It could be answered until").sees_no_button("Consent to the transfer");
    cora.post(&link, &[("answer", "yes"), ("name", "Cora"), ("consent", "yes")]).await;
    assert_eq!(scene.portal.database.number("SELECT count(*) FROM transfer_answers"), 0);
}

#[actix_web::test]
async fn a_customer_that_does_not_answer_is_asked_again_by_a_link_of_its_own() {
    let scene = Scene::open().await;
    let mut alma = scene.started(&["Business Basic"]).await;
    let mut former = scene.link().await;
    alma.press("Ask the customer again").await;
    // That letter is still in the outbox when there is another contact.
    scene.portal.database.change("UPDATE customers SET email = 'cleo@customer.example'");
    alma.reload().await;
    let mut twice = alma.duplicate();
    alma.press("Ask the customer again").await;
    alma.sees("A letter with a new link goes to cleo@customer.example.");
    let waiting = "SELECT count(*) FROM letters WHERE subject_kind = 'transfer_asked' AND state = 'waiting'";
    assert_eq!(scene.portal.database.number(waiting), 1, "no dead link goes out");
    twice.press("Ask the customer again").await;
    twice.sees("Nothing was sent: the customer was asked again in between");
    scene.portal.carry_mail().await;
    let mut cleo = scene.portal.browser();
    cleo.visit(&super::link_in(&scene.portal.letter_to("cleo@customer.example"))).await;
    former.reload().await;
    assert_eq!(former.status(), StatusCode::NOT_FOUND, "one link answers");
    super::consent(&mut cleo).await;
    alma.reload().await;
    alma.sees_no_button("Ask the customer again");
    assert_eq!(
        scene.log(&scene.portal.harbor.id).await,
        ["create_transfer", "remind_of_transfer", "remind_of_transfer", "consent_to_transfer"]
    );
    // Kestrel did not start it.
    let mut kim = scene.at_kestrel(Role::AdminAgent).await;
    kim.sees_no_button("Ask the customer again");
    kim.post(&format!("{}/reminder", kim.path()), &[("letter", "")]).await;
    assert_eq!(kim.status(), StatusCode::NOT_FOUND);
}
