//! Changing an account block by block: who may, what the pages ask, and whom the changes are told.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};
use twotier::values::id::CustomerId;

use crate::support::bought::PlainSubscription;
use crate::support::portal::Portal;

pub const COMPANY: &str = "Update company and bill-to info";
pub const CONTACT: &str = "Update the primary contact";
pub const REGISTRATION: &str = "Update registration number and phone";

pub fn account(customer: &CustomerId) -> String {
    format!("/customers/{customer}/account")
}

#[actix_web::test]
async fn each_block_is_changed_on_its_own_page_and_the_log_has_old_and_new() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&account(&alder)).await;
    sam.sees("Microsoft ID, primary domain name and country/region never change.");
    sam.follow(COMPANY).await;
    sam.sees_heading("Company and bill-to info").sees("alder.onmicrosoft.com");
    sam.fill("Company name", "Alder & Finch").fill("Address line 2 (optional)", "Floor 3");
    sam.fill("City", "Kiel")
        .fill("ZIP/Postal code", "D-24103")
        .choose("Culture / language", "French (Germany)");
    sam.press("Save").await;
    sam.sees("The account is changed.")
        .sees_heading("Alder & Finch")
        .sees("24103 Kiel")
        .sees("French (Germany)");
    sam.follow(CONTACT).await;
    sam.fill("First name", "Bo").fill("Middle name (optional)", "Q.").fill("Last name", "Reed");
    sam.fill("Email address", "Bo@Alder.example")
        .fill("Phone number (optional)", "040 123456")
        .press("Save")
        .await;
    sam.sees("Bo Q. Reed").sees("040 123456");
    sam.follow(REGISTRATION).await;
    assert_eq!(sam.field("Phone number (optional)"), "040 123456");
    sam.fill("Company registration ID (optional)", "hrb 1234").press("Save").await;
    sam.sees("HRB1234");
    sam.visit("/activity").await;
    sam.sees_row(&["Change company or bill-to information of a customer"]);
    sam.sees_row(&["Change the primary contact of a customer"]);
    sam.sees_row(&["Change registration ID or phone number of a customer"]);
    for (field, old, new) in [
        ("Company name", "Alder", "Alder & Finch"),
        ("City", "Hamburg", "Kiel"),
        ("ZIP/Postal code", "20457", "24103"),
        ("Culture / language", "German (Germany)", "French (Germany)"),
        ("First name", "Cora", "Bo"),
        ("Middle name", "None", "Q."),
        ("Company registration ID", "None", "HRB1234"),
    ] {
        sam.sees_row(&[field, old, new]);
    }
}

#[actix_web::test]
async fn all_problems_are_told_at_once_and_everything_typed_is_kept() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("{}/company", account(&alder))).await;
    sam.fill("Company name", "").fill("Address line 1", "").fill("ZIP/Postal code", "1");
    sam.fill("City", "Lübeck").press("Save").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees_problem("Company name", "Enter the company name.");
    sam.sees_problem("Address line 1", "Enter address line 1.");
    sam.sees_problem("ZIP/Postal code", "A postal code here has 5 digits");
    assert_eq!((sam.field("City"), sam.field("ZIP/Postal code")), ("Lübeck".to_owned(), "1".to_owned()));
    sam.visit(&format!("{}/contact", account(&alder))).await;
    sam.fill("First name", "")
        .fill("Email address", "nobody")
        .fill("Phone number (optional)", "12")
        .press("Save")
        .await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees_problem("First name", "Enter the first name.");
    sam.sees_problem("Email address", "There is no @ in it.");
    sam.sees_problem("Phone number (optional)", "There are too few digits.");
    assert_eq!(sam.field("Email address"), "nobody");
    assert_eq!(portal.database.number("SELECT count(*) FROM customers WHERE version > 1"), 0);
}

