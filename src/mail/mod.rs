//! Letters: written in the transaction of the fact that causes them, carried by a worker beside the server.

pub mod carrier;
pub mod isolate;
pub mod letter;
pub mod outbox;
mod smtp;
pub mod text;
pub mod transport;
