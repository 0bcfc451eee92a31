//! Passwords of users whom a file added: made while they are downloaded, or links by mail.

use twotier::access::Role;

use super::{applies, begins, uploads};
use crate::support::portal::Portal;
use crate::support::wire::Call;

const FILE: &str = "Display name,Email,Alternate email\nAnn,ann,ann@home.example\nBen,ben,\n";

/// Name and password of each line of a file of them.
fn handed(text: &str) -> Vec<(String, String)> {
    let lines = text.trim_start_matches('\u{feff}').lines().skip(1);
    let cells = lines.filter_map(|line| line.split_once(',')?.1.split_once(','));
    cells.map(|(name, password)| (name.to_owned(), password.to_owned())).collect()
}

#[actix_web::test]
async fn passwords_are_handed_over_once_and_open_the_accounts() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    uploads(&mut ada, &alder, FILE).await;
    applies(&mut ada, "Apply 2 rows").await;
    ada.sees("2 users wait for a password.");
    let mut other_tab = ada.duplicate();
    other_tab.visit(ada.path()).await;
    ada.press("Download passwords once").await;
    let first = handed(&ada.download().text());
    assert_eq!(first.len(), 2);
    // Whoever is second learns that, and gets none by accident.
    other_tab.press("Download passwords once").await;
    other_tab.sees("Nothing was done: passwords of these users were handed over");
    let mut ann = portal.browser();
    signs_in(&mut ann, &first[0]).await;
    ann.sees_heading("Change your password");
    ann.fill("Current password", &first[0].1);
    ann.fill("New password", "correct horse battery").fill("New password again", "correct horse battery");
    ann.press("Change password").await;
    // Who lost theirs gets another one; who chose one keeps it.
    ada.reload().await;
    ada.sees("1 user has no password of their own yet.");
    ada.press("Make new passwords and download them").await;
    let again = handed(&ada.download().text());
    assert_eq!(again.len(), 1);
    assert_eq!(again[0].0, "ben@alder.onmicrosoft.com");
    let mut ben = portal.browser();
    signs_in(&mut ben, &first[1]).await;
    ben.sees_heading("Sign in");
    signs_in(&mut ben, &again[0]).await;
    ben.sees_heading("Change your password");
    ada.visit("/activity").await;
    ada.sees("Hand over passwords of uploaded users");
}

async fn signs_in(browser: &mut crate::support::browser::Browser, (name, password): &(String, String)) {
    browser.visit("/sign-in").await;
    browser.fill("Email address", name).fill("Password", password).press("Sign in").await;
}

#[actix_web::test]
async fn links_go_to_the_alternate_addresses_and_the_rest_waits_for_passwords() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    uploads(&mut ada, &alder, FILE).await;
    applies(&mut ada, "Apply 2 rows").await;
    ada.press("Mail links to the alternate addresses").await;
    ada.sees("Links are being mailed.");
    super::works(&portal).await;
    ada.reload().await;
    ada.sees("1 link was mailed.").sees("1 user waits for a password.");
    portal.carry_mail().await;
    let letter = portal.letter_to("ann@home.example");
    let mut ann = portal.browser();
    let link = letter.body_text[letter.body_text.find("/set-password/").expect("a link")..].to_owned();
    ann.visit(link.split_whitespace().next().expect("a link")).await;
    ann.sees("ann@alder.onmicrosoft.com");
    ada.press("Download passwords once").await;
    assert_eq!(handed(&ada.download().text()).len(), 1, "a link takes no password after it");
}

#[actix_web::test]
async fn nobody_else_is_given_passwords() {
    let portal = Portal::open().await;
    let (alder, mut ada) = begins(&portal).await;
    uploads(&mut ada, &alder, FILE).await;
    let path = ada.path().to_owned();
    ada.post(&format!("{path}/passwords"), &[("mark", "")]).await;
    ada.sees("Nothing was done: the portal works at this file, or its rows have not been applied.");
    ada.visit(&path).await;
    applies(&mut ada, "Apply 2 rows").await;
    let rival = portal.has_organisation(twotier::access::OrganisationKind::Provider, "Rival", "DE").await;
    let mut eve = portal.browser_in(&rival, &[Role::GlobalAdmin]).await;
    for address in [path.clone(), format!("{path}/taking-back"), format!("{path}/export")] {
        assert_eq!(eve.send(Call::get(address)).await.status, 404);
    }
    eve.visit("/activity").await;
    eve.post(&format!("{path}/passwords"), &[("mark", "")]).await;
    assert_eq!(eve.status(), 404);
    assert_eq!(portal.database.number("SELECT count(*) FROM batches WHERE handed_at IS NOT NULL"), 0);
}
