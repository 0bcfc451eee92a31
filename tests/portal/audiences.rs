//! A provider keeps offers for some of its resellers, or from some: from the next order on.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::partners::model::Organisation;
use twotier::values::id::{CustomerId, OfferId, SubscriptionId};

use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

const WHO: &str = "Reseller (MPN ID) for incentives";

/// Contoso of Brightwater's, Newleaf, and an offer.
struct Scene {
    portal: Portal,
    brightwater: Organisation,
    newleaf: Organisation,
    contoso: CustomerId,
    suite: OfferId,
}

impl Scene {
    async fn open() -> Scene {
        let portal = Portal::open().await;
        let suite = portal.has_offer(PlainOffer::new("Suite", 2000)).await;
        let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
        let newleaf = portal.has_partner("Newleaf", "DE", "5910444").await;
        let contoso = portal.has_customer("Contoso").await;
        portal.has_delegation(&contoso, &brightwater).await;
        Scene { portal, brightwater, newleaf, contoso, suite }
    }

    /// A subscription of Contoso that names Brightwater.
    async fn named(&self, plain: PlainSubscription) -> SubscriptionId {
        let incentives = Some(("4810233".to_owned(), self.brightwater.id));
        self.portal.has_subscription(&self.contoso, PlainSubscription { incentives, ..plain }).await
    }

    fn page(&self) -> String {
        format!("/catalog/{}/resellers", self.suite)
    }

    /// Ada lets everybody be named but Brightwater.
    async fn closes_to_brightwater(&self) -> Browser {
        let mut ada = self.portal.browser_of(Role::AdminAgent).await;
        ada.visit(&format!("/catalog/{}", self.suite)).await;
        ada.sees("Every reseller that you are in partnership with.");
        ada.follow("Choose who can be named").await;
        ada.choose("Who can be named", "Every reseller except those ticked").check("Brightwater IT");
        ada.press("Save").await;
        ada.sees_heading("Suite").sees("Every reseller except these: Brightwater IT.");
        ada
    }
}

#[actix_web::test]
async fn what_is_closed_to_a_reseller_is_ordered_with_another_one_or_with_none() {
    let scene = Scene::open().await;
    scene.closes_to_brightwater().await;
    let mut sam = scene.portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{}/subscriptions/new", scene.contoso)).await;
    assert_eq!(sam.field(WHO), "Brightwater IT (4810233)");
    sam.sees("Not open to the reseller that is named.");
    sam.fill("Licenses of Suite", "5").press("Next: Review").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees("does not let the reseller that is named be named on this offer");
    assert_eq!(sam.field("Licenses of Suite"), "5", "nothing typed is lost");
    sam.choose(WHO, "Newleaf (5910444)").press("Next: Review").await;
    sam.sees_heading("Review").sees("Newleaf (MPN ID 5910444) earns incentives");
    sam.press("Submit").await;
    sam.sees_heading("Confirmation");
}

#[actix_web::test]
async fn what_is_closed_after_review_is_not_ordered() {
    let scene = Scene::open().await;
    let mut sam = scene.portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/{}/subscriptions/new", scene.contoso)).await;
    sam.fill("Licenses of Suite", "5").press("Next: Review").await;
    let mut ada = scene.closes_to_brightwater().await;
    sam.press("Submit").await;
    sam.sees("does not let the reseller that is named be named on this offer");
    assert_eq!(scene.portal.database.number("SELECT count(*) FROM orders"), 0);
    // And open again, it is.
    ada.follow("Choose who can be named").await;
    ada.choose("Who can be named", "Every reseller").press("Save").await;
    ada.sees("Every reseller that you are in partnership with.");
    sam.press("Next: Review").await;
    sam.press("Submit").await;
    sam.sees_heading("Confirmation");
}

#[actix_web::test]
async fn whoever_it_concerns_is_told_and_nobody_else() {
    let scene = Scene::open().await;
    let mut ada = scene.closes_to_brightwater().await;
    ada.visit("/activity").await;
    ada.sees("Choose which resellers can be named on an offer").sees("Brightwater IT");
    ada.visit("/resellers").await;
    ada.sees("View offers that are not open to it");
    ada.visit(&format!("/resellers/{}/offers", scene.brightwater.id)).await;
    ada.sees_heading("Offers that are not open to Brightwater IT").sees_link("Suite");
    ada.visit(&format!("/resellers/{}/offers", scene.newleaf.id)).await;
    ada.sees("It can be named on every offer");
    ada.visit(&format!("/resellers/{}/offers", scene.portal.harbor.id)).await;
    assert_eq!(ada.status(), StatusCode::NOT_FOUND);

    let mut bo = scene.portal.browser_in(&scene.brightwater, &[Role::AdminAgent]).await;
    bo.visit("/providers").await;
    bo.sees("Does not name you on new orders of Suite.");
    bo.visit("/activity").await;
    bo.sees("Choose which resellers can be named on an offer");
    let mut nora = scene.portal.browser_in(&scene.newleaf, &[Role::AdminAgent]).await;
    nora.visit("/providers").await;
    nora.sees_not("Does not name you");
    let told = "SELECT organisation_id || ' ' || kind || ' ' || subject_name AS text FROM notifications";
    assert_eq!(scene.portal.database.texts(told), [format!("{} offer_closed Suite", scene.brightwater.id)]);

    // Only Newleaf: for Brightwater nothing changes by it.
    ada.visit(&scene.page()).await;
    ada.choose("Who can be named", "Only the resellers ticked");
    ada.uncheck("Brightwater IT").check("Newleaf").press("Save").await;
    ada.sees("Only these resellers: Newleaf.");
    assert_eq!(scene.portal.database.texts(told).len(), 1);
    // Who comes later is not among them.
    let later = scene.portal.has_partner("Fjord Cloud", "DE", "6001234").await;
    ada.visit(&format!("/resellers/{}/offers", later.id)).await;
    ada.sees_link("Suite");
    ada.visit(&scene.page()).await;
    ada.choose("Who can be named", "Every reseller").press("Save").await;
    let opened = "SELECT count(*) FROM notifications WHERE kind = 'offer_opened'";
    assert_eq!(scene.portal.database.number(opened), 2, "Brightwater and Fjord Cloud");
}

