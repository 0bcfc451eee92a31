//! One text in several languages: whoever reads another one reads its text, where there is one.

use super::{asked, count};
use crate::support::browser::Browser;
use crate::support::fixtures::publish_in;
use crate::support::portal::Portal;
use twotier::access::{OrganisationKind, Role};

async fn robin(portal: &Portal) -> Browser {
    let operator = portal.has_organisation(OrganisationKind::Operator, "Operator", "DE").await;
    portal.browser_in(&operator, &[Role::GlobalAdmin]).await
}

fn reader(portal: &Portal, language: &str) -> Browser {
    let mut ada = portal.browser();
    ada.set_cookie("twotier-language", language);
    ada
}

#[actix_web::test]
async fn a_customer_reads_the_text_in_its_language_and_may_accept_that_one() {
    let portal = Portal::open().await;
    let mut robin = robin(&portal).await;
    publish_in(&mut robin, ("", "en"), "You use the cloud.").await;
    let (_, link) = asked(&portal).await;
    // A text more in another language takes the link nothing.
    publish_in(&mut robin, ("", "zh-Hant"), "您使用雲端。").await;
    robin.sees_row(&["All countries, version 1", "English", "Holds"]);
    robin.sees_row(&["All countries, version 1", "繁體中文", "Holds"]);
    let mut wen = reader(&portal, "zh-Hant");
    wen.visit(&link).await;
    wen.sees("您使用雲端。").sees_not("You use the cloud.");
    let mut ada = portal.browser();
    ada.visit(&link).await;
    ada.sees("You use the cloud.").sees_not("您使用雲端。");
    // What the form of the other language sends is taken.
    let text = portal.database.texts("SELECT id AS text FROM customer_agreements WHERE language = 'zh-Hant'");
    let fields =
        [("agreement", text[0].as_str()), ("first_name", "Wen"), ("last_name", "Li"), ("consent", "yes")];
    wen.post(&format!("{}/acceptance", ada.path()), &fields).await;
    assert_eq!(count(&portal, "accepted"), 1);
    let kept = "SELECT count(*) FROM agreement_requests r JOIN customer_agreements t ON t.id = r.agreement_id
        WHERE t.language = 'zh-Hant'";
    assert_eq!(portal.database.number(kept), 1);
}

#[actix_web::test]
async fn whoever_reads_no_language_of_it_reads_the_countrys_first() {
    let portal = Portal::open().await;
    let mut robin = robin(&portal).await;
    publish_in(&mut robin, ("", "en"), "You use the cloud.").await;
    publish_in(&mut robin, ("DE", "zh-Hant"), "德國客戶使用雲端。").await;
    publish_in(&mut robin, ("DE", "zh-Hans"), "德国客户使用云。").await;
    let (_, link) = asked(&portal).await;
    for (language, text) in
        [("en", "德國客戶使用雲端。"), ("zh-Hant", "德國客戶使用雲端。"), ("zh-Hans", "德国客户使用云。")]
    {
        let mut ada = reader(&portal, language);
        ada.visit(&link).await;
        ada.sees(text).sees_not("You use the cloud.");
    }
}

#[actix_web::test]
async fn a_newer_version_in_the_language_that_was_read_is_read_first() {
    let portal = Portal::open().await;
    let mut robin = robin(&portal).await;
    publish_in(&mut robin, ("", "en"), "You use the cloud.").await;
    publish_in(&mut robin, ("", "zh-Hant"), "您使用雲端。").await;
    let (_, link) = asked(&portal).await;
    let mut ada = portal.browser();
    ada.visit(&link).await;
    // Another language is none of hers.
    publish_in(&mut robin, ("", "zh-Hant"), "您使用更多雲端。").await;
    robin.sees_row(&["All countries, version 2", "繁體中文", "Holds"]);
    super::fill_acceptance(&mut ada);
    let mut late = ada.duplicate();
    publish_in(&mut robin, ("", "en"), "You use more of the cloud.").await;
    late.press("Accept the customer agreement").await;
    late.sees("A newer version was published while you were reading.").sees("You use more of the cloud.");
    assert_eq!(count(&portal, "accepted"), 0);
}
