//! Letters go in the language of whoever gets them.

use twotier::access::Role;
use twotier::mail::outbox::Taken;
use twotier::values::id::PersonId;

use crate::support::portal::{PASSWORD, Portal};

#[actix_web::test]
async fn a_letter_about_an_account_is_in_the_language_of_its_owner() {
    let portal = Portal::open().await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    for (language, subject) in [("zh-Hans", "登录"), ("en", "A new sign-in to Twotier")] {
        let mut sam = portal.browser();
        sam.post("/session", &[("email", &email), ("password", PASSWORD), ("next", "/profile")]).await;
        sam.post("/profile", &[("name", "Sam"), ("zone", "Europe/Berlin"), ("language", language)]).await;
        portal.carry_mail().await;
        let mut elsewhere = portal.browser();
        elsewhere.post("/session", &[("email", &email), ("password", PASSWORD), ("next", "/")]).await;
        portal.carry_mail().await;
        let letter = portal.letter_to(&email);
        assert!(letter.subject.contains(subject), "{}", letter.subject);
        assert!(letter.body_html.contains(&format!("<html lang=\"{language}\"")), "{}", letter.body_html);
    }
}

#[actix_web::test]
async fn the_letter_of_a_partnership_request_begins_again_in_the_language_of_the_reseller() {
    let portal = Portal::open().await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/partnership-requests/new").await;
    sam.fill("Reseller’s email address", "ada@newleaf.example");
    sam.press("繁體中文").await;
    assert_eq!(sam.field("Reseller’s email address"), "ada@newleaf.example");
    let text = sam.field("Message");
    assert!(text.starts_with("您好") && text.contains("/partnerships/"), "{text}");
    sam.press("Send").await;
    sam.sees("ada@newleaf.example");
    portal.carry_mail().await;
    let letter = portal.letter_to("ada@newleaf.example");
    assert!(letter.body_html.contains("<html lang=\"zh-Hant\""), "{}", letter.body_html);
    assert!(letter.body_text.contains("Harbor Distribution"), "{}", letter.body_text);
    // What follows about this request goes in the same language.
    let kept = "SELECT count(*) FROM partnership_requests WHERE language = 'zh-Hant'";
    assert_eq!(portal.database.number(kept), 1);
}

#[actix_web::test]
async fn who_is_invited_is_written_to_as_the_inviter_reads_until_they_choose_a_password() {
    let portal = Portal::open().await;
    let mut gina = portal.browser_of(Role::GlobalAdmin).await;
    gina.post("/profile", &[("name", "Gina"), ("zone", "Europe/Berlin"), ("language", "zh-Hant")]).await;
    let (id, email) = (PersonId::new().to_string(), "nora@harbor.example");
    let nora = [
        ("id", id.as_str()),
        ("name", "Nora New"),
        ("email", email),
        ("roles", "sales_agent"),
        ("way", "mail"),
    ];
    gina.post("/people", &nora).await;
    let invitation = next_letter_to(&portal, email).await;
    assert!(invitation.body_html.contains("<html lang=\"zh-Hant\""), "{}", invitation.body_html);

    let mut nora = portal.browser();
    nora.set_cookie("twotier-language", "zh-Hans");
    let link = link_in(&invitation.body_text);
    nora.visit(&link).await;
    nora.sees_heading("设置密码");
    nora.post(&link, &[("new", "a long walk home"), ("again", "a long walk home")]).await;
    let kept = format!("SELECT count(*) FROM people WHERE email = '{email}' AND language = 'zh-Hans'");
    assert_eq!(portal.database.number(&kept), 1);

    gina.visit(&format!("/people/{id}/password")).await;
    gina.press("重設密碼").await;
    let reset = next_letter_to(&portal, email).await;
    assert!(reset.body_html.contains("<html lang=\"zh-Hans\""), "{}", reset.body_html);
}

async fn next_letter_to(portal: &Portal, email: &str) -> Taken {
    portal.carry_mail().await;
    portal.letter_to(email)
}

fn link_in(text: &str) -> String {
    let at = text.find("/set-password/").expect("a link");
    text[at..].split_whitespace().next().expect("a link").to_owned()
}
