//! Things that stories begin with: partnerships, offers. Each is put there as the portal itself keeps it.

use diesel::prelude::*;
use twotier::access::Role;
use twotier::catalog::model::{Category, LimitScope, Qualification, Unit};
use twotier::db::schema::{
    locations, offer_prerequisites, offer_prices, offers, organisations, partnerships,
};
use twotier::partners::model::Organisation;
use twotier::values::id::{LocationId, OfferId, PartnershipId};
use twotier::values::moment::Moment;
use twotier::values::name::sort_name;

use super::browser::Browser;
use super::portal::Portal;

impl Portal {
    /// A reseller in active partnership with Harbor, by its first location.
    pub async fn has_partner(&self, name: &str, country: &str, mpn_id: &str) -> Organisation {
        let reseller = self.has_reseller(name, country, mpn_id).await;
        self.has_partnership(&self.harbor, &reseller).await;
        reseller
    }

    /// Brightwater IT and Newleaf, partners of Harbor in Germany.
    pub async fn has_two_partners(&self) -> (Organisation, Organisation) {
        let brightwater = self.has_partner("Brightwater IT", "DE", "4810233").await;
        (brightwater, self.has_partner("Newleaf", "DE", "5910444").await)
    }

    /// An active partnership by the reseller's first location.
    pub async fn has_partnership(&self, provider: &Organisation, reseller: &Organisation) -> PartnershipId {
        let (id, provider, reseller) = (PartnershipId::new(), provider.clone(), reseller.clone());
        let made = id;
        let insert = move |conn: &mut twotier::db::Connection| {
            let location: LocationId = locations::table
                .filter(locations::organisation_id.eq(&reseller.id))
                .order(locations::created_at)
                .select(locations::id)
                .first(conn)?;
            diesel::insert_into(partnerships::table)
                .values((
                    partnerships::id.eq(&made),
                    partnerships::provider_id.eq(&provider.id),
                    partnerships::reseller_id.eq(&reseller.id),
                    partnerships::location_id.eq(&location),
                    partnerships::reseller_sort_name.eq(sort_name(&reseller.name)),
                    partnerships::state.eq("active"),
                    partnerships::accepted_by_name.eq("Olga Owner"),
                    partnerships::since.eq(Moment::now()),
                ))
                .execute(conn)?;
            Ok(())
        };
        self.db.write(insert).await.expect("the partnership is added");
        id
    }

    /// Every partnership was removed.
    pub async fn has_removed_partnerships(&self) {
        let remove = |conn: &mut twotier::db::Connection| {
            Ok(diesel::update(partnerships::table).set(partnerships::state.eq("removed")).execute(conn)?)
        };
        self.db.write(remove).await.expect("the partnerships are removed");
    }

    /// The operator has suspended an organisation.
    pub async fn has_suspended(&self, organisation: &Organisation, reason: &str) {
        let (id, reason) = (organisation.id, reason.to_owned());
        let suspend = move |conn: &mut twotier::db::Connection| {
            diesel::update(organisations::table.find(&id))
                .set((
                    organisations::state.eq("suspended"),
                    organisations::suspended_at.eq(Moment::now()),
                    organisations::suspension_reason.eq(&reason),
                ))
                .execute(conn)?;
            Ok(())
        };
        self.db.write(suspend).await.expect("the organisation is suspended");
    }

    /// The mail server refused every letter for good.
    pub fn fails_letters(&self) {
        self.database.change(
            "UPDATE letters SET state = 'failed', attempts = 1, last_error = '550 no such mailbox', sent_at = NULL",
        );
    }

    /// An offer with prices in EUR and USD; change the plain one to taste.
    pub async fn has_offer(&self, offer: PlainOffer) -> OfferId {
        let id = OfferId::new();
        let made = id;
        self.db.write(move |conn| Ok(offer.insert(conn, &made)?)).await.expect("the offer is added");
        id
    }
}

/// An offer as most are: 1 to 10,000,000 licenses, monthly or annual, no limit.
#[derive(Clone, Debug)]
pub struct PlainOffer {
    pub name: String,
    pub category: Category,
    pub unit: Unit,
    pub minimum: i64,
    pub maximum: i64,
    pub limit: (LimitScope, i32),
    pub is_trial: bool,
    pub is_add_on: bool,
    pub billed: (bool, bool),
    pub term_months: i32,
    pub qualification: Qualification,
    pub countries: String,
    /// With semicolons between.
    pub service_plans: String,
    pub is_available: bool,
    pub monthly_minor: i64,
    /// Any of these must be there first.
    pub needs: Vec<OfferId>,
}

