//! Words that check themselves: each type can only hold what is right, so nothing behind it checks again.

pub mod address;
pub mod agreement_text;
pub mod bidi;
pub mod country;
pub mod currency;
pub mod domain_prefix;
pub mod email;
pub mod id;
pub mod mark;
pub mod moment;
pub mod money;
pub mod mpn_id;
pub mod name;
pub mod password;
pub mod person;
pub mod plain;
pub mod problem;
pub mod quantity;
pub mod text_enum;
pub mod token;
pub mod typed;
pub mod website;
