//! User management: who is added, what they may do, and how they leave.

mod address;
mod forgotten;
mod postage;

use actix_web::http::StatusCode;
use futures_util::future::join_all;
use twotier::access::Role;

use crate::support::browser::Browser;
use crate::support::fixtures::opens_sam;
use crate::support::portal::Portal;

#[actix_web::test]
async fn somebody_is_invited_chooses_a_password_and_signs_in() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit("/people").await;
    gina.follow("Add user").await;
    gina.press("Add").await;
    gina.sees_problem("Name", "Enter the name.").sees_problem("Email address", "Enter the email address.");
    gina.sees("Roles: Choose the roles.");
    gina.fill("Name", "Nora New").fill("Email address", "nora@harbor.example");
    gina.check("Sales agentSells: customers, orders, subscriptions.").press("Add").await;
    gina.sees_heading("Nora New").sees("Invited").sees("on its way to nora@harbor.example");

    portal.carry_mail().await;
    let link = link_in(&portal.letter_to("nora@harbor.example").body_text);
    let mut nora = portal.browser();
    nora.visit(&link).await;
    nora.sees_heading("Choose a password");
    nora.fill("New password", "short").fill("New password again", "other").press("Set password").await;
    nora.sees_problem("New password", "Use 12 characters or more.");
    let password = "a long walk home";
    nora.fill("New password", password).fill("New password again", password).press("Set password").await;
    nora.sees("Your password is set.");
    nora.fill("Email address", "nora@harbor.example").fill("Password", password).press("Sign in").await;
    nora.sees("Customers").sees_no_link("User management");
    // The link has done its work.
    let mut thief = portal.browser();
    thief.visit(&link).await;
    assert_eq!(thief.status(), StatusCode::GONE);
    gina.reload().await;
    gina.sees("Active");
}

#[actix_web::test]
async fn a_temporary_password_is_shown_once_and_changed_at_the_first_sign_in() {
    let portal = Portal::open().await;
    let mut uma = portal.browser_of(Role::UserAdmin).await;
    uma.visit("/people/new").await;
    uma.fill("Name", "Hanna Help").fill("Email address", "hanna@harbor.example");
    uma.check("Helpdesk agentHelps: sees customers and resets passwords.");
    uma.choose("Way to a password", TEMPORARY).press("Add").await;
    let password = shown(&uma);
    assert_eq!(uma.header("cache-control"), Some("private, no-store"));
    uma.reload().await;
    uma.sees_not(&password).sees("Temporary, not changed yet");

    let mut hanna = portal.browser();
    sign_in(&mut hanna, "hanna@harbor.example", &password).await;
    hanna.sees("Choose a password of your own first.");
    // Reset once more: what was shown before works no longer, and nobody stays signed in.
    uma.follow("Reset password").await;
    uma.choose("Way to a password", TEMPORARY).press("Reset password").await;
    let second = shown(&uma);
    hanna.visit("/password").await;
    hanna.sees_heading("Sign in");
    sign_in(&mut hanna, "hanna@harbor.example", &password).await;
    hanna.sees_heading("Sign in");
    sign_in(&mut hanna, "hanna@harbor.example", &second).await;
    hanna.sees("Choose a password of your own first.");
}

#[actix_web::test]
async fn roles_count_from_the_next_request() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/customers/new").await;
    assert_eq!(sam.status(), StatusCode::OK);
    gina.visit("/people?search=sales_agent").await;
    gina.follow("Sam sales_agent").await;
    gina.uncheck(SALES).check(HELPDESK).press("Save").await;
    gina.sees("The user is changed.");
    sam.visit("/customers/new").await;
    assert_eq!(sam.status(), StatusCode::FORBIDDEN);
    sam.visit("/customers").await;
    assert_eq!(sam.status(), StatusCode::OK);
    gina.visit("/activity").await;
    gina.sees_row(&["Change a user"]).sees("Sales agent").sees("Helpdesk agent");
}

