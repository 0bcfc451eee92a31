//! Every route for every role. A route that is missing from the table fails the test, and so does one that
//! is gone: nobody adds a page without saying who may open it.

mod suspended;

use std::collections::BTreeSet;

use actix_web::http::Method;
use twotier::access::{OrganisationKind, Role};
use twotier::partners::model::Organisation;

use crate::support::browser::Browser;
use crate::support::portal::Portal;
use crate::support::routes::served;
use crate::support::wire::Call;

/// Who may use which route. `public`: everybody; `person`: everybody signed in; else roles by kind of organisation:
/// G(lobal admin), U(ser admin), A(dmin agent), S(ales agent), H(elpdesk agent), B(illing admin).
const TABLE: &str = "
GET  /healthz                                             public
GET  /static/{name:.*}                                    public
GET  /sign-in                                             public
POST /session                                             public
GET  /session/code                                        public
POST /session/code                                        public
GET  /forgotten-password                                  public
POST /forgotten-password                                  public
POST /session/end                                         public
POST /language                                            public
GET  /enrol                                               public
GET  /enrol/sent                                          public
GET  /enrol/{kind}                                        public
POST /enrol/{kind}                                        public
GET  /enrolment/{token}                                   public
POST /enrolment/{token}/proof                             public
GET  /enrolment/{token}/details                           public
POST /enrolment/{token}/details                           public
GET  /enrolment/{token}/review                            public
POST /enrolment/{token}/submission                        public
GET  /operator/enrolments                                 operator G
GET  /operator/enrolments/{id}                            operator G
POST /operator/enrolments/{id}/approval                   operator G
POST /operator/enrolments/{id}/refusal                    operator G
POST /operator/enrolments/{id}/letters/{letter}/delivery  operator G
GET  /partnerships/{token}                                public
GET  /consents/{token}                                    public
POST /consents/{token}/acceptance                         public
POST /consents/{token}/refusal                            public
GET  /set-password/{token}                                public
POST /set-password/{token}                                public
GET  /email-proof/{token}                                 public
POST /email-proof/{token}                                 public
GET  /email-objection/{token}                             public
POST /email-objection/{token}                             public
GET  /profile/email                                       person
POST /profile/email                                       person
GET  /profile/email/proof                                 person
POST /profile/email/proof                                 person
POST /profile/email/cancel                                person
GET  /security                                            operator G provider G reseller G
GET  /people                                              operator GU provider GU reseller GU
POST /people                                              operator GU provider GU reseller GU
GET  /people/new                                          operator GU provider GU reseller GU
GET  /people/second-factor                                operator G provider G reseller G
POST /people/second-factor                                operator G provider G reseller G
GET  /people/{id}                                         operator GU provider GU reseller GU
POST /people/{id}                                         operator GU provider GU reseller GU
GET  /people/{id}/password                                operator GU provider GU reseller GU
POST /people/{id}/password                                operator GU provider GU reseller GU
GET  /people/{id}/deactivation                            operator GU provider GU reseller GU
POST /people/{id}/deactivation                            operator GU provider GU reseller GU
GET  /people/{id}/second-factor/removal                   operator GU provider GU reseller GU
POST /people/{id}/second-factor/removal                   operator GU provider GU reseller GU
POST /people/{id}/restoration                             operator GU provider GU reseller GU
POST /people/{id}/sign-ins/end                            operator GU provider GU reseller GU
GET  /organisation                                        operator GUA provider GUA reseller GUA
GET  /organisation/profile                                operator G provider G reseller G
POST /organisation/profile                                operator G provider G reseller G
GET  /organisation/locations                              provider G reseller G
POST /organisation/locations                              provider G reseller G
GET  /organisation/locations/new                          provider G reseller G
GET  /organisation/locations/{id}                         provider G reseller G
POST /organisation/locations/{id}                         provider G reseller G
GET  /organisation/agreement                              provider GUASHB reseller GUASHB
GET  /organisation/agreement/{id}                         provider GUASHB reseller GUASHB
POST /organisation/agreement/acceptance                   provider G reseller G
GET  /operator                                            operator GUASHB
GET  /operator/organisations                              operator GUASHB
GET  /operator/organisations/{id}                         operator GUASHB
GET  /operator/organisations/{id}/suspension              operator G
POST /operator/organisations/{id}/suspension              operator G
POST /operator/organisations/{id}/resumption              operator G
GET  /operator/letters                                    operator GUASHB
POST /operator/letters/{id}/delivery                      operator GAH
GET  /operator/letters/waiting                            operator GUASHB
POST /operator/letters/waiting/{id}/delivery              operator GAH
GET  /operator/letters/test                               operator GAH
POST /operator/letters/test                               operator GAH
GET  /operator/agreements                                 operator GUASHB
GET  /operator/agreements/{id}                            operator GUASHB
GET  /operator/agreements/new                             operator G
POST /operator/agreements/draft                           operator G
POST /operator/agreements                                 operator G
GET  /operator/customer-agreements                        operator GUASHB
GET  /operator/customer-agreements/{id}                   operator GUASHB
GET  /operator/customer-agreements/new                    operator G
POST /operator/customer-agreements/draft                  operator G
POST /operator/customer-agreements                        operator G
GET  /catalog                                             operator GUASHB provider GUASB
POST /catalog                                             operator GAB
GET  /catalog/export                                      operator GUASHB provider GUASB
GET  /catalog/sample                                      operator GAB
POST /catalog/sample                                      operator GAB
GET  /catalog/new                                         operator GAB
GET  /catalog/upload                                      operator GAB
POST /catalog/upload                                      operator GAB
GET  /catalog/uploads/{id}                                operator GAB
POST /catalog/uploads/{id}                                operator GAB
GET  /catalog/{id}                                        operator GUASHB provider GUASB
GET  /catalog/{id}/change                                 operator GAB
POST /catalog/{id}/change                                 operator GAB
GET  /catalog/{id}/withdrawal                             operator GAB
POST /catalog/{id}/withdrawal                             operator GAB
GET  /catalog/{id}/return                                 operator GAB
POST /catalog/{id}/return                                 operator GAB
GET  /                                                    person
GET  /roles                                               person
GET  /profile                                             person
POST /profile                                             person
POST /profile/letters                                     person
POST /profile/sign-ins/end-others                         person
POST /profile/sign-ins/{name}/end                         person
GET  /profile/second-factor                               person
POST /profile/second-factor                               person
GET  /profile/second-factor/new                           person
POST /profile/second-factor/recovery-codes                person
GET  /profile/second-factor/removal                       person
POST /profile/second-factor/removal                       person
GET  /password                                            person
POST /password                                            person
POST /partnerships/{token}/code                           reseller GA
POST /partnerships/{token}/acceptance                     reseller GA
POST /partnerships/{token}/refusal                        reseller GA
GET  /resellers                                           provider GUAS
GET  /resellers/export                                    provider GUAS
GET  /resellers/eligibility                               provider GUAS
POST /resellers/{id}/reminder                             provider GUAS
GET  /resellers/{id}/removal                              provider GA
POST /resellers/{id}/removal                              provider GA
GET  /partnership-requests                                provider GUAS
POST /partnership-requests                                provider GUAS
GET  /partnership-requests/new                            provider GUAS
GET  /partnership-requests/{id}                           provider GUAS
POST /partnership-requests/{id}/text                      provider GUAS
POST /partnership-requests/{id}/delivery                  provider GUAS
POST /partnership-requests/{id}/link                      provider GUAS
GET  /partnership-requests/{id}/revocation                provider GUAS
POST /partnership-requests/{id}/revocation                provider GUAS
POST /letters/{id}/delivery                               provider GUAS
POST /drafts/{id}/agreement-request                       provider GUAS
POST /customers/{id}/agreement-request                    provider GUAS
GET  /agreement-requests/{id}                             provider GUAS
POST /agreement-requests/{id}/text                        provider GUAS
POST /agreement-requests/{id}/delivery                    provider GUAS
POST /agreement-requests/{id}/link                        provider GUAS
GET  /agreement-requests/{id}/revocation                  provider GUAS
POST /agreement-requests/{id}/revocation                  provider GUAS
POST /agreement-requests/{id}/letters/{letter}/delivery   provider GUAS
GET  /providers                                           reseller GUASH
GET  /providers/requests/{id}                             reseller GUASH
POST /providers/requests/{id}/code                        reseller GA
POST /providers/requests/{id}/acceptance                  reseller GA
POST /providers/requests/{id}/refusal                     reseller GA
GET  /providers/{id}/location                             reseller GA
POST /providers/{id}/location                             reseller GA
GET  /customers                                           provider GASH reseller GASH
GET  /customers/export                                    provider GAS reseller GAS
GET  /customers/ended                                     provider GASH
GET  /customers/{id}/end                                  provider GA
POST /customers/{id}/end                                  provider GA
POST /customers/{id}/end/suspension                       provider GA
POST /customers/{id}/end/drafts                           provider GA
POST /customers/{id}/end/plan                             provider GA
GET  /customers/{id}/reinstatement                        provider GA
POST /customers/{id}/reinstatement                        provider GA
GET  /customers/{id}/reinstatement/consent                provider GA
POST /customers/{id}/reinstatement/consent                provider GA
GET  /customers/{id}/return                               reseller GA
POST /customers/{id}/return                               reseller GA
GET  /customers/{id}                                      provider GASH reseller GASH
GET  /customers/{id}/account                              provider GASH reseller GASH
GET  /customers/{id}/agreement                            provider GAS
POST /customers/{id}/agreement                            provider GAS
GET  /customers/{id}/admin-password                       provider GUASH reseller GUASH
POST /customers/{id}/admin-password                       provider GUASH reseller GUASH
GET  /customers/{id}/delegations/new                      provider GAS
POST /customers/{id}/delegations/new                      provider GAS
GET  /customers/{id}/delegations/{delegation}/replacement provider GA
POST /customers/{id}/delegations/{delegation}/replacement provider GA
GET  /customers/{id}/delegations/{delegation}/end         provider GA
POST /customers/{id}/delegations/{delegation}/end         provider GA
GET  /customers/{id}/orders                               provider GASH reseller GASH
GET  /customers/{id}/subscriptions                        provider GASH reseller GASH
GET  /customers/{id}/subscriptions/export                 provider GAS reseller GAS
GET  /customers/{id}/subscriptions/new                    provider GAS
GET  /subscriptions                                       reseller GASH
GET  /subscriptions/export                                reseller GAS
GET  /subscriptions/{id}                                  provider GASH reseller GASH
POST /subscriptions/{id}/quantity                         provider GAS reseller GAS
GET  /subscriptions/{id}/billing                          provider GAS
POST /subscriptions/{id}/billing                          provider GAS
POST /subscriptions/{id}/nickname                         provider GAS reseller GAS
GET  /subscriptions/{id}/suspension                       provider GAS reseller GAS
POST /subscriptions/{id}/suspension                       provider GAS reseller GAS
POST /subscriptions/{id}/reactivation                     provider GAS reseller GAS
GET  /subscriptions/{id}/reseller                         provider GAS
POST /subscriptions/{id}/reseller                         provider GAS
POST /subscriptions/{id}/support-contact                  provider GASH
GET  /customers/new                                       provider GUAS
POST /customers                                           provider GUAS
GET  /domain-availability                                 provider GUAS
GET  /drafts                                              provider GUAS
GET  /drafts/{id}/customer                                provider GUAS
POST /drafts/{id}/customer                                provider GUAS
GET  /drafts/{id}/subscriptions                           provider GUAS
POST /drafts/{id}/subscriptions                           provider GUAS
POST /drafts/{id}/total                                   provider GUAS
GET  /drafts/{id}/review                                  provider GUAS
POST /drafts/{id}/submission                              provider GUAS
GET  /drafts/{id}/cancellation                            provider GUAS
POST /drafts/{id}/cancellation                            provider GUAS
GET  /drafts/{id}/confirmation                            provider GUAS
POST /customers/{id}/added                                provider GUAS
GET  /orders                                              provider GASH reseller GASH
GET  /orders/{id}                                         provider GASH reseller GASH
GET  /orders/{id}/cancellation                            provider GAS
POST /orders/{id}/cancellation                            provider GAS
GET  /orders/{id}/confirmation                              provider GUAS
GET  /activity                                            provider GUASHB reseller GUASHB operator GUASHB
GET  /activity/export                                     provider GUASHB reseller GUASHB operator GUASHB
";

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

