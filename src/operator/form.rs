//! What the browser sends.

pub mod agreement;

pub use agreement::AgreementForm;
