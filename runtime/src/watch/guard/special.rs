//! Address blocks that are not public.
//!
//! The blocks are those of the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890)
//! and multicast (RFC 5771, RFC 4291). A few addresses in them are globally reachable, such as
//! anycast services; receivers do not use them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// First address, prefix length in bits, purpose.
const V4: &[(Ipv4Addr, u32, &str)] = &[
    (Ipv4Addr::new(0, 0, 0, 0), 8, "this network"),
    (Ipv4Addr::new(10, 0, 0, 0), 8, "private"),
    (Ipv4Addr::new(100, 64, 0, 0), 10, "shared"),
    (Ipv4Addr::new(127, 0, 0, 0), 8, "loopback"),
    (Ipv4Addr::new(169, 254, 0, 0), 16, "link-local"),
    (Ipv4Addr::new(172, 16, 0, 0), 12, "private"),
    (Ipv4Addr::new(192, 0, 0, 0), 24, "protocol assignments"),
    (Ipv4Addr::new(192, 0, 2, 0), 24, "documentation"),
    (Ipv4Addr::new(192, 31, 196, 0), 24, "AS112"),
    (Ipv4Addr::new(192, 52, 193, 0), 24, "multicast tunnels"),
    (Ipv4Addr::new(192, 88, 99, 0), 24, "6to4 relays"),
    (Ipv4Addr::new(192, 168, 0, 0), 16, "private"),
    (Ipv4Addr::new(192, 175, 48, 0), 24, "AS112"),
    (Ipv4Addr::new(198, 18, 0, 0), 15, "benchmarks"),
    (Ipv4Addr::new(198, 51, 100, 0), 24, "documentation"),
    (Ipv4Addr::new(203, 0, 113, 0), 24, "documentation"),
    (Ipv4Addr::new(224, 0, 0, 0), 4, "multicast"),
    (Ipv4Addr::new(240, 0, 0, 0), 4, "reserved"),
];

/// The only IPv6 addresses that are globally unicast (RFC 4291 section 2.4). Outside are
/// loopback, private, link-local and multicast addresses, and those that embed an IPv4 address
/// (mapped, compatible, translated by NAT64).
const GLOBAL: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

const V6: &[(Ipv6Addr, u32, &str)] = &[
    (
        // Includes Teredo, 2001::/32, which embeds IPv4 addresses.
        Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0),
        23,
        "protocol assignments",
    ),
    (
        Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0),
        32,
        "documentation",
    ),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16, "6to4"),
    (
        Ipv6Addr::new(0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0),
        48,
        "AS112",
    ),
    (
        Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0),
        20,
        "documentation",
    ),
];

/// The special-purpose block that contains `address`.
pub(super) fn block(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => V4
            .iter()
            .find(|(first, length, _)| same(32 - length, u32::from(*first), u32::from(address)))
            .map(|(.., what)| *what),
        IpAddr::V6(address) => block_v6(address),
    }
}

fn block_v6(address: Ipv6Addr) -> Option<&'static str> {
    let inside = |first: Ipv6Addr, length: u32| {
        u128::from(first) >> (128 - length) == u128::from(address) >> (128 - length)
    };
    if !inside(GLOBAL.0, GLOBAL.1) {
        return Some("not global unicast");
    }
    // An ISATAP interface identifier embeds an IPv4 address (RFC 5214 section 6.1).
    if matches!(address.segments(), [_, _, _, _, 0 | 0x200, 0x5efe, _, _]) {
        return Some("ISATAP");
    }
    V6.iter()
        .find(|(first, length, _)| inside(*first, *length))
        .map(|(.., what)| *what)
}

/// Whether two addresses are equal except for the last `rest` bits.
fn same(rest: u32, one: u32, other: u32) -> bool {
    one >> rest == other >> rest
}
