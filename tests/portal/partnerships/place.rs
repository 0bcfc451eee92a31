//! By which location a reseller takes part in a partnership.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use twotier::access::Role;
use twotier::db::Connection;
use twotier::db::schema::{locations, partnerships};

use super::owner;
use crate::support::bought::PlainSubscription;
use crate::support::portal::Portal;

#[actix_web::test]
async fn a_reseller_changes_its_location_for_new_orders_and_subscriptions_keep_theirs() {
    let portal = Portal::open().await;
    let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
    portal.has_location(&brightwater, "Berlin", "4810247").await;
    let contoso = portal.has_customer("Contoso").await;
    let named = Some(("4810233".to_owned(), brightwater.id));
    let basic = PlainSubscription { incentives: named, ..PlainSubscription::new("Business Basic") };
    portal.has_subscription(&contoso, basic).await;
    let mut olga = owner(&portal, &brightwater).await;
    olga.visit("/providers").await;
    olga.follow("Change your location for Harbor Distribution").await;
    olga.sees("The 1 subscription that names MPN ID 4810233 keeps it.");
    let mut second_tab = olga.clone_session();
    second_tab.visit(olga.path()).await;
    olga.choose("Location", "Berlin, Hamburg (4810247)").press("Change location").await;
    olga.sees("Harbor Distribution is offered your MPN ID 4810247 first in new orders from now on.");
    assert_eq!(
        olga.cell("Harbor Distribution", "Your MPN ID"),
        "4810247 Change your location for Harbor Distribution"
    );
    second_tab.press("Change location").await;
    assert_eq!(second_tab.status(), StatusCode::CONFLICT);
    second_tab.sees("Somebody chose another location after you had opened the page.");
    second_tab.press("Change location").await;
    second_tab.sees("new orders from now on");
    let records = "SELECT count(*) FROM activity_records WHERE action = 'change_partnership_location'";
    for organisation in [&portal.harbor.id, &brightwater.id] {
        assert_eq!(portal.database.number(&format!("{records} AND organisation_id = '{organisation}'")), 2);
    }
    assert_eq!(portal.database.number("SELECT count(*) FROM subscriptions WHERE mpn_id = '4810233'"), 1);
}

#[actix_web::test]
async fn only_an_own_location_that_earns_can_be_chosen() {
    let portal = Portal::open().await;
    let (brightwater, newleaf) = portal.has_two_partners().await;
    let tower = portal.has_location(&brightwater, "Tower", "4810261").await;
    let (of, reseller, head_office) = (newleaf.id, brightwater.id, tower);
    let (partnership, foreign): (twotier::values::id::PartnershipId, twotier::values::id::LocationId) =
        portal
            .query(move |conn: &mut Connection| {
                diesel::update(locations::table.find(&head_office))
                    .set(locations::is_head_office.eq(true))
                    .execute(conn)?;
                let own = partnerships::table.filter(partnerships::reseller_id.eq(&reseller));
                let foreign =
                    locations::table.filter(locations::organisation_id.eq(&of)).select(locations::id);
                Ok((own.select(partnerships::id).first(conn)?, foreign.first(conn)?))
            })
            .await;
    let path = format!("/providers/{partnership}/location");
    let mut olga = owner(&portal, &brightwater).await;
    olga.visit(&path).await;
    olga.sees("There is no other location to choose");
    let shown: twotier::values::id::LocationId = portal
        .query(move |conn| {
            Ok(partnerships::table
                .filter(partnerships::reseller_id.eq(&brightwater.id))
                .select(partnerships::location_id)
                .first(conn)?)
        })
        .await;
    for chosen in [tower.as_str(), foreign.as_str(), "nowhere", ""] {
        olga.post(&path, &[("shown", shown.as_str()), ("location", chosen)]).await;
        assert_eq!(olga.status(), StatusCode::UNPROCESSABLE_ENTITY, "{chosen}");
    }
    let mut nora = portal.browser_in(&newleaf, &[Role::GlobalAdmin]).await;
    nora.visit(&path).await;
    assert_eq!(nora.status(), StatusCode::NOT_FOUND);
    nora.post(&path, &[("shown", shown.as_str()), ("location", foreign.as_str())]).await;
    assert_eq!(nora.status(), StatusCode::NOT_FOUND);
}
