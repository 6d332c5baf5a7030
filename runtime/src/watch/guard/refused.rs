//! Why something must not be reached.

use std::error::Error;
use std::fmt;

/// Why an address must not be reached.
///
/// Its text names no address: who registers a receiver must not learn from it
/// what a name stands for inside of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It is in a special-purpose block, or outside of what is public.
    Special(&'static str),
    /// A cloud answers there with the credentials of this machine.
    Metadata,
    /// It is an address of this host.
    Own,
    /// The name is one of private networks.
    Name,
    /// The text is not the address of a receiver.
    Malformed(&'static str),
    /// The connection reached another address than the one that was judged.
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
