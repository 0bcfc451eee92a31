//! What people type for an address, and what becomes of it.

use proptest::prelude::*;

use super::*;

fn kept(typed: &str) -> String {
    Email::parse(typed).unwrap_or_else(|problem| panic!("{typed:?}: {problem}")).as_str().to_owned()
}

#[test]
fn an_address_is_trimmed_and_lower_cased() {
    assert_eq!(kept(" Sam@Harbor.Example "), "sam@harbor.example");
    assert_eq!(kept("O'Hara+x@harbor.example"), "o'hara+x@harbor.example");
}

#[test]
fn a_domain_beyond_ascii_is_kept_in_ascii_and_shown_as_typed() {
    for (typed, ascii, shown) in [
        ("info@müller.de", "info@xn--mller-kva.de", "info@müller.de"),
        ("INFO@MÜLLER.de", "info@xn--mller-kva.de", "info@müller.de"),
        ("info@mu\u{308}ller.de", "info@xn--mller-kva.de", "info@müller.de"),
        ("info@xn--mller-kva.de", "info@xn--mller-kva.de", "info@müller.de"),
        ("ｉｎｆｏ＠ｈａｒｂｏｒ．ｅｘａｍｐｌｅ", "info@harbor.example", "info@harbor.example"),
        ("info＠例え。テスト", "info@xn--r8jz45g.xn--zckzah", "info@例え.テスト"),
        ("a@ラーメン.jp", "a@xn--4dkp5a8a.jp", "a@ラーメン.jp"),
        ("a@straße.de", "a@xn--strae-oqa.de", "a@straße.de"),
        ("a@пример.рф", "a@xn--e1afmkfd.xn--p1ai", "a@пример.рф"),
        ("a@mail.müller.de", "a@mail.xn--mller-kva.de", "a@mail.müller.de"),
        ("in\u{ad}fo@mül\u{200b}ler.de\u{200e}", "info@xn--mller-kva.de", "info@müller.de"),
    ] {
        let email = Email::parse(typed).unwrap();
        assert_eq!((email.as_str(), email.to_string().as_str()), (ascii, shown), "{typed}");
        assert_eq!(shown.rsplit_once('@').unwrap().1, email.shown_domain());
        assert_eq!(Email::parse(shown).unwrap(), email);
    }
}

#[test]
fn a_domain_that_can_pass_for_another_is_shown_as_servers_write_it() {
    // The second letter is Cyrillic.
    let email = Email::parse("a@p\u{430}ypal.example").unwrap();
    assert_eq!(email.to_string(), email.as_str());
    assert!(email.as_str().starts_with("a@xn--"));
}

#[test]
fn what_nobody_sees_is_no_part_of_it() {
    for typed in [
        "sa\u{200b}m@harbor.example",
        "\u{feff}sam@harbor.example\u{202c}",
        "sam\u{2060}@har\u{ad}bor.example\0",
    ] {
        assert_eq!(kept(typed), "sam@harbor.example", "{typed:?}");
    }
    assert_eq!(Email::parse("  "), Err(Problem::Missing));
    assert_eq!(Email::parse("\u{200b}\u{3164}"), Err(Problem::Missing));
}

#[test]
fn what_is_no_address_says_why() {
    let no_dot = |domain: &str| BadEmail::NoDot { domain: domain.to_owned() };
    let not_public = |domain: &str| BadEmail::NotPublic { domain: domain.to_owned() };
    let long = format!("{}@x.example", "a".repeat(65));
    for (fault, addresses) in [
        (BadEmail::NoAt, &["sam"][..]),
        (BadEmail::NothingBefore, &["@harbor.example"]),
        (BadEmail::NothingBehind, &["sam@"]),
        (BadEmail::SeveralAts, &["a@b@c.example", "sam@harbor.example\nBcc: x@y.example "]),
        (BadEmail::Blank, &["a b@x.example", "\"a b\"@x.example", "a\tb@x.example", "a@x example"]),
        (
            BadEmail::OddSigns,
            &["a(b)@x.example", "<a@x.example", "a,b@x.example", "a;b@x.example", "a\\b@x.example"],
        ),
        (BadEmail::Dots, &["a..b@x.example", ".a@x.example", "a.@x.example", ".@x.example"]),
        (BadEmail::Dots, &["a@x..example", "a@.example", "a@x.example."]),
        (BadEmail::MailboxNotAscii, &["jörg@harbor.example", "用户@harbor.example", "аnn@harbor.example"]),
        (BadEmail::MailboxTooLong { maximum: 64 }, &[&long]),
        (no_dot("x"), &["mia@x"]),
        (not_public("localhost"), &["mia@localhost"]),
        (not_public("mail.localhost"), &["mia@mail.localhost"]),
        (not_public("localhost.localdomain"), &["mia@localhost.localdomain"]),
        (not_public("[127.0.0.1]"), &["mia@[127.0.0.1]"]),
        (not_public("[IPv6:::1]"), &["mia@[IPv6:::1]"]),
        (not_public("127.0.0.1"), &["mia@127.0.0.1"]),
        (BadEmail::NoDomain, &["a@-x.example", "a@x-.example", "a@x_y.example", "a@xn--a.example"]),
        (BadEmail::NoDomain, &["a@x.example(comment)", "a@x.example>", "a@%78.example"]),
    ] {
        for typed in addresses {
            assert_eq!(Email::parse(typed), Err(Problem::Email(fault.clone())), "{typed:?}");
        }
    }
    let label = format!("a@{}.example", "a".repeat(64));
    assert_eq!(Email::parse(&label), Err(Problem::Email(BadEmail::NoDomain)));
}

