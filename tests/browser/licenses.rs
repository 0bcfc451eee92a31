//! Users and licenses: users are added one after the other, their passwords handed over together, their licenses given to
//! all at once, and the list taken away as a file.

use crate::support::chromium::Chromium;
use crate::support::look::Look;
use crate::support::portal::Portal;
use crate::support::story::story;

const PRODUCT: &str = "Microsoft 365 F1";

#[actix_web::test]
async fn an_admin_agent_adds_users_hands_passwords_over_and_gives_licenses() {
    story(Look::DESK, async |portal, katja| tell(portal, katja).await).await;
}

#[actix_web::test]
async fn the_same_without_scripts_on_a_phone() {
    story(Look::PHONE.without_scripts(), async |portal, katja| tell(portal, katja).await).await;
}

/// The one customer of the demonstration that has users beside its admin.
fn customer(portal: &Portal) -> String {
    let most = "SELECT customer_id AS text FROM customer_users GROUP BY customer_id ORDER BY count(*) DESC";
    portal.database.texts(most).into_iter().next().expect("the demonstration has users")
}

async fn adds(katja: &mut Chromium, first: &str, has_license: bool) {
    katja.sees_heading("Add user").await;
    katja.fill("First name", first).await;
    katja.fill("Last name", "Zenith").await;
    katja.fill("User name", &format!("{}.zenith", first.to_lowercase())).await;
    if has_license {
        katja.check(&format!("{PRODUCT}6 of 55 available")).await;
    }
    katja.fits_in_width().await;
    katja.press("Add").await;
}

async fn tell(portal: &mut Portal, katja: &mut Chromium) {
    let customer = customer(portal);
    let users = format!("/customers/{customer}/users");
    let assigned = "SELECT count(*) FROM licenses JOIN offers ON offers.id = licenses.offer_id \
                    WHERE offers.name = 'Microsoft 365 F1'";
    let before = portal.database.number(assigned);
    katja.sign_in("admin.agent@harbor.example").await;
    katja.visit(&users).await;
    katja.fits_in_width().await;
    katja.follow("Add user").await;
    adds(katja, "Zora", true).await;
    katja.sees_heading("1 user to hand a password to").await;
    katja.follow("Add another user").await;
    adds(katja, "Zeno", false).await;
    katja.sees_heading("2 users to hand passwords to").await;
    katja.fits_in_width().await;
    katja.screenshot("credentials").await;
    let passwords = katja.press_for_file("Download once", "credentials.csv").await;
    assert_eq!(passwords.lines().count(), 3, "{passwords}");
    assert!(passwords.contains("zora.zenith@") && passwords.contains("zeno.zenith@"), "{passwords}");

    katja.visit(&users).await;
    katja.check("Select Agnieszka Klein").await;
    katja.press("Select ticked, next page").await;
    katja.sees("1 selected").await;
    katja.visit(&format!("{users}?search=zenith")).await;
    katja.check("Select Zora Zenith").await;
    katja.check("Select Zeno Zenith").await;
    katja.press("Select ticked").await;
    katja.sees("3 selected").await;
    katja.press("Manage licenses").await;
    katja.sees_heading("Manage licenses").await;
    katja.sees("Some: 2 of 3").await;
    katja.fits_in_width().await;
    katja.choose_radio(&format!("Licenses of {PRODUCT}"), "Give to all").await;
    katja.screenshot("manage-licenses").await;
    katja.press("Save").await;
    katja.sees_heading("Licenses updated").await;
    katja.sees("1 user changed, 2 as before").await;
    katja.sees("Given: Microsoft 365 F1.").await;
    katja.fits_in_width().await;
    assert_eq!(portal.database.number(assigned), before + 2);

    katja.visit(&format!("{users}?search=zenith")).await;
    katja.unfold("Export").await;
    let file = katja.follow_for_file("Export as CSV", "users.csv").await;
    assert_eq!(file.lines().count(), 3, "{file}");
    assert!(file.contains("zora.zenith@"), "{file}");
}
