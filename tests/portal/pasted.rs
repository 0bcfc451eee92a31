//! Addresses as people paste and type them.

use actix_web::http::StatusCode;
use twotier::access::Role;
use twotier::values::token::Token;

use crate::support::portal::Portal;

#[actix_web::test]
async fn every_kind_of_personal_link_is_found_in_what_was_pasted() {
    let portal = Portal::open().await;
    let token = Token::random();
    let (start, end) = token.reveal().split_at(20);
    for kind in ["partnerships", "consents", "enrolment", "set-password"] {
        let link = format!("/{kind}/{}", token.reveal());
        for pasted in [
            format!("{link}."),
            format!("{link})."),
            format!("{link}%3E"),
            format!("{link}%20"),
            format!("{link}%E2%80%8B"),
            format!("{link}/"),
            format!("/{kind}/{start}%0A{end}"),
            format!("/{kind}/{start}=%0D%0A{end}"),
            format!("/{kind}/{start}={end}=20"),
        ] {
            let mut olga = portal.browser();
            olga.stay().visit(&pasted).await;
            assert_eq!(olga.status(), StatusCode::PERMANENT_REDIRECT, "{pasted}");
            assert_eq!(olga.header("location"), Some(link.as_str()), "{pasted}");
        }
    }
}

#[actix_web::test]
async fn a_slash_too_many_leads_to_the_page_with_its_query() {
    let portal = Portal::open().await;
    portal.has_customer("Alder & Finch").await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    for typed in ["/customers/?search=alder", "/Customers?search=alder", "/customers%20?search=alder"] {
        sam.visit(typed).await;
        assert_eq!((sam.path(), sam.query("search").as_deref()), ("/customers", Some("alder")), "{typed}");
        sam.sees_row(&["Alder & Finch"]);
    }
    sam.visit("/nothing/").await;
    assert_eq!(sam.status(), StatusCode::NOT_FOUND);
    // Forms are sent where they say.
    sam.post("/customers/", &[]).await;
    assert_eq!(sam.status(), StatusCode::NOT_FOUND);
}
