//! Ids: UUIDs (version 7) as text, one type each, so that a customer's id never passes for an order's. They are copied,
//! not cloned: the 36 characters lie in the value itself, and both databases keep them as text.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use uuid::Uuid;
use uuid::fmt::Hyphenated;

use crate::stored_as_text;
use crate::values::plain::plain;

/// The characters of an id, all of them ASCII.
type Characters = [u8; Hyphenated::LENGTH];

fn characters(id: Uuid) -> Characters {
    let mut characters = [0; Hyphenated::LENGTH];
    id.hyphenated().encode_lower(&mut characters);
    characters
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Characters);

        stored_as_text!($name);

        impl $name {
            /// A fresh id. Ids made later sort after ids made earlier.
            #[expect(clippy::new_without_default, reason = "every id is another one, so none is the default")]
            pub fn new() -> Self {
                Self(characters(Uuid::now_v7()))
            }

            /// Reads an id in any spelling that UUIDs have; `None` for anything else.
            pub fn parse(text: &str) -> Option<Self> {
                Uuid::try_parse(plain(text).trim()).ok().map(|id| Self(characters(id)))
            }

            /// The id of exactly this number, for data that is generated and must come out the same each time.
            pub fn from_number(number: u128) -> Self {
                Self(characters(uuid::Builder::from_custom_bytes(number.to_be_bytes()).into_uuid()))
            }

            pub fn as_str(&self) -> &str {
                // Nothing else is ever put in.
                str::from_utf8(&self.0).unwrap_or_default()
            }

            fn as_text(&self) -> &str {
                self.as_str()
            }

            /// An id as it stands in the database.
            fn from_text(text: &str) -> Option<Self> {
                Uuid::try_parse(text).ok().map(|id| Self(characters(id)))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.as_str()).finish()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).ok_or_else(|| de::Error::custom("not an id"))
            }
        }
    )+};
}

ids! {
    /// An operator, a provider, a reseller, or a customer's company.
    OrganisationId,
    /// A place of an organisation, with an MPN ID of its own.
    LocationId,
    PersonId,
    /// A version of a partner agreement.
    AgreementId,
    /// A version of the customer agreement.
    CustomerAgreementId,
    /// A customer that was asked to accept it.
    AgreementRequestId,
    ActivityId,
    LetterId,
    JobId,
    PartnershipRequestId,
    EnrolmentId,
    PartnershipId,
    /// A customer; shown as its "Microsoft ID".
    CustomerId,
    CustomerUserId,
    ReservationId,
    /// What can be reserved.
    ReservationProductId,
    /// What a subscription that is billed by usage is called in Azure.
    EntitlementId,
    /// A change of a subscription's quantity, which can be undone for a while.
    QuantityChangeId,
    /// Passwords that were made for users and wait to be handed over.
    CredentialSheetId,
    /// A record of who accepted the customer agreement when.
    AcceptanceId,
    /// A case of whether a customer qualifies.
    ReviewId,
    /// A validation code of a provider.
    CodeId,
    /// A company that was asked to become a customer.
    CustomerRequestId,
    DelegationId,
    /// A change of who administers a customer that waits for its day.
    DelegationPlanId,
    /// A change of who administers many customers, one after another.
    HandoverId,
    /// Subscriptions that move from one partner to another.
    TransferId,
    ExportId,
    /// The end of a provider's relationship with a customer, planned or come.
    EndingId,
    SelectionId,
    NotificationId,
    OfferId,
    PromotionId,
    /// A file, of offers or of usage, between its upload and its use.
    UploadId,
    /// A reseller with tenant owner permission.
    TenantOwnerId,
    /// A table that somebody sent as a file, row by row.
    BatchId,
    DraftId,
    OrderId,
    SubscriptionId,
}

impl OrganisationId {
    /// The first account of a customer's company: both have one id.
    pub fn first_account(&self) -> CustomerId {
        CustomerId(self.0)
    }
}

impl CustomerId {
    /// The organisation of a company whose first account this is: both have one id. Another provider's account of the
    /// company names the same organisation.
    pub fn company(&self) -> OrganisationId {
        OrganisationId(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_ids_sort_after_earlier_ones() {
        let earlier = OrderId::new();
        let later = OrderId::new();
        assert!(earlier < later);
    }

    #[test]
    fn an_id_reads_back_in_any_case_and_nothing_else_does() {
        let id = CustomerId::new();
        assert_eq!(CustomerId::parse(&id.to_string().to_uppercase()), Some(id));
        assert_eq!(
            CustomerId::parse(&format!("\u{feff}{}\u{200b} ", id.to_string().replace('-', "\u{2011}"))),
            Some(id)
        );
        assert_eq!(CustomerId::parse("1"), None);
        assert_eq!(CustomerId::parse("' OR 1=1 --"), None);
    }
}
