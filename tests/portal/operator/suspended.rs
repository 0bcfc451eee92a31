//! What a suspended organisation still does, and what it does not.

use actix_web::http::StatusCode;
use twotier::access::Role;

use super::operator;
use crate::support::bought::PlainSubscription;
use crate::support::portal::Portal;

#[actix_web::test]
async fn a_suspended_provider_starts_nothing_new_and_is_told_why_and_whom_to_ask() {
    let portal = Portal::open().await;
    let (operator, mut robin) = operator(&portal).await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit("/customers").await;
    gina.sees_link("Add customer");
    robin.visit(&format!("/operator/organisations/{}/suspension", portal.harbor.id)).await;
    robin.fill("Reason", "60 days overdue.").press("Yes, suspend").await;
    gina.visit("/customers").await;
    gina.sees("Your organization is suspended.").sees("60 days overdue.").sees_no_link("Add customer");
    let customer = portal.has_customer("Juniper").await;
    for path in [
        "/customers/new".to_owned(),
        "/partnership-requests/new".to_owned(),
        format!("/customers/{customer}/subscriptions/new"),
    ] {
        gina.visit(&path).await;
        assert_eq!(gina.status(), StatusCode::FORBIDDEN, "{path}");
        gina.sees("a suspended organization starts nothing new")
            .sees("60 days overdue.")
            .sees(&operator.name);
    }
    for path in
        ["/customers", "/partnership-requests", "/drafts/0193a1f4-7c1e-7b0a-9a55-3d0c2f1be8a4/submission"]
    {
        gina.post(path, &[]).await;
        assert_eq!(gina.status(), StatusCode::FORBIDDEN, "{path}");
    }
    robin.press("Lift the suspension").await;
    gina.visit("/customers/new").await;
    assert_eq!(gina.status(), StatusCode::OK);
    gina.sees_not("suspended");
    portal.carry_mail().await;
}

#[actix_web::test]
async fn what_runs_goes_on_and_what_is_begun_can_be_read_and_dropped() {
    let portal = Portal::open().await;
    let customer = portal.has_customer("Juniper").await;
    let subscription = portal.has_subscription(&customer, PlainSubscription::new("Business Basic")).await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit("/customers/new").await;
    gina.fill("Company name", "Half Done").press("Save and leave").await;
    gina.visit("/partnership-requests/new").await;
    gina.fill("Reseller’s email address", "olga@brightwater.example").press("Save text").await;
    let request = gina.path().to_owned();
    portal.has_suspended(&portal.harbor, "Overdue.").await;
    gina.visit(&format!("/subscriptions/{subscription}")).await;
    gina.fill("Nickname", "Mail").press("Change nickname").await;
    gina.sees("The subscription has its new nickname.");
    gina.visit("/drafts").await;
    gina.sees_no_link("Add customer");
    gina.follow("Cancel Half Done").await;
    gina.press("Cancel the draft").await;
    gina.sees("The draft is cancelled.");
    gina.visit(&request).await;
    gina.sees_no_button("Resend").sees_no_link("Request a partnership");
    gina.follow("Revoke").await;
    gina.press("Revoke").await;
    gina.sees("Its link no longer works.");
    gina.visit("/people").await;
    gina.sees_heading("User management").sees_no_link("Add user");
}

#[actix_web::test]
async fn a_suspended_organization_reduces_and_raises_nothing() {
    let portal = Portal::open().await;
    let customer = portal.has_customer("Juniper").await;
    let subscription = portal.has_subscription(&customer, PlainSubscription::new("Business Basic")).await;
    let quantity = portal.database.number("SELECT quantity FROM subscriptions");
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    portal.has_suspended(&portal.harbor, "Overdue.").await;
    let place = format!("/subscriptions/{subscription}");
    gina.visit(&place).await;
    gina.sees("a quantity can be reduced and not raised");
    gina.fill("Quantity", &(quantity + 1).to_string()).press("Change quantity").await;
    assert_eq!(gina.status(), StatusCode::FORBIDDEN);
    gina.sees("Overdue.").sees("raise quantities and reactivate subscriptions");
    gina.visit(&place).await;
    gina.fill("Quantity", &(quantity - 1).to_string()).press("Change quantity").await;
    assert_eq!(gina.status(), StatusCode::OK);
    assert_eq!(portal.database.number("SELECT quantity FROM subscriptions"), quantity, "it asks first");
    gina.visit(&place).await;
    gina.follow("Suspend").await;
    gina.choose("Reason", "Customer request").press("Suspend subscription").await;
    gina.visit(&place).await;
    gina.sees("nothing is reactivated").sees_no_button("Reactivate");
}

#[actix_web::test]
async fn a_suspended_organization_takes_roles_away_and_gives_none() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    portal.add_person(&portal.harbor, &[Role::SalesAgent, Role::HelpdeskAgent]).await;
    let member =
        portal.database.texts("SELECT id AS text FROM people WHERE name = 'Sam sales_agent'").remove(0);
    portal.has_suspended(&portal.harbor, "Overdue.").await;
    let place = format!("/people/{member}");
    gina.visit(&place).await;
    gina.sees_no_link("Reset password");
    gina.check("Billing adminLooks after what is billed.").press("Save").await;
    assert_eq!(gina.status(), StatusCode::FORBIDDEN);
    gina.sees("Overdue.");
    gina.visit(&place).await;
    gina.uncheck("Helpdesk agentHelps: sees customers and resets passwords.").press("Save").await;
    assert_eq!(portal.database.number("SELECT count(*) FROM person_roles WHERE role = 'helpdesk_agent'"), 0);
}

#[actix_web::test]
async fn a_suspended_reseller_accepts_no_request() {
    let portal = Portal::open().await;
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let mut olga = portal.browser_in(&brightwater, &[Role::GlobalAdmin]).await;
    portal.has_suspended(&brightwater, "Abuse.").await;
    olga.post("/partnerships/abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ/acceptance", &[("consent", "yes")])
        .await;
    assert_eq!(olga.status(), StatusCode::FORBIDDEN);
    olga.sees("Abuse.");
    olga.visit("/providers").await;
    assert_eq!(olga.status(), StatusCode::OK);
}

#[actix_web::test]
async fn nobody_comes_into_a_suspended_organization_by_an_earlier_invitation() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.visit("/people/new").await;
    gina.fill("Name", "Nora New").fill("Email address", "nora@harbor.example");
    gina.check("Sales agentSells: customers, orders, subscriptions.").press("Add").await;
    portal.carry_mail().await;
    let invitation = portal.letter_to("nora@harbor.example");
    let link = invitation.body_text.lines().map(str::trim).find(|line| line.contains("/set-password/"));
    let link = link.unwrap_or_else(|| panic!("no link in {}", invitation.body_text)).to_owned();
    portal.has_suspended(&portal.harbor, "Overdue.").await;
    let mut nora = portal.browser();
    nora.visit(&link).await;
    assert_eq!(nora.status(), StatusCode::GONE);
    nora.visit("/forgotten-password").await;
    nora.fill("Email address", "nora@harbor.example").press("Mail a link").await;
    portal.keep_house(twotier::values::moment::Moment::now()).await;
    assert_eq!(portal.carry_mail().await, 0);
    // Lifted, the same link works again.
    portal.database.change("UPDATE organisations SET state = 'enrolled'");
    nora.visit(&link).await;
    nora.sees_heading("Choose a password");
}
