//! The first real day: from an empty folder to a reseller who manages what was sold, with nothing but the binary.
//! README tells the same.

use std::process::Output;

use crate::browsing::browser::Browser;
use crate::browsing::browser_at;
use crate::support::Installation;

/// What everybody chooses at the first sign-in.
const PASSWORD: &str = "harbour lights at seven";
const OFFER: &str = "Office 365 Enterprise E3";

#[actix_web::test]
async fn an_empty_folder_becomes_a_portal_that_sells_by_three_commands_and_one_upload() {
    let installation = Installation::new();
    let operator =
        installation.adds("operator", "Ola Operator", "ola@portal.example", "Portal operations", "DE");
    let provider =
        installation.adds("provider", "Ann Lee", "ann@harbor.example", "Harbor Distribution", "DE");
    let _server = installation.serve();

    let mut ola = signed_in(&installation, "ola@portal.example", &operator).await;
    ola.follow("Catalog").await;
    ola.sees("Use the sample catalog");
    let mut ann = signed_in(&installation, "ann@harbor.example", &provider).await;
    ann.follow("Catalog").await;
    ann.sees("no offers");
    uploads_the_sample(&mut ola).await;
    ann.visit(&format!("/catalog?search={}", OFFER.replace(' ', "+"))).await;
    ann.sees_row(&[OFFER, "€"]);

    let link = requests_partnership(&installation, &mut ann, "bea@brightwater.example").await;
    let mut bea = enrolls(&installation, &link).await;
    ola.visit("/operator/enrolments").await;
    ola.follow("Brightwater IT").await;
    ola.press("Approve").await;
    ola.sees("Brightwater IT is enrolled.");
    bea.visit("/sign-in").await;
    bea.fill("Email address", "bea@brightwater.example").fill("Password", PASSWORD).press("Sign in").await;
    accepts(&mut bea, &link, "Brightwater IT").await;

    let customer = Place::of("DE");
    adds_customer(&mut ann, "Brightwater IT", &customer).await;
    let password = orders_and_confirms(&mut ann, &customer).await;
    assert_eq!(password.len(), 14, "{password} is not a temporary password");

    bea.visit("/customers").await;
    bea.follow(customer.company).await;
    bea.follow(OFFER).await;
    bea.sees("40").sees_button("Change quantity");
    bea.visit("/activity").await;
    bea.sees(customer.company);
}

/// In each region of the programme and each of its currencies.
#[actix_web::test]
async fn a_provider_anywhere_sells_in_its_own_currency_from_the_first_day() {
    let installation = Installation::new();
    installation.adds("operator", "Ola Operator", "ola@portal.example", "Portal operations", "DE");
    let sample = installation.run(&["catalogue", "sample"]);
    assert!(sample.status.success());
    std::fs::write(installation.folder.path().join("offers.csv"), &sample.stdout).unwrap();
    said(&installation.run(&["catalogue", "import", "offers.csv"]));

    let places: Vec<Place> = PLACES.iter().map(|(country, ..)| Place::of(country)).collect();
    let mut accounts = Vec::new();
    for (number, place) in places.iter().enumerate() {
        let (ann, bea) = (format!("ann@provider{number}.example"), format!("bea@reseller{number}.example"));
        let provider = format!("Provider {}", place.country);
        let first = installation.adds("provider", "Ann Lee", &ann, &provider, place.country);
        let reseller = format!("Reseller {}", place.country);
        let second =
            installation.adds_reseller("Bea Bell", &bea, &reseller, place.country, 4_900_001 + number);
        accounts.push(((ann, first), (bea, second), reseller));
    }
    let _server = installation.serve();
    for (place, ((ann_email, first), (bea_email, second), reseller)) in places.iter().zip(accounts) {
        let mut ann = signed_in(&installation, &ann_email, &first).await;
        let link = requests_partnership(&installation, &mut ann, &bea_email).await;
        let mut bea = signed_in(&installation, &bea_email, &second).await;
        accepts(&mut bea, &link, &reseller).await;
        adds_customer(&mut ann, &reseller, place).await;
        orders_and_confirms(&mut ann, place).await;
        bea.visit("/customers").await;
        bea.sees(place.company);
    }
}

impl Installation {
    /// `twotier add-admin`; answers the temporary password.
    fn adds(&self, kind: &str, name: &str, email: &str, organisation: &str, country: &str) -> String {
        self.adds_with(&[], (kind, name, email, organisation, country))
    }

    fn adds_reseller(&self, name: &str, email: &str, company: &str, country: &str, mpn_id: usize) -> String {
        let mpn_id = mpn_id.to_string();
        self.adds_with(&["--mpn-id", &mpn_id], ("reseller", name, email, company, country))
    }

    fn adds_with(&self, more: &[&str], words: (&str, &str, &str, &str, &str)) -> String {
        let (kind, name, email, organisation, country) = words;
        let words = ["--kind", kind, "--name", name, "--email", email, "--organisation", organisation];
        let all = [&["add-admin"], words.as_slice(), &["--country", country], more].concat();
        said(&self.run(&all)).trim().rsplit(' ').next().expect("a password").to_owned()
    }
}

