//! What can be wrong with a value that somebody typed. Templates put it into words.

mod email;
mod own;
mod phone;
mod postal_code;
mod website;

pub use email::BadEmail;
pub use own::{Own, Worded};
pub use phone::BadPhone;
pub use postal_code::BadPostalCode;
use thiserror::Error;
pub use website::BadWebsite;

/// Why a typed value was not taken. `templates/kit/problem.txt` says what to do about it; what only one area finds wrong
/// it says itself: `<area>/wrong.rs`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    /// What only one area finds wrong, in words of its own.
    #[error("{0}")]
    Own(Own),
    /// Nothing was typed.
    #[error("missing")]
    Missing,
    /// Nothing was chosen.
    #[error("not chosen")]
    NotChosen,
    #[error("shorter than {minimum} characters")]
    TooShort { minimum: usize },
    #[error("longer than {maximum} characters")]
    TooLong { maximum: usize },
    #[error("below {minimum}")]
    Below { minimum: i64 },
    #[error("above {maximum}")]
    Above { maximum: i64 },
    /// Of a name: the address of a website.
    #[error("holds a link")]
    HoldsLink,
    #[error("not a number")]
    NotANumber,
    #[error("no whole number")]
    NotWhole,
    #[error("malformed, expected something like {example}")]
    Malformed { example: &'static str },
    #[error("no email address: {0:?}")]
    Email(BadEmail),
    #[error("no telephone number: {fault:?}")]
    Phone { fault: BadPhone, example: &'static str },
    #[error("no postal code: {fault:?}")]
    PostalCode { fault: BadPostalCode, example: &'static str },
    #[error("no website: {0:?}")]
    Website(BadWebsite),
    #[error("not one of the choices")]
    UnknownChoice,
    #[error("not allowed here")]
    NotAllowedHere,
    #[error("only letters and digits")]
    OnlyLettersAndDigits,
    /// Of a registration ID: other signs than letters and digits, and none of those that stand between them.
    #[error("no letters and digits")]
    OnlyAnId,
    #[error("needs {allowed} digits")]
    DigitsCount { allowed: &'static str },
    #[error("no day of the calendar")]
    NoSuchDay,
    #[error("a year of other than four digits")]
    YearDigits,
    #[error("in the future")]
    InTheFuture,
    #[error("before {year}")]
    BeforeYear { year: i32 },
    #[error("already taken")]
    Taken,
    #[error("the two entries differ")]
    NotTheSame,
    /// A secret that no page shows again, where nothing could be saved.
    #[error("typed but not kept")]
    NotKept,
    #[error("not right")]
    Wrong,
    /// A password that holds a word of the email address to sign in with.
    #[error("holds {word:?} of the own address")]
    HoldsAddress { word: String },
    #[error("holds {word:?} of the organisation's name")]
    HoldsOrganisation { word: String },
    #[error("holds {word:?} of the installation's name")]
    HoldsInstallation { word: String },
    /// A password that attackers try first.
    #[error("one of the most used passwords")]
    Common,
    #[error("the same as before")]
    Unchanged,
    #[error("must be confirmed")]
    NotConfirmed,
    #[error("an address of a free mail service")]
    FreeMail,
    #[error("not in partnership")]
    NotInPartnership,
    /// The customer took from the provider, or from this reseller, that it administers the account.
    #[error("removed by the customer")]
    RemovedByCustomer,
    #[error("two values where one is meant")]
    OnlyOneOfTwo,
    #[error("an MPN ID that nobody has")]
    UnknownMpnId,
    #[error("the MPN ID of another location")]
    MpnIdTaken,
    #[error("the provider's own MPN ID")]
    OwnMpnId,
    #[error("the MPN ID of a head office")]
    HeadOfficeMpnId,
    #[error("the MPN ID of somebody who is no indirect reseller")]
    NotAReseller,
    #[error("a reseller of another region")]
    OtherRegion,
    #[error("before the first day")]
    BeforeTheStart,
}
