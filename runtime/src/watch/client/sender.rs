//! The client.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use tokio::time::{Instant, timeout};
use tokio_rustls::rustls::pki_types::CertificateDer;

use super::connection::{Broken, Connection};
use super::connector::Connector;
use super::pool::Pool;
use super::{Answer, Dial, Failure, Request, Tcp, tls};
use crate::watch::guard::{Guard, Target};
use crate::watch::resolve::{Resolve, System};

/// Settings of a client.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Decides which addresses may be reached.
    pub guard: Guard,
    /// Resolves names.
    pub resolver: Arc<dyn Resolve>,
    /// Opens connections.
    pub dialer: Arc<dyn Dial>,
    /// Timeout for opening a connection, including TLS; the addresses of a name share it.
    pub connect_time_out: Duration,
    /// Certificate authorities to trust in addition to those of browsers.
    pub roots: Vec<CertificateDer<'static>>,
}

impl Settings {
    /// The defaults: resolver and connections of the system, ten seconds to connect.
    #[must_use]
    pub fn new(guard: Guard) -> Self {
        Self {
            guard,
            resolver: Arc::new(System::default()),
            dialer: Arc::new(Tcp),
            connect_time_out: Duration::from_secs(10),
            roots: Vec::new(),
        }
    }
}

/// Sends requests to receivers; clones share the idle connections.
#[derive(Clone)]
pub struct Client {
    connector: Connector,
    pool: Arc<Pool>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}

impl Client {
    /// Creates a client with these settings.
    ///
    /// # Errors
    /// A certificate authority is malformed.
    pub fn new(settings: Settings) -> io::Result<Self> {
        let tls = tls::connector(&settings.roots).map_err(io::Error::other)?;
        let connector = Connector {
            guard: settings.guard,
            resolver: settings.resolver,
            dialer: settings.dialer,
            tls,
            time_out: settings.connect_time_out,
        };
        let pool = Arc::default();
        Ok(Self { connector, pool })
    }

    /// Sends `request` once and reads the response. Requires a tokio runtime.
    ///
    /// A reused connection may turn out to be dead; if no byte of a response arrived, the
    /// request is sent once more on a new one. A receiver may therefore see it twice, unless
    /// [`Request::once`] is set.
    ///
    /// # Errors
    /// Why there is no response.
    pub async fn send(&self, request: &Request) -> Result<Answer, Failure> {
        let start = Instant::now();
        let target = self.connector.guard.target(&request.url)?;
        let sent = timeout(request.time_out, self.attempt(&target, request)).await;
        let answer = sent.unwrap_or(Err(Failure::TimeOut))?;
        let duration = start.elapsed();
        Ok(Answer { duration, ..answer })
    }

    async fn attempt(&self, target: &Target, request: &Request) -> Result<Answer, Failure> {
        let message = request.message(target)?;
        let guard = &self.connector.guard;
        if !request.once
            && let Some(waited) = self.pool.take(target, guard)
        {
            match self
                .exchange(target, waited, message.clone(), request.keep)
                .await
            {
                Err(broken) if broken.unheard => {}
                done => return done.map_err(|broken| broken.failure),
            }
        }
        let fresh = self.connector.connect(target).await?;
        let done = self.exchange(target, fresh, message, request.keep).await;
        done.map_err(|broken| broken.failure)
    }

    async fn exchange(
        &self,
        target: &Target,
        connection: Connection,
        message: http::Request<Full<Bytes>>,
        keep: usize,
    ) -> Result<Answer, Broken> {
        let (answer, connection) = connection.exchange(message, keep).await?;
        if let Some(connection) = connection {
            self.pool.keep(target, connection);
        }
        Ok(answer)
    }
}
