//! The URL of a receiver.

use std::net::IpAddr;

use url::{Position, Url};

use super::Refused;

/// Maximum length of a URL in bytes, in its normal form.
const LONGEST: usize = 8_000;

/// Maximum length of a host name in bytes (RFC 1035 section 2.3.4), as text.
const LONGEST_NAME: usize = 253;

/// Maximum length of a label in bytes.
const LONGEST_LABEL: usize = 63;

/// The host of a URL.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Host {
    /// A name in lower case and ASCII (RFC 5891), without a trailing dot.
    Name(String),
    /// An address, in whatever notation it was written.
    Address(IpAddr),
}

/// The URL of a receiver in its normal form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    secure: bool,
    host: Host,
    port: u16,
    authority: String,
    path: String,
}

impl Target {
    /// Parses `text` without checking where it leads.
    pub(super) fn read(text: &str) -> Result<Self, Refused> {
        let bad = |what| Err(Refused::Malformed(what));
        if text.len() > LONGEST {
            return bad("is too long");
        }
        // Parsers disagree on these: some drop them, some end the host there.
        if text.contains(|c: char| c.is_control() || c.is_whitespace() || c == '\\') {
            return bad("must have no blank, control character or backslash");
        }
        let Some(authority) = authority(text) else {
            return bad("must begin with https:// or http:// and a host");
        };
        if authority.contains('@') {
            return bad("must have no user name or password");
        }
        if text.contains('#') {
            return bad("must have no fragment");
        }
        let Ok(url) = Url::parse(text) else {
            return bad("is not a web address");
        };
        let host = match url.host() {
            Some(url::Host::Ipv4(address)) => Host::Address(address.into()),
            Some(url::Host::Ipv6(address)) => Host::Address(address.into()),
            Some(url::Host::Domain(name)) => Host::Name(read_name(name)?),
            None => return bad("must have a host"),
        };
        let port = match url.port_or_known_default() {
            Some(port) if port > 0 => port,
            _ => return bad("must have a port from 1 to 65535"),
        };
        if url.as_str().len() > LONGEST {
            return bad("is too long");
        }
        let shown = match &host {
            Host::Name(name) => name.clone(),
            Host::Address(IpAddr::V4(address)) => address.to_string(),
            Host::Address(IpAddr::V6(address)) => format!("[{address}]"),
        };
        Ok(Self {
            secure: url.scheme() == "https",
            host,
            port,
            authority: match url.port() {
                Some(port) => format!("{shown}:{port}"),
                None => shown,
            },
            path: url[Position::BeforePath..Position::AfterQuery].to_owned(),
        })
    }

    /// Whether it uses TLS.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.secure
    }

    /// The host.
    #[must_use]
    pub fn host(&self) -> &Host {
        &self.host
    }

    /// The port, 1 to 65535.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Host and port as in a `Host` header (RFC 9110 section 7.2), without the scheme's default
    /// port.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Path and query, with a leading slash (RFC 9112 section 3.2.1).
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }
}

/// The part between the scheme, `http` or `https`, and the path.
fn authority(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    let web = ["http", "https"]
        .iter()
        .any(|one| scheme.eq_ignore_ascii_case(one));
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    (web && end > 0).then_some(&rest[..end])
}

fn read_name(name: &str) -> Result<String, Refused> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let fits = name.len() <= LONGEST_NAME
        && name
            .split('.')
            .all(|label| (1..=LONGEST_LABEL).contains(&label.len()));
    match fits {
        true => Ok(name.to_owned()),
        false => Err(Refused::Malformed("has a host that cannot be a name")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_hosts_in_one_form() {
        for (text, authority, path) in [
            ("https://A.example", "a.example", "/"),
            ("HTTP://a.example.:80/b?c=d", "a.example", "/b?c=d"),
            (
                "https://bücher.example:8443?x",
                "xn--bcher-kva.example:8443",
                "/?x",
            ),
            ("http://0x7f.1/", "127.0.0.1", "/"),
            ("http://%31%32%37.0.0.1/", "127.0.0.1", "/"),
            ("http://[::FFFF:7F00:1]:81/", "[::ffff:127.0.0.1]:81", "/"),
        ] {
            let target = Target::read(text).unwrap();
            assert_eq!(
                (target.authority(), target.path()),
                (authority, path),
                "{text}"
            );
        }
    }

    #[test]
    fn addresses_have_a_length_also_as_they_are_sent() {
        let of = |length: usize| format!("https://a.example/{}", "a".repeat(length - 18));
        assert!(Target::read(&of(LONGEST)).is_ok());
        assert!(Target::read(&of(LONGEST + 1)).is_err());
        // Each of these becomes six bytes.
        let wide = format!("https://a.example/{}", "\u{e4}".repeat(LONGEST / 4));
        assert!(wide.len() < LONGEST && Target::read(&wide).is_err());
    }

    #[test]
    fn refuses_what_readers_disagree_on() {
        let long = format!("https://a.example/{}", "a".repeat(LONGEST));
        let label = format!("https://{}.example/", "a".repeat(64));
        for bad in [
            "",
            "a.example",
            "ftp://a.example/",
            "https:a.example",
            "https:///a.example",
            "https://u:p@a.example/",
            "https://@a.example/",
            "https://a.example/#b",
            "https://a.example/#",
            "https://a.example:0/",
            "https://a.example:65536/",
            "https://a.example\\@b.example/",
            " https://a.example/",
            "https://a.exa\tmple/",
            "https://a..example/",
            "https://a.example../",
            &long,
            &label,
        ] {
            assert!(Target::read(bad).is_err(), "{bad}");
        }
    }
}
