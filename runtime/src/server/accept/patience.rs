//! How long a response may wait for the client to read it.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

/// How slowly clients may read responses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) struct Pace {
    /// How long a client may read nothing at all.
    pub(super) stall: Duration,
    /// How long a client may be slower than `rate`.
    pub(super) grace: Duration,
    /// Minimum number of bytes per second in the long run.
    pub(super) rate: u64,
}

impl Pace {
    /// Limits that the slowest usual connections still meet.
    pub(super) const USUAL: Self = Self {
        stall: Duration::from_secs(20),
        grace: Duration::from_secs(60),
        rate: 4 << 10,
    };
}

/// A stream whose writes fail when the other side reads too slowly for too long.
pub(super) struct Patient<S> {
    stream: S,
    pace: Pace,
    waiting: Option<Waiting>,
}

/// A period in which the other side reads more slowly than the server writes.
struct Waiting {
    since: Instant,
    progress: Instant,
    taken: u64,
    alarm: Pin<Box<Sleep>>,
}

/// When to give up waiting that began at `since`, with `taken` bytes read so far, the last of
/// them at `progress`.
fn deadline(pace: Pace, since: Instant, progress: Instant, taken: u64) -> Instant {
    let slowest = Duration::from_secs(taken / pace.rate.max(1));
    (progress + pace.stall).min(since + pace.grace + slowest)
}

impl<S> Patient<S> {
    pub(super) fn new(stream: S, pace: Pace) -> Self {
        Self {
            stream,
            pace,
            waiting: None,
        }
    }

    /// Updates the waiting period after a write of `length` bytes.
    fn judge(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
        length: usize,
    ) -> Poll<io::Result<usize>> {
        let now = Instant::now();
        match &written {
            // Everything was accepted: the other side keeps up.
            Poll::Ready(Ok(count)) if *count == length => self.waiting = None,
            Poll::Ready(Ok(count)) => {
                if let Some(waiting) = &mut self.waiting {
                    waiting.progress = now;
                    waiting.taken += *count as u64;
                }
            }
            Poll::Ready(Err(_)) => {}
            Poll::Pending => {
                let waiting = self.waiting.get_or_insert_with(|| Waiting {
                    since: now,
                    progress: now,
                    taken: 0,
                    alarm: Box::pin(sleep_until(now)),
                });
                let (since, progress) = (waiting.since, waiting.progress);
                let end = deadline(self.pace, since, progress, waiting.taken);
                waiting.alarm.as_mut().reset(end);
                ready!(waiting.alarm.as_mut().poll(context));
                let why = "the answer was not taken in time";
                return Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, why)));
            }
        }
        written
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.judge(context, written, bytes.len())
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let length = parts.iter().map(|part| part.len()).sum();
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.judge(context, written, length)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::time::Duration;

    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
    use tokio::time::Instant;

    use super::{Pace, Patient, deadline};

    #[test]
    fn a_slow_client_has_the_time_that_the_slowest_line_needs() {
        let pace = Pace {
            stall: Duration::from_secs(20),
            grace: Duration::from_secs(60),
            rate: 1_000,
        };
        let start = Instant::now();
        let after = |seconds: u64| start + Duration::from_secs(seconds);
        let end = |progress: u64, taken: u64| deadline(pace, start, after(progress), taken);
        assert_eq!(end(0, 0), after(20), "nothing is taken");
        assert_eq!(end(19, 1), after(39), "something is taken");
        assert_eq!(end(55, 5), after(60), "too little is taken in the long run");
        assert_eq!(end(100, 100_000), after(120), "fast enough goes on");
    }

    #[tokio::test]
    async fn a_write_that_nobody_takes_ends() {
        let (ours, mut theirs) = duplex(64);
        let pace = Pace {
            stall: Duration::from_millis(20),
            ..Pace::USUAL
        };
        let mut ours = Patient::new(ours, pace);
        let refused = ours.write_all(&[0; 65]).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::TimedOut);
        let mut taken = [0; 64];
        theirs.read_exact(&mut taken).await.unwrap();
        ours.write_all(&taken).await.unwrap();
        assert!(ours.waiting.is_none(), "who keeps up starts anew");
    }
}
