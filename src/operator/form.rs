//! What the browser sends.

pub mod agreement;
pub mod filter;
pub mod suspension;
pub mod test_letter;

pub use agreement::AgreementForm;
pub use filter::OrganisationFilter;
pub use suspension::SuspensionForm;
pub use test_letter::TestLetterForm;
