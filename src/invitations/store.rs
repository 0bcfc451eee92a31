//! Every query of the area, by what it is about.

pub mod acceptance;
pub mod answer;
pub mod code;
pub mod contact;
pub mod draft;
pub mod hindrance;
pub mod link;
pub mod list;
pub mod proposal;
pub mod requests;
mod row;
