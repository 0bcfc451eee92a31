//! What asks the portal to stop. All of it is gentle: requests and letters under way are finished.

use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// So long connections are still let in: some have sent their request before the signal came, and only wait to be
/// accepted. actix drops those once it stops.
const LAST_CALL: Duration = Duration::from_secs(1);

/// SIGTERM of service managers, SIGINT of Ctrl+C, and SIGHUP of a terminal that is closed.
pub struct Stopping([Signal; 3]);

impl Stopping {
    /// From now on none of them ends the process by itself.
    ///
    /// # Errors
    /// When the system does not let them be heard.
    pub fn listen() -> std::io::Result<Self> {
        Ok(Self([
            signal(SignalKind::terminate())?,
            signal(SignalKind::interrupt())?,
            signal(SignalKind::hangup())?,
        ]))
    }

    /// Waits for the first one, and for who was at the door by then.
    pub async fn asked(mut self) {
        let [terminate, interrupt, hangup] = &mut self.0;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            _ = hangup.recv() => {}
        }
        tracing::info!("stopping: what is under way is finished first");
        tokio::time::sleep(LAST_CALL).await;
    }
}
