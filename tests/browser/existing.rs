//! Add existing customers: a file is chosen, what each row does is shown, a likely duplicate is decided, the portal does
//! the good rows, and the whole is taken back.

use crate::support::chromium::Chromium;
use crate::support::look::Look;
use crate::support::portal::Portal;
use crate::support::story::story;

const HEADS: &str = "Company name,Primary domain name,Country,Address line 1,City,Postal code,First name,Last name,Email address,Offer,Quantity";

fn row(company: &str, domain: &str, sold: &str) -> String {
    format!("{company},{domain},DE,12 Mill Lane,Hamburg,20095,Ada,Finch,ada@{domain}.example,{sold}\r\n")
}

/// More rows than are done at once, so that the portal goes on by itself; one of them is bad, and one looks like a
/// customer that is there.
fn file(portal: &Portal) -> String {
    let known = portal.database.texts(
        "SELECT c.company_name AS text FROM customers c
         JOIN organisations o ON o.id = c.provider_id AND o.name = 'Harbor Distribution'
         WHERE c.ended_at IS NULL AND c.country = 'DE' AND c.company_name NOT LIKE '%,%' ORDER BY c.id",
    );
    let known = known.into_iter().next().expect("the demonstration has such a customer");
    let others: String =
        (0..300).map(|at| row(&format!("Quince {at}"), &format!("quince{at}"), ",")).collect();
    let first = row("Zenobia Works", "zenobiaworks", "Office 365 Business Premium,12");
    format!("{HEADS}\r\n{first}{}{}{others}", row("", "nameless", ","), row(&known, "secondoffice", ","))
}

#[actix_web::test]
async fn an_admin_agent_adds_customers_of_before_and_takes_them_back() {
    story(Look::DESK, async |portal, katja| tell(portal, katja, true).await).await;
}

#[actix_web::test]
async fn the_same_without_scripts_on_a_phone() {
    story(Look::PHONE.without_scripts(), async |portal, katja| tell(portal, katja, false).await).await;
}

/// Waits for what the portal does by itself: with scripts the page says so, without them it is opened again.
async fn comes_to(katja: &mut Chromium, end: &str, has_scripts: bool) {
    if has_scripts {
        katja.sees(end).await;
    } else {
        katja.sees_in_time(end).await;
    }
}

async fn tell(portal: &mut Portal, katja: &mut Chromium, has_scripts: bool) {
    katja.sign_in("admin.agent@harbor.example").await;
    katja.visit("/existing-customers").await;
    katja.sees_heading("Files of existing customers").await;
    katja.fits_in_width().await;
    katja.follow("Add existing customers").await;
    katja.sees_heading("Add existing customers").await;
    katja.fits_in_width().await;
    katja.attach("File", "customers.csv", &file(portal)).await;
    katja.press("Show what it does").await;
    katja.sees("301 new, 0 changed, 1 to choose, 0 the same, 1 refused.").await;
    katja.sees("Brings along Office 365 Business Premium × 12").await;
    katja.fits_in_width().await;
    katja.screenshot("existing-preview").await;
    katja.follow("Choose one by one").await;
    katja.sees("the same name and country").await;
    katja.fits_in_width().await;
    katja.press("Leave it out (line 4)").await;
    katja.sees("301 new, 0 changed, 0 to choose, 1 the same, 1 refused.").await;

    katja.press("Apply 301 rows").await;
    katja.sees("The rows are being done.").await;
    comes_to(katja, "301 added, 0 changed, 1 unchanged, 1 refused.", has_scripts).await;
    katja.sees("301 customers have neither accepted the customer agreement nor been asked.").await;
    katja.fits_in_width().await;
    katja.screenshot("existing-done").await;
    katja.visit("/customers?search=zenobia").await;
    katja.sees("Zenobia Works").await;

    katja.visit("/existing-customers").await;
    katja.follow("customers.csv").await;
    katja.follow("Take back").await;
    katja.sees_heading("Take this file back?").await;
    katja.fits_in_width().await;
    katja.press("Take back").await;
    katja.sees("The portal first checks whether something was built on what the file did, and then takes it back.").await;
    comes_to(katja, "301 rows were taken back.", has_scripts).await;
    katja.fits_in_width().await;
    katja.visit("/customers?search=zenobia").await;
    katja.sees_not("Zenobia Works").await;
}
