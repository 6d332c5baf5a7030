//! Making a connection.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;

use tokio::net::TcpStream;

/// A connection to be.
pub type Dialled = Pin<Box<dyn Future<Output = io::Result<TcpStream>> + Send>>;

/// Makes connections to addresses that were judged.
pub trait Dial: fmt::Debug + Send + Sync {
    /// Connects to `to` and to nothing else.
    fn dial(&self, to: SocketAddr) -> Dialled;
}

/// Connections of the system.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tcp;

impl Dial for Tcp {
    fn dial(&self, to: SocketAddr) -> Dialled {
        Box::pin(TcpStream::connect(to))
    }
}
