//! Who reads which language.

use actix_web::http::StatusCode;
use twotier::access::Role;

use crate::support::portal::{PASSWORD, Portal};
use crate::support::wire::Call;

#[actix_web::test]
async fn a_page_speaks_what_the_browser_asks_for() {
    let portal = Portal::open().await;
    let mut visitor = portal.browser();
    for (accepted, lang, says) in [
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant", "登入"),
        ("zh-CN", "zh-Hans", "登录"),
        ("ja,en-US;q=0.7", "en", "Sign in"),
        ("zh-TW;q=0.1,en", "en", "Sign in"),
        (";;;q=,", "en", "Sign in"),
    ] {
        let answer = visitor.send(Call::get("/sign-in").with("accept-language", accepted)).await;
        let page = answer.text();
        assert!(page.contains(&format!("<html lang=\"{lang}\"")), "{accepted}");
        assert!(page.contains(&format!("<h1>{says}</h1>")), "{accepted}");
    }
}

#[actix_web::test]
async fn whoever_has_not_signed_in_chooses_at_the_top_and_comes_back_to_the_same_page() {
    let portal = Portal::open().await;
    let mut visitor = portal.browser();
    visitor.visit("/forgotten-password?email=ada@harbor.example").await;
    visitor.press("繁體中文").await;
    visitor.sees_heading("忘記密碼");
    assert_eq!(visitor.query("email").as_deref(), Some("ada@harbor.example"));
    visitor.press("English").await;
    visitor.sees_heading("Forgotten password");
    visitor.post("/language", &[("language", "tlh"), ("next", "/sign-in")]).await;
    assert_eq!(visitor.status(), StatusCode::BAD_REQUEST);
    visitor.post("/language", &[("language", "zh-Hans"), ("next", "https://elsewhere.example/")]).await;
    assert_eq!(visitor.path(), "/sign-in");
}

#[actix_web::test]
async fn a_person_keeps_a_language_wherever_they_sign_in() {
    let portal = Portal::open().await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut sam = portal.browser();
    sam.set_cookie("twotier-language", "zh-Hant");
    sam.post("/session", &[("email", &email), ("password", PASSWORD), ("next", "/profile")]).await;
    sam.sees_heading("我的設定檔");
    sam.visit("/nothing-here").await;
    sam.sees_heading("找不到頁面");
    sam.visit("/profile").await;
    sam.choose("語言", "简体中文").press("儲存").await;
    sam.sees_heading("我的个人资料");
    sam.visit("/activity").await;
    let mut elsewhere = portal.browser();
    elsewhere.post("/session", &[("email", &email), ("password", PASSWORD), ("next", "/profile")]).await;
    elsewhere.sees_heading("我的个人资料");
    elsewhere.choose("语言", "English").press("保存").await;
    elsewhere.sees_heading("My profile").sees("Your profile is changed.");
    elsewhere.post("/profile", &[("name", "Sam"), ("zone", "Europe/Berlin"), ("language", "en-XB")]).await;
    elsewhere.sees_problem("Language", "Choose one from the list.");
}

#[actix_web::test]
async fn a_language_chosen_before_signing_in_becomes_the_one_of_whoever_signs_in() {
    let portal = Portal::open().await;
    let email = portal.add_person(&portal.harbor, &[Role::GlobalAdmin]).await;
    let fields = [("email", email.as_str()), ("password", PASSWORD), ("next", "/profile")];
    let mut gina = portal.browser();
    gina.post("/session", &fields).await;
    gina.sees_heading("My profile").sees_button("Sign out");
    gina.press("Sign out").await;
    gina.press("简体中文").await;
    gina.post("/session", &fields).await;
    gina.sees_heading("我的个人资料");
    assert_eq!(gina.field("语言"), "简体中文");
    gina.visit("/activity").await;
    gina.sees_row(&["语言", "English", "简体中文"]);
    // It was chosen once, and not for whoever signs in here next.
    gina.visit("/profile").await;
    gina.choose("语言", "English").press("保存").await;
    gina.press("Sign out").await;
    gina.post("/session", &fields).await;
    gina.sees_heading("My profile");
}

#[actix_web::test]
async fn what_was_typed_wrong_is_explained_in_the_same_language() {
    let portal = Portal::open().await;
    let mut visitor = portal.browser();
    visitor.set_cookie("twotier-language", "zh-Hant");
    visitor.visit("/sign-in").await;
    visitor.press("登入").await;
    visitor.sees_problem("電子郵件地址", "請輸入電子郵件地址。");
}

#[actix_web::test]
async fn english_is_chosen_on_a_page_that_was_shown_again_too() {
    let portal = Portal::open().await;
    let mut visitor = portal.browser();
    visitor.set_cookie("twotier-language", "zh-Hant");
    visitor.visit("/sign-in?next=%2Forders").await;
    visitor.press("登入").await;
    visitor.sees_problem("電子郵件地址", "請輸入電子郵件地址。");
    visitor.press("English").await;
    visitor.sees_heading("Sign in");
    assert_eq!(visitor.query("next").as_deref(), Some("/orders"));
}

#[actix_web::test]
async fn whoever_signed_in_wrong_several_times_chooses_and_is_led_on_all_the_same() {
    let portal = Portal::open().await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    let mut sam = portal.browser();
    sam.visit("/sign-in?next=%2Forders").await;
    for _ in 0..2 {
        sam.fill("Email address", &email).fill("Password", "not the password").press("Sign in").await;
        sam.sees("Email address and password do not match.");
    }
    sam.press("繁體中文").await;
    sam.sees_heading("登入");
    assert_eq!(sam.query("next").as_deref(), Some("/orders"));
    sam.fill("電子郵件地址", &email).fill("密碼", PASSWORD).press("登入").await;
    assert_eq!(sam.path(), "/orders");
}

#[actix_web::test]
async fn my_profile_sent_by_a_page_from_before_there_were_languages_keeps_the_language() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.post("/profile", &[("name", "Sam"), ("zone", "Europe/Berlin"), ("language", "zh-Hans")]).await;
    sam.post("/profile", &[("name", "Sam Other"), ("zone", "Europe/Berlin")]).await;
    sam.sees_heading("我的个人资料");
    assert_eq!((sam.field("姓名"), sam.field("语言")), ("Sam Other".to_owned(), "简体中文".to_owned()));
}
