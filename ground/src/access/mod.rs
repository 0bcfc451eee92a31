//! Who is asking, and what they may do. Nothing is allowed unless a permission here says so.

pub mod allowed;
pub mod identity;
pub mod permission;
pub mod reach;
pub mod role;
pub mod second_factor;
pub mod sign_in;
pub mod viewer;

pub use allowed::Allowed;
pub use permission::Permission;
pub use reach::Reach;
pub use role::{OrganisationKind, Role};
pub use second_factor::Demand;
pub use viewer::{Known, Suspension, Viewer};