#[test]
fn an_address_is_as_long_as_mail_servers_take_it() {
    let label = "d".repeat(63);
    assert_eq!(kept(&format!("{}@x.example", "a".repeat(64))).len(), 74);
    let fits = format!("{}@{label}.{label}.{}", "a".repeat(64), "d".repeat(61));
    assert_eq!(kept(&fits).len(), 254);
    assert_eq!(Email::parse(&format!("{fits}d")), Err(Problem::TooLong { maximum: 254 }));
    assert!(Email::parse(&"x".repeat(10_000)).is_err());
}

#[test]
fn signs_that_mean_something_in_links_are_taken_as_they_are() {
    for typed in ["a?bcc=x@y.example", "a&b@y.example", "a%0abcc=x@y.example"] {
        assert_eq!(kept(typed), typed);
    }
}

#[test]
fn an_address_of_a_free_mail_service_is_known_by_its_domain_and_those_below_it() {
    assert!(Email::parse("mia@GMail.com").unwrap().is_free());
    assert!(Email::parse("mia@mail.gmail.com").unwrap().is_free());
    assert!(Email::parse("mia@ｇｍａｉｌ。com").unwrap().is_free());
    assert!(!Email::parse("mia@notgmail.com").unwrap().is_free());
    assert!(!Email::parse("mia@gmail.com.example").unwrap().is_free());
    assert!(FREE.lines().all(|domain| Email::parse(&format!("a@{domain}")).is_ok()));
}

#[test]
fn one_mailbox_has_one_name_whatever_its_tag() {
    for typed in ["mia@acme.example", "mia+a@acme.example", "mia+a+b@acme.example"] {
        assert_eq!(Email::parse(typed).unwrap().without_tag(), "mia@acme.example");
    }
}

#[test]
fn a_search_is_in_the_spelling_of_what_is_kept() {
    for (typed, needle_) in [
        (" Müller.de ", "xn--mller-kva.de"),
        ("info@müller", "info@xn--mller-kva"),
        ("@müller.de", "@xn--mller-kva.de"),
        ("Harbor", "harbor"),
        ("ｈａｒｂｏｒ\u{200b}.example", "harbor.example"),
        ("50% _x", "50% _x"),
        ("Ünal Öz", "ünal öz"),
        ("", ""),
    ] {
        assert_eq!(needle(typed), needle_, "{typed}");
    }
}

proptest! {
    #[test]
    fn any_text_is_answered_and_what_is_taken_is_one_line_and_stable(
        typed in "\\PC*|[a-z.?&%]{1,8}[@＠][a-zäöß例あー\u{200d}]{1,8}[.。](example|рф|de)",
    ) {
        if let Ok(email) = Email::parse(&typed) {
            prop_assert!(email.as_str().bytes().all(|byte| byte.is_ascii_graphic()));
            prop_assert!(email.as_str().len() <= LONGEST);
            prop_assert_eq!(Email::parse(email.as_str()).unwrap(), email.clone());
            prop_assert_eq!(Email::parse(&email.to_string()).unwrap(), email);
        }
    }

    #[test]
    fn any_search_is_answered(typed in any::<String>()) {
        let needle = needle(&typed);
        prop_assert!(!needle.chars().any(char::is_control) || typed.chars().any(char::is_control));
    }
}
