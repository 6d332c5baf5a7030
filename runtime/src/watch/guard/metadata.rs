//! Metadata services, from which a cloud's machines get their credentials.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Most are in special-purpose blocks and refused with them; they are listed because allowing a
/// block around them must not allow them.
const V4: &[Ipv4Addr] = &[
    // Most clouds: AWS, Azure, Google, Oracle, DigitalOcean, Hetzner, OpenStack.
    Ipv4Addr::new(169, 254, 169, 254),
    // AWS: credentials of containers and of pods.
    Ipv4Addr::new(169, 254, 170, 2),
    Ipv4Addr::new(169, 254, 170, 23),
    // Tencent.
    Ipv4Addr::new(169, 254, 0, 23),
    // Scaleway.
    Ipv4Addr::new(169, 254, 42, 42),
    // Azure's platform; formally a public address.
    Ipv4Addr::new(168, 63, 129, 16),
    // Alibaba.
    Ipv4Addr::new(100, 100, 100, 200),
    // Oracle, before it used the common one.
    Ipv4Addr::new(192, 0, 0, 192),
];

const V6: &[Ipv6Addr] = &[
    // AWS: the machine, then its pods.
    Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254),
    Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x23),
    // Google.
    Ipv6Addr::new(0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254),
    // Scaleway.
    Ipv6Addr::new(0xfd00, 0x42, 0, 0, 0, 0, 0, 0x42),
    // OpenStack, on every link.
    Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0xa9fe, 0xa9fe),
];

/// Whether a cloud may provide credentials at this address.
pub(super) fn is_metadata(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => V4.contains(&address),
        IpAddr::V6(address) => V6.contains(&address),
    }
}
