//! Nobody floods a mailbox from here.

use actix_web::http::StatusCode;
use twotier::access::Role;

use crate::support::portal::Portal;

#[actix_web::test]
async fn one_address_is_written_to_so_often_only_whatever_its_tag() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    for number in 1..=9 {
        sam.visit("/partnership-requests/new").await;
        let address = format!("victim+{number}@acme.example");
        sam.fill("Reseller’s email address", &address).press("Send").await;
        if number < 9 {
            assert_eq!(sam.status(), StatusCode::OK, "{}", sam.text());
        }
    }
    assert_eq!(sam.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(sam.header("retry-after").is_some());
    sam.sees("Nothing was sent and nothing was changed.");
    sam.sees("This address was written to several times in a short time");
    assert_eq!(portal.carry_mail().await, 8);
    // The others can be written to, and nothing typed is lost.
    sam.sees("What you typed is kept on this page");
    sam.visit("/partnership-requests/new").await;
    sam.fill("Reseller’s email address", "olga@rowan.example").press("Send").await;
    assert_eq!(portal.carry_mail().await, 1);
}

#[actix_web::test]
async fn invitations_and_requests_of_one_person_are_bounded_together() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    let mut refused = None;
    for number in 0..61 {
        gina.visit("/people/new").await;
        gina.fill("Name", "Ben Lee").fill("Email address", &format!("ben{number}@harbor.example"));
        gina.check("Sales agentSells: customers, orders, subscriptions.").press("Add").await;
        if gina.status() == StatusCode::TOO_MANY_REQUESTS {
            refused = Some(number);
            break;
        }
    }
    assert_eq!(refused, Some(60));
    gina.sees("You have sent many letters in a short time");
    gina.visit("/people?search=ben60").await;
    gina.sees("Nobody matches");
}
