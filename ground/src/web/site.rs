//! What pages need to know of the installation.

use crate::config::SecondFactorRule;

/// The settings that show in pages and letters.
#[derive(Clone, Debug)]
pub struct Site {
    /// Shown beside the mark.
    pub name: String,
    /// Where people reach the portal, without a slash at the end.
    pub base_url: String,
    /// What follows the prefix in a customer's primary domain.
    pub domain_suffix: String,
    /// For how many days a partnership link holds.
    pub link_days: i64,
    /// For how many days a relationship that has ended can be reinstated.
    pub reinstate_days: i64,
    /// Whether a reseller that enrols is approved by itself where an enrolled provider is in its region.
    pub approves_served_resellers: bool,
    /// From more than so many on, a changed quantity is typed twice.
    pub large_quantity: i64,
    /// A list with more rows than these is made into a file by a job.
    pub large_export: usize,
    /// How many proxies stand in front.
    pub trusted_proxies: usize,
    /// Whether letters leave the machine. If not, they are kept as files.
    pub sends_mail: bool,
    /// Of whom the installation asks a second factor.
    pub second_factor: SecondFactorRule,
}

impl Site {
    /// Whether people reach the portal by https, so that cookies can be kept to it.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// What a cookie is called. Behind https no other host and no plain page of the same domain can set one of this
    /// name (RFC 6265bis, section 4.1.3); browsers refuse the name where the site is not https.
    pub fn cookie_name(&self, name: &str) -> String {
        if self.is_https() { format!("__Host-{name}") } else { name.to_owned() }
    }
}
