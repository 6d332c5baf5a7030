//! The accept loop: limits and deadlines that `axum::serve` does not have.
//!
//! What one client can hold is bounded: connections in all and of one address
//! ([`room`]), how long an answer may lie untaken ([`patience`]), and how much
//! of one connection is kept in memory. A few connections beyond the bounds are
//! still taken for whoever asks how the server is; others are told to come back.

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

/// How long a client may take for the head of a request.
const HEAD: Duration = Duration::from_secs(10);

/// The same on a connection that is taken beyond the bounds.
const HEAD_BEYOND: Duration = Duration::from_secs(2);

/// Most bytes of one connection that wait in memory: of heads that come in,
/// and of answers that go out; an answer that is longer waits alone.
const BUFFERED: usize = 64 << 10;

/// What the system may keep of answers for one connection.
const SENT: usize = 256 << 10;

/// Paths that are answered beyond the bounds as well.
const HEALTH: &[&str] = &["/healthz", "/readyz"];

/// Answers what `listener` takes until `end` comes; then running requests have
/// the time `drain`.
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
                // Out of descriptors, mostly: others have to end first.
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

/// Answers the requests of a connection, for as long as it has its seat.
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
