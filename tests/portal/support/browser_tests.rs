//! The browser itself, tried on small pages.

use std::rc::Rc;

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpRequest, HttpResponse, web};

use super::browser::Browser;
use super::wire::{self, Call, Wire};

const FORM: &str = r##"
<form method="post" action="/echo?step=2" novalidate>
  <input type="hidden" name="draft" value="d-1">
  <label for="company">Company name <span>(optional)</span></label><input id="company" name="company" maxlength="9">
  <label>Country/region <select name="country"><option value="">Choose</option><option value="DE">Germany</option>
    <option value="AT">Austria</option></select></label>
  <label>Message <textarea name="text">
one
two</textarea></label>
  <fieldset><legend>Billing</legend>
    <label><input type="radio" name="billing" value="m" checked> Monthly</label>
    <label><input type="radio" name="billing" value="a"> Annual</label></fieldset>
  <label><input type="checkbox" name="consent" value="yes"> I agree</label>
  <label><input name="gone" disabled> Gone</label>
  <button name="go" value="back" formaction="/echo/back">Back</button>
  <button name="go" value="next">Next: Subscriptions</button>
  <button type="button">Copy</button>
</form>
<label>Note <input name="note" value="outside" form="second"></label><form id="second" action="/echo"><button>Search</button></form>"##;

const LIST: &str = r#"
<table><thead><tr><th>Name</th><th>Licenses</th></tr></thead><tbody>
<tr><td><b>Contoso</b></td><td>5</td><td><a href="/row/1">Open<span class="unseen"> Contoso</span></a></td></tr>
<tr><td>Contoso West</td><td>7</td><td><a href="/row/2">Open</a>
  <form method="post" action="/echo"><label>Quantity <input name="q"></label><button>Save</button></form></td></tr>
</tbody></table><a href="/away">Leave</a><a href="/file">Export CSV</a>"#;

const PROBLEM: &str = r##"
<ul><li><a href="#company">Company name: Enter the company name.</a></li></ul>
<label for="company">Company name</label><input id="company" name="company" aria-invalid="true" aria-describedby="why">
<p id="why">Enter the company name.</p>"##;

fn page(body: &str) -> HttpResponse {
    answer(StatusCode::OK, body)
}

fn answer(status: StatusCode, body: &str) -> HttpResponse {
    HttpResponse::build(status).content_type("text/html; charset=utf-8").body(format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>Trial</title></head><body><nav><a href=\"/menu\">Contoso</a></nav><main><h1>Trial</h1>{body}</main></body></html>"
    ))
}

async fn echo(request: HttpRequest, body: String) -> HttpResponse {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or("-");
    let (site, origin, cookie) = (header("sec-fetch-site"), header("origin"), header("cookie"));
    page(&format!(
        "<p>{} {}</p><p id=\"body\">{body}</p><p>{site} {origin} {cookie}</p>",
        request.method(),
        request.uri()
    ))
}

async fn sign_in() -> HttpResponse {
    let cookie = Cookie::build("sid", "s 1").path("/").http_only(true).same_site(SameSite::Lax).finish();
    HttpResponse::SeeOther().cookie(cookie).insert_header(("location", "echo")).finish()
}

async fn sign_out() -> HttpResponse {
    let mut cookie = Cookie::build("sid", "").path("/").http_only(true).same_site(SameSite::Lax).finish();
    cookie.make_removal();
    HttpResponse::SeeOther().cookie(cookie).insert_header(("location", "/echo")).finish()
}

async fn file() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/csv")
        .insert_header(("content-disposition", "attachment; filename=\"customers.csv\""))
        .body("Name\r\nContoso\r\n")
}

async fn trial() -> Browser {
    let get = |body: &'static str| web::get().to(move || async move { page(body) });
    let app = App::new()
        .route("/form", get(FORM))
        .route("/list", get(LIST))
        .route("/unsound", get("<p id=a></p><p id=a></p>"))
        .route("/problem", web::get().to(|| async { answer(StatusCode::UNPROCESSABLE_ENTITY, PROBLEM) }))
        .route("/broken", web::get().to(|| async { answer(StatusCode::INTERNAL_SERVER_ERROR, "") }))
        .route("/sign-in", web::get().to(sign_in))
        .route("/sign-out", web::get().to(sign_out))
        .route(
            "/bad-cookie",
            web::get().to(|| async { HttpResponse::Ok().cookie(Cookie::new("a", "b")).finish() }),
        )
        .route(
            "/away",
            web::get().to(|| async {
                HttpResponse::SeeOther().insert_header(("location", "https://evil.example/")).finish()
            }),
        )
        .route("/file", web::get().to(file))
        .default_service(web::to(echo));
    let wire: Rc<dyn Wire> = wire::boxed(init_service(app).await, TestRequest::to_request);
    Browser::new(wire, "http://portal.test")
}

#[actix_web::test]
async fn the_form_of_the_page_is_sent_as_a_browser_sends_it() {
    let mut sam = trial().await;
    sam.visit("/form").await;
    sam.fill("Company name", "A & B")
        .choose("Country/region", "Germany")
        .choose("Billing", "Annual")
        .check("I agree");
    assert_eq!((sam.field("Country/region").as_str(), sam.field("Billing").as_str()), ("Germany", "Annual"));
    sam.press("Next: Subscriptions").await;
    sam.sees("POST /echo?step=2").sees("same-origin http://portal.test");
    sam.sees("draft=d-1&company=A+%26+B&country=DE&text=one%0D%0Atwo&billing=a&consent=yes&go=next");
}