#[actix_web::test]
async fn a_choice_names_somebody_and_overwrites_nobodys() {
    let scene = Scene::open().await;
    let mut ada = scene.portal.browser_of(Role::AdminAgent).await;
    ada.visit(&scene.page()).await;
    let (mut late, mut forger) = (ada.duplicate(), ada.duplicate());
    ada.choose("Who can be named", "Only the resellers ticked").press("Save").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees("Tick at least one reseller, or choose “Every reseller”.");
    let mut again = ada.check("Newleaf").duplicate();
    ada.press("Save").await;
    again.press("Save").await;
    again.sees("Nothing was changed.");
    late.choose("Who can be named", "Every reseller except those ticked").check("Newleaf");
    late.press("Save").await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    late.sees("Somebody changed this after you had opened it.").sees("Only the resellers ticked");
    late.press("Save").await;
    late.sees("Every reseller except these: Newleaf.");
    // Who is no partner cannot be listed, and is not told apart from who does not exist.
    let stranger = scene.portal.has_reseller("Stranger", "DE", "7001234").await;
    for id in [stranger.id.to_string(), "nobody".to_owned()] {
        let sent = [("version", "2"), ("rule", "only"), ("listed", id.as_str())];
        forger.post(&scene.page(), &sent).await;
        assert_eq!(forger.status(), StatusCode::BAD_REQUEST);
    }
    let mut sam = scene.portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/catalog/{}", scene.suite)).await;
    sam.sees("Every reseller except these: Newleaf.").sees_no_link("Choose who can be named");
    let mut robin = crate::catalog::keeper(&scene.portal).await;
    robin.visit(&format!("/catalog/{}", scene.suite)).await;
    robin.sees_not("Resellers that can be named");
}

#[actix_web::test]
async fn what_runs_keeps_whom_it_names_and_is_given_to_no_other_one_that_is_left_out() {
    let scene = Scene::open().await;
    let id = scene.named(PlainSubscription::new("Office")).await;
    scene.portal.has_location(&scene.brightwater, "Berlin", "4810247").await;
    let office = scene.portal.offer_of(&id).await;
    let mut ada = scene.portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/catalog/{office}/resellers")).await;
    ada.choose("Who can be named", "Every reseller except those ticked");
    ada.check("Brightwater IT").check("Newleaf").press("Save").await;
    let mut sam = scene.portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/subscriptions/{id}/reseller")).await;
    sam.sees("Resellers to which your organization has not opened Office are left out.").sees_not("Newleaf");
    sam.fill("Or enter an MPN ID (optional)", "5910444").press("Submit").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees("does not let this reseller be named on Office");
    let reseller = "SELECT mpn_reseller_id AS text FROM subscriptions";
    assert_eq!(scene.portal.database.texts(reseller), [scene.brightwater.id.to_string()]);
    sam.fill("Or enter an MPN ID (optional)", "");
    // Another location of the one that it names is no other reseller.
    let berlin = "Brightwater IT, Berlin, Hamburg (4810247)";
    sam.choose("Indirect reseller (optional)", berlin).press("Submit").await;
    let mpn_id = "SELECT mpn_id AS text FROM subscriptions";
    assert_eq!(scene.portal.database.texts(mpn_id), ["4810247"]);
}

#[actix_web::test]
async fn a_trial_does_not_become_what_is_closed_to_its_reseller() {
    let scene = Scene::open().await;
    let id = scene.named(PlainSubscription::trial("Suite Trial")).await;
    let paid = scene.suite;
    scene.portal.database.change(&format!("UPDATE offers SET converts_to = '{paid}' WHERE is_trial"));
    let mut sam = scene.portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/subscriptions/{id}/conversion")).await;
    sam.press("Show what it costs").await;
    scene.closes_to_brightwater().await;
    sam.press("Convert to paid").await;
    assert_eq!(sam.status(), StatusCode::UNPROCESSABLE_ENTITY);
    sam.sees("does not let the reseller that is named be named on this offer");
    assert_eq!(scene.portal.database.number("SELECT count(*) FROM subscriptions WHERE is_trial"), 1);
    sam.follow("Update Reseller (MPN ID)").await;
    sam.sees_heading("Reseller (MPN ID)");
}

