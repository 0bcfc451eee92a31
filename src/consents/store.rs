//! What a link leads to, what an answer does, and who is asked.

pub mod answer;
pub mod subject;
