//! What people read: names in the order of their country, addresses as its post writes them, states and languages by
//! their names, what was wrong with what they typed, and links that lead somewhere.

mod isolated;
mod links;
mod names;
mod problems;
