//! What the browser sends.

pub mod agreement;
pub mod filter;
pub mod suspension;

pub use agreement::AgreementForm;
pub use filter::OrganisationFilter;
pub use suspension::SuspensionForm;
