//! A reseller is associated with a customer later, changed and taken away.

use actix_web::http::StatusCode;
use twotier::access::{OrganisationKind, Role};
use twotier::partners::model::Organisation;
use twotier::values::moment::Moment;

use super::{Scene, does, hidden};
use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::portal::Portal;

#[actix_web::test]
async fn a_reseller_is_associated_with_a_customer_that_is_there() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let abroad = portal.has_partner("Far Away", "US", "4810234").await;
    portal.has_partner("Newleaf", "DE", "5910444").await;
    let alder = portal.has_customer("Alder").await;
    portal.has_subscription(&alder, PlainSubscription::new("Business Basic")).await;
    let mut olga = portal.browser_in(&brightwater, &[Role::GlobalAdmin]).await;
    olga.visit(&format!("/customers/{alder}/relationships")).await;
    assert_eq!(olga.status(), StatusCode::NOT_FOUND);
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}/relationships")).await;
    sam.sees("No reseller administers this customer.");
    sam.follow("Associate a reseller").await;
    sam.sees_heading("Which reseller is to administer Alder?");
    sam.sees("Far Away").sees("This reseller is in another region");
    sam.press("See the consequences").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees_problem("Indirect reseller", "Choose the indirect reseller.");
    sam.choose("Indirect reseller", "Brightwater IT (MPN ID 4810233)").press("See the consequences").await;
    sam.sees_heading("Let Brightwater IT administer Alder?").sees("its 1 subscription").sees("its 1 order");
    // Looking has let nobody in.
    olga.reload().await;
    assert_eq!(olga.status(), StatusCode::NOT_FOUND);
    let mut twice = sam.clone_session();
    let form = sent(&sam, &brightwater);
    sam.press("Associate reseller").await;
    sam.sees("Brightwater IT administers this customer from now on.").sees_row(&["Brightwater IT", "Active"]);
    sam.sees_row(&["Brightwater IT", "given by Sam sales_agent"]);
    olga.reload().await;
    olga.sees_row(&["Brightwater IT", "Active"]);
    twice.post(&format!("/customers/{alder}/relationships/new"), &pairs(&form)).await;
    twice.sees("That had been done already.");
    let records = "SELECT count(*) FROM activity_records WHERE action = 'create_delegation'";
    for organisation in [&portal.harbor.id, &brightwater.id] {
        assert_eq!(portal.database.number(&format!("{records} AND organisation_id = '{organisation}'")), 1);
    }
    // Who cannot be named is refused, however it was chosen, and that is on record.
    sam.follow("Associate a reseller").await;
    let form = sent(&sam, &abroad);
    sam.post(&format!("/customers/{alder}/relationships/new"), &pairs(&form)).await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(portal.database.number(&format!("{records} AND result = 'failed'")), 1);
    assert_eq!(portal.database.number("SELECT count(*) FROM delegations"), 1);
}

#[actix_web::test]
async fn an_ended_delegation_is_no_end() {
    let scene = Scene::open().await;
    let mut ada = scene.portal.browser_of(Role::AdminAgent).await;
    ada.visit(&scene.ledger()).await;
    ada.follow("Change or remove Brightwater IT").await;
    ada.choose("Indirect reseller", "No reseller").press("See the consequences").await;
    ada.sees("it can be associated again later");
    ada.press("End delegation").await;
    ada.sees_row(&["Brightwater IT", "Ended", "by Sam admin_agent"]);
    ada.follow("Associate a reseller").await;
    ada.choose("Indirect reseller", "Brightwater IT (MPN ID 4810233)");
    does(&mut ada, "Associate reseller").await;
    ada.sees_row(&["Brightwater IT", "Active"]).sees_row(&["Brightwater IT", "Ended"]);
    let mut olga = scene.portal.browser_in(&scene.brightwater, &[Role::GlobalAdmin]).await;
    olga.visit(&scene.ledger()).await;
    assert_eq!(olga.status(), StatusCode::OK);
}