#[actix_web::test]
async fn defaults_are_sent_and_the_pressed_button_decides_where() {
    let mut sam = trial().await;
    sam.visit("/form").await;
    sam.press("Back").await;
    sam.sees("POST /echo/back").sees("draft=d-1&company=&country=&text=one%0D%0Atwo&billing=m&go=back");
    sam.visit("/form").await;
    sam.press("Search").await;
    sam.sees("GET /echo?note=outside");
}

#[actix_web::test]
async fn within_narrows_to_the_row_that_is_called_so() {
    let mut sam = trial().await;
    sam.visit("/list").await;
    assert_eq!(sam.cell("Contoso West", "Licenses"), "7");
    sam.sees_row(&["Contoso", "5"]).sees_no_row(&["Contoso", "6"]);
    sam.within("Contoso").follow("Open").await;
    assert_eq!(sam.path(), "/row/1");
    sam.visit("/list").await;
    sam.within("Contoso West").fill("Quantity", "9").press("Save").await;
    sam.sees("q=9");
}

#[actix_web::test]
async fn cookies_are_kept_shared_between_tabs_and_forgotten() {
    let mut sam = trial().await;
    sam.visit("/sign-in").await;
    assert_eq!((sam.path(), sam.cookie("sid").as_deref()), ("/echo", Some("s 1")));
    let mut tab = sam.clone_session();
    tab.visit("/sign-out").await;
    assert_eq!(sam.cookie("sid"), None);
}

#[actix_web::test]
async fn a_redirect_can_be_looked_at() {
    let mut sam = trial().await;
    sam.stay().visit("/sign-in").await;
    assert_eq!((sam.status(), sam.header("location")), (StatusCode::SEE_OTHER, Some("echo")));
}

#[actix_web::test]
async fn a_download_leaves_the_page_where_it_was() {
    let mut sam = trial().await;
    sam.visit("/list").await;
    sam.follow("Export CSV").await;
    assert_eq!(sam.path(), "/list");
    let file = sam.download();
    assert_eq!((file.name.as_str(), file.text().as_str()), ("customers.csv", "Name\r\nContoso\r\n"));
}

#[actix_web::test]
async fn a_problem_is_tied_to_its_field() {
    let mut sam = trial().await;
    sam.visit("/problem").await;
    sam.sees_problem("Company name", "Enter the company name.");
}

#[actix_web::test]
async fn raw_requests_carry_cookies_and_nothing_else() {
    let mut sam = trial().await;
    sam.visit("/sign-in").await;
    let call = Call::post("/echo", &[("a", "b")]).with("origin", "https://evil.example");
    assert!(sam.send(call).await.text().contains("- https://evil.example sid=s%201"));
}

/// Each way to fail, with the words that help.
macro_rules! fails {
    ($name:ident, $words:literal, |$sam:ident| $story:block) => {
        #[actix_web::test]
        #[should_panic(expected = $words)]
        async fn $name() {
            let mut $sam = trial().await;
            $story
        }
    };
}

fails!(
    an_unknown_button_names_those_there_are,
    "buttons here: \"Back\", \"Next: Subscriptions\", \"Copy\"",
    |sam| {
        sam.visit("/form").await;
        sam.press("Save").await;
    }
);
fails!(
    an_unknown_option_names_those_there_are,
    "options here: \"Choose\", \"Germany\", \"Austria\"",
    |sam| {
        sam.visit("/form").await;
        sam.choose("Country/region", "France");
    }
);
fails!(two_links_of_one_name_must_be_told_apart, "2 links are called \"Open\"", |sam| {
    sam.visit("/list").await;
    sam.follow("Open").await;
});
fails!(a_disabled_field_takes_nothing, "\"Gone\" is disabled", |sam| {
    sam.visit("/form").await;
    sam.fill("Gone", "x");
});
fails!(more_than_maxlength_cannot_be_typed, "takes only 9 characters", |sam| {
    sam.visit("/form").await;
    sam.fill("Company name", "1234567890");
});
fails!(a_scripted_button_does_nothing, "does nothing without scripts", |sam| {
    sam.visit("/form").await;
    sam.press("Copy").await;
});
fails!(an_unsound_page_fails, "the id \"a\" is there twice", |sam| {
    sam.visit("/unsound").await;
});
fails!(a_fault_of_the_server_fails, "GET /broken failed", |sam| {
    sam.visit("/broken").await;
});
fails!(a_careless_cookie_fails, "is not HttpOnly", |sam| {
    sam.visit("/bad-cookie").await;
});
fails!(a_redirect_to_elsewhere_fails, "redirected away", |sam| {
    sam.visit("/away").await;
});
fails!(a_missing_text_shows_the_page, "does not say \"Fabrikam\"\n--- /list (200 OK)", |sam| {
    sam.visit("/list").await;
    sam.sees("Fabrikam");
});