/// What a command that went well has printed.
#[track_caller]
fn said(output: &Output) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}{err}");
    out.into_owned()
}

/// Signs in with a temporary password and chooses one's own.
async fn signed_in(installation: &Installation, email: &str, temporary: &str) -> Browser {
    let mut browser = browser_at(installation);
    browser.visit("/sign-in").await;
    browser.fill("Email address", email).fill("Password", temporary).press("Sign in").await;
    browser.sees_heading("Change your password");
    browser.fill("Current password", temporary);
    browser.fill("New password", PASSWORD).fill("New password again", PASSWORD);
    browser.press("Change password").await;
    browser.sees("Your password is changed.");
    browser.visit("/").await;
    browser
}

async fn uploads_the_sample(ola: &mut Browser) {
    ola.press("Use the sample catalog").await;
    ola.sees("67 new, 0 changed, 0 the same, 0 refused.");
    ola.press("Apply").await;
    ola.sees("67 offers were added");
}

/// Answers the personal link, which stands in the draft at once.
async fn requests_partnership(installation: &Installation, ann: &mut Browser, email: &str) -> String {
    ann.visit("/resellers").await;
    ann.follow("Request a partnership").await;
    ann.fill("Reseller’s email address", email);
    // There is no mail server: the own mail program is the way, and nothing claims to be on its way.
    ann.sees_button("Open in email").sees_not("on its way");
    let message = ann.field("Message");
    ann.press("Done").await;
    ann.sees(email);
    let start = format!("{}/partnerships/", installation.origin());
    let link = message.lines().map(str::trim).find(|line| line.starts_with(&start));
    link.unwrap_or_else(|| panic!("no link in {message}")).to_owned()
}

/// Enrolls from a partnership link, with a letter that is kept as a file.
async fn enrolls(installation: &Installation, link: &str) -> Browser {
    let mut bea = browser_at(installation);
    bea.visit(link).await;
    bea.follow("Enroll as an indirect reseller").await;
    bea.fill("Your name", "Bea Bell").fill("Work email address", "bea@brightwater.example");
    bea.press("Ask for the link").await;
    let way_in = installation.link_to("bea@brightwater.example", "/enrolment/");
    bea.visit(&way_in).await;
    bea.press("Go on").await;
    let place = Place::of("DE");
    bea.fill("Company name", "Brightwater IT").choose("Country/region", place.name);
    bea.press("Update fields for this country").await;
    bea.fill("Address line 1", "Hafenstraße 12");
    place.fill_city(&mut bea);
    bea.fill("First name", "Bea").fill("Last name", "Bell").fill("Email address", "bea@brightwater.example");
    bea.fill("Name of the location", "Main office").fill("MPN ID", "4810233");
    bea.choose("Time zone", "Europe/Berlin");
    bea.fill("Password", PASSWORD).fill("Password again", PASSWORD);
    bea.press("Next: Review").await;
    bea.press("Hand in").await;
    bea
}

async fn accepts(bea: &mut Browser, link: &str, company: &str) {
    bea.visit(link).await;
    bea.check(&format!("I have read what accepting means, and I consent to it for {company}."));
    bea.press("Authorize indirect provider").await;
    bea.sees_heading("Indirect providers");
}

async fn adds_customer(ann: &mut Browser, reseller: &str, place: &Place) {
    ann.visit("/resellers").await;
    ann.within(reseller).follow("Add new customer").await;
    ann.sees_heading("New customer").sees(reseller);
    ann.fill("Company name", place.company).fill("Primary domain name", &place.domain);
    ann.fill("Address line 1", "12 Mill Lane");
    if place.is_chosen {
        ann.choose("Country/region", place.name);
        ann.press("Update fields for this country").await;
    }
    place.fill_city(ann);
    if !place.registration.is_empty() {
        ann.fill("Company registration ID", place.registration);
    }
    let mut contact = ann.within("Primary contact");
    contact.fill("First name", "Mia").fill("Last name", "Berg").fill("Email address", "mia@berg.example");
    if !place.phone.is_empty() {
        contact.fill("Phone number", place.phone);
    }
    drop(contact);
    ann.choose("Acceptance of the customer agreement", "Customer has accepted the customer agreement");
    ann.fill("Agreement acceptance date", "2026-01-15");
    ann.press("Next: Subscriptions").await;
}

/// Orders 40 licenses; answers the temporary password of the customer's first user.
async fn orders_and_confirms(ann: &mut Browser, place: &Place) -> String {
    ann.sees_heading("New subscription");
    ann.fill("Search offers", OFFER).press("Search").await;
    ann.fill(&format!("Licenses of {OFFER}"), "40").press("Next: Review").await;
    ann.sees_heading("Review").sees(place.company).sees(place.symbol);
    ann.press("Submit").await;
    ann.sees_heading("Confirmation").sees(OFFER).sees(place.symbol);
    let text = ann.text();
    let password = text.split("Temporary password ").nth(1).and_then(|rest| rest.split(' ').next());
    password.unwrap_or_default().to_owned()
}

