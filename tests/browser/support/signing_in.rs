//! How everybody begins.

use super::chromium::Chromium;
use super::portal::PASSWORD;

impl Chromium {
    /// Signs in with an account of the demonstration.
    pub async fn sign_in(&mut self, email: &str) {
        self.visit("/sign-in").await;
        self.hand_in_password(email).await;
        self.sees_button("Sign out").await;
    }

    /// The sign-in page is open, and what comes next may be another question.
    pub async fn hand_in_password(&mut self, email: &str) {
        self.fill("Email address", email).await;
        self.fill("Password", PASSWORD).await;
        self.press("Sign in").await;
    }
}
