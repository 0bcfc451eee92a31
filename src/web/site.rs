//! What pages need to know of the installation.

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
    /// Whether a reseller that enrols is approved by itself where an enrolled provider is in its region.
    pub approves_served_resellers: bool,
    /// From more than so many on, a changed quantity is typed twice.
    pub large_quantity: i64,
    /// How many proxies stand in front.
    pub trusted_proxies: usize,
    /// Whether letters leave the machine. If not, they are kept as files.
    pub sends_mail: bool,
    /// Whether everybody needs a second factor to sign in.
    pub requires_second_factor: bool,
}

impl Site {
    /// Whether people reach the portal by https, so that cookies can be kept to it.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}
