//! The address that the server listens on.

use std::fmt;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::str::FromStr;

use tokio::net::{TcpListener, lookup_host};

use super::failure::Failure;

/// `HOST:PORT`; without a host, all addresses of this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listen {
    host: String,
    port: u16,
}

impl FromStr for Listen {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let form = "write HOST:PORT, such as `127.0.0.1:8080`, `localhost:8080`, or `:8080` for every address";
        let (host, port) = text.rsplit_once(':').ok_or(form)?;
        let inside = host
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'));
        if inside.is_none() && host.contains(':') {
            return Err("an IPv6 address stands in brackets, such as `[::1]:8080`".to_owned());
        }
        if host.contains(['/', '@', ' ']) || inside == Some("") {
            return Err(form.to_owned());
        }
        Ok(Self {
            host: inside.unwrap_or(host).to_owned(),
            port: port.parse().map_err(|_| form)?,
        })
    }
}

impl fmt::Display for Listen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.host.contains(':') {
            true => write!(f, "[{}]:{}", self.host, self.port),
            false => write!(f, "{}:{}", self.host, self.port),
        }
    }
}

impl Listen {
    /// Binds the port.
    ///
    /// # Errors
    /// The name does not resolve, or the port is in use or not permitted.
    pub(super) async fn bind(&self) -> Result<TcpListener, Failure> {
        let failed = |error: std::io::Error| {
            let hint = match error.kind() {
                ErrorKind::AddrInUse => {
                    "; another program has it: end that one, or name another port with `--listen`"
                }
                ErrorKind::PermissionDenied => "; ports below 1024 belong to the administrator",
                _ => "",
            };
            format!("cannot listen on {self}: {error}{hint}")
        };
        let addresses = self.addresses().await.map_err(failed)?;
        Ok(TcpListener::bind(&addresses[..]).await.map_err(failed)?)
    }

    async fn addresses(&self) -> std::io::Result<Vec<SocketAddr>> {
        if self.host.is_empty() {
            // The first one covers both address families where the machine has both.
            let both = [
                ([0_u16; 8], self.port).into(),
                ([0_u8; 4], self.port).into(),
            ];
            return Ok(both.to_vec());
        }
        let found = lookup_host((self.host.as_str(), self.port)).await?;
        let mut all: Vec<SocketAddr> = found.collect();
        // Prefer IPv4: people who give `localhost` usually mean 127.0.0.1.
        all.sort_by_key(SocketAddr::is_ipv6);
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::Listen;

    #[test]
    fn reads_names_numbers_and_ports_alone() {
        for (text, shown) in [
            ("127.0.0.1:8080", "127.0.0.1:8080"),
            ("localhost:8080", "localhost:8080"),
            (":8080", ":8080"),
            ("[::1]:0", "[::1]:0"),
        ] {
            let read: Listen = text.parse().unwrap();
            assert_eq!(read.to_string(), shown);
        }
        for bad in [
            "",
            "8080",
            "localhost",
            "localhost:",
            "::1:80",
            "[]:1",
            "http://a:1",
            "a:70000",
        ] {
            assert!(bad.parse::<Listen>().is_err(), "{bad}");
        }
    }

    #[tokio::test]
    async fn takes_the_port_of_this_machine_by_name_and_without_one() {
        for text in ["localhost:0", ":0", "127.0.0.1:0"] {
            let listen: Listen = text.parse().unwrap();
            let own = listen.bind().await.unwrap();
            let port = own.local_addr().unwrap().port();
            let ip = own.local_addr().unwrap().ip();
            let near = ip.is_unspecified() || (ip.is_loopback() && ip.is_ipv4());
            assert!(near, "{text}: {ip}");
            let again: Listen = text.replace(":0", &format!(":{port}")).parse().unwrap();
            let said = again.bind().await.unwrap_err().to_string();
            assert!(said.contains("another program has it"), "{said}");
        }
    }
}
