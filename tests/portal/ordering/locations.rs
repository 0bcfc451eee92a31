//! A reseller with several locations: which one earns is chosen in the order. And what is said where a partnership is
//! gone that would be named.

use diesel::prelude::*;
use twotier::access::Role;
use twotier::db::Connection;
use twotier::db::schema::{locations, partnerships};
use twotier::values::id::OrganisationId;
use twotier::values::moment::Moment;

use super::begun::sam_chooses;
use crate::support::bought::PlainSubscription;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

const MAIN: &str = "Brightwater IT, Main office, Hamburg (4810233)";
const BERLIN: &str = "Brightwater IT, Berlin, Hamburg (4810247)";

#[actix_web::test]
async fn the_location_that_earns_is_chosen_in_the_order() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Business Basic", 510)).await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_partner("Newleaf", "DE", "5910444").await;
    portal.has_location(&brightwater, "Berlin", "4810247").await;
    let head_office = portal.has_location(&brightwater, "Tower", "4810261").await;
    let make = move |conn: &mut Connection| {
        let tower = locations::table.find(&head_office);
        diesel::update(tower).set(locations::is_head_office.eq(true)).execute(conn)?;
        Ok(())
    };
    portal.db.write(make).await.expect("a head office");
    let (mut sam, _) = sam_chooses(&portal, "fabrikam", Some(&brightwater)).await;
    let field = "Reseller (MPN ID) for incentives";
    assert_eq!(sam.field(field), MAIN, "the partnership's own location comes first");
    sam.sees_not("4810261").sees("Whoever is named can open and manage what is ordered here");
    sam.choose(field, "Newleaf (5910444)").choose(field, BERLIN);
    sam.fill("Licenses of Business Basic", "3").press("Update total").await;
    assert_eq!(sam.field(field), BERLIN);
    sam.press("Next: Review").await;
    sam.sees("Brightwater IT (MPN ID 4810247, Hamburg) earns incentives for this order.");
    sam.press("Submit").await;
    sam.sees("Incentives: Brightwater IT (4810247), Hamburg");
    sam.follow("Business Basic").await;
    sam.sees("Brightwater IT (4810247), Hamburg");
    assert_eq!(portal.database.number("SELECT count(*) FROM order_lines WHERE mpn_id = '4810247'"), 1);
    // The reseller has it in its own log, for it may open the subscription from now on.
    let told = format!(
        "SELECT count(*) FROM activity_records WHERE organisation_id = '{}' AND action = 'create_mpn_association'",
        brightwater.id
    );
    assert_eq!(portal.database.number(&told), 1);
}

#[actix_web::test]
async fn an_order_says_what_a_reseller_may_see_that_does_not_administer_the_customer() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Business Basic", 510)).await;
    portal.has_partner("Newleaf", "DE", "5910444").await;
    let contoso = portal.has_customer("Contoso").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{contoso}/subscriptions/new")).await;
    sam.choose("Reseller (MPN ID) for incentives", "Newleaf (5910444)");
    sam.fill("Licenses of Business Basic", "3").press("Next: Review").await;
    sam.sees("Newleaf can open and manage what is ordered").sees("It does not administer Contoso");
    sam.press("Submit").await;
    sam.sees("Whoever earns incentives can open and manage what was ordered");
}

#[actix_web::test]
async fn a_removed_partnership_is_named_where_its_reseller_used_to_be_chosen() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Business Basic", 510)).await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    let contoso = portal.has_customer("Contoso").await;
    portal.has_delegation(&contoso, &brightwater).await;
    portal.has_subscription(&contoso, PlainSubscription::new("Enterprise E3")).await;
    let (mut sam, draft) = sam_chooses(&portal, "fabrikam", Some(&brightwater)).await;
    sam.choose("Reseller (MPN ID) for incentives", "Brightwater IT (4810233)");
    sam.fill("Licenses of Business Basic", "3").press("Update total").await;
    let mut other = portal.browser_of(Role::SalesAgent).await;
    other.visit(&format!("/customers/{contoso}/subscriptions/new")).await;
    other.sees_not("was removed on");
    has_removed(&portal, &brightwater.id).await;
    other.reload().await;
    other.sees("The partnership with Brightwater IT was removed on");
    other.visit("/customers").await;
    other.choose("Indirect reseller", "Brightwater IT (4810233)").press("Apply").await;
    other.follow("Add customer").await;
    other
        .sees("The partnership with Brightwater IT was removed on")
        .sees("It cannot administer a new customer.");
    sam.visit(&format!("/drafts/{draft}/customer")).await;
    sam.sees("The partnership with Brightwater IT was removed on");
    // A partnership that was made anew is one.
    portal.has_partnership(&portal.harbor, &brightwater).await;
    sam.reload().await;
    sam.sees_not("was removed on");
}

async fn has_removed(portal: &Portal, reseller: &OrganisationId) {
    let reseller = *reseller;
    let remove = move |conn: &mut Connection| {
        diesel::update(partnerships::table.filter(partnerships::reseller_id.eq(&reseller)))
            .set((partnerships::state.eq("removed"), partnerships::removed_at.eq(Moment::now())))
            .execute(conn)?;
        Ok(())
    };
    portal.db.write(remove).await.expect("the partnership is removed");
}
