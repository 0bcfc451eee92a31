//! What the browser sends.

pub mod agreement;
pub mod location;
pub mod profile;

pub use agreement::ConsentForm;
pub use location::LocationForm;
pub use profile::ProfileForm;
