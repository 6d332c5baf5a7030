//! Blocks of addresses.

use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;

/// A block of IPv4 or IPv6 addresses in the notation of RFC 4632 and RFC 4291, such as
/// `10.0.0.0/8`; an address without a prefix length is a block by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cidr(IpNet);

impl Cidr {
    /// Whether the block contains `address`, in the same version of IP.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.contains(&address)
    }

    /// Whether the block is a single address.
    #[must_use]
    pub fn is_single(&self) -> bool {
        self.0.prefix_len() == self.0.max_prefix_len()
    }
}

impl FromStr for Cidr {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let block = match text.parse::<IpAddr>() {
            Ok(address) => IpNet::from(address),
            Err(_) => text
                .parse::<IpNet>()
                .map_err(|_| "must be a block of addresses such as 10.0.0.0/8".to_owned())?,
        };
        // Bits after the prefix are probably a mistake: 10.0.0.1/8 may mean one address or
        // 2^24.
        if block.trunc() != block {
            return Err(format!(
                "must end with zero bits, as {} does",
                block.trunc()
            ));
        }
        Ok(Self(block))
    }
}

#[cfg(test)]
mod tests {
    use super::Cidr;

    #[test]
    fn reads_blocks_and_single_addresses() {
        for (text, single) in [
            ("10.0.0.0/8", false),
            ("0.0.0.0/0", false),
            ("fd00::/8", false),
            ("127.0.0.1", true),
            ("127.0.0.1/32", true),
            ("::1", true),
        ] {
            assert_eq!(
                text.parse::<Cidr>().map(|one| one.is_single()),
                Ok(single),
                "{text}"
            );
        }
        for bad in [
            "",
            "10.0.0.1/8",
            "10.0.0.0/33",
            "10/8",
            "localhost",
            "::1/129",
            "fd00::1/8",
        ] {
            assert!(bad.parse::<Cidr>().is_err(), "{bad}");
        }
    }
}
