//! The pages by what they are about: a customer's qualification, the operator's decision, validation codes.

pub mod closing;
pub mod codes;
pub mod customer;
pub mod decision;
pub mod ending;
pub mod list;
