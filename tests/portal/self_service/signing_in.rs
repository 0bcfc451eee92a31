//! A customer's first user signs in with what Confirmation shows, and is protected as everybody else is.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};

use super::{ADMIN, NEW, accepts, sam_adds_juniper_hall, shown, sign_in};
use crate::session::second_factor::set_up;
use crate::support::fixtures::fill_account;
use crate::support::portal::{PASSWORD, Portal};

#[actix_web::test]
async fn the_first_user_signs_in_with_what_confirmation_shows_and_chooses_a_password() {
    let portal = Portal::open().await;
    let password = sam_adds_juniper_hall(&portal, None).await;
    let mut ada = portal.browser();
    sign_in(&mut ada, ADMIN, &password).await;
    ada.sees_heading("Change your password").sees("You signed in with a temporary one");
    ada.visit("/profile").await;
    ada.sees_heading("Change your password");
    ada.fill("Current password", &password).fill("New password", NEW).fill("New password again", NEW);
    ada.press("Change password").await;
    // Nobody asks to prove a mailbox that may not be there.
    ada.sees_heading("Partner relationships");
    ada.visit("/profile").await;
    ada.sees_heading("My profile").sees("Ada Finch").sees("Juniper Hall");
    for elsewhere in ["/customers", "/subscriptions", "/people", "/activity", "/organisation", "/operator"] {
        ada.visit(elsewhere).await;
        assert_eq!(ada.status(), StatusCode::FORBIDDEN, "{elsewhere}");
    }
    let mut again = portal.browser();
    sign_in(&mut again, ADMIN, &password).await;
    again.sees("do not match");
    sign_in(&mut again, ADMIN, NEW).await;
    again.sees("Sign out");
}

#[actix_web::test]
async fn what_happens_to_the_account_is_mailed_to_the_primary_contact() {
    let portal = Portal::open().await;
    let juniper = portal.has_customer("Juniper Hall").await;
    let admin = portal.has_admin(&juniper).await;
    let mut cora = portal.signed_in(&admin).await;
    cora.visit("/password").await;
    cora.fill("Current password", PASSWORD).fill("New password", NEW).fill("New password again", NEW);
    cora.press("Change password").await;
    portal.carry_mail().await;
    let to: Vec<_> = portal.letters().iter().map(|letter| letter.to_email.to_string()).collect();
    assert_eq!(to, ["cora@customer.example"]);
    let letter = portal.letter_to("cora@customer.example");
    assert!(letter.subject.contains("was changed"), "{}", letter.subject);
    assert!(letter.body_text.contains(&admin), "{}", letter.body_text);
    // A link to a new password goes there too, and proves nothing about the mailbox of the user name.
    cora.press("Sign out").await;
    cora.visit("/forgotten-password").await;
    cora.fill("Email address", &admin).press("Mail a link").await;
    portal.carry_mail().await;
    let text = portal.letter_to("cora@customer.example").body_text;
    let link = text[text.find("/set-password/").expect("a link")..].split_whitespace().next();
    cora.visit(link.expect("a link")).await;
    cora.fill("New password", PASSWORD).fill("New password again", PASSWORD).press("Set password").await;
    sign_in(&mut cora, &admin, PASSWORD).await;
    cora.visit("/profile/email").await;
    cora.sees("Not yet")
        .sees("letters about your account go to cora@customer.example")
        .sees_no_button("Mail me a link");
    cora.post("/profile/email/proof", &[]).await;
    assert_eq!(cora.status(), StatusCode::NOT_FOUND);
    let proved = "SELECT count(*) FROM people WHERE mailbox_proved_at IS NOT NULL AND organisation_id = '{}'";
    assert_eq!(portal.database.number(&proved.replace("{}", juniper.as_str())), 0);
}

