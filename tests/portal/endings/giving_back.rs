//! A reseller gives a customer back.

use actix_web::http::StatusCode;
use twotier::access::Role;

use crate::support::bought::PlainSubscription;
use crate::support::portal::Portal;

#[actix_web::test]
async fn a_reseller_gives_a_customer_back_and_goes_on_being_named_or_not() {
    for (choice, named) in [("They go on naming you", 1), ("They no longer name you", 0)] {
        let portal = Portal::open().await;
        let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
        let alder = portal.has_customer("Alder").await;
        portal.has_delegation(&alder, &brightwater).await;
        let of_brightwater = PlainSubscription {
            incentives: Some(("4810233".to_owned(), brightwater.id)),
            ..PlainSubscription::new("Business Basic")
        };
        portal.has_subscription(&alder, of_brightwater).await;
        let supported = portal.has_subscription(&alder, PlainSubscription::new("Enterprise E3")).await;
        let sam = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
        let mut ada = portal.browser_of(Role::AdminAgent).await;
        ada.visit(&format!("/subscriptions/{supported}")).await;
        ada.choose("Designated support contact", "Brightwater IT").press("Submit support contact").await;
        let mut agent = portal.browser_in(&brightwater, &[Role::SalesAgent]).await;
        agent.visit(&format!("/customers/{alder}/account")).await;
        agent.sees_no_link("Give this customer back");
        let mut olga = portal.browser_in(&brightwater, &[Role::AdminAgent]).await;
        olga.visit(&format!("/customers/{alder}/account")).await;
        olga.follow("Give this customer back").await;
        olga.sees_heading("Give Alder back to Harbor Distribution?");
        olga.sees("Harbor Distribution supports 1 subscription in your place.");
        olga.press("Give back").await;
        assert_eq!(olga.status(), StatusCode::UNPROCESSABLE_ENTITY);
        olga.check(choice);
        let mut twice = olga.clone_session();
        twice.visit(&format!("/customers/{alder}/return")).await;
        twice.check(choice);
        olga.press("Give back").await;
        olga.sees("You gave Alder back. Harbor Distribution is told.").sees_no_row(&["Alder"]);
        twice.press("Give back").await;
        twice.sees("You no longer administer this customer");
        for (sql, count) in [
            ("delegations WHERE ended_at IS NULL", 0),
            ("subscriptions WHERE mpn_reseller_id IS NOT NULL", named),
            ("subscriptions WHERE support_organisation_id <> provider_id", 0),
            ("customers WHERE ended_at IS NULL", 1),
            ("activity_records WHERE action = 'give_customer_back'", 2),
        ] {
            assert_eq!(
                portal.database.number(&format!("SELECT count(*) FROM {sql}")),
                count,
                "{choice}: {sql}"
            );
        }
        portal.carry_mail().await;
        let letter = portal.letter_to(&sam);
        assert_eq!(letter.subject, "Brightwater IT gave Alder back");
    }
}
