//! What a customer's own people read, from the areas whose tables it is.

pub mod agreements;
pub mod decisions;
pub mod relationships;