#[actix_web::test]
async fn whoever_corrects_the_primary_contact_gets_no_link_to_a_new_password() {
    let portal = Portal::open().await;
    let juniper = portal.has_customer("Juniper Hall").await;
    let admin = portal.has_admin(&juniper).await;
    let mut helen = portal.browser_of(Role::HelpdeskAgent).await;
    helen.visit(&format!("/customers/{juniper}/account/contact")).await;
    helen.fill("Email address", "helen@elsewhere.example").press("Save").await;
    helen.sees("helen@elsewhere.example");
    let mut anybody = portal.browser();
    anybody.visit("/forgotten-password").await;
    anybody.fill("Email address", &admin).press("Mail a link").await;
    portal.carry_mail().await;
    let to: Vec<_> = portal.letters().iter().map(|letter| letter.to_email.to_string()).collect();
    assert!(!to.iter().any(|to| to == "helen@elsewhere.example"), "{to:?}");
    assert!(portal.letter_to("cora@customer.example").body_text.contains("/set-password/"));
}

#[actix_web::test]
async fn after_an_objection_letters_go_to_the_contact_again() {
    let portal = Portal::open().await;
    let juniper = portal.has_customer("Juniper Hall").await;
    let admin = portal.has_admin(&juniper).await;
    let mut thief = portal.signed_in(&admin).await;
    thief.visit("/profile/email").await;
    thief.fill("New email address", "thief@elsewhere.example").press("Change address").await;
    portal.carry_mail().await;
    let link_in = |to: &str, path: &str| {
        let text = portal.letter_to(to).body_text;
        text[text.find(path).expect("a link")..].split_whitespace().next().expect("a link").to_owned()
    };
    let (proof, objection) = (
        link_in("thief@elsewhere.example", "/email-proof/"),
        link_in("cora@customer.example", "/email-objection/"),
    );
    thief.visit(&proof).await;
    thief.press("Yes, this is my address").await;
    let mut cora = portal.browser();
    cora.visit(&objection).await;
    cora.press("Object").await;
    cora.visit("/forgotten-password").await;
    cora.fill("Email address", &admin).press("Mail a link").await;
    portal.carry_mail().await;
    assert!(portal.letter_to("cora@customer.example").body_text.contains("/set-password/"));
}

#[actix_web::test]
async fn an_address_of_ones_own_gets_the_letters_once_it_is_proved() {
    let portal = Portal::open().await;
    let juniper = portal.has_customer("Juniper Hall").await;
    let mut cora = portal.signed_in(&portal.has_admin(&juniper).await).await;
    cora.visit("/profile/email").await;
    cora.fill("New email address", "cora@juniper.example").press("Change address").await;
    portal.carry_mail().await;
    // Whoever got the letters so far can object.
    assert!(portal.letter_to("cora@customer.example").subject.contains("Another email address"));
    let text = portal.letter_to("cora@juniper.example").body_text;
    let link = text[text.find("/email-proof/").expect("a link")..].split_whitespace().next();
    cora.visit(link.expect("a link")).await;
    cora.press("Yes, this is my address").await;
    let mut elsewhere = portal.signed_in("cora@juniper.example").await;
    elsewhere.sees("Sign out");
    elsewhere.visit("/password").await;
    elsewhere.fill("Current password", PASSWORD).fill("New password", NEW).fill("New password again", NEW);
    elsewhere.press("Change password").await;
    portal.carry_mail().await;
    assert!(portal.letter_to("cora@juniper.example").subject.contains("was changed"));
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{juniper}/account")).await;
    ada.sees("cora@juniper.example");
}

#[actix_web::test]
async fn a_password_that_the_provider_resets_signs_the_customer_out_and_is_told_of() {
    let portal = Portal::open().await;
    let juniper = portal.has_customer("Juniper Hall").await;
    let admin = portal.has_admin(&juniper).await;
    let mut cora = portal.signed_in(&admin).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/customers/{juniper}/admin-password")).await;
    ada.press("Reset password").await;
    let password = shown(&ada);
    cora.visit("/profile").await;
    cora.sees_heading("Sign in");
    portal.carry_mail().await;
    let letter = portal.letter_to("cora@customer.example");
    assert!(letter.body_text.contains("gave your account a temporary password"), "{}", letter.body_text);
    sign_in(&mut cora, &admin, PASSWORD).await;
    cora.sees("do not match");
    sign_in(&mut cora, &admin, &password).await;
    cora.sees_heading("Change your password");
}

