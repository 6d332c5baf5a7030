//! The addresses of this host.

use std::io;
use std::net::IpAddr;

/// Returns the current addresses of all interfaces of this machine.
///
/// # Errors
/// The system does not report them.
pub fn own_addresses() -> io::Result<Vec<IpAddr>> {
    let interfaces = if_addrs::get_if_addrs()?;
    Ok(interfaces.iter().map(if_addrs::Interface::ip).collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn this_host_has_a_loopback_address() {
        let own = super::own_addresses().unwrap();
        assert!(own.iter().any(std::net::IpAddr::is_loopback), "{own:?}");
    }
}
