//! Upload users: a file is chosen, what each row does is shown, the portal does the good ones, passwords come as a file,
//! and the whole is taken back.

use crate::support::chromium::Chromium;
use crate::support::look::Look;
use crate::support::portal::Portal;
use crate::support::story::story;

/// More rows than are done at once, so that the portal goes on by itself; one of them is bad.
fn file() -> String {
    let others: String = (0..300).map(|row| format!("Quince,Quince {row},quince.{row}\r\n")).collect();
    format!(
        "First name,Display name,Email\r\nZenobia,Zenobia Apple,zenobia.apple\r\nBen,,ben.pear\r\n{others}"
    )
}

#[actix_web::test]
async fn a_user_admin_uploads_users_hands_passwords_over_and_takes_them_back() {
    story(Look::DESK, async |portal, mehmet| tell(portal, mehmet, true).await).await;
}

#[actix_web::test]
async fn the_same_without_scripts_on_a_phone() {
    story(Look::PHONE.without_scripts(), async |portal, mehmet| tell(portal, mehmet, false).await).await;
}

/// A customer whose users Harbor looks after.
fn customer(portal: &Portal) -> String {
    let found = portal.database.texts(
        "SELECT c.id AS text FROM customers c
         JOIN organisations o ON o.id = c.provider_id AND o.name = 'Harbor Distribution'
         WHERE c.ended_at IS NULL AND c.is_delegated AND c.ending_on IS NULL ORDER BY c.id",
    );
    found.into_iter().next().expect("the demonstration has such a customer")
}

/// Waits for what the portal does by itself: with scripts the page says so, without them it is opened again.
async fn comes_to(mehmet: &mut Chromium, end: &str, has_scripts: bool) {
    if has_scripts {
        mehmet.sees(end).await;
    } else {
        mehmet.sees_in_time(end).await;
    }
}

async fn tell(portal: &mut Portal, mehmet: &mut Chromium, has_scripts: bool) {
    let users = format!("/customers/{}/users", customer(portal));
    mehmet.sign_in("user.admin@harbor.example").await;
    mehmet.visit(&users).await;
    mehmet.follow("Upload users").await;
    mehmet.sees_heading("Upload users").await;
    mehmet.fits_in_width().await;
    mehmet.attach("File", "people.csv", &file()).await;
    mehmet.press("Show what it does").await;
    mehmet.sees("301 new, 0 changed, 0 the same, 1 refused.").await;
    mehmet.sees_heading("people.csv").await;
    mehmet.sees("Enter the display name.").await;
    mehmet.fits_in_width().await;
    mehmet.screenshot("upload-preview").await;

    mehmet.press("Apply 301 rows").await;
    mehmet.sees("The rows are being done.").await;
    comes_to(mehmet, "301 added, 0 changed, 0 unchanged, 1 refused.", has_scripts).await;
    mehmet.sees("301 users wait for a password.").await;
    mehmet.fits_in_width().await;
    mehmet.screenshot("upload-done").await;
    let passwords = mehmet.press_for_file("Download passwords once", "credentials.csv").await;
    let lines: Vec<&str> = passwords.lines().collect();
    assert_eq!(lines.len(), 302, "{passwords}");
    assert!(lines.iter().any(|line| line.starts_with("Zenobia Apple,zenobia.apple@")), "{passwords}");
    mehmet.visit(&format!("{users}?search=zenobia.apple")).await;
    mehmet.sees("Zenobia Apple").await;

    mehmet.visit(&format!("{users}/uploads")).await;
    mehmet.follow("people.csv").await;
    mehmet.sees("301 users have no password of their own yet.").await;
    mehmet.follow("Take back").await;
    mehmet.sees_heading("Take this upload back?").await;
    mehmet.fits_in_width().await;
    mehmet.press("Take back").await;
    mehmet.sees("The portal first checks whether something was built on what the file did, and then takes it back.").await;
    comes_to(mehmet, "301 rows were taken back.", has_scripts).await;
    mehmet.fits_in_width().await;
    mehmet.visit(&format!("{users}?search=zenobia.apple")).await;
    mehmet.sees("No users found").await;
    mehmet.sees_not("Zenobia Apple").await;
}