#[actix_web::test]
async fn a_second_factor_is_asked_for_and_goes_when_it_is_lost() {
    let portal = Portal::open().await;
    let juniper = portal.has_customer("Juniper Hall").await;
    let admin = portal.has_admin(&juniper).await;
    let mut cora = portal.signed_in(&admin).await;
    set_up(&mut cora).await;
    let mut elsewhere = portal.browser();
    sign_in(&mut elsewhere, &admin, PASSWORD).await;
    elsewhere.sees_heading("Enter your code");
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    let reset = format!("/customers/{juniper}/admin-password");
    ada.visit(&reset).await;
    ada.press("Reset password").await;
    sign_in(&mut elsewhere, &admin, &shown(&ada)).await;
    elsewhere.sees_heading("Enter your code");
    ada.visit(&reset).await;
    ada.check("The authenticator app is lost: remove the second factor, too.").press("Reset password").await;
    sign_in(&mut elsewhere, &admin, &shown(&ada)).await;
    elsewhere.sees_heading("Change your password");
    ada.visit("/activity").await;
    ada.sees_row(&["Juniper Hall", "Remove a user’s second factor"]);
}

#[actix_web::test]
async fn customers_do_not_mix_with_the_partners() {
    let portal = Portal::open().await;
    let juniper = portal.has_customer("Juniper Hall").await;
    let admin = portal.has_admin(&juniper).await;
    let operator = portal.has_organisation(OrganisationKind::Operator, "Twotier operator", "DE").await;
    let mut robin = portal.browser_in(&operator, &[Role::GlobalAdmin]).await;
    robin.visit("/operator/organisations?search=juniper").await;
    robin.sees("No organization matches").sees_no_row(&["Juniper Hall"]);
    robin.visit("/operator/organisations?kind=customer").await;
    robin.sees("2 organizations").sees_no_row(&["Juniper Hall"]);
    for (method, path) in [("GET", ""), ("GET", "/suspension"), ("POST", "/suspension")] {
        let path = format!("/operator/organisations/{juniper}{path}");
        match method {
            "GET" => robin.visit(&path).await,
            _ => robin.post(&path, &[("reason", "None of theirs")]).await,
        }
        assert_eq!(robin.status(), StatusCode::NOT_FOUND, "{path}");
    }
    // A reseller of the customer's name is no namesake.
    portal.has_reseller("Juniper Hall", "DE", "4810233").await;
    robin.visit("/operator/organisations?search=juniper").await;
    robin.sees_row(&["Juniper Hall", "Indirect reseller"]).sees_not("4810233");
    let mut gus = portal.browser_of(Role::GlobalAdmin).await;
    gus.visit("/people").await;
    gus.sees_not(&admin);
}

#[actix_web::test]
async fn a_domain_whose_admin_would_be_somebody_elses_account_is_taken() {
    let portal = Portal::open().await;
    let company = portal.company_of(&portal.has_customer("Alder").await).await;
    let email = portal.add_person(&company, &[Role::GlobalAdmin]).await;
    let taken = format!("UPDATE people SET email = '{ADMIN}' WHERE email = '{email}'");
    portal.query(move |conn| Ok(diesel::RunQueryDsl::execute(diesel::sql_query(taken), conn)?)).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers/new").await;
    fill_account(&mut sam, "Juniper Hall", "juniperhall");
    accepts(&mut sam).await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(portal.database.number("SELECT count(*) FROM organisations WHERE name = 'Juniper Hall'"), 0);
}
