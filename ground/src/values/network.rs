//! Where a request comes from, as it is counted.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// An IPv4 address, or the /56 that one customer of a provider takes IPv6 addresses from (RIPE-690); the network around
/// it, /24 or /48; and what one holder of address space has, for IPv6 a /32 (RIPE-738).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    own: String,
    wider: String,
    holder: String,
}

impl Network {
    /// The network of an address, also with a port behind it, as some gateways write it.
    pub fn of(address: &str) -> Self {
        let with_port = || address.parse().map(|socket: SocketAddr| socket.ip());
        match address.parse().or_else(|_| with_port()).map(|ip: IpAddr| ip.to_canonical()) {
            Ok(IpAddr::V4(ip)) => {
                let wider = format!("{}/24", Ipv4Addr::from_bits(ip.to_bits() >> 8 << 8));
                Self { own: ip.to_string(), holder: wider.clone(), wider }
            }
            Ok(IpAddr::V6(ip)) => {
                let first = |bits: u32| {
                    let network = Ipv6Addr::from_bits(ip.to_bits() >> (128 - bits) << (128 - bits));
                    format!("{network}/{bits}")
                };
                Self { own: first(56), wider: first(48), holder: first(32) }
            }
            Err(_) => {
                let address = address.replace('\n', " ");
                Self { own: address.clone(), wider: address.clone(), holder: address }
            }
        }
    }

    pub fn as_str(&self) -> &str {
        &self.own
    }

    pub fn wider(&self) -> &str {
        &self.wider
    }

    pub fn holder(&self) -> &str {
        &self.holder
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_customer_is_one_network_whatever_addresses_it_takes() {
        let of = |address: &str| Network::of(address);
        assert_eq!(of("2001:db8:1:aa00::1"), of("2001:db8:1:aaff:ffff::2"));
        assert_ne!(of("2001:db8:1:aa00::1"), of("2001:db8:1:ab00::1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(of("192.0.2.1:4711"), of("192.0.2.1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_eq!(of("[2001:db8::1]:4711"), of("2001:db8::1"));
    }

    #[test]
    fn neighbours_share_what_is_around_them() {
        let wider = |address: &str| Network::of(address).wider().to_owned();
        let holder = |address: &str| Network::of(address).holder().to_owned();
        assert_eq!(wider("192.0.2.1"), wider("192.0.2.2"));
        assert_eq!(wider("2001:db8:1:aa00::1"), wider("2001:db8:1:ab00::1"));
        assert_ne!(wider("2001:db8:1::1"), wider("2001:db8:2::1"));
        assert_eq!(holder("2001:db8:1::1"), holder("2001:db8:2::1"));
        assert_ne!(holder("2001:db8::1"), holder("2001:db9::1"));
    }
}