#[actix_web::test]
async fn changing_the_reseller_says_what_the_former_one_loses_and_both_learn_only_their_part() {
    let scene = Scene::open().await;
    let Scene { portal, brightwater, newleaf, alder, .. } = &scene;
    let plain = portal.has_subscription(alder, PlainSubscription::new("Business Basic")).await;
    let named = PlainSubscription {
        incentives: Some(("4810233".to_owned(), brightwater.id)),
        ..PlainSubscription::new("Enterprise E3")
    };
    let named = portal.has_subscription(alder, named).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    for subscription in [&plain, &named] {
        ada.visit(&format!("/subscriptions/{subscription}")).await;
        ada.choose("Designated support contact", "Brightwater IT").press("Submit support contact").await;
    }
    ada.visit(&scene.ledger()).await;
    ada.sees_row(&["Brightwater IT", "1 of 2", "Business Basic, Enterprise E3"]);
    ada.follow("Change or remove Brightwater IT").await;
    ada.sees_heading("Who is to administer Alder in place of Brightwater IT?");
    ada.choose("Indirect reseller", "Newleaf (MPN ID 5910444)").press("See the consequences").await;
    ada.sees("Brightwater IT stays the reseller (MPN ID) of 1 subscription");
    ada.sees("Harbor Distribution supports 1 subscription instead of Brightwater IT");
    ada.press("Change reseller").await;
    ada.sees("Newleaf administers this customer from now on, in place of Brightwater IT.");
    ada.sees_row(&["Newleaf", "Active"]).sees_row(&["Brightwater IT", "Ended"]);
    let mut olga = portal.browser_in(brightwater, &[Role::GlobalAdmin]).await;
    olga.visit(&format!("/subscriptions/{plain}")).await;
    assert_eq!(olga.status(), StatusCode::NOT_FOUND);
    olga.visit(&format!("/subscriptions/{named}")).await;
    olga.sees("Contact Brightwater IT");
    ada.visit(&format!("/subscriptions/{plain}")).await;
    ada.sees("Harbor Distribution supports it instead");
    for (organisation, other) in [(brightwater, "Newleaf"), (newleaf, "Brightwater")] {
        let of = format!("FROM activity_records WHERE organisation_id = '{}'", organisation.id);
        let told = format!("SELECT count(*) {of} AND subject_kind = 'delegation'");
        assert_eq!(portal.database.number(&told), 1, "{}", organisation.name);
        let leak =
            format!("SELECT count(*) {of} AND (changes LIKE '%{other}%' OR subject_name LIKE '%{other}%')");
        assert_eq!(portal.database.number(&leak), 0, "{}", organisation.name);
    }
}

#[actix_web::test]
async fn incentives_and_support_go_over_together_with_the_customer() {
    let scene = Scene::open().await;
    let Scene { portal, brightwater, newleaf, alder, .. } = &scene;
    let named = PlainSubscription {
        incentives: Some(("4810233".to_owned(), brightwater.id)),
        ..PlainSubscription::new("Enterprise E3")
    };
    let named = portal.has_subscription(alder, named).await;
    portal.has_subscription(alder, PlainSubscription::new("Business Basic")).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/subscriptions/{named}")).await;
    ada.choose("Designated support contact", "Brightwater IT").press("Submit support contact").await;
    ada.visit(&scene.change()).await;
    ada.choose("Indirect reseller", "Newleaf (MPN ID 5910444)");
    ada.choose("Incentives", "Those that name Brightwater IT");
    ada.choose("Designated support contact", "What Brightwater IT helps with goes to the new reseller");
    ada.press("See the consequences").await;
    ada.sees("1 subscription names Newleaf for incentives from then on.");
    ada.sees("Newleaf is the Designated support contact of 1 subscription from then on.");
    ada.sees_not("stays the reseller (MPN ID)");
    ada.press("Change reseller").await;
    ada.sees_row(&["Newleaf", "1 of 2", "Enterprise E3"]).sees_no_row(&["Brightwater IT", "of 2"]);
    let now = format!(
        "SELECT count(*) FROM subscriptions WHERE mpn_id = '5910444' AND mpn_reseller_id = '{id}'
            AND support_organisation_id = '{id}'",
        id = newleaf.id
    );
    assert_eq!(portal.database.number(&now), 1);
    for (organisation, action) in [
        (&portal.harbor, "update_mpn_association"),
        (brightwater, "remove_mpn_association"),
        (brightwater, "end_support_contact"),
        (newleaf, "create_mpn_association"),
    ] {
        let records = format!(
            "SELECT count(*) FROM activity_records WHERE organisation_id = '{}' AND action = '{action}'",
            organisation.id
        );
        assert_eq!(portal.database.number(&records), 1, "{action}");
    }
}

#[actix_web::test]
async fn ticked_subscriptions_name_the_reseller_and_no_others() {
    let scene = Scene::open().await;
    let Scene { portal, newleaf, alder, .. } = &scene;
    for name in ["Business Basic", "Enterprise E3"] {
        portal.has_subscription(alder, PlainSubscription::new(name)).await;
    }
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&scene.association()).await;
    sam.choose("Indirect reseller", "Newleaf (MPN ID 5910444)")
        .choose("Incentives", "Those that are ticked here");
    sam.press("See the consequences").await;
    sam.sees_problem("Incentives", "Tick at least one.");
    sam.check("Enterprise E3").press("See the consequences").await;
    sam.sees("Brightwater IT goes on administering this customer beside it.");
    // Going back keeps what was chosen.
    sam.press("Choose otherwise").await;
    assert_eq!(sam.field("Enterprise E3"), "on");
    does(&mut sam, "Associate reseller").await;
    let named =
        format!("SELECT nickname AS text FROM subscriptions WHERE mpn_reseller_id = '{}'", newleaf.id);
    assert_eq!(portal.database.texts(&named), ["Enterprise E3"]);
    assert_eq!(scene.lasting(), 2);
}

