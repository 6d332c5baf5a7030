//! Opens connections to receivers.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::connection::Connection;
use super::stream::{Bytes, Stream};
use super::{Dial, Failure, tls};
use crate::watch::guard::{Guard, Refused, Target};
use crate::watch::resolve::{self, Resolve};

/// Maximum number of a name's addresses that are tried; all of them are checked.
const TRIED: usize = 4;

/// Opens connections that the guard permits.
#[derive(Clone)]
pub(super) struct Connector {
    pub(super) guard: Guard,
    pub(super) resolver: Arc<dyn Resolve>,
    pub(super) dialer: Arc<dyn Dial>,
    pub(super) tls: TlsConnector,
    /// Timeout for all addresses of a name together.
    pub(super) time_out: Duration,
}

impl Connector {
    /// Connects to one of the checked addresses of `target`.
    pub(super) async fn connect(&self, target: &Target) -> Result<Connection, Failure> {
        let found = resolve::addresses(&*self.resolver, &self.guard, target.host()).await?;
        let tried = &found[..found.len().min(TRIED)];
        let share = self.time_out / u32::try_from(tried.len()).unwrap_or(1);
        let mut failure = Failure::Resolve;
        for address in tried {
            match timeout(share, self.open(target, *address)).await {
                Ok(Ok(connection)) => return Ok(connection),
                // The connection was redirected; other addresses would be no better.
                Ok(Err(refused @ Failure::Refused(_))) => return Err(refused),
                Ok(Err(other)) => failure = other,
                Err(_) => failure = Failure::ConnectTimeOut,
            }
        }
        Err(failure)
    }

    async fn open(&self, target: &Target, address: IpAddr) -> Result<Connection, Failure> {
        let to = SocketAddr::new(address, target.port());
        let stream = self.dialer.dial(to).await.map_err(|_| Failure::Connect)?;
        let peer = stream.peer_addr().map_err(|_| Failure::Connect)?.ip();
        self.guard.permits(peer)?;
        if peer != address {
            return Err(Refused::Peer.into());
        }
        // A request is written in one piece; waiting for more data would only delay it.
        let _ = stream.set_nodelay(true);
        let bytes = match target.is_secure() {
            false => Bytes::Plain(stream),
            true => {
                let name = tls::server_name(target.host())?;
                let secured = self.tls.connect(name, stream).await;
                Bytes::Secure(Box::new(secured.map_err(|error| tls::failure(&error))?))
            }
        };
        let heard = Arc::new(AtomicBool::new(false));
        Connection::open(Stream { bytes, heard }, peer).await
    }
}
