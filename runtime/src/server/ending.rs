//! How a server is asked to end.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;

/// What asks a server to end: a signal, or the end of its input.
pub(super) struct Ending {
    terminate: Signal,
    interrupt: Signal,
    input: Option<oneshot::Receiver<()>>,
}

impl Ending {
    /// Listens from now on, to standard input as well when it counts. It runs
    /// on tokio.
    ///
    /// # Errors
    /// A system that does not tell signals.
    pub(super) fn new(input: bool) -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            input: input.then(input_ends),
        })
    }

    /// Comes when it is asked for.
    pub(super) async fn asked(mut self) {
        let input = async {
            match self.input {
                Some(ended) => drop(ended.await),
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
            () = input => {}
        }
    }
}

/// Comes when standard input ends, as it does when whoever holds it is gone.
fn input_ends() -> oneshot::Receiver<()> {
    let (sender, ended) = oneshot::channel();
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        let _ = sender.send(());
    });
    ended
}
