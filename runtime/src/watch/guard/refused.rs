//! Reasons for refusing an address.

use std::error::Error;
use std::fmt;

/// Why an address must not be reached.
///
/// The message contains no address: whoever registers a receiver must not learn how a name
/// resolves inside a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It is in a special-purpose block, or not a public address.
    Special(&'static str),
    /// It belongs to a metadata service with this machine's credentials.
    Metadata,
    /// It is an address of this host.
    Own,
    /// The name is private.
    Name,
    /// The text is not the URL of a receiver.
    Malformed(&'static str),
    /// The connection reached a different address than the one checked.
    Peer,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Special(block) => write!(f, "leads to an address that is not public ({block})"),
            Self::Metadata => f.write_str("leads to the metadata of a cloud"),
            Self::Own => f.write_str("leads to this host"),
            Self::Name => f.write_str("has a name of a private network"),
            Self::Malformed(what) => f.write_str(what),
            Self::Peer => f.write_str("connected to another address than the one judged"),
        }
    }
}

impl Error for Refused {}