#[actix_web::test]
async fn who_may_not_because_of_the_organization_is_told_who_does_it() {
    let portal = Portal::open().await;
    let brightwater = portal.has_reseller("Brightwater IT", "DE", "4810233").await;
    let mut olga = portal.browser_in(&brightwater, &[Role::GlobalAdmin]).await;
    for (path, words) in [
        ("/customers/new", "Customers are added by the indirect provider. Ask yours to add one for you."),
        ("/resellers", "Partnerships are requested by indirect providers"),
        (
            "/customers/0193a1f4-7c1e-7b0a-9a55-3d0c2f1be8a4/subscriptions/new",
            "Orders are placed by the customer’s indirect provider. Ask it to order for you.",
        ),
    ] {
        olga.visit(path).await;
        assert_eq!(olga.status(), 403, "{path}");
        olga.sees(words);
    }
}

/// One of this kind.
pub async fn organisation_of(portal: &Portal, kind: OrganisationKind) -> Organisation {
    match kind {
        OrganisationKind::Provider => portal.harbor.clone(),
        OrganisationKind::Reseller => portal.has_reseller("Brightwater IT", "DE", "4810233").await,
        OrganisationKind::Operator => portal.has_organisation(kind, "Operator", "DE").await,
    }
}

/// A line of the table.
#[derive(Clone, Copy)]
pub struct Row {
    method: &'static str,
    pub path: &'static str,
    pub who: &'static str,
}

