//! What can be wrong with a value that somebody typed. Templates put it into words.

mod email;
mod phone;
mod postal_code;
mod website;

pub use email::BadEmail;
pub use phone::BadPhone;
pub use postal_code::BadPostalCode;
use thiserror::Error;
pub use website::BadWebsite;

use crate::values::quantity::Quantity;

/// Why a typed value was not taken. `templates/kit/problems.html` says what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
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
    /// Fewer than an offer allows; `unit` is the word that the database keeps for what is counted.
    #[error("fewer than the offer's {minimum} {unit}")]
    FewerThanOffered { minimum: Quantity, unit: &'static str, entered: String },
    #[error("more than the offer's {maximum} {unit}")]
    MoreThanOffered { maximum: Quantity, unit: &'static str, entered: String },
    /// One of two prices in a currency, where the offer is billed both ways.
    #[error("one of two prices")]
    OtherPriceMissing,
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
    /// An email address with which somebody signs in already.
    #[error("an address with an account")]
    HasAccount,
    #[error("the two entries differ")]
    NotTheSame,
    /// A mailed code whose time or tries are over.
    #[error("a code that no longer works")]
    CodeDead,
    /// A secret that no page shows again, where nothing could be saved.
    #[error("typed but not kept")]
    NotKept,
    #[error("not right")]
    Wrong,
    /// Neither six digits nor a whole recovery code.
    #[error("no code")]
    CodeShape,
    /// A code that the authenticator app does not show at this time.
    #[error("not the code of now")]
    CodeNotOfNow,
    /// A code of the authenticator app that was taken before.
    #[error("a code that was used")]
    CodeUsed,
    #[error("no recovery code that still works")]
    RecoveryCodeDead,
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
    #[error("the personal link is missing")]
    LinkMissing,
    #[error("must be confirmed")]
    NotConfirmed,
    #[error("an address of a free mail service")]
    FreeMail,
    #[error("not in partnership")]
    NotInPartnership,
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
    #[error("a reseller that is not enrolled")]
    NotEnrolled,
    #[error("a suspended reseller")]
    ResellerSuspended,
    #[error("a reseller without a location that can earn")]
    NoEarningLocation,
    #[error("a reseller that has not accepted version {version} of the agreement")]
    AgreementUnsigned { version: i32 },
    #[error("a second head office")]
    SecondHeadOffice,
    #[error("no way to get help")]
    NoWayToHelp,
    #[error("before the first day")]
    BeforeTheStart,
    /// A word where only some have a meaning: those that the database keeps.
    #[error("{entered:?} is none of {choices}")]
    NotOneOf { entered: String, choices: String },
    /// Other fields leave only this.
    #[error("has to be {word}")]
    MustBe { word: &'static str },
    #[error("{entered:?} is no country here")]
    UnknownCountry { entered: String },
    #[error("there is no offer {code}")]
    UnknownOffer { code: String },
    #[error("{code} is a trial or an add-on")]
    NotConvertible { code: String },
    #[error("{trial} is a trial that converts to it")]
    ConvertedTo { trial: String },
    #[error("an add-on that needs itself")]
    PrerequisiteCircle,
    /// Of a file: the same offer stands above.
    #[error("the same offer as in line {line}")]
    AlreadyInLine { line: u64 },
    /// Of a file: a row that is not as long as the heads.
    #[error("{found} cells instead of {expected}")]
    CellCount { found: usize, expected: usize },
}

impl Problem {
    /// The same, where an offer sets the bounds for what was typed.
    #[must_use]
    pub fn of_offer(self, unit: &'static str, typed: &str) -> Self {
        let entered = || typed.trim().chars().take(LONGEST_SHOWN).collect();
        match self {
            Self::Below { minimum } => {
                Self::FewerThanOffered { minimum: Quantity::of(minimum), unit, entered: entered() }
            }
            Self::Above { maximum } => {
                Self::MoreThanOffered { maximum: Quantity::of(maximum), unit, entered: entered() }
            }
            other => other,
        }
    }
}

/// Nobody reads more of a number that is too long.
const LONGEST_SHOWN: usize = 24;
