//! The work at files of customers.

use super::store::OfCustomers;
use crate::batches::trade::Trade as _;
use crate::jobs::Kind;

/// The jobs of this area.
pub const KINDS: &[Kind] = &[OfCustomers::WORK];
