//! An open connection to a receiver.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use http::StatusCode;
use http_body_util::Full;
use hyper::client::conn::http1::{Builder, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::stream::Stream;
use super::{Answer, Failure};

/// Maximum size of a response's head in bytes.
const HEAD: usize = 16 * 1024;

/// An open connection; dropping it closes it.
pub(super) struct Connection {
    sender: SendRequest<Full<Bytes>>,
    driver: AbortHandle,
    heard: Arc<AtomicBool>,
    /// The remote address.
    pub(super) peer: IpAddr,
    /// When it was opened.
    pub(super) opened: Instant,
}

/// An exchange without a complete response.
pub(super) struct Broken {
    pub(super) failure: Failure,
    /// Whether no byte of a response arrived, so that the request may be sent again.
    pub(super) unheard: bool,
}

impl Connection {
    pub(super) async fn open(stream: Stream, peer: IpAddr) -> Result<Self, Failure> {
        let heard = Arc::clone(&stream.heard);
        let (sender, driver) = Builder::new()
            .max_buf_size(HEAD)
            .handshake(TokioIo::new(stream))
            .await?;
        // Errors are also reported to the caller that waits for the response.
        let driver = tokio::spawn(async move { drop(driver.await) });
        Ok(Self {
            sender,
            driver: driver.abort_handle(),
            heard,
            peer,
            opened: Instant::now(),
        })
    }

    /// Whether the other side has closed it.
    pub(super) fn is_closed(&self) -> bool {
        self.sender.is_closed()
    }

    /// Sends `message` and reads the response. Returns the connection if it can be reused.
    pub(super) async fn exchange(
        mut self,
        message: http::Request<Full<Bytes>>,
        keep: usize,
    ) -> Result<(Answer, Option<Self>), Broken> {
        self.heard.store(false, Ordering::Release);
        match self.try_exchange(message, keep).await {
            Ok((answer, ended)) => {
                let again = ended && answer.status != StatusCode::SWITCHING_PROTOCOLS;
                Ok((answer, again.then_some(self)))
            }
            Err(error) => Err(Broken {
                failure: error.into(),
                unheard: !self.heard.load(Ordering::Acquire),
            }),
        }
    }

    async fn try_exchange(
        &mut self,
        message: http::Request<Full<Bytes>>,
        keep: usize,
    ) -> Result<(Answer, bool), hyper::Error> {
        self.sender.ready().await?;
        let response = self.sender.send_request(message).await?;
        Answer::read(response, keep).await
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.driver.abort();
    }
}