/// The lines of the table.
pub fn rows() -> impl Iterator<Item = Row> {
    TABLE.lines().filter(|line| !line.is_empty()).map(|line| {
        let (method, rest) = line.split_once(char::is_whitespace).expect("a method");
        let (path, who) = rest.trim().split_once(char::is_whitespace).expect("who may");
        Row { method, path, who: who.trim() }
    })
}

impl Row {
    pub fn route(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Its address, with an id that nobody has.
    fn any_path(&self) -> String {
        let nothing = "0193a1f4-7c1e-7b0a-9a55-3d0c2f1be8a4";
        let mut path = self.path.replace("{name:.*}", "css/base.css");
        while let (Some(from), Some(to)) = (path.find('{'), path.find('}')) {
            path.replace_range(from..=to, nothing);
        }
        path
    }

    fn allows(&self, kind: OrganisationKind, role: Role) -> bool {
        let letter = role.as_text().chars().next().map(|letter| letter.to_ascii_uppercase()).expect("a name");
        let mut words = self.who.split_whitespace();
        self.who == "person"
            || (words.any(|word| word == kind.as_text())
                && words.next().is_some_and(|roles| roles.contains(letter)))
    }
}

/// Asks for a route with an id that nobody has, and answers the status.
pub async fn call(browser: &mut Browser, row: &Row) -> u16 {
    let path = row.any_path();
    browser.stay();
    match row.method {
        "GET" => browser.visit(&path).await,
        _ => browser.post(&path, &[]).await,
    }
    browser.status().as_u16()
}
