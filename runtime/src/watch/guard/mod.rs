//! Decides which addresses may be reached.
//!
//! Addresses are permitted by what they are instead of being refused by a list: anything but a
//! public unicast address is refused. The check applies to the address of the connection, never
//! to the text from which it was resolved.

mod cidr;
mod metadata;
mod own;
mod refused;
mod special;
mod target;

use std::net::IpAddr;

pub use cidr::Cidr;
pub use own::own_addresses;
pub use refused::Refused;
pub use target::{Host, Target};

/// Checks addresses.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    allow: Vec<Cidr>,
    own: Vec<IpAddr>,
}

impl Guard {
    /// Creates a guard that permits public addresses except those in `own`, and all addresses
    /// in the blocks `allow`.
    ///
    /// `own` are the addresses of this host ([`own_addresses`]): services listening on them are
    /// not meant to be reached by notifications.
    #[must_use]
    pub fn new(allow: Vec<Cidr>, own: Vec<IpAddr>) -> Self {
        let own = own.iter().map(IpAddr::to_canonical).collect();
        Self { allow, own }
    }

    /// Checks the remote address of a connection.
    ///
    /// An address of a cloud's metadata service is permitted only if it is allowed
    /// individually, not by a block around it.
    ///
    /// # Errors
    /// Why it must not be reached.
    pub fn permits(&self, address: IpAddr) -> Result<(), Refused> {
        let mut allowed = self.allow.iter().filter(|block| block.contains(address));
        if metadata::is_metadata(address) {
            return match allowed.any(Cidr::is_single) {
                true => Ok(()),
                false => Err(Refused::Metadata),
            };
        }
        if allowed.next().is_some() {
            return Ok(());
        }
        if let Some(block) = special::block(address) {
            return Err(Refused::Special(block));
        }
        match self.own.contains(&address) {
            true => Err(Refused::Own),
            false => Ok(()),
        }
    }

    /// Checks a URL whose host is a literal address in any notation; host names are checked
    /// when they are resolved.
    ///
    /// # Errors
    /// Why it must not be reached.
    pub fn literal(&self, text: &str) -> Result<(), Refused> {
        match Target::read(text).map(|target| target.host().clone()) {
            Ok(Host::Address(address)) => self.permits(address),
            _ => Ok(()),
        }
    }

    /// Parses the URL of a receiver as browsers do (WHATWG URL), and checks what can be checked
    /// before its name is resolved.
    ///
    /// # Errors
    /// Why it is malformed or must not be reached.
    pub fn target(&self, text: &str) -> Result<Target, Refused> {
        let target = Target::read(text)?;
        match target.host() {
            Host::Address(address) => self.permits(*address)?,
            // Networks in allowed blocks may use private names.
            Host::Name(name) if self.allow.is_empty() && is_private(name) => {
                return Err(Refused::Name);
            }
            Host::Name(_) => {}
        }
        Ok(target)
    }
}

/// Whether a lower-case name never stands for a public host: names of RFC 6761, RFC 6762 and
/// RFC 8375, names that ICANN reserves for private use, and single labels.
fn is_private(name: &str) -> bool {
    let last = name.rsplit_once('.').map(|(_, last)| last);
    match last {
        None => true,
        Some(last) => {
            matches!(last, "localhost" | "local" | "internal" | "localdomain")
                || name.ends_with(".home.arpa")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard(allow: &[&str]) -> Guard {
        let allow = allow.iter().map(|block| block.parse().unwrap()).collect();
        Guard::new(allow, vec!["203.1.2.3".parse().unwrap()])
    }

    fn judged(guard: &Guard, address: &str) -> Result<(), Refused> {
        guard.permits(address.parse().unwrap())
    }

    #[test]
    fn public_addresses_are_permitted_and_the_own_are_not() {
        let guard = guard(&[]);
        assert_eq!(judged(&guard, "203.1.2.4"), Ok(()));
        assert_eq!(judged(&guard, "203.1.2.3"), Err(Refused::Own));
        assert_eq!(judged(&guard, "10.0.0.1"), Err(Refused::Special("private")));
    }

    #[test]
    fn a_block_is_allowed_without_its_neighbours() {
        let guard = guard(&["10.1.0.0/16", "fd00:1::/32"]);
        assert_eq!(judged(&guard, "10.1.255.255"), Ok(()));
        assert_eq!(judged(&guard, "fd00:1:ffff::1"), Ok(()));
        for out in ["10.0.255.255", "10.2.0.0", "fd00:2::", "::ffff:10.1.0.1"] {
            assert!(judged(&guard, out).is_err(), "{out}");
        }
    }

    #[test]
    fn credentials_of_a_cloud_are_allowed_only_by_themselves() {
        let around = guard(&["169.254.0.0/16", "fd00::/8"]);
        assert_eq!(judged(&around, "169.254.1.1"), Ok(()));
        for address in ["169.254.169.254", "fd00:ec2::254"] {
            assert_eq!(judged(&around, address), Err(Refused::Metadata));
        }
        let itself = guard(&["169.254.169.254"]);
        assert_eq!(judged(&itself, "169.254.169.254"), Ok(()));
    }

    #[test]
    fn a_literal_is_judged_before_anything_is_sent() {
        for text in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "https://0x7f.1:81/a",
            "http://[::ffff:10.0.0.1]/",
            "http://169.254.169.254/latest",
        ] {
            assert!(guard(&[]).literal(text).is_err(), "{text}");
        }
        assert!(guard(&["127.0.0.0/8"]).literal("http://127.0.0.1/").is_ok());
        for text in ["https://a.example/", "http://localhost/", "http://8.8.8.8/"] {
            assert!(guard(&[]).literal(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn private_names_are_refused_when_nothing_private_is_allowed() {
        for name in [
            "localhost",
            "a.localhost",
            "printer.local",
            "db",
            "a.home.arpa",
        ] {
            let text = format!("https://{name}/");
            assert_eq!(guard(&[]).target(&text), Err(Refused::Name), "{name}");
            assert!(guard(&["10.0.0.0/8"]).target(&text).is_ok(), "{name}");
        }
        assert!(guard(&[]).target("https://internal.example/").is_ok());
    }
}
