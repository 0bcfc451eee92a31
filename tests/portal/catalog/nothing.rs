//! New subscription without an offer says the true reason, and who can mend it.

use twotier::catalog::model::Qualification;

use super::keeper;
use crate::ordering::begun::sam_chooses;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

#[actix_web::test]
async fn an_installation_without_offers_says_so_and_whom_to_ask() {
    let portal = Portal::open().await;
    keeper(&portal).await;
    let (sam, _) = sam_chooses(&portal, "fabrikam", None).await;
    sam.sees("There is no offer in the catalog yet.").sees("Twotier operator").sees_link("See the catalog");
}

#[actix_web::test]
async fn offers_for_other_countries_and_customers_are_no_riddle() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer { countries: "FR;US".into(), ..PlainOffer::new("Abroad", 100) }).await;
    let (mut sam, _) = sam_chooses(&portal, "fabrikam", None).await;
    sam.sees("No offer with a price in your currency is sold in Germany, your country.");
    let qualification = Qualification::Nonprofit;
    portal.has_offer(PlainOffer { qualification, ..PlainOffer::new("For charities", 0) }).await;
    sam.reload().await;
    sam.sees("takes a special qualification, and this customer has none");
}

#[actix_web::test]
async fn a_search_without_a_find_can_be_cleared() {
    let portal = Portal::open().await;
    portal.has_offer(PlainOffer::new("Suite", 2000)).await;
    let (mut sam, _) = sam_chooses(&portal, "fabrikam", None).await;
    sam.fill("Search offers", "zzz").press("Search").await;
    sam.sees("has “zzz” in its name or description");
    sam.follow("Clear the search").await;
    sam.sees("€ 20.00 a month");
}