#[actix_web::test]
async fn helpdesk_changes_the_contact_and_learns_who_changes_the_rest() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    for organisation in [&portal.harbor, &brightwater] {
        let mut helen = portal.browser_in(organisation, &[Role::HelpdeskAgent]).await;
        helen.visit(&account(&alder)).await;
        helen.sees_no_link(COMPANY).sees_no_link(REGISTRATION);
        helen.sees("takes one of these roles in your organization: Global admin, Admin agent, Sales agent.");
        helen.follow(CONTACT).await;
        helen.fill("Last name", &organisation.name).press("Save").await;
        helen.sees("The account is changed.").sees(&format!("Cora {}", organisation.name));
        for block in ["company", "registration"] {
            helen.visit(&format!("{}/{block}", account(&alder))).await;
            assert_eq!(helen.status(), StatusCode::FORBIDDEN, "{block}");
        }
    }
}

#[actix_web::test]
async fn a_reseller_that_administers_it_changes_it_and_its_provider_is_told() {
    let portal = Portal::open().await;
    let (brightwater, newleaf) = (
        portal.has_partner("Brightwater IT", "DE", "4810233").await,
        portal.has_partner("Newleaf Technology", "DE", "4810234").await,
    );
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    portal.has_delegation(&alder, &newleaf).await;
    let heidi = portal.add_person(&portal.harbor, &[Role::HelpdeskAgent]).await;
    let nora = portal.add_person(&newleaf, &[Role::SalesAgent]).await;
    let mut olga = portal.browser_in(&brightwater, &[Role::SalesAgent]).await;
    olga.visit(&account(&alder)).await;
    olga.follow(COMPANY).await;
    olga.sees("The people of your indirect provider are told by mail");
    olga.fill("City", "Kiel").press("Save").await;
    olga.sees("The account is changed.");
    olga.visit("/activity").await;
    olga.sees_row(&["City", "Hamburg", "Kiel"]);
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit("/activity").await;
    ada.sees_row(&["City", "Hamburg", "Kiel"]);
    portal.carry_mail().await;
    let letter = portal.letter_to(&heidi);
    assert_eq!(letter.subject, "Brightwater IT changed the account of Alder");
    assert!(letter.body_text.contains(&account(&alder)), "{}", letter.body_text);
    // None of several resellers learns of another.
    assert!(portal.letters().iter().all(|letter| letter.to_email.as_str() != nora));
    let records = format!("SELECT count(*) FROM activity_records WHERE organisation_id = '{}'", newleaf.id);
    assert_eq!(portal.database.number(&records), 0);
}

#[actix_web::test]
async fn the_resellers_that_administer_it_are_told_what_the_provider_changed_and_no_others() {
    let portal = Portal::open().await;
    let (brightwater, former, named) = (
        portal.has_partner("Brightwater IT", "DE", "4810233").await,
        portal.has_partner("Former IT", "DE", "4810234").await,
        portal.has_partner("Named IT", "DE", "4810235").await,
    );
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    let ended = portal.has_delegation(&alder, &former).await;
    portal.has_ended(&ended).await;
    let incentives = Some(("4810235".to_owned(), named.id));
    let basic = PlainSubscription { incentives, ..PlainSubscription::new("Business Basic") };
    portal.has_subscription(&alder, basic).await;
    let olga = portal.add_person(&brightwater, &[Role::SalesAgent]).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("{}/contact", account(&alder))).await;
    ada.sees("The people of the resellers concerned are told by mail");
    ada.fill("Email address", "bo@alder.example").press("Save").await;
    portal.carry_mail().await;
    let letter = portal.letter_to(&olga);
    assert!(letter.body_text.contains("changed the primary contact of Alder."), "{}", letter.body_text);
    let records = |organisation| {
        let records = "SELECT count(*) FROM activity_records WHERE action = 'update_customer_contact'";
        portal.database.number(&format!("{records} AND organisation_id = '{organisation}'"))
    };
    assert_eq!(records(portal.harbor.id), 1);
    assert_eq!(records(brightwater.id), 1);
    assert_eq!((records(former.id), records(named.id)), (0, 0));
    // Whom only a subscription names sees no account, and so does somebody else's provider.
    let other = portal.has_organisation(OrganisationKind::Provider, "Summit", "DE").await;
    for organisation in [&former, &named, &other] {
        let mut somebody = portal.browser_in(organisation, &[Role::GlobalAdmin]).await;
        for page in ["", "/company", "/contact", "/registration"] {
            somebody.visit(&format!("{}{page}", account(&alder))).await;
            assert_eq!(somebody.status(), StatusCode::NOT_FOUND, "{} {page}", organisation.name);
        }
        let sent = [("version", "2"), ("opened", ""), ("first_name", "X")];
        somebody.post(&format!("{}/contact", account(&alder)), &sent).await;
        assert_ne!(somebody.status(), StatusCode::OK);
    }
    assert_eq!(portal.database.texts("SELECT first_name AS text FROM customers"), ["Cora"]);
}