#[actix_web::test]
async fn a_user_admin_neither_makes_nor_changes_a_global_admin() {
    let portal = Portal::open().await;
    let gina = portal.add_person(&portal.harbor.clone(), &[Role::GlobalAdmin]).await;
    let mut uma = portal.browser_of(Role::UserAdmin).await;
    uma.visit("/people/new").await;
    uma.sees_not("Does everything that anybody");
    let id = twotier::values::id::PersonId::new().to_string();
    let fields = [
        ("id", id.as_str()),
        ("name", "Mallory"),
        ("email", "mallory@harbor.example"),
        ("roles", "global_admin"),
        ("way", "temporary"),
    ];
    uma.post("/people", &fields).await;
    assert_eq!(uma.status(), StatusCode::UNPROCESSABLE_ENTITY);
    uma.visit(&format!("/people?search={gina}")).await;
    uma.follow("Sam global_admin").await;
    uma.sees("only a Global admin may change the account").sees_no_button("Save").sees_no_link("Deactivate");
    let page = uma.path().to_owned();
    for (action, fields) in [
        ("", vec![("version", "1"), ("name", "Mine"), ("roles", "user_admin")]),
        ("/password", vec![("version", "1"), ("way", "temporary")]),
        ("/deactivation", vec![]),
        ("/sign-ins/end", vec![]),
    ] {
        uma.post(&format!("{page}{action}"), &fields).await;
        assert_eq!(uma.status(), StatusCode::FORBIDDEN, "{action}");
    }
    let roles = "SELECT count(*) FROM person_roles WHERE role = 'global_admin'";
    assert_eq!(portal.database.number(roles), 1);
}

#[actix_web::test]
async fn of_two_global_admins_who_demote_each_other_one_is_left() {
    let portal = Portal::open().await;
    let mut admins = Vec::new();
    for _ in 0..2 {
        admins.push(portal.browser_of(Role::GlobalAdmin).await);
    }
    let mut pages = Vec::new();
    for person in portal.database.texts("SELECT id AS text FROM people ORDER BY id") {
        pages.push(format!("/people/{person}"));
    }
    let fields = [("version", "1"), ("name", "Demoted"), ("roles", "sales_agent")];
    let (first, second) = admins.split_at_mut(1);
    join_all([first[0].post(&pages[1], &fields), second[0].post(&pages[0], &fields)]).await;
    let roles = "SELECT count(*) FROM person_roles WHERE role = 'global_admin'";
    assert_eq!(portal.database.number(roles), 1);
    for page in &pages {
        for admin in &mut admins {
            admin.post(&format!("{page}/deactivation"), &[]).await;
            admin.post(page, &[("version", "2"), ("name", "Demoted"), ("roles", "sales_agent")]).await;
        }
    }
    assert_eq!(portal.database.number(roles), 1, "the last one stays");
    let active = "SELECT count(*) FROM people JOIN person_roles ON person_id = people.id \
                  WHERE role = 'global_admin' AND state = 'active'";
    assert_eq!(portal.database.number(active), 1);
}

#[actix_web::test]
async fn who_is_deactivated_is_out_at_once_and_can_come_back() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    gina.visit("/people?search=sales").await;
    gina.follow("Sam sales_agent").await;
    let page = gina.path().to_owned();
    gina.follow("Deactivate").await;
    gina.sees_heading("Deactivate Sam sales_agent?");
    gina.press("Yes, deactivate").await;
    gina.sees("Inactive").sees_no_button("Save");
    sam.visit("/customers").await;
    sam.sees_heading("Sign in");
    gina.visit("/people?state=inactive").await;
    gina.sees_row(&["Sam sales_agent", "Inactive"]).sees_no_row(&["Sam global_admin"]);
    gina.visit(&page).await;
    gina.press("Restore").await;
    gina.sees("The user is restored").sees("Active");
    gina.press("End all sign-ins").await;
    gina.sees("signed out everywhere");
}

#[actix_web::test]
async fn the_people_of_others_do_not_exist_and_agents_manage_nobody() {
    let portal = Portal::open().await;
    let summit = portal.has_organisation(twotier::access::OrganisationKind::Provider, "Summit", "US").await;
    let mut stranger = portal.browser_in(&summit, &[Role::GlobalAdmin]).await;
    portal.browser_of(Role::SalesAgent).await;
    let sam = portal.database.texts("SELECT id AS text FROM people WHERE name = 'Sam sales_agent'").remove(0);
    stranger.visit("/people").await;
    stranger.sees_no_row(&["Sam sales_agent"]);
    for page in ["", "/password", "/deactivation"] {
        stranger.visit(&format!("/people/{sam}{page}")).await;
        assert_eq!(stranger.status(), StatusCode::NOT_FOUND, "{page}");
    }
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit("/people").await;
    assert_eq!(ada.status(), StatusCode::FORBIDDEN);
    ada.sees("Your roles do not let you manage people and their roles.");
    let uma = portal.add_person(&portal.harbor.clone(), &[Role::UserAdmin]).await;
    ada.visit("/people").await;
    let asking = ada.href("Sam user_admin");
    assert!(asking.starts_with(&format!("mailto:{uma}?subject=Could%20you%20manage%20people")), "{asking}");
    assert!(!ada.html().contains("Sam admin_agent</a></li>"), "only those who may are named");
}

