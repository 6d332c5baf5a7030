//! The accept loop: limits and deadlines that `axum::serve` does not have.
//!
//! What one client can use is bounded: connections in all and per address ([`room`]), the time
//! a response may wait to be read ([`patience`]), and the memory for one connection. A few
//! connections beyond the bounds are still accepted for health checks; their other requests are
//! told to come back.

mod limits;
mod patience;
mod pieces;
mod rare;
mod room;
#[cfg(test)]
mod tests;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::response::IntoResponse;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use socket2::SockRef;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

pub(super) use self::limits::{Limits, raise_descriptors};
use self::patience::{Pace, Patient};
use self::pieces::in_pieces;
use self::rare::Rare;
use self::room::{Room, Seat};
use super::failure::Failure;
use crate::problem::Problem;

/// How long a client may take to send the head of a request.
const HEAD: Duration = Duration::from_secs(10);

/// The same for a connection beyond the bounds.
const HEAD_BEYOND: Duration = Duration::from_secs(2);

/// Maximum number of bytes buffered per connection, for request heads and for responses; a
/// longer response is buffered alone.
const BUFFERED: usize = 64 << 10;

/// Size in bytes of the system's send buffer per connection.
const SENT: usize = 256 << 10;

/// Paths that are also served on connections beyond the bounds.
const HEALTH: &[&str] = &["/healthz", "/readyz"];

/// Serves connections from `listener` until `end` resolves; running requests then have the time
/// `drain` to finish.
pub(super) async fn run(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    end: impl Future<Output = ()>,
    drain: Duration,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), Failure> {
    ready(listener.local_addr()?);
    let mut end = std::pin::pin!(end);
    let room = Room::new(limits);
    let running = GracefulShutdown::new();
    let (mut failing, mut full) = (Rare::default(), Rare::default());
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut end => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Usually out of descriptors: other connections have to end first.
                if let Some(before) = failing.due(Instant::now()) {
                    tracing::warn!(%error, before, "cannot accept");
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let _ = stream.set_nodelay(true);
        let _ = SockRef::from(&stream).set_send_buffer_size(SENT);
        let place = room.admit(peer.ip());
        if place.is_beyond()
            && let Some(before) = full.due(Instant::now())
        {
            tracing::warn!(%peer, before, "too many connections");
        }
        converse(stream, place, router.clone(), limits.pace, &running);
    }
    drop(listener);
    if tokio::time::timeout(drain, running.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("some requests did not end in time");
    }
    Ok(())
}

/// Serves the requests of a connection for as long as it has its seat.
fn converse(
    stream: TcpStream,
    mut seat: Seat,
    router: Router,
    pace: Pace,
    running: &GracefulShutdown,
) {
    let beyond = seat.is_beyond();
    let service = service_fn(move |request: Request<Incoming>| {
        let router = router.clone();
        async move {
            let refused = beyond && !HEALTH.contains(&request.uri().path());
            let answer = match refused {
                true => Problem::unavailable().into_response(),
                false => match router.oneshot(request.map(Body::new)).await {
                    Ok(answer) => answer,
                },
            };
            Ok::<_, Infallible>(in_pieces(answer))
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(if beyond { HEAD_BEYOND } else { HEAD })
        .keep_alive(!beyond)
        .max_buf_size(BUFFERED)
        .serve_connection(TokioIo::new(Patient::new(stream, pace)), service);
    let connection = running.watch(connection);
    tokio::spawn(async move {
        tokio::select! {
            done = connection => if let Err(error) = done {
                tracing::debug!(%error, "connection");
            },
            () = seat.taken() => tracing::debug!("a seat was taken for another connection"),
        }
    });
}