#[actix_web::test]
async fn a_suspended_organization_still_corrects_an_account() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_delegation(&alder, &brightwater).await;
    for (organisation, city) in [(&portal.harbor, "Kiel"), (&brightwater, "Bremen")] {
        let mut sam = portal.browser_in(organisation, &[Role::SalesAgent]).await;
        portal.has_suspended(organisation, "60 days overdue.").await;
        sam.visit(&account(&alder)).await;
        sam.follow(COMPANY).await;
        sam.fill("City", city).press("Save").await;
        sam.sees("The account is changed.").sees(city);
    }
}

#[actix_web::test]
async fn what_other_fields_are_sent_changes_nothing_else() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let sent = [
        ("version", "1"),
        ("opened", ""),
        ("registration", "HRB1"),
        ("phone", ""),
        ("company", "Other"),
        ("domain", "other"),
        ("country", "US"),
        ("email", "x@other.example"),
    ];
    sam.post(&format!("{}/registration", account(&alder)), &sent).await;
    sam.sees("The account is changed.");
    let kept =
        "SELECT company_name || ' ' || domain || ' ' || country || ' ' || email AS text FROM customers";
    assert_eq!(portal.database.texts(kept), ["Alder alder.onmicrosoft.com DE cora@customer.example"]);
}

#[actix_web::test]
async fn what_never_changes_is_changed_on_no_page_of_the_account() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let never = "SELECT id || ' ' || tenant_id || ' ' || domain || ' ' || country AS text FROM customers";
    let before = portal.database.texts(never);
    let forged = [("tenant_id", "forged"), ("id", "forged"), ("domain", "other"), ("country", "US")];
    let company = [
        ("company", "Alder"),
        ("line_1", "Kaistr. 2"),
        ("line_2", ""),
        ("city", "Kiel"),
        ("state", ""),
        ("postal_code", "24103"),
        ("culture", "de-DE"),
    ];
    let contact =
        [("first_name", "Bo"), ("middle_name", ""), ("last_name", "Reed"), ("email", "bo@alder.example")];
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    for (block, version, typed) in [("company", "1", &company[..]), ("contact", "2", &contact[..])] {
        let sent: Vec<_> = [("version", version), ("opened", ""), ("phone", "")]
            .iter()
            .chain(typed)
            .chain(&forged)
            .copied()
            .collect();
        sam.post(&format!("{}/{block}", account(&alder)), &sent).await;
        sam.sees("The account is changed.");
        assert_eq!(portal.database.texts(never), before, "{block}");
    }
    let changed = "SELECT city || ' ' || last_name AS text FROM customers";
    assert_eq!(portal.database.texts(changed), ["Kiel Reed"]);
}

#[actix_web::test]
async fn a_new_contact_can_be_asked_where_the_one_before_was() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    portal.has_no_agreement(&alder).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&account(&alder)).await;
    sam.press("Ask the customer to accept the customer agreement").await;
    sam.visit(&account(&alder)).await;
    sam.sees_no_button("Ask the customer to accept the customer agreement");
    sam.follow(CONTACT).await;
    sam.fill("Email address", "bo@alder.example").press("Save").await;
    sam.sees("The account names another company or contact by now.");
    sam.sees_button("Ask the customer to accept the customer agreement");
}
