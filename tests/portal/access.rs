//! Every route for every role. A route that is missing from the table fails the test, and so does one that
//! is gone: nobody adds a page without saying who may open it.

mod elsewhere;
mod row;
mod suspended;

use std::collections::BTreeSet;

use actix_web::http::Method;
use twotier::access::{OrganisationKind, Role};
use twotier::partners::model::Organisation;

use crate::support::portal::Portal;
use crate::support::routes::served;
use crate::support::wire::Call;
pub use row::{Row, call};

/// Who may use which route. `public`: everybody; `person`: everybody signed in; else roles by kind of organisation:
/// G(lobal admin), U(ser admin), A(dmin agent), S(ales agent), H(elpdesk agent), B(illing admin).
const TABLE: &str = include_str!("access/table.txt");

#[actix_web::test]
async fn every_route_is_in_the_table_and_nothing_else_is() {
    let named: Vec<String> = rows().map(|row| row.route()).collect();
    let served = served().await;
    let served: Vec<_> = served.iter().map(|(method, path)| format!("{method} {path}")).collect();
    let unnamed: Vec<_> = served.iter().filter(|route| !named.contains(route)).collect();
    let gone: Vec<_> = named.iter().filter(|route| !served.contains(route)).collect();
    assert!(
        unnamed.is_empty() && gone.is_empty(),
        "not in the table: {unnamed:#?}\nno longer served: {gone:#?}"
    );
}

#[actix_web::test]
async fn every_address_of_the_code_is_served() {
    let named: BTreeSet<_> = twotier::paths::routes().map(str::to_owned).collect();
    let served: BTreeSet<_> = served().await.into_iter().map(|(_, path)| path).collect();
    assert_eq!(named, served);
}

#[actix_web::test]
async fn nobody_gets_in_without_signing_in() {
    let portal = Portal::open().await;
    let mut stranger = portal.browser();
    for row in rows() {
        let status = call(&mut stranger, &row).await;
        match (row.who, row.method) {
            ("public", _) => {
                assert!(!matches!(status, 401 | 403 | 500..), "{} answers {status}", row.route())
            }
            (_, "GET") => {
                assert_eq!(status, 303, "{}", row.route());
                let location = stranger.header("location").unwrap_or_default();
                assert!(location.starts_with("/sign-in"), "{} leads to {location}", row.route());
            }
            _ => assert_eq!(status, 401, "{}", row.route()),
        }
    }
}

#[actix_web::test]
async fn head_is_answered_as_get_is_without_the_body() {
    let portal = Portal::open().await;
    let (mut stranger, mut sam) = (portal.browser(), portal.browser_of(Role::SalesAgent).await);
    for row in rows().filter(|row| row.method == "GET") {
        for browser in [&mut stranger, &mut sam] {
            let got = browser.send(Call::get(row.any_path())).await;
            let head = Call { method: Method::HEAD, ..Call::get(row.any_path()) };
            let head = browser.send(head).await;
            assert_eq!(head.status, got.status, "{}", row.route());
            for name in ["content-type", "location", "content-security-policy", "cache-control"] {
                assert_eq!(head.header(name), got.header(name), "{name} of {}", row.route());
            }
            assert!(head.body.is_empty(), "{}", row.route());
        }
    }
}

#[actix_web::test]
async fn every_role_opens_what_the_table_says_and_nothing_else() {
    let portal = Portal::open().await;
    for kind in OrganisationKind::ALL {
        let organisation = organisation_of(&portal, *kind).await;
        for role in Role::ALL {
            let mut somebody = portal.browser_in(&organisation, &[*role]).await;
            for row in rows().filter(|row| row.who != "public") {
                let status = call(&mut somebody, &row).await;
                let told =
                    format!("{} for the {} of a {}: {status}", row.route(), role.as_text(), kind.as_text());
                if row.allows(*kind, *role) {
                    assert!(!matches!(status, 401 | 403 | 405 | 500..), "{told}");
                } else {
                    assert_eq!(status, 403, "{told}");
                }
            }
        }
    }
}

/// One of this kind.
pub async fn organisation_of(portal: &Portal, kind: OrganisationKind) -> Organisation {
    match kind {
        OrganisationKind::Provider => portal.harbor.clone(),
        OrganisationKind::Reseller => portal.has_reseller("Brightwater IT", "DE", "4810233").await,
        OrganisationKind::Operator => portal.has_organisation(kind, "Operator", "DE").await,
        OrganisationKind::Customer => portal.company_of(&portal.has_customer("Alder").await).await,
    }
}

/// The lines of the table.
pub fn rows() -> impl Iterator<Item = Row> {
    TABLE.lines().filter(|line| !line.is_empty()).map(Row::read)
}
