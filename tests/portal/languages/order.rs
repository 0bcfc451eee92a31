//! What people choose from stands in the order of their language.

use twotier::access::Role;

use crate::support::portal::Portal;

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
