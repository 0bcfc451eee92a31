//! Suspending an organisation and letting it go on.

use actix_web::http::StatusCode;
use futures_util::future::join_all;
use twotier::access::Role;

use super::operator;
use crate::support::portal::Portal;

#[actix_web::test]
async fn an_organization_is_suspended_with_a_reason_and_let_go_on() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let olga = portal.add_person(&brightwater, &[Role::GlobalAdmin]).await;
    portal.add_person(&brightwater, &[Role::SalesAgent]).await;
    let (_, mut robin) = operator(&portal).await;
    robin.visit(&format!("/operator/organisations/{}", brightwater.id)).await;
    robin.follow("Suspend").await;
    robin
        .sees("Its people (2 users) still sign in")
        .sees("1 active partnership")
        .sees("Its Global admins (1) get");
    robin.press("Yes, suspend").await;
    robin.sees_problem("Reason", "Enter the reason.");
    robin.fill("Reason", "60 days overdue.\nCall us.").press("Yes, suspend").await;
    robin.sees("The organization is suspended.").sees("60 days overdue.").sees("Suspended on");
    robin.sees_no_link("Suspend");
    assert_eq!(portal.carry_mail().await, 1);
    let letter = portal.letter_to(&olga);
    assert!(letter.body_text.contains("60 days overdue.\nCall us."), "{}", letter.body_text);
    assert_eq!(letter.subject, "Brightwater IT is suspended at Twotier");
    assert!(letter.reply_to.is_some());
    let mut olga_browser = portal.browser_in(&brightwater, &[Role::UserAdmin]).await;
    olga_browser.visit("/activity").await;
    olga_browser.sees_row(&["Suspend an organization"]).sees_row(&["State", "Active", "Suspended"]);
    robin.press("Lift the suspension").await;
    robin.sees("The suspension is lifted.").sees_link("Suspend").sees_not("60 days overdue.");
    portal.carry_mail().await;
    assert!(portal.letter_to(&olga).subject.contains("may go on"));
    robin.visit("/activity").await;
    robin.sees_row(&["Lift the suspension of an organization"]);
}

#[actix_web::test]
async fn suspending_twice_at_once_happens_once() {
    let portal = Portal::open().await;
    portal.add_person(&portal.harbor, &[Role::GlobalAdmin]).await;
    let (_, robin) = operator(&portal).await;
    let mut tabs: Vec<_> = (0..4).map(|_| robin.clone_session()).collect();
    let path = format!("/operator/organisations/{}/suspension", portal.harbor.id);
    join_all(tabs.iter_mut().map(|tab| tab.post(&path, &[("reason", "Overdue")]))).await;
    let recorded = "SELECT count(*) AS number FROM activity_records WHERE action = 'suspend_organisation'";
    assert_eq!(portal.database.number(recorded), 2);
    assert_eq!(portal.carry_mail().await, 1);
}

#[actix_web::test]
async fn the_operator_cannot_suspend_itself() {
    let portal = Portal::open().await;
    let (operator, mut robin) = operator(&portal).await;
    let place = format!("/operator/organisations/{}", operator.id);
    robin.visit(&place).await;
    robin.sees_no_link("Suspend");
    robin.post(&format!("{place}/suspension"), &[("reason", "Why not")]).await;
    robin.sees("Nothing was changed").sees_not("Why not");
    assert_eq!(robin.status(), StatusCode::OK);
}