#[actix_web::test]
async fn nothing_is_upgraded_to_what_is_closed_to_its_reseller() {
    let scene = Scene::open().await;
    let id = scene.named(PlainSubscription::new("Basic")).await;
    let from = scene.portal.offer_of(&id).await;
    scene.portal.database.change(&format!(
        "INSERT INTO offer_upgrades (offer_id, target_id) VALUES ('{from}', '{}')",
        scene.suite
    ));
    let mut ada = scene.portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/subscriptions/{id}/upgrade")).await;
    ada.press("Show what it costs").await;
    scene.closes_to_brightwater().await;
    ada.press("Upgrade now").await;
    assert_eq!(ada.status(), StatusCode::UNPROCESSABLE_ENTITY);
    ada.sees("does not let the reseller that is named be named on this offer");
    assert_eq!(scene.portal.database.number("SELECT count(*) FROM subscriptions"), 1);
    ada.visit(&format!("/subscriptions/{id}/upgrade")).await;
    ada.sees("does not let the reseller that is named be named on this offer");
    ada.sees_link("Update Reseller (MPN ID)");
}

#[actix_web::test]
async fn a_customer_that_changes_its_reseller_leaves_what_is_closed_to_the_new_one_without() {
    let scene = Scene::open().await;
    for name in ["Office", "Mail"] {
        scene.named(PlainSubscription::new(name)).await;
    }
    let offer = scene.portal.database.texts("SELECT id AS text FROM offers WHERE name = 'Office'").remove(0);
    let mut ada = scene.portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/catalog/{offer}/resellers")).await;
    ada.choose("Who can be named", "Every reseller except those ticked").check("Newleaf").press("Save").await;
    ada.visit(&format!("/customers/{}/relationships", scene.contoso)).await;
    ada.follow("Change or remove Brightwater IT").await;
    ada.choose("Indirect reseller", "Newleaf (MPN ID 5910444)");
    ada.choose("Incentives", "Those that name Brightwater IT").press("See the consequences").await;
    ada.sees("names nobody instead where its offer is not open to Newleaf");
    ada.press("Change reseller").await;
    let named = "SELECT offer_name || ' ' || mpn_id AS text FROM subscriptions ORDER BY offer_name";
    assert_eq!(scene.portal.database.texts(named), ["Mail 5910444", "Office "]);
    ada.visit("/activity").await;
    ada.sees("Refused by a rule");
}

#[actix_web::test]
async fn what_one_provider_decides_is_nothing_to_another() {
    let scene = Scene::open().await;
    scene.closes_to_brightwater().await;
    let kestrel =
        scene.portal.has_organisation(twotier::access::OrganisationKind::Provider, "Kestrel", "DE").await;
    scene.portal.has_partnership(&kestrel, &scene.brightwater).await;
    let mut kim = scene.portal.browser_in(&kestrel, &[Role::AdminAgent]).await;
    kim.visit(&format!("/catalog/{}", scene.suite)).await;
    kim.sees("Every reseller that you are in partnership with.");
    kim.visit(&format!("/resellers/{}/offers", scene.brightwater.id)).await;
    kim.sees("It can be named on every offer");
    let juniper = scene.portal.has_customer_of(&kestrel, "Juniper").await;
    kim.visit(&format!("/customers/{juniper}/subscriptions/new")).await;
    kim.choose(WHO, "Brightwater IT (4810233)").fill("Licenses of Suite", "5").press("Next: Review").await;
    kim.sees_heading("Review");
}

#[actix_web::test]
async fn who_has_left_stays_listed_and_is_told_nothing() {
    let scene = Scene::open().await;
    let mut ada = scene.closes_to_brightwater().await;
    scene.portal.has_removed_partnerships().await;
    scene.portal.has_partner("Fjord Cloud", "DE", "6001234").await;
    scene.portal.database.change("DELETE FROM notifications");
    ada.visit(&scene.page()).await;
    ada.sees("No partner any more");
    ada.press("Save").await;
    ada.sees("Nothing was changed.").sees("Every reseller except these: Brightwater IT.");
    ada.visit(&scene.page()).await;
    ada.choose("Who can be named", "Every reseller").press("Save").await;
    assert_eq!(scene.portal.database.number("SELECT count(*) FROM notifications"), 0);
}

#[actix_web::test]
async fn without_a_partner_there_is_nothing_to_choose() {
    let portal = Portal::open().await;
    let suite = portal.has_offer(PlainOffer::new("Suite", 2000)).await;
    let mut ada = portal.browser_of(Role::AdminAgent).await;
    ada.visit(&format!("/catalog/{suite}/resellers")).await;
    ada.sees("No reseller to choose from").sees_no_button("Save");
}
