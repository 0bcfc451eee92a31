//! Cancelling a subscription: what the page has shown.

use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CancellationForm {
    /// [`crate::subscriptions::model::cancellation::Cancellation::mark`]
    pub mark: String,
    pub version: String,
}
