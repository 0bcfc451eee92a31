//! Reseller (MPN ID) and the Designated support contact.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use twotier::access::{OrganisationKind, Role};
use twotier::db::schema::{locations, organisations, partnerships};
use twotier::values::id::{OrganisationId, SubscriptionId};

use super::{actions, brightwater_administers_contoso, contoso_has_basic, log, page};
use crate::support::bought::PlainSubscription;
use crate::support::portal::Portal;

#[actix_web::test]
async fn a_reseller_is_set_changed_and_cleared() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_partner("Newleaf", "FR", "5910444").await;
    portal.has_location(&brightwater, "Berlin", "4810247").await;
    let (_, id) = contoso_has_basic(&portal).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    sam.sees("No reseller. Nobody earns incentives for this subscription.");
    sam.follow("Update Reseller (MPN ID)").await;
    assert_eq!(sam.field("Indirect reseller (optional)"), "No reseller");
    let main = "Brightwater IT, Main office, Hamburg (4810233)";
    sam.sees("manages the subscription").sees("Of the customer it sees the name");
    sam.choose("Indirect reseller (optional)", main).press("Submit").await;
    sam.sees("The reseller (MPN ID) is set.").sees("Brightwater IT (4810233), Hamburg");
    sam.follow("Update Reseller (MPN ID)").await;
    sam.fill("Or enter an MPN ID (optional)", " 4810247 ").press("Submit").await;
    sam.sees("Brightwater IT (4810247)");
    sam.follow("Update Reseller (MPN ID)").await;
    // Another location than the partnership's stands in the list, too.
    assert_eq!(sam.field("Indirect reseller (optional)"), "Brightwater IT, Berlin, Hamburg (4810247)");
    sam.choose("Indirect reseller (optional)", "Newleaf (5910444)").press("Submit").await;
    sam.sees("Newleaf (5910444)");
    sam.follow("Update Reseller (MPN ID)").await;
    sam.press("Submit").await;
    sam.sees("Nothing was changed");
    sam.follow("Update Reseller (MPN ID)").await;
    sam.choose("Indirect reseller (optional)", "No reseller").press("Submit").await;
    sam.sees("The reseller (MPN ID) is cleared.").sees("No reseller. Nobody earns incentives");
    let done = actions(&portal, &portal.harbor.id, &id).await;
    let expected = [
        "create_mpn_association",
        "update_mpn_association",
        "update_mpn_association",
        "remove_mpn_association",
    ];
    assert_eq!(done, expected);
    let (_, changes, _) = log(&portal, &portal.harbor.id, &id).await.remove(2);
    assert!(changes.contains(r#""old":"4810247","new":"5910444""#), "{changes}");
    assert!(changes.contains(r#""old":"Brightwater IT","new":"Newleaf""#), "{changes}");
}

#[actix_web::test]
async fn a_resellers_history_tells_what_concerns_it_and_of_no_other_reseller() {
    let portal = Portal::open().await;
    let (brightwater, contoso, id) = brightwater_administers_contoso(&portal).await;
    let newleaf = portal.has_partner("Newleaf", "FR", "5910444").await;
    portal.has_delegation(&contoso, &newleaf).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    for mpn_id in ["4810233", "5910444"] {
        sam.visit(&format!("{}/reseller", page(&id))).await;
        sam.fill("Or enter an MPN ID (optional)", mpn_id).press("Submit").await;
        sam.sees(mpn_id);
    }
    for (reseller, own, other) in
        [(&brightwater, "4810233", ["Newleaf", "5910444"]), (&newleaf, "5910444", ["Brightwater", "4810233"])]
    {
        let mut owner = portal.browser_in(reseller, &[Role::AdminAgent]).await;
        owner.visit(&page(&id)).await;
        owner.within("History").sees(own);
        for hidden in other {
            owner.sees_not(hidden);
        }
    }
}

#[actix_web::test]
async fn an_mpn_id_that_cannot_earn_says_why() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    portal.has_location(&portal.harbor, "Harbor", "1000001").await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit", "DE").await;
    portal.has_location(&summit, "Summit", "1000002").await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let head_office = portal.has_location(&brightwater, "Head office", "1000003").await;
    portal.has_partner("Far Away", "US", "1000004").await;
    let paused = portal.has_partner("Paused", "DE", "1000005").await;
    portal.has_reseller("Stranger", "DE", "1000006").await;
    let gone = portal.has_partner("Gone", "DE", "1000007").await;
    let prepare = move |conn: &mut twotier::db::Connection| {
        diesel::update(locations::table.find(&head_office))
            .set(locations::is_head_office.eq(true))
            .execute(conn)?;
        diesel::update(organisations::table.find(&paused.id))
            .set(organisations::state.eq("suspended"))
            .execute(conn)?;
        diesel::update(partnerships::table.filter(partnerships::reseller_id.eq(&gone.id)))
            .set(partnerships::state.eq("removed"))
            .execute(conn)?;
        Ok(())
    };
    portal.db.write(prepare).await.expect("prepared");
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("{}/reseller", page(&id))).await;
    sam.sees_not("Gone (1000007)");
    for (typed, words) in [
        ("Brightwater", "Enter a number in digits."),
        ("12", "Enter 4 to 10 digits."),
        ("9999999", "No partner has this MPN ID."),
        ("1000001", "This is your own MPN ID."),
        ("1000002", "This MPN ID does not belong to an indirect reseller."),
        ("1000003", "This MPN ID belongs to a head office"),
        ("1000004", "This reseller is in another region"),
        ("1000005", "This reseller is suspended. Whoever runs this portal can lift that"),
        ("1000006", "This reseller is not in partnership with you."),
        ("1000007", "This reseller is not in partnership with you."),
    ] {
        sam.fill("Or enter an MPN ID (optional)", typed).press("Submit").await;
        assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        sam.sees_problem("Or enter an MPN ID (optional)", words);
        assert_eq!(sam.field("Or enter an MPN ID (optional)"), typed);
    }
    sam.choose("Indirect reseller (optional)", "Brightwater IT (4810233)");
    sam.fill("Or enter an MPN ID (optional)", "4810247").press("Submit").await;
    sam.sees_problem("Or enter an MPN ID (optional)", "not both");
    let results: Vec<_> = log(&portal, &portal.harbor.id, &id).await.into_iter().map(|row| row.2).collect();
    assert_eq!(results, ["failed"; 8], "each refusal of a real number is on record");
}

#[actix_web::test]
async fn the_provider_supports_unless_somebody_else_is_designated() {
    let portal = Portal::open().await;
    let (contoso, id) = contoso_has_basic(&portal).await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_partner("No delegation", "DE", "4810234").await;
    let unpartnered = portal.has_reseller("No partnership", "DE", "4810235").await;
    portal.has_delegation(&contoso, &unpartnered).await;
    let delegation = portal.has_delegation(&contoso, &brightwater).await;
    has_support_profile(&portal, &brightwater.id).await;
    let mut heidi = portal.browser_of(Role::HelpdeskAgent).await;
    heidi.visit(&page(&id)).await;
    assert_eq!(heidi.field("Designated support contact"), "Harbor Distribution");
    heidi.sees("Not given").sees_not("No delegation").sees_not("No partnership");
    heidi.choose("Designated support contact", "Brightwater IT").press("Submit support contact").await;
    heidi.sees("The designated support contact is changed.");
    heidi
        .sees_link("help@brightwater.example")
        .sees("+49 40 1234")
        .sees_link("https://brightwater.example/help");
    let (action, changes, _) = log(&portal, &portal.harbor.id, &id).await.remove(0);
    assert_eq!(action, "assign_support_contact");
    assert!(changes.contains(r#""old":"Harbor Distribution","new":"Brightwater IT""#), "{changes}");
    portal.has_ended(&delegation).await;
    heidi.visit(&page(&id)).await;
    heidi.sees("Brightwater IT was chosen to support it").sees("Harbor Distribution supports it instead");
    assert_eq!(heidi.field("Designated support contact"), "Harbor Distribution");
    heidi.press("Submit support contact").await;
    heidi.sees("The designated support contact is changed.").sees_not("was chosen to support it");
}

#[actix_web::test]
async fn whoever_does_not_administer_the_customer_cannot_be_its_support_contact() {
    let portal = Portal::open().await;
    let (_, id) = contoso_has_basic(&portal).await;
    let stranger = portal.has_reseller("Stranger", "DE", "4810233").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    for chosen in [stranger.id.as_str(), "nobody", "", id.as_str()] {
        let fields = [("support", chosen), ("version", "1")];
        sam.post(&format!("{}/support-contact", page(&id)), &fields).await;
        assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY, "{chosen}");
        sam.sees_problem("Designated support contact", "Choose one from the list.").sees_not("Stranger");
    }
    assert!(support_is(&portal, &id, &portal.harbor.id).await);
}

#[actix_web::test]
async fn whoever_the_subscription_names_can_support_it_as_long_as_it_is_named() {
    let portal = Portal::open().await;
    let contoso = portal.has_customer("Contoso").await;
    let basic = PlainSubscription::new("Business Basic");
    let id = portal.has_subscription(&contoso, basic.clone()).await;
    let earns = portal.has_partner("Earns", "DE", "4810232").await;
    let named = PlainSubscription { incentives: Some(("4810232".to_owned(), earns.id)), ..basic };
    let other = portal.has_subscription(&contoso, named).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&page(&id)).await;
    let html = sam.html().to_owned();
    assert!(!html.contains(earns.id.as_str()), "named on another subscription is not named on this one");
    sam.visit(&page(&other)).await;
    sam.choose("Designated support contact", "Earns").press("Submit support contact").await;
    assert_eq!(sam.field("Designated support contact"), "Earns");
    let mut eve = portal.browser_in(&earns, &[Role::HelpdeskAgent]).await;
    eve.visit(&page(&other)).await;
    eve.sees_heading("Business Basic").sees("Contact Earns");
    // The former and the new one have it in their own logs, without each other's name.
    let own = log(&portal, &earns.id, &other).await;
    assert_eq!(own[0].0, "assign_support_contact");
    assert!(own[0].1.contains(r#""old":"","new":"Earns""#), "{}", own[0].1);
    sam.visit(&format!("{}/reseller", page(&other))).await;
    sam.choose("Indirect reseller (optional)", "No reseller").press("Submit").await;
    sam.sees("Earns was chosen to support it").sees("Harbor Distribution supports it instead");
    assert_eq!(sam.field("Designated support contact"), "Harbor Distribution");
    assert_eq!(
        actions(&portal, &earns.id, &other).await.last().map(String::as_str),
        Some("remove_mpn_association")
    );
}

#[actix_web::test]
async fn the_three_associations_are_three() {
    let portal = Portal::open().await;
    let (contoso, id) = contoso_has_basic(&portal).await;
    let administers = portal.has_partner("Administers", "DE", "4810231").await;
    portal.has_partner("Earns", "DE", "4810232").await;
    portal.has_delegation(&contoso, &administers).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("{}/reseller", page(&id))).await;
    sam.choose("Indirect reseller (optional)", "Earns (4810232)").press("Submit").await;
    sam.sees("Earns (4810232)");
    assert_eq!(sam.field("Designated support contact"), "Harbor Distribution");
    sam.choose("Designated support contact", "Administers").press("Submit support contact").await;
    sam.sees("Earns (4810232)");
    assert_eq!(sam.field("Designated support contact"), "Administers");
}

async fn has_support_profile(portal: &Portal, organisation: &OrganisationId) {
    let id = *organisation;
    let update = move |conn: &mut twotier::db::Connection| {
        diesel::update(organisations::table.find(&id))
            .set((
                organisations::support_email.eq("help@brightwater.example"),
                organisations::support_telephone.eq("+49 40 1234"),
                organisations::support_website.eq("https://brightwater.example/help"),
            ))
            .execute(conn)?;
        Ok(())
    };
    portal.db.write(update).await.expect("the profile is set");
}

async fn support_is(portal: &Portal, id: &SubscriptionId, organisation: &OrganisationId) -> bool {
    use twotier::db::schema::subscriptions;
    let id = *id;
    let kept: OrganisationId = portal
        .query(move |conn| {
            Ok(subscriptions::table.find(id).select(subscriptions::support_organisation_id).first(conn)?)
        })
        .await;
    kept == *organisation
}
