//! The name by which the portal greets a mail server. Many servers refuse one that cannot be a host's.

use std::net::IpAddr;

use anyhow::bail;
use url::{Host, Url};

/// A host name, or an address in brackets (RFC 5321, 4.1.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelloName(String);

impl HelloName {
    /// What is set, else the host of the address under which people reach the portal.
    ///
    /// # Errors
    /// When what is set is no name of a host.
    pub fn of(set: Option<&str>, base_url: &str) -> anyhow::Result<Self> {
        match set {
            Some(name) => Self::parse(name),
            None => match Url::parse(base_url).ok().as_ref().and_then(Url::host) {
                Some(Host::Domain(name)) => Ok(Self(name.trim_end_matches('.').to_owned())),
                Some(Host::Ipv4(address)) => Ok(Self::literal(address.into())),
                Some(Host::Ipv6(address)) => Ok(Self::literal(address.into())),
                None => bail!("SMTP_HELO must be set: BASE_URL names no host"),
            },
        }
    }

    /// # Errors
    /// When it is no name of a host.
    pub(super) fn parse(name: &str) -> anyhow::Result<Self> {
        let name = name.trim();
        let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
        let bare = bare.strip_prefix("IPv6:").unwrap_or(bare);
        if let Ok(address) = bare.parse::<IpAddr>() {
            return Ok(Self::literal(address));
        }
        match Host::parse(name) {
            Ok(Host::Domain(host)) if is_host_name(&host) => Ok(Self(host)),
            _ => bail!("SMTP_HELO must be the name of a host, such as portal.example"),
        }
    }

    fn literal(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(address) => Self(format!("[{address}]")),
            IpAddr::V6(address) => Self(format!("[IPv6:{address}]")),
        }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_host_name(name: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    name.len() <= 253 && name.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_host_of_the_portal_is_the_name_unless_one_is_set() {
        let name = |set, base_url| HelloName::of(set, base_url).unwrap().0;
        assert_eq!(name(None, "https://portal.example"), "portal.example");
        assert_eq!(name(None, "https://Portal.Müller.example:8443"), "portal.xn--mller-kva.example");
        assert_eq!(name(None, "http://127.0.0.1:8080"), "[127.0.0.1]");
        assert_eq!(name(None, "http://[::1]:8080"), "[IPv6:::1]");
        assert_eq!(name(Some("mx.harbor.example"), "https://portal.example"), "mx.harbor.example");
        assert_eq!(name(Some("192.0.2.7"), "https://portal.example"), "[192.0.2.7]");
        assert_eq!(name(Some("[IPv6:2001:db8::7]"), "https://portal.example"), "[IPv6:2001:db8::7]");
    }

    #[test]
    fn what_no_host_is_called_is_refused() {
        for set in ["", " ", "my host", "a_b.example", "-a.example", "a..b", "a.example\r\nRCPT", "<a>"] {
            assert!(HelloName::of(Some(set), "https://portal.example").is_err(), "{set:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_else_fits_into_the_greeting(set in any::<String>()) {
            if let Ok(HelloName(name)) = HelloName::of(Some(&set), "https://portal.example") {
                prop_assert!(name.bytes().all(|byte| byte.is_ascii_graphic()));
            }
        }
    }
}
