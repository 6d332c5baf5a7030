//! The interface for opening TCP connections.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;

use tokio::net::TcpStream;

/// The future of a connection.
pub type Dialled = Pin<Box<dyn Future<Output = io::Result<TcpStream>> + Send>>;

/// Opens connections to checked addresses.
pub trait Dial: fmt::Debug + Send + Sync {
    /// Connects to `to` and to no other address.
    fn dial(&self, to: SocketAddr) -> Dialled;
}

/// TCP connections of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tcp;

impl Dial for Tcp {
    fn dial(&self, to: SocketAddr) -> Dialled {
        Box::pin(TcpStream::connect(to))
    }
}