/// Country, its name, the sign of its currency, city, state, postal code, registration ID, phone.
type Row = (&'static str, &'static str, &'static str, [&'static str; 5]);

#[rustfmt::skip]
const PLACES: &[Row] = &[
    ("KE", "Kenya", "$", ["Nairobi", "", "20100", "", ""]),
    ("SG", "Singapore", "$", ["", "", "546080", "", ""]),
    ("AU", "Australia", "A$", ["Sydney", "New South Wales", "2060", "", ""]),
    ("BR", "Brazil", "$", ["São Paulo", "São Paulo", "40301-110", "16727230000197", "+55 11 2345-6789"]),
    ("CA", "Canada", "CA$", ["Montreal", "Quebec", "H3Z 2Y7", "", ""]),
    ("CN", "China", "CN¥", ["青岛", "Shandong", "266033", "", ""]),
    ("DE", "Germany", "€", ["Hamburg", "", "20457", "", ""]),
    ("DK", "Denmark", "DKK", ["København", "", "8660", "", ""]),
    ("GB", "United Kingdom", "£", ["London", "", "EC1Y 8SY", "", ""]),
    ("NO", "Norway", "NOK", ["Oslo", "", "0025", "", ""]),
    ("SE", "Sweden", "SEK", ["Stockholm", "", "114 55", "", ""]),
    ("CH", "Switzerland", "CHF", ["Zürich", "", "2544", "", ""]),
    ("IN", "India", "₹", ["New Delhi", "Delhi", "110034", "AAAPZ1234C", "+91 74104 10123"]),
    ("JP", "Japan", "¥", ["東京", "Tokyo", "154-0023", "", ""]),
    ("KR", "South Korea", "₩", ["서울", "", "03051", "", ""]),
    ("MX", "Mexico", "$", ["Ciudad de México", "Ciudad de México", "02860", "", ""]),
    ("ZA", "South Africa", "$", ["Cape Town", "", "0083", "201812345607", "+27 10 123 4567"]),
    ("NZ", "New Zealand", "NZ$", ["Wellington", "", "6001", "", ""]),
    ("RU", "Russia", "₽", ["Москва", "", "247112", "7707083893", "+7 301 123-45-67"]),
    ("TW", "Taiwan", "NT$", ["臺北市", "", "104", "", ""]),
    ("US", "United States", "$", ["Redmond", "Washington", "98052", "", ""]),
];

/// Where a customer is.
struct Place {
    country: &'static str,
    name: &'static str,
    symbol: &'static str,
    city: &'static str,
    state: &'static str,
    postal_code: &'static str,
    registration: &'static str,
    phone: &'static str,
    company: &'static str,
    domain: String,
    /// Whether the region has other countries, so that this one is chosen.
    is_chosen: bool,
}

impl Place {
    fn of(country: &str) -> Place {
        let row = PLACES.iter().find(|(known, ..)| *known == country).expect("a place");
        let (country, name, symbol, [city, state, postal_code, registration, phone]) = *row;
        let region = twotier::values::country::Country::parse(country).unwrap().region();
        let is_chosen = twotier::values::country::Country::in_region(region).count() > 1;
        let (company, domain) = ("Juniper Hall School", format!("juniperhall{}", country.to_lowercase()));
        Place {
            country,
            name,
            symbol,
            city,
            state,
            postal_code,
            registration,
            phone,
            company,
            domain,
            is_chosen,
        }
    }

    fn fill_city(&self, browser: &mut Browser) {
        if !self.city.is_empty() {
            browser.fill("City", self.city);
        }
        let has_list = !twotier::values::country::Country::parse(self.country).unwrap().states().is_empty();
        match (self.state, has_list) {
            ("", _) => {}
            (state, true) => drop(browser.choose("State/province", state)),
            (state, false) => drop(browser.fill("State/province", state)),
        }
        browser.fill("ZIP/Postal code", self.postal_code);
    }
}

impl Installation {
    /// The link on a line of its own in a letter that is kept as a file.
    fn link_to(&self, email: &str, path: &str) -> String {
        let start = format!("{}{path}", self.origin());
        let begun = std::time::Instant::now();
        loop {
            let folder = std::fs::read_dir(self.folder.path().join("data/letters")).expect("letters");
            for file in folder
                .map(|file| file.expect("a file").path())
                .filter(|path| path.extension().is_some_and(|end| end == "eml"))
            {
                let letter = std::fs::read_to_string(file).unwrap_or_default();
                let whole = letter.replace("=\r\n", "").replace("=\n", "");
                let link = whole.lines().map(str::trim).find(|line| line.starts_with(&start));
                if let Some(link) = link.filter(|_| letter.contains(&format!("To: {email}"))) {
                    return link.to_owned();
                }
            }
            assert!(begun.elapsed() < std::time::Duration::from_secs(60), "no letter to {email}");
            // Another process writes it and tells nobody.
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }
}
