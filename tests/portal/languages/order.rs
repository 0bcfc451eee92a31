//! What people choose from stands in the order of their language.

use twotier::access::Role;
use twotier::activity::Action;
use twotier::language::Language;

use crate::support::page::all;
use crate::support::portal::Portal;
use crate::support::words::tidy;

#[actix_web::test]
async fn countries_are_where_a_reader_of_the_language_looks_for_them() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    for (language, countries) in [
        ("en", ["Austria", "Denmark", "France", "Germany"]),
        // By pinyin.
        ("zh-Hans", ["奥地利", "丹麦", "德国", "法国"]),
        // By strokes.
        ("zh-Hant", ["丹麥", "法國", "奧地利", "德國"]),
    ] {
        gina.post("/profile", &[("name", "Gina"), ("zone", "Europe/Berlin"), ("language", language)]).await;
        gina.visit("/customers/new").await;
        let page = gina.html();
        let places = countries.map(|country| page.find(&format!(">{country}</option>")));
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{language}: {places:?}");
    }
}

#[actix_web::test]
async fn what_the_log_is_searched_for_stands_in_the_order_of_its_words() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    for language in Language::all() {
        let tag = language.tag();
        gina.post("/profile", &[("name", "Gina"), ("zone", "Europe/Berlin"), ("language", tag)]).await;
        gina.visit("/activity").await;
        let options = all(gina.page().root(), "#field-action option[value]:not([value=''])");
        let shown: Vec<String> = options.map(|option| tidy(&option.text().collect::<String>())).collect();
        assert_eq!(shown.len(), Action::ALL.len(), "{tag}");
        assert_eq!(shown, language.sorted(shown.clone(), |words| words.clone()), "{tag}");
    }
    let in_english = ["Add a customer", "Add an offer", "Cancel a draft", "Suspend a subscription"];
    gina.post("/profile", &[("name", "Gina"), ("zone", "Europe/Berlin"), ("language", "en")]).await;
    gina.visit("/activity").await;
    let places = in_english.map(|action| gina.html().find(&format!(">{action}</option>")));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
}
