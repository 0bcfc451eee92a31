//! Who looks after customers, as rows. A customer beyond the viewer's reach does not exist.

pub mod arranging;
pub mod deed;
pub mod expiring;
pub mod facts;
pub mod ledger;
pub mod passing;
pub mod planned;
pub mod plans;
pub mod prolonging;
pub mod reminding;
