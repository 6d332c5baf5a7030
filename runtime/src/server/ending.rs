//! Requests for the server to stop.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;

/// Events that stop a server: a signal, or the end of standard input.
pub(super) struct Ending {
    terminate: Signal,
    interrupt: Signal,
    input: Option<oneshot::Receiver<()>>,
}

impl Ending {
    /// Starts listening for signals, and for the end of standard input if `input` is set.
    /// Requires a tokio runtime.
    ///
    /// # Errors
    /// The system does not deliver signals.
    pub(super) fn new(input: bool) -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            input: input.then(input_ends),
        })
    }

    /// Resolves when the server is asked to stop.
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

/// Resolves when standard input ends, for example because the parent process is gone.
fn input_ends() -> oneshot::Receiver<()> {
    let (sender, ended) = oneshot::channel();
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        let _ = sender.send(());
    });
    ended
}