const TEMPORARY: &str = "Make a temporary one now";
const SALES: &str = "Sales agentSells: customers, orders, subscriptions.";
const HELPDESK: &str = "Helpdesk agentHelps: sees customers and resets passwords.";

/// A Global admin and a User admin, who both have the page of Sam open.
async fn two_admins_at_sam(portal: &Portal) -> [Browser; 2] {
    let mut admins = [portal.browser_of(Role::GlobalAdmin).await, portal.browser_of(Role::UserAdmin).await];
    portal.browser_of(Role::SalesAgent).await;
    for admin in &mut admins {
        opens_sam(admin).await;
    }
    admins
}

async fn sign_in(browser: &mut Browser, email: &str, password: &str) {
    browser.visit("/sign-in").await;
    browser.fill("Email address", email).fill("Password", password).press("Sign in").await;
}

/// The temporary password on the page.
fn shown(browser: &Browser) -> String {
    let password = browser.html().split("id=\"password\">").nth(1).and_then(|rest| rest.split('<').next());
    password.expect("a password").to_owned()
}

fn link_in(text: &str) -> String {
    let at = text.find("/set-password/").expect("a link");
    text[at..].split_whitespace().next().expect("a link").to_owned()
}

#[actix_web::test]
async fn my_profile_shows_where_i_am_signed_in_and_ends_it() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let email =
        portal.database.texts("SELECT email AS text FROM people WHERE name = 'Sam sales_agent'").remove(0);
    let mut phone = portal.browser();
    sign_in(&mut phone, &email, crate::support::portal::PASSWORD).await;
    phone.visit("/customers").await;
    assert_eq!(phone.status(), StatusCode::OK);
    sam.visit("/profile").await;
    sam.sees("this one");
    sam.press("End all others").await;
    sam.sees("You are signed out there.").sees_no_button("End all others");
    phone.visit("/customers").await;
    phone.sees_heading("Sign in");
    sam.fill("Name", "Samuel Seller").choose("Time zone", "Asia/Tokyo").press("Save").await;
    sam.sees("Your profile is changed.").sees("Samuel Seller").sees("(Tokyo)");
    sam.post("/profile", &[("name", ""), ("zone", "Nowhere/Else")]).await;
    sam.sees_problem("Name", "Enter the name.").sees_problem("Time zone", "Choose one from the list.");
}

#[actix_web::test]
async fn roles_say_who_may_do_what_and_why_not() {
    let portal = Portal::open().await;
    let mut helen = portal.browser_of(Role::HelpdeskAgent).await;
    helen.visit("/roles").await;
    helen.sees_row(&["see customers", "Yes, as Helpdesk agent"]).sees_row(&["place orders", "No"]);
    helen.sees("May not place orders: it takes Global admin, Admin agent, Sales agent.");
    let id = portal.database.texts("SELECT id AS text FROM people").remove(0);
    helen.visit(&format!("/roles?person={id}")).await;
    assert_eq!(helen.status(), StatusCode::FORBIDDEN);
    let mut uma = portal.browser_of(Role::UserAdmin).await;
    uma.visit("/people?search=helpdesk").await;
    uma.follow("Sam helpdesk_agent").await;
    uma.follow("What Sam helpdesk_agent may do, and why").await;
    uma.sees("Sam helpdesk_agent is Helpdesk agent.").sees("May see customers, as Helpdesk agent.");
}

#[actix_web::test]
async fn nobody_resets_the_own_password_from_the_list() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit("/people?role=global_admin").await;
    gina.within("Global admin").follow("Sam global_admin").await;
    gina.sees_no_link("Reset password").sees_link("Change your password");
    let page = gina.path().to_owned();
    for action in ["password", "deactivation"] {
        gina.visit(&format!("{page}/{action}")).await;
        gina.sees("Nobody does this to the own account.");
    }
    gina.post(&format!("{page}/password"), &[("version", "1"), ("way", "temporary")]).await;
    assert_eq!(gina.status(), StatusCode::UNPROCESSABLE_ENTITY);
    gina.visit("/people").await;
    gina.sees_heading("User management").sees("1 user of your organization");
    gina.visit("/activity").await;
    gina.sees_row(&["Reset a user’s password", "Failed"]).sees("It was the own account");
}