#[actix_web::test]
async fn without_a_partner_to_choose_the_page_says_so() {
    let portal = Portal::open().await;
    let alder = portal.has_customer("Alder").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{alder}/relationships/new")).await;
    sam.sees("You are not in partnership with any indirect reseller.").sees_link("Request a partnership");
    let partner = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_delegation(&alder, &partner).await;
    sam.reload().await;
    sam.sees("All your partners administer this customer already.");
}

#[actix_web::test]
async fn what_the_customer_took_away_no_partner_gives_again() {
    let scene = Scene::open().await;
    let Scene { portal, alder, delegation, .. } = &scene;
    portal.has_ended(delegation).await;
    let mut planning = portal.browser_of(Role::SalesAgent).await;
    let day = Moment::now().plus_days(5);
    planning.visit(&scene.association()).await;
    planning
        .choose("Indirect reseller", "Brightwater IT (MPN ID 4810233)")
        .choose("When it changes", "On a day");
    planning.fill("On this day (optional)", &day.day().to_string());
    does(&mut planning, "Plan it").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&scene.association()).await;
    sam.choose("Indirect reseller", "Brightwater IT (MPN ID 4810233)").press("See the consequences").await;
    portal.database.change(&format!("UPDATE delegations SET is_revoked = TRUE WHERE id = '{delegation}'"));
    // Whoever has the form open meets the rule, and so does the portal on the planned day.
    sam.press("Associate reseller").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees("The customer does not give delegated admin");
    portal.does("carry_out_delegation_plans", day).await;
    planning.reload().await;
    planning
        .sees_row(&["Brightwater IT is associated", "Not done The customer does not give delegated admin"]);
    planning.sees_row(&["Brightwater IT", "Removed by the customer"]);
    // Where it is the provider's own, no reseller is let in.
    portal.database.change(&format!(
        "UPDATE customers SET is_delegated = FALSE, undelegated_at = CURRENT_TIMESTAMP WHERE id = '{alder}'"
    ));
    planning.reload().await;
    planning.sees("Until then no reseller can be associated").sees_no_link("Associate a reseller");
    planning.visit(&scene.association()).await;
    planning.sees("No reseller can be chosen.").sees("The customer does not give delegated admin");
    assert_eq!(scene.lasting(), 0);
}

#[actix_web::test]
async fn what_is_given_for_a_customer_that_took_it_from_the_provider_is_not_prolonged() {
    let scene = Scene::open().await;
    let Scene { portal, alder, delegation, .. } = &scene;
    scene.ends_in(20);
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    let path = format!("{}/{delegation}/prolongation", scene.ledger());
    sam.visit(&path).await;
    sam.choose("Until when", "Open: until somebody ends it");
    let mut list = portal.browser_of(Role::SalesAgent).await;
    list.visit("/delegations/ending").await;
    list.check("Brightwater IT for Alder").choose("Until when", "Open: until somebody ends it");
    portal.database.change(&format!("UPDATE customers SET is_delegated = FALSE WHERE id = '{alder}'"));
    sam.press("Save").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees("The customer does not give delegated admin");
    list.press("Prolong what is ticked").await;
    list.sees_heading("Nothing ends soon");
    assert_eq!(portal.database.number("SELECT count(*) FROM delegations WHERE ends_on IS NULL"), 0);
    sam.visit(&scene.ledger()).await;
    sam.sees_row(&["Brightwater IT", "Active"]).sees_no_link("Prolong Brightwater IT");
}

#[actix_web::test]
async fn only_the_customers_own_provider_associates() {
    let scene = Scene::open().await;
    let portal = &scene.portal;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "DE").await;
    portal.has_partnership(&summit, &scene.brightwater).await;
    let mut stranger = portal.browser_in(&summit, &[Role::GlobalAdmin]).await;
    let fresh = twotier::values::id::DelegationId::new().to_string();
    for path in [scene.association(), scene.change()] {
        stranger.visit(&path).await;
        assert_eq!(stranger.status(), StatusCode::NOT_FOUND, "{path}");
        let fields = [
            ("step", "do"),
            ("reseller", scene.brightwater.id.as_str()),
            ("delegation", fresh.as_str()),
            ("plan", fresh.as_str()),
            ("mark", ""),
        ];
        stranger.post(&path, &fields).await;
        assert_eq!(stranger.status(), StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(scene.lasting(), 1);
    // Changing ends something, too, which takes more than associating.
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&scene.ledger()).await;
    sam.sees_link("Associate a reseller").sees_no_link("Change or remove Brightwater IT");
}

/// What the form in view sends for a reseller, to be done.
fn sent(browser: &Browser, reseller: &Organisation) -> Vec<(&'static str, String)> {
    let kept = ["delegation", "plan", "mark"].map(|name| (name, hidden(browser, name)));
    let chosen = [("step", "do".to_owned()), ("reseller", reseller.id.to_string())];
    kept.into_iter().chain(chosen).collect()
}

fn pairs<'a>(form: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    form.iter().map(|(name, value)| (*name, value.as_str())).collect()
}
