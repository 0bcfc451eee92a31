//! Changing users.

use actix_web::http::StatusCode;
use twotier::access::Role;

use super::{adds, opens_mia};
use crate::support::portal::Portal;

#[actix_web::test]
async fn names_location_and_roles_are_changed_and_the_log_tells_how() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    opens_mia(&mut ada, &alder).await;
    ada.sees_heading("Mia Moss").sees("mia@alder.onmicrosoft.com of Alder");
    ada.fill("Last name (optional)", "Marsh").fill("Display name", "Mia Marsh").choose("Location", "France");
    ada.check(BILLING).press("Save").await;
    ada.sees("mia@alder.onmicrosoft.com is changed.");
    ada.sees_row(&["Mia Marsh", "mia@alder.onmicrosoft.com", "France", "Billing admin"]);
    ada.follow("Mia Marsh").await;
    ada.press("Save").await;
    ada.sees("Nothing was changed");
    ada.visit(&format!("/customers/{alder}/activity")).await;
    ada.sees("Change a user of a customer").sees("Marsh").sees("France").sees("Billing admin");
}

#[actix_web::test]
async fn two_people_change_one_user_and_lose_nothing() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    opens_mia(&mut ada, &alder).await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit(ada.path()).await;
    gina.choose("Location", "France").press("Save").await;
    ada.fill("Display name", "Mia M.").press("Save").await;
    ada.sees_row(&["Mia M.", "mia@alder.onmicrosoft.com", "France"]);
    ada.follow("Mia M.").await;
    gina.visit(ada.path()).await;
    gina.fill("Display name", "Mia G.").press("Save").await;
    ada.fill("Display name", "Mia A.").press("Save").await;
    assert_eq!(ada.status(), StatusCode::CONFLICT);
    ada.sees("Somebody else changed this user").sees("As it stands now:").sees("Mia G.");
    assert_eq!(ada.field("Display name"), "Mia A.");
    ada.press("Save").await;
    ada.sees_row(&["Mia A.", "mia@alder.onmicrosoft.com"]);
}

#[actix_web::test]
async fn the_last_global_admin_stays_one() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_admin(&alder).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.follow("Cora Customer").await;
    ada.uncheck(GLOBAL).choose("Location", "Germany").press("Save").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees("This is the company’s last Global admin");
    ada.follow("Delete").await;
    ada.press("Yes, delete user").await;
    ada.sees("This is the company’s last Global admin");
    // An agent without the right to give roles does not even see the form.
    let mut helen = portal.browser_of(Role::HelpdeskAgent).await;
    helen.visit(ada.path().trim_end_matches("/deletion")).await;
    helen.sees("This user has admin roles").sees_no_button("Save").sees_no_link("Delete");
    helen.sees_no_link("Reset password");
    let user = helen.path().to_owned();
    let fields =
        [("version", "1"), ("display_name", "Renamed"), ("location", "DE"), ("roles", "global_admin")];
    helen.post(&user, &fields).await;
    assert_eq!(helen.status(), StatusCode::UNPROCESSABLE_ENTITY);
    helen.sees("Your roles do not let you change a user with admin roles.");
    helen.post(&format!("{user}/deletion"), &[]).await;
    assert_eq!(helen.status(), StatusCode::UNPROCESSABLE_ENTITY);
    helen.visit(&format!("{user}/password")).await;
    helen.press("Reset password").await;
    assert_eq!(helen.status(), StatusCode::FORBIDDEN);
    assert_eq!(portal.database.number("SELECT count(*) FROM people WHERE name = 'Renamed'"), 0);
}

#[actix_web::test]
async fn whoever_gets_more_rights_is_out_of_everybodys_hand() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut helen = portal.browser_of(Role::HelpdeskAgent).await;
    adds(&mut helen, &alder, ("Mia", "Moss", "mia")).await;
    let sheet = helen.path().to_owned();
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{alder}/users")).await;
    ada.follow("Mia Moss").await;
    ada.check(GLOBAL).press("Save").await;
    ada.sees_row(&["Mia Moss", "mia@alder.onmicrosoft.com", "Germany", "Global admin"]);
    helen.visit(&sheet).await;
    helen.sees_heading("Sign-in info is gone");
    portal.carry_mail().await;
    assert!(
        portal.letter_to("cora@customer.example").subject.contains("Mia Moss is a Global admin of Alder")
    );
}

const BILLING: &str =
    "Billing adminLooks after the company’s bills in its services. Here it opens the own profile only.";
const GLOBAL: &str =
    "Global adminAdministers everything at the company, and decides here which partners may do what for it.";
