//! Waking whoever works off a table.

use std::sync::Arc;

use tokio::sync::Notify;

/// Wakes who works off a table, the carrier of letters or the worker of jobs. Ring after the transaction that put something
/// there.
#[derive(Clone, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    pub fn ring(&self) {
        self.0.notify_one();
    }

    /// Rings when something was put there.
    pub fn ring_if(&self, is_put: bool) {
        if is_put {
            self.ring();
        }
    }

    /// Waits until it rings; at once if it did since somebody waited last.
    pub async fn rings(&self) {
        self.0.notified().await;
    }
}