impl PlainOffer {
    pub fn new(name: &str, monthly_minor: i64) -> PlainOffer {
        PlainOffer {
            name: name.to_owned(),
            category: Category::Enterprise,
            unit: Unit::Licenses,
            minimum: 1,
            maximum: 10_000_000,
            limit: (LimitScope::Unlimited, 0),
            is_trial: false,
            is_add_on: false,
            billed: (true, true),
            term_months: 12,
            qualification: Qualification::None,
            countries: String::new(),
            service_plans: String::new(),
            is_available: true,
            monthly_minor,
            needs: Vec::new(),
        }
    }

    fn insert(&self, conn: &mut twotier::db::Connection, id: &OfferId) -> QueryResult<()> {
        diesel::insert_into(offers::table)
            .values((
                (
                    offers::id.eq(id),
                    offers::code.eq(id.as_str()),
                    offers::name.eq(&self.name),
                    offers::sort_name.eq(sort_name(&self.name)),
                    offers::description.eq("An offer of the stories."),
                    offers::category.eq(self.category),
                    offers::unit.eq(self.unit),
                    offers::minimum.eq(self.minimum),
                    offers::maximum.eq(self.maximum),
                    offers::limit_scope.eq(self.limit.0),
                    offers::limit_count.eq(self.limit.1),
                ),
                (
                    offers::is_trial.eq(self.is_trial),
                    offers::is_add_on.eq(self.is_add_on),
                    offers::billed_monthly.eq(self.billed.0),
                    offers::billed_annually.eq(self.billed.1),
                    offers::term_months.eq(self.term_months),
                    offers::qualification.eq(self.qualification),
                    offers::countries.eq(&self.countries),
                    offers::service_plans.eq(&self.service_plans),
                    offers::is_available.eq(self.is_available),
                ),
            ))
            .execute(conn)?;
        for currency in ["EUR", "USD"] {
            diesel::insert_into(offer_prices::table)
                .values((
                    offer_prices::offer_id.eq(id),
                    offer_prices::currency.eq(currency),
                    offer_prices::valid_from.eq(day_long_ago()),
                    offer_prices::monthly_minor.eq(self.monthly_minor),
                    offer_prices::annual_minor.eq(self.monthly_minor * 12),
                ))
                .execute(conn)?;
        }
        for base in &self.needs {
            diesel::insert_into(offer_prerequisites::table)
                .values((offer_prerequisites::add_on_id.eq(id), offer_prerequisites::base_id.eq(base)))
                .execute(conn)?;
        }
        Ok(())
    }
}

/// Since when offers of the stories have their price.
fn day_long_ago() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2020, 1, 1).unwrap()
}

/// Sam, a sales agent, has filled in New customer for Juniper Hall, which this reseller is to administer.
pub async fn sam_adds_juniper_hall(portal: &Portal, reseller: &Organisation) -> Browser {
    let mut sam = portal.browser_of(Role::SalesAgent).await;
    sam.visit(&format!("/customers/new?reseller={}", reseller.id)).await;
    fill_account(&mut sam, "Juniper Hall", "juniperhall");
    sam
}

/// Fills in everything that a company in Germany needs to enrol, with its name, MPN ID and password.
pub async fn fill_enrolment(browser: &mut Browser, (company, mpn_id): (&str, &str), password: &str) {
    browser.fill("Company name", company).choose("Country/region", "Germany");
    browser.press("Update fields for this country").await;
    browser.fill("Address line 1", "12 Mill Lane").fill("City", "Hamburg").fill("ZIP/Postal code", "20095");
    browser.fill("Name of the location", "Main office").fill("MPN ID", mpn_id);
    browser.choose("Time zone", "Europe/Berlin").fill("Password", password).fill("Password again", password);
    let mut contact = browser.within("Primary contact");
    contact.fill("First name", "Bo").fill("Last name", "Reed").fill("Email address", "bo@acme.example");
}

/// In User management, somebody opens the page of Sam, the only sales agent.
pub async fn opens_sam(admin: &mut Browser) {
    admin.visit("/people?role=sales_agent").await;
    admin.follow("Sam sales_agent").await;
}

/// Fills in New customer for a company in Germany as far as it has to be.
pub fn fill_account(browser: &mut Browser, company: &str, domain: &str) {
    browser.fill("Company name", company).fill("Primary domain name", domain);
    browser.fill("Address line 1", "12 Mill Lane").fill("City", "Hamburg").fill("ZIP/Postal code", "20095");
    let mut contact = browser.within("Primary contact");
    contact.fill("First name", "Ada").fill("Last name", "Finch").fill("Email address", "ada@juniper.example");
}

/// Somebody of the operator publishes a text of the customer agreement, for a country or all, in a language.
pub async fn publish_in(robin: &mut Browser, (country, language): (&str, &str), text: &str) {
    robin.visit(&format!("/operator/customer-agreements/new?country={country}&language={language}")).await;
    robin.fill("Text", text).press("Preview").await;
    let version = robin.title();
    let version =
        version.split("version ").nth(1).and_then(|rest| rest.split(' ').next()).expect("a version");
    let button = format!("Yes, publish version {version}");
    robin.press(&button).await;
}
