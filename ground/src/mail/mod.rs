//! Letters: written in the transaction of the fact that causes them, carried by a worker beside the server.

pub mod carrier;
pub mod compose;
pub mod face;
pub mod filters;
mod file;
pub mod hello;
pub mod kind;
pub mod letter;
pub mod outbox;
pub mod sender;
mod smtp;
pub mod standing;
pub mod text;
pub mod transport;
pub mod trouble;
