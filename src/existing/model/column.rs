//! The columns of a file of customers.

use crate::batches::trade::{Keyed, STATUS, STATUS_KEY};
use crate::sheets;

/// A column, in the order of the sample. Those of the account are called by the fields of New customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Company,
    Domain,
    Country,
    Registration,
    Line1,
    Line2,
    City,
    State,
    PostalCode,
    FirstName,
    LastName,
    Email,
    Phone,
    Language,
    /// The MPN ID of the reseller that administers the customer.
    Reseller,
    /// When the customer accepted the customer agreement.
    AgreementOn,
    /// A subscription that the customer has already, by the name of the offer.
    Offer,
    Quantity,
    Billing,
    StartsOn,
    RenewsOn,
    /// The MPN ID that earns incentives for the subscription.
    Earner,
    /// What came of the row is written there; what a file says in it is not read.
    Status,
}

impl Column {
    pub const ALL: [Self; 23] = [
        Self::Company,
        Self::Domain,
        Self::Country,
        Self::Registration,
        Self::Line1,
        Self::Line2,
        Self::City,
        Self::State,
        Self::PostalCode,
        Self::FirstName,
        Self::LastName,
        Self::Email,
        Self::Phone,
        Self::Language,
        Self::Reseller,
        Self::AgreementOn,
        Self::Offer,
        Self::Quantity,
        Self::Billing,
        Self::StartsOn,
        Self::RenewsOn,
        Self::Earner,
        Self::Status,
    ];

    /// What stands above it in a file.
    pub const fn head(self) -> &'static str {
        match self {
            Self::Company => "Company name",
            Self::Domain => "Primary domain name",
            Self::Country => "Country/region",
            Self::Registration => "Registration ID",
            Self::Line1 => "Address line 1",
            Self::Line2 => "Address line 2",
            Self::City => "City",
            Self::State => "State/province",
            Self::PostalCode => "Postal code",
            Self::FirstName => "First name",
            Self::LastName => "Last name",
            Self::Email => "Email address",
            Self::Phone => "Phone number",
            Self::Language => "Language",
            Self::Reseller => "Reseller MPN ID",
            Self::AgreementOn => "Agreement accepted on",
            Self::Offer => "Offer",
            Self::Quantity => "Quantity",
            Self::Billing => "Billing",
            Self::StartsOn => "Starts on",
            Self::RenewsOn => "Renews on",
            Self::Earner => "Incentives MPN ID",
            Self::Status => STATUS,
        }
    }

    /// By which it is known, too.
    const fn also(self) -> &'static [&'static str] {
        match self {
            Self::Company => &["Company", "Customer", "Name"],
            Self::Domain => &["Domain", "Domain name", "Primary domain"],
            Self::Country => &["Country", "Region"],
            Self::Registration => {
                &["Registration number", "Company registration ID", "Organization registration number"]
            }
            Self::Line1 => &["Address", "Street"],
            Self::State => &["State", "Province"],
            Self::PostalCode => &["ZIP", "ZIP code", "ZIP/Postal code", "Postcode"],
            Self::Email => &["Email", "Contact email"],
            Self::Phone => &["Phone"],
            Self::Reseller => &["Reseller", "MPN ID", "Partner ID"],
            Self::AgreementOn => &["Agreement date", "Agreement acceptance date", "Agreement"],
            Self::Offer => &["Subscription", "Product"],
            Self::Quantity => &["Licenses", "Seats"],
            Self::StartsOn => &["Start date", "Started"],
            Self::RenewsOn => &["Renewal date", "End date", "Ends on"],
            Self::Earner => &["Subscription MPN ID", "Subscription reseller"],
            Self::Line2
            | Self::City
            | Self::FirstName
            | Self::LastName
            | Self::Language
            | Self::Billing
            | Self::Status => &[],
        }
    }
}

impl sheets::Column for Column {
    fn all() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter()
    }

    fn heads(self) -> Vec<String> {
        std::iter::once(self.head()).chain(self.also().iter().copied()).map(str::to_owned).collect()
    }

    fn is_required(self) -> bool {
        matches!(self, Self::Company | Self::Domain)
    }
}

impl Keyed for Column {
    fn key(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Domain => "domain",
            Self::Country => "country",
            Self::Registration => "registration",
            Self::Line1 => "line_1",
            Self::Line2 => "line_2",
            Self::City => "city",
            Self::State => "state",
            Self::PostalCode => "postal_code",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Language => "language",
            Self::Reseller => "reseller",
            Self::AgreementOn => "agreement_on",
            Self::Offer => "offer",
            Self::Quantity => "quantity",
            Self::Billing => "billing",
            Self::StartsOn => "starts_on",
            Self::RenewsOn => "renews_on",
            Self::Earner => "earner",
            Self::Status => STATUS_KEY,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::existing::model::LIMITS;
    use crate::sheets::{Sheet, Unreadable};

    #[test]
    fn the_export_of_customers_is_read() {
        let export = b"Microsoft ID,Company name,Primary domain name,Relationship,State,Since,Monthly value,Currency,In other currencies,Ended\n1,Alder,alder.onmicrosoft.com,,active,2026-01-01,,,,\n";
        let sheet = Sheet::<Column>::read(export, &LIMITS).unwrap();
        let row = sheet.rows().next().unwrap();
        assert_eq!((row.get(Column::Company), row.get(Column::Domain)), ("Alder", "alder.onmicrosoft.com"));
    }

    #[test]
    fn every_head_names_one_column_and_every_column_has_a_key() {
        let row = Column::ALL.map(|_| "x").join(",");
        let file = format!("{}\n{row}\n", Column::ALL.map(Column::head).join(","));
        let sheet = Sheet::<Column>::read(file.as_bytes(), &LIMITS).unwrap();
        assert_eq!(sheet.head.columns(), &Column::ALL);
        for column in Column::ALL {
            assert_eq!(Column::of_key(column.key()), Some(column));
        }
    }

    #[test]
    fn a_file_without_domains_is_none() {
        let refused = Sheet::<Column>::read(b"Company name\nAlder\n", &LIMITS).unwrap_err();
        assert!(matches!(refused, Unreadable::NoColumn { .. }), "{refused:?}");
    }
}
