//! What the portal serves, and whether the links and forms of a page lead there.

use actix_web::introspection::IntrospectionTree;
use actix_web::test::{TestRequest, call_and_read_body, init_service};
use actix_web::{App, HttpResponse, web};
use scraper::ElementRef;
use serde_json::Value;
use tokio::sync::OnceCell;
use twotier::values::token::Token;
use uuid::Uuid;

use super::page::{Page, all};
use super::page_rules::shown;

/// Methods and patterns, such as `GET` and `/customers/{id}`.
pub struct Routes(Vec<(String, String)>);

impl Routes {
    /// Those of the portal, asked for once.
    pub async fn of_portal() -> &'static Routes {
        static ROUTES: OnceCell<Routes> = OnceCell::const_new();
        ROUTES.get_or_init(|| async { Routes(served().await) }).await
    }

    /// Links and forms of a page that lead nowhere in the portal.
    pub fn broken(&self, page: &Page) -> Vec<String> {
        let led = all(page.root(), "*").flat_map(|element| targets(page, element));
        let lost = led.filter(|(method, address, _)| !self.leads_on(page, method, address));
        lost.map(|(method, address, element)| {
            format!("no route for {method} {address} of {}", shown(element))
        })
        .collect()
    }

    fn leads_on(&self, page: &Page, method: &str, address: &str) -> bool {
        // What leads away is no route's. A page that repeats what it was asked for leads where that led.
        let Ok(target) = page.resolve(address) else { return true };
        target.path() == page.address.path() || self.serve(method, target.path())
    }

    fn serve(&self, method: &str, path: &str) -> bool {
        self.0.iter().any(|(own, pattern)| own == method && fits(pattern, path))
    }
}

/// Whether an address is of a pattern, part by part.
fn fits(pattern: &str, path: &str) -> bool {
    let (mut patterns, mut parts) = (pattern.split('/'), path.split('/'));
    loop {
        let (pattern, part) = match (patterns.next(), parts.next()) {
            (Some(pattern), Some(part)) => (pattern, part),
            (pattern, part) => return pattern == part,
        };
        match pattern.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) if name.ends_with(":.*") => return true,
            Some(name) if is_likely(name, part) => {}
            None if pattern == part => {}
            _ => return false,
        }
    }
}

/// Whether a part of an address can be what its pattern calls it: `{id}` takes anything, and a mistyped name with it.
fn is_likely(name: &str, part: &str) -> bool {
    match name {
        "id" | "delegation" | "plan" | "letter" => Uuid::try_parse(part).is_ok(),
        "token" => Token::parse(part).is_some(),
        _ => !part.is_empty(),
    }
}

/// Where an element leads, by which method.
fn targets<'a>(page: &'a Page, element: ElementRef<'a>) -> Vec<(String, &'a str, ElementRef<'a>)> {
    let method =
        |form: Option<ElementRef>| form.and_then(|form| form.attr("method")).unwrap_or("get").to_uppercase();
    let own = match element.value().name() {
        "form" => method(Some(element)),
        "button" | "input" => {
            element.attr("formmethod").map_or_else(|| method(page.owner(element)), str::to_uppercase)
        }
        _ => "GET".to_owned(),
    };
    let led = |attribute: &str, method: &str| {
        element.attr(attribute).map(|address| (method.to_owned(), address, element))
    };
    let targets = [
        led("href", "GET"),
        led("action", &own),
        led("formaction", &own),
        led("data-availability", "GET"),
        led("data-total", "POST"),
    ];
    targets.into_iter().flatten().collect()
}

/// What the app itself says of its routes.
pub async fn served() -> Vec<(String, String)> {
    async fn report(tree: web::Data<IntrospectionTree>) -> HttpResponse {
        HttpResponse::Ok().content_type("application/json").body(tree.report_as_json())
    }
    let app = App::new().route("/report", web::get().to(report));
    let app = app.configure(twotier::routes::machines).configure(twotier::routes::routes);
    let service = init_service(app).await;
    let body = call_and_read_body(&service, TestRequest::get().uri("/report").to_request()).await;
    let items: Vec<Value> = serde_json::from_slice(&body).expect("a report");
    let mut routes = Vec::new();
    for item in &items {
        let path = item["full_path"].as_str().unwrap_or_default();
        for method in item["methods"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            routes.push((method.to_owned(), path.to_owned()));
        }
    }
    routes.retain(|(_, path)| path != "/report");
    routes.sort();
    routes.dedup();
    routes
}

#[cfg(test)]
mod tests {
    use super::*;
    use url::Url;

    const ID: &str = "0193a1f4-7c1e-7b0a-9a55-3d0c2f1be8a4";

    fn broken(body: &str) -> Vec<String> {
        let served = [
            ("GET", "/customers"),
            ("GET", "/customers/{id}"),
            ("POST", "/customers/{id}/orders"),
            ("GET", "/consents/{token}"),
            ("GET", "/static/{name:.*}"),
        ];
        let served = served.map(|(method, pattern)| (method.to_owned(), pattern.to_owned()));
        let Ok(address) = Url::parse("http://portal.test/here?a=b") else { unreachable!() };
        Routes(served.to_vec()).broken(&Page::parse(address, body.replace("{id}", ID)))
    }

    #[test]
    fn what_leads_on_or_away_is_right() {
        let token = Token::random();
        for body in [
            "<a href=/customers?search=a#b>A</a>",
            "<a href=/customers/{id}>A</a><a href=#a>A</a><a href='?a=c'>A</a><a href=''>A</a>",
            "<a href=https://elsewhere.example/x>A</a><a href='mailto:a@b.example'>A</a>",
            "<form method=post action=/customers/{id}/orders><button formaction=/here>A</button></form>",
            "<form action=/customers><button formmethod=post formaction=/customers/{id}/orders>A</button></form>",
            "<link rel=stylesheet href=/static/css/base.css?v=1><form method=post action=/here></form>",
            &format!("<a href=http://portal.test/consents/{}>A</a>", token.reveal()),
        ] {
            assert_eq!(broken(body), Vec::<String>::new(), "{body}");
        }
    }

    #[test]
    fn what_leads_nowhere_is_found() {
        for (body, lost) in [
            ("<a href=/nowhere>A</a>", "GET /nowhere"),
            ("<a href=nowhere>A</a>", "GET nowhere"),
            ("<a href=/customers/export>A</a>", "GET /customers/export"),
            ("<a href=/consents/{id}>A</a>", "GET /consents/"),
            ("<a href=/customers/{id}/orders>A</a>", "GET /customers/"),
            ("<form method=post action=/customers></form>", "POST /customers"),
            ("<form action=/customers/{id}/orders></form>", "GET /customers/"),
            (
                "<form method=post action=/here><button formaction=/customers>A</button></form>",
                "POST /customers",
            ),
            (
                "<form method=post id=a></form><button form=a formaction=/customers>A</button>",
                "POST /customers",
            ),
            ("<input data-availability=/free>", "GET /free"),
            ("<form data-total=/customers/{id}></form>", "POST /customers/"),
        ] {
            let broken = broken(body);
            assert!(broken.len() == 1 && broken[0].contains(lost), "{body}: {broken:?}");
        }
    }
}
