//! Taking a file back.

use twotier::access::{OrganisationKind, Role};

use super::{applies, begins, uploads, users, works};
use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::portal::Portal;
use crate::users::adds;
use crate::users::licenses::product;

async fn takes_back(portal: &Portal, browser: &mut Browser) {
    browser.follow("Take back").await;
    browser.press("Take back").await;
    browser.sees(
        "The portal first checks whether something was built on what the file did, and then takes it back.",
    );
    works(portal).await;
    browser.reload().await;
}

#[actix_web::test]
async fn what_nobody_built_on_is_as_it_was_and_the_file_can_be_sent_again() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    portal.has_subscription(&alder, product("Suite", 2, "")).await;
    adds(&mut ada, &alder, ("Ben", "Beck", "ben")).await;
    let file = "First name,Display name,Email,Location,Licenses\nAnn,Ann,ann,FR,Suite\nBenjamin,Benjamin,ben,IT,Suite\n";
    uploads(&mut ada, &alder, file).await;
    applies(&mut ada, "Apply 2 rows").await;
    ada.press("Download passwords once").await;
    ada.follow("Take back").await;
    ada.sees("1 user who was added is gone for good").sees("1 user who was changed gets the names");
    ada.follow("Cancel").await;
    takes_back(&portal, &mut ada).await;
    ada.sees("2 rows were taken back.").sees_row(&["2", "Ann", "Taken back"]);
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.sees_no_row(&["Ann"]).sees_row(&["Ben Beck", "Germany"]);
    assert_eq!(portal.database.number("SELECT count(*) FROM licenses"), 0);
    ada.visit("/activity").await;
    ada.sees("Take an uploaded file back").sees("Finish taking an uploaded file back");
    uploads(&mut ada, &alder, file).await;
    ada.sees("1 new, 1 changed, 0 the same, 0 refused.");
    applies(&mut ada, "Apply 2 rows").await;
    ada.sees("1 added, 1 changed");
}

#[actix_web::test]
async fn what_was_built_on_is_told_row_by_row_and_nothing_happens_before() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    uploads(&mut ada, &alder, "Display name,Email\nAnn,ann\nBen,ben\nCyd,cyd\nDan,dan\n").await;
    applies(&mut ada, "Apply 4 rows").await;
    let page = ada.path().to_owned();
    ada.press("Download passwords once").await;
    let passwords = ada.download().text();
    let line = passwords.lines().find(|line| line.contains("ann@")).unwrap().to_owned();
    let mut ann = portal.browser();
    ann.visit("/sign-in").await;
    ann.fill("Email address", "ann@alder.onmicrosoft.com").fill("Password", line.rsplit(',').next().unwrap());
    ann.press("Sign in").await;
    ann.fill("Current password", line.rsplit(',').next().unwrap());
    ann.fill("New password", "correct horse battery").fill("New password again", "correct horse battery");
    ann.press("Change password").await;
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.follow("Ben").await;
    ada.fill("Display name", "Benno").press("Save").await;
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.follow("Cyd").await;
    ada.follow("Delete").await;
    ada.press("Yes, delete user").await;
    ada.visit(&page).await;
    takes_back(&portal, &mut ada).await;
    assert_eq!(users(&portal), 3, "nothing is taken back");
    ada.sees("4 added, 0 changed").sees("Nothing was taken back: something was built on 3 rows.");
    ada.sees_row(&["2", "Ann", "Added Stays: the user has signed in, or chosen a password."]);
    ada.sees_row(&["3", "Ben", "Added Stays: the user was changed since"]);
    ada.sees_row(&["4", "Cyd", "Added Stays: the user was deleted since."]).sees_row(&["5", "Dan", "Added"]);
    ada.follow("Stay 3").await;
    ada.sees_no_row(&["5", "Dan"]).sees("2 users have no password of their own yet.");
    // What is as it was after the file is not built on any more.
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.follow("Benno").await;
    ada.fill("Display name", "Ben").press("Save").await;
    ada.visit(&page).await;
    ada.follow("Take the others back").await;
    ada.sees("1 user will be as before the file")
        .sees("3 users on whom something was built stay as they are.");
    ada.press("Take the others back").await;
    works(&portal).await;
    ada.reload().await;
    ada.sees("1 row was taken back.").sees("3 rows stay, since something was built on them.");
    assert_eq!(users(&portal), 2);
    // Ben, who is as the file made him, goes at the next look, which finds the other two.
    takes_back(&portal, &mut ada).await;
    ada.sees("2 rows stay, since something was built on them.");
    ada.follow("Take the others back").await;
    ada.press("Take the others back").await;
    works(&portal).await;
    ada.reload().await;
    ada.sees("2 rows were taken back.").sees_row(&["Ben", "Taken back"]);
}

