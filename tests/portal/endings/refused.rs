//! Nothing new begins for a customer with whom the relationship has ended.

use actix_web::http::StatusCode;
use twotier::access::Role;

use super::end;
use crate::support::bought::PlainSubscription;
use crate::support::portal::Portal;

#[actix_web::test]
async fn every_deed_is_refused_with_the_reason_and_the_way() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let alder = portal.has_customer("Alder").await;
    let subscription = portal.has_subscription(&alder, PlainSubscription::new("Business Basic")).await;
    portal.has_admin(&alder).await;
    let mut ada = portal.browser_of(Role::GlobalAdmin).await;
    ada.visit(&format!("/customers/{alder}/end")).await;
    ada.check("Customer request").press("Suspend all").await;
    end(&mut ada, &alder).await;
    let of = |rest: &str| format!("/customers/{alder}/{rest}");
    for page in
        ["subscriptions/new", "relationships/new", "admin-password", "account/company", "account/contact"]
    {
        ada.visit(&of(page)).await;
        assert_eq!(ada.status(), StatusCode::CONFLICT, "{page}");
        ada.sees("Your relationship with this customer has ended, and nothing new begins for it.");
        ada.sees_link("Reinstate");
    }
    let reseller = brightwater.id.to_string();
    let delegation = "0193a1f4-7c1e-7b0a-9a55-3d0c2f1be8a5";
    let mark = twotier::values::mark::mark_of("");
    let attested = [
        ("version", "2"),
        ("agreement_first_name", "Cora"),
        ("agreement_last_name", "Other"),
        ("agreement_email", "cora@customer.example"),
        ("agreement_on", "2026-01-01"),
    ];
    let associated = [
        ("delegation", delegation),
        ("plan", delegation),
        ("mark", mark.as_str()),
        ("reseller", reseller.as_str()),
        ("begins", "now"),
        ("earners", "leave"),
        ("helpers", "leave"),
        ("step", "do"),
    ];
    for (page, fields) in [("relationships/new", &associated[..]), ("agreement", &attested[..])] {
        ada.post(&of(page), fields).await;
        assert_eq!(ada.status(), StatusCode::CONFLICT, "{page}");
        ada.sees("This relationship has ended");
    }
    portal.has_no_agreement(&alder).await;
    ada.post(&of("agreement-request"), &[]).await;
    assert_eq!(ada.status(), StatusCode::CONFLICT);
    let version = portal.database.number("SELECT version FROM subscriptions").to_string();
    let deeds = [
        ("quantity", vec![("quantity", "30")]),
        ("nickname", vec![("nickname", "Other")]),
        ("reactivation", vec![]),
        ("suspension", vec![("reason", "fraud")]),
        ("reseller", vec![("mpn_id", "4810233")]),
        ("support-contact", vec![("support", reseller.as_str())]),
        ("billing", vec![("billing", "annual"), ("mark", "x")]),
    ];
    for (deed, mut fields) in deeds {
        fields.push(("version", version.as_str()));
        ada.post(&format!("/subscriptions/{subscription}/{deed}"), &fields).await;
        assert!(matches!(ada.status().as_u16(), 409 | 422), "{deed}: {}", ada.status());
        ada.sees("elationship");
    }
    let unchanged =
        "SELECT count(*) FROM subscriptions WHERE quantity = 25 AND status = 'suspended' AND mpn_id = ''";
    assert_eq!(portal.database.number(unchanged), 1);
    assert_eq!(portal.database.number("SELECT count(*) FROM delegations"), 0);
    assert_eq!(portal.database.number("SELECT count(*) FROM agreement_requests"), 0);
    // What is there can be read.
    for page in ["account", "subscriptions", "orders"] {
        ada.visit(&of(page)).await;
        assert_eq!(ada.status(), StatusCode::OK, "{page}");
        ada.sees("Ended on").sees_link("Reinstate").sees_no_link("Add subscription");
    }
    ada.visit(&of("account")).await;
    ada.sees_no_link("Remove reseller relationship").sees_no_link("Reset password");
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&of("account")).await;
    sam.sees("Ended on").sees_no_link("Reinstate");
}