#[actix_web::test]
async fn of_two_admins_in_one_form_the_second_sees_what_the_first_did() {
    let portal = Portal::open().await;
    let [mut gina, mut uma] = two_admins_at_sam(&portal).await;
    uma.fill("Name", "Sam S.").check(HELPDESK).press("Save").await;
    uma.sees("The user is changed.");
    // A problem in the form does not bring the newer version in by the back door.
    gina.fill("Name", "").press("Save").await;
    gina.sees_problem("Name", "Enter the name.");
    gina.fill("Name", "Samuel").press("Save").await;
    assert_eq!(gina.status(), StatusCode::CONFLICT);
    gina.sees("As it stands now: Sam S., Sales agent, Helpdesk agent.");
    assert_eq!(gina.field("Name"), "Samuel");
    // What she did not touch is as it is now.
    assert_eq!(gina.field(HELPDESK), "on");
    gina.press("Save").await;
    gina.sees("The user is changed.").sees_heading("Samuel");
    gina.press("Save").await;
    gina.sees("Nothing was changed");
}

#[actix_web::test]
async fn of_two_admins_with_different_fields_neither_undoes_the_other() {
    let portal = Portal::open().await;
    let [mut gina, mut uma] = two_admins_at_sam(&portal).await;
    uma.fill("Name", "Samuel").check(HELPDESK).press("Save").await;
    gina.check("Billing adminLooks after what is billed.").press("Save").await;
    gina.sees("The user is changed.").sees_heading("Samuel");
    assert_eq!(gina.field(HELPDESK), "on");
    assert_eq!(gina.field("Billing adminLooks after what is billed."), "on");
}

#[actix_web::test]
async fn a_link_ends_with_whatever_replaces_it() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let email = portal.database.texts("SELECT email AS text FROM people WHERE name LIKE '%sales%'").remove(0);
    opens_sam(&mut gina).await;
    let page = gina.path().to_owned();
    let mut mailed = async || {
        gina.visit(&format!("{page}/password")).await;
        gina.choose("Way to a password", "Mail a link under which the person chooses it")
            .press("Reset password")
            .await;
        portal.carry_mail().await;
        link_in(&portal.letter_to(&email).body_text)
    };
    let first = mailed().await;
    let second = mailed().await;
    let mut visitor = portal.browser();
    visitor.visit(&first).await;
    assert_eq!(visitor.status(), StatusCode::GONE, "a newer link was mailed");
    visitor.visit(&second).await;
    visitor.sees_heading("Choose a password");
    sam.visit("/password").await;
    sam.fill("Current password", crate::support::portal::PASSWORD);
    sam.fill("New password", "a long walk home").fill("New password again", "a long walk home");
    sam.press("Change password").await;
    visitor.visit(&second).await;
    assert_eq!(visitor.status(), StatusCode::GONE, "the password was changed");
    let third = mailed().await;
    portal.database.change("UPDATE password_links SET expires_at = '2026-01-01 00:00:00'");
    visitor.visit(&third).await;
    assert_eq!(visitor.status(), StatusCode::GONE, "it is too old");
    let fourth = mailed().await;
    gina.visit(&format!("{page}/deactivation")).await;
    gina.press("Yes, deactivate").await;
    visitor.post(&fourth, &[("new", "a longer walk"), ("again", "a longer walk")]).await;
    assert_eq!(visitor.status(), StatusCode::GONE, "the account is deactivated");
    portal
        .database
        .change("UPDATE people SET deactivated_at = '2026-01-01 00:00:00' WHERE state = 'inactive'");
    gina.visit(&page).await;
    gina.sees("The time for restoring is over");
    gina.post(&format!("{page}/restoration"), &[]).await;
    assert_eq!(gina.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[actix_web::test]
async fn an_address_has_one_account_and_a_page_adds_one_person() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    let fields = |id: &str, email: &str| {
        let pairs =
            [("id", id), ("name", "Nora"), ("email", email), ("roles", "sales_agent"), ("way", "temporary")];
        pairs.map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let mut post = async |id: &str, email: &str| {
        let fields = fields(id, email);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        gina.post("/people", &fields).await;
        (gina.status(), gina.html().to_owned())
    };
    let (id, other) = ["0190a000-0000-7000-8000-000000000001", "0190a000-0000-7000-8000-000000000002"].into();
    for _ in 0..2 {
        assert_eq!(post(id, "nora@harbor.example").await.0, StatusCode::OK);
    }
    let (status, html) = post(id, "ned@harbor.example").await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(html.contains("Nobody was added."));
    let (status, html) = post(other, "nora@harbor.example").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("of your organization has this address"));
    assert_eq!(portal.database.number("SELECT count(*) FROM people"), 2);
}