#[actix_web::test]
async fn what_another_provider_gave_is_not_taken() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    uploads(&mut ada, &alder, "Display name,Email\nMia Moss,mia\n").await;
    applies(&mut ada, "Apply 1 row").await;
    let rival = portal.has_organisation(OrganisationKind::Provider, "Rival", "DE").await;
    let beside = portal.has_account_beside(&alder, &rival).await;
    portal.has_subscription(&beside, PlainSubscription::new("Suite")).await;
    let mut eve = portal.browser_in(&rival, &[Role::AdminAgent]).await;
    eve.visit(&format!("/customers/{beside}/users")).await;
    eve.follow("Mia Moss").await;
    eve.follow("Manage licenses").await;
    eve.check("License of Suite").press("Save").await;
    takes_back(&portal, &mut ada).await;
    ada.sees_row(&["2", "Mia Moss", "Added Stays: the user was changed since"]);
    assert_eq!(users(&portal), 1);
}

#[actix_web::test]
async fn who_may_not_change_admins_takes_nothing_back_from_them() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    portal.has_admin(&alder).await;
    uploads(&mut ada, &alder, "Display name,Email\nThe Admin,admin\n").await;
    applies(&mut ada, "Apply 1 row").await;
    let mut hal = portal.browser_of(Role::HelpdeskAgent).await;
    hal.visit(ada.path()).await;
    takes_back(&portal, &mut hal).await;
    hal.sees_row(&["2", "The Admin", "Stays: the user has admin roles"]);
    takes_back(&portal, &mut ada).await;
    ada.sees("1 row was taken back.");
}

#[actix_web::test]
async fn a_service_plan_that_was_turned_off_stays_off() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    portal.has_subscription(&alder, product("Suite", 2, "Mail;Files")).await;
    uploads(&mut ada, &alder, "Display name,Email,Licenses\nMia Moss,mia,Suite\n").await;
    applies(&mut ada, "Apply 1 row").await;
    let page = ada.path().to_owned();
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.follow("Mia Moss").await;
    ada.follow("Manage licenses").await;
    ada.uncheck("Mail").press("Save").await;
    ada.visit(&page).await;
    takes_back(&portal, &mut ada).await;
    ada.sees_row(&["2", "Mia Moss", "Stays: the user was changed since"]);
    assert_eq!(portal.database.number("SELECT count(*) FROM licenses"), 1);
}

#[actix_web::test]
async fn who_has_been_at_work_stays_also_after_a_new_temporary_password() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    uploads(&mut ada, &alder, "Display name,Email\nMia Moss,mia\n").await;
    applies(&mut ada, "Apply 1 row").await;
    let page = ada.path().to_owned();
    ada.press("Download passwords once").await;
    let passwords = ada.download().text();
    let password = passwords.trim_end().rsplit(',').next().expect("a password").to_owned();
    let mut mia = portal.browser();
    mia.visit("/sign-in").await;
    mia.fill("Email address", "mia@alder.onmicrosoft.com").fill("Password", &password).press("Sign in").await;
    mia.fill("Current password", &password);
    mia.fill("New password", "correct horse battery").fill("New password again", "correct horse battery");
    mia.press("Change password").await;
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.follow("Mia Moss").await;
    ada.follow("Reset password").await;
    ada.press("Reset password").await;
    ada.visit(&page).await;
    takes_back(&portal, &mut ada).await;
    ada.sees_row(&["2", "Mia Moss", "Added Stays: the user has signed in"]);
    assert_eq!(users(&portal), 1);
}
