//! Files in rows. What another organisation sent does not exist.

mod again;
pub mod applying;
pub mod closing;
pub mod handing;
pub mod keeping;
pub mod list;
pub mod mailing;
pub mod reading;
pub mod returning;
pub mod row;
pub mod step;
pub mod tidying;
