//! The portal in other languages: who chooses which, and that nothing stays English.

mod choice;
mod letters;
mod nothing_left;
mod order;
