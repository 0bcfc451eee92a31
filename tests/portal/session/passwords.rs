//! Which passwords are not taken, wherever one is chosen.

use twotier::access::Role;

use crate::support::portal::{PASSWORD, Portal};

#[actix_web::test]
async fn own_words_and_common_passwords_are_refused_and_the_word_is_named() {
    let portal = Portal::open_with(|site| site.name = "Channel desk".to_owned()).await;
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit("/password").await;
    for (new, why) in [
        ("sales are my business", "This holds “sales”, a part of the email address"),
        ("Harbor in the evening sun", "This holds “harbor”, a part of the email address"),
        ("H4rb0rD1stribut10n now", "a part of the email address"),
        ("a channel of red paint", "This holds “channel”, a part of this portal’s name"),
        ("Michelle2026!", "Many people use this one"),
        ("Password1234", "Many people use this one"),
    ] {
        sam.fill("Current password", PASSWORD).fill("New password", new).fill("New password again", new);
        sam.press("Change password").await;
        sam.sees_problem("New password", why);
    }
    let new = "a long walk home";
    sam.fill("Current password", PASSWORD).fill("New password", new).fill("New password again", new);
    sam.press("Change password").await;
    sam.sees("Your password is changed.");
}

#[actix_web::test]
async fn the_organization_s_name_counts_also_where_the_address_does_not_hold_it() {
    let portal = Portal::open().await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    portal.database.change("UPDATE people SET email = 'ann@abc.example'");
    let mut ann = portal.browser();
    super::try_password(&mut ann, "ann@abc.example", PASSWORD).await;
    ann.visit("/password").await;
    let new = "our distribution rocks";
    ann.fill("Current password", PASSWORD).fill("New password", new).fill("New password again", new);
    ann.press("Change password").await;
    ann.sees_problem("New password", "This holds “distribution”, a part of the organization’s name");
    assert!(email.contains("harbor"));
}

#[actix_web::test]
async fn a_mailed_link_takes_them_neither() {
    let portal = Portal::open().await;
    portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    portal.database.change("UPDATE people SET email = 'katja@abc.example'");
    let mut katja = portal.browser();
    katja.visit("/forgotten-password").await;
    katja.fill("Email address", "katja@abc.example").press("Mail a link").await;
    portal.carry_mail().await;
    let text = portal.letter_to("katja@abc.example").body_text;
    let link = text.lines().map(str::trim).find(|line| line.contains("/set-password/")).expect("a link");
    katja.visit(link).await;
    for (new, why) in [
        ("Katja goes for a walk", "This holds “katja”, a part of the email address"),
        ("the harbor at night", "This holds “harbor”, a part of the organization’s name"),
        ("Twotier and a half", "This holds “twotier”, a part of this portal’s name"),
    ] {
        katja.fill("New password", new).fill("New password again", new).press("Set password").await;
        katja.sees_problem("New password", why);
    }
}

#[actix_web::test]
async fn a_temporary_password_holds_for_seven_days() {
    let portal = Portal::open().await;
    let email = portal.add_person(&portal.harbor, &[Role::SalesAgent]).await;
    portal.database.change("UPDATE people SET must_change_password = TRUE");
    let since = |days: i64| {
        let at = twotier::values::moment::Moment::now().plus_days(-days).exact().replace('T', " ");
        format!("UPDATE people SET password_set_at = '{at}'")
    };
    portal.database.change(&since(8));
    let mut late = portal.browser();
    super::try_password(&mut late, &email, PASSWORD).await;
    late.sees("do not match");
    portal.database.change(&since(6));
    super::try_password(&mut late, &email, PASSWORD).await;
    late.sees("Choose a password of your own first.");
}
