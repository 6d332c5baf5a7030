//! Resolves names once and checks every address.
//!
//! A name that is resolved twice may give different addresses: a public one for the check and a
//! private one for the connection. So the connection goes to an address that was checked. A
//! name with both kinds of addresses is refused.

use std::fmt;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;

use tokio::sync::Semaphore;

use super::guard::{Guard, Host, Refused};

/// Maximum number of concurrent lookups. Each blocks a thread for as long as the system takes,
/// and other work needs threads as well.
const LOOK_UPS: usize = 32;

/// Addresses of a name, in the order to try them.
pub type Answers<'a> = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>>;

/// Resolves names.
pub trait Resolve: fmt::Debug + Send + Sync {
    /// Returns all addresses of `name`, which is in lower case and ASCII.
    fn resolve<'a>(&'a self, name: &'a str) -> Answers<'a>;
}

/// The resolver of the operating system.
#[derive(Debug)]
pub struct System {
    free: Arc<Semaphore>,
}

impl Default for System {
    fn default() -> Self {
        let free = Arc::new(Semaphore::new(LOOK_UPS));
        Self { free }
    }
}

impl Resolve for System {
    fn resolve<'a>(&'a self, name: &'a str) -> Answers<'a> {
        let (free, name) = (Arc::clone(&self.free), name.to_owned());
        Box::pin(async move {
            let place = free.acquire_owned().await.map_err(io::Error::other)?;
            // A separate task holds the permit until the thread is free again, even if nobody
            // waits for the result any more.
            let asking = tokio::spawn(async move {
                let found = tokio::net::lookup_host((name, 0)).await;
                drop(place);
                found.map(|all| all.map(|one| one.ip()).collect())
            });
            asking.await.map_err(io::Error::other)?
        })
    }
}

/// Why there is no address to connect to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unresolved {
    /// An address of the name must not be reached.
    Refused(Refused),
    /// The name has no address or cannot be resolved.
    Nothing,
}

/// Returns the addresses of `host` after checking all of them.
pub(super) async fn addresses(
    resolver: &dyn Resolve,
    guard: &Guard,
    host: &Host,
) -> Result<Vec<IpAddr>, Unresolved> {
    let found = match host {
        Host::Address(address) => vec![*address],
        Host::Name(name) => resolver.resolve(name).await.unwrap_or_default(),
    };
    for address in &found {
        guard.permits(*address).map_err(Unresolved::Refused)?;
    }
    match found.is_empty() {
        true => Err(Unresolved::Nothing),
        false => Ok(found),
    }
}
