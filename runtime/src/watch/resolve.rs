//! Names are resolved once, and every answer is judged.
//!
//! A name that is asked twice may answer twice: a public address for the judge
//! and a private one for the connection. So the connection goes to an address
//! that was judged. A name with answers of both kinds is refused as a whole.

use std::fmt;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;

use tokio::sync::Semaphore;

use super::guard::{Guard, Host, Refused};

/// Most look-ups at one time: each has a thread for as long as the system
/// takes, and other work has to find one too.
const LOOK_UPS: usize = 32;

/// Addresses of a name, in the order to try them.
pub type Answers<'a> = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>>;

/// Asks for the addresses of a name.
pub trait Resolve: fmt::Debug + Send + Sync {
    /// All addresses of `name`, which is in lower case and ASCII.
    fn resolve<'a>(&'a self, name: &'a str) -> Answers<'a>;
}

/// The resolver of the system.
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
            // A task of its own keeps the place until the thread is free again,
            // also when nobody waits for the answer any more.
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
    /// An answer must not be reached.
    Refused(Refused),
    /// The name has no address, or nobody knows.
    Nothing,
}

/// The addresses of `host`, all of them judged.
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
