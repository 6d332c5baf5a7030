//! Hashes passwords on a few dedicated threads.
//!
//! By design, a hash takes some milliseconds of one core and 19 MiB. There is one thread per
//! core that does nothing else, so the memory is kept between hashes: on threads with other
//! work, each would keep such a block. A waiting request holds no thread, and threads that
//! serve requests compute no hashes.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::thread::available_parallelism;

use tokio::sync::oneshot;

use crate::body::Reading;
use crate::problem::Problem;
use crate::value::Secret;

/// A job for one of the threads.
type Job = Box<dyn FnOnce() + Send>;

/// Threads that run slow jobs in turn.
struct Workers(Sender<Job>);

static WORKERS: LazyLock<Workers> =
    LazyLock::new(|| Workers::new(available_parallelism().map_or(2, usize::from)));

/// Hashes the passwords of a body on the dedicated threads.
///
/// # Errors
/// The system provides no random bytes.
pub(super) async fn hash_in_turn(reading: &mut Reading) -> Result<(), Problem> {
    for (secret, text) in waiting(reading) {
        let hashed = WORKERS.in_turn(move || Secret::hash(&text)).await;
        let hashed = hashed.flatten().ok_or_else(Problem::internal)?;
        secret.become_like(&hashed);
    }
    Ok(())
}

/// Hashes the passwords of a body on the current thread, for imports and merged members.
pub(super) fn hash(reading: &mut Reading) {
    for (secret, text) in waiting(reading) {
        if let Some(hashed) = Secret::hash(&text) {
            secret.become_like(&hashed);
        }
    }
}

/// The passwords to be hashed. Those of a refused body are not hashed and match no password.
fn waiting(reading: &mut Reading) -> Vec<(Secret, String)> {
    let passwords = std::mem::take(&mut reading.passwords);
    if reading.found.is_empty() {
        return passwords;
    }
    passwords.iter().for_each(|(secret, _)| secret.give_up());
    Vec::new()
}

impl Workers {
    /// Starts `count` threads; they stop when the sender is dropped.
    fn new(count: usize) -> Self {
        let (jobs, taken) = channel::<Job>();
        let taken = Arc::new(Mutex::new(taken));
        for _ in 0..count {
            let taken = Arc::clone(&taken);
            std::thread::spawn(move || {
                loop {
                    let next = taken.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok(job) = next else { return };
                    // After a panic the waiting caller gets an error, and other jobs continue.
                    let _ = catch_unwind(AssertUnwindSafe(job));
                }
            });
        }
        Self(jobs)
    }

    /// Runs `work` when its turn comes, unless the caller has stopped waiting.
    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let (answer, done) = oneshot::channel();
        let job = move || {
            if !answer.is_closed() {
                let _ = answer.send(work());
            }
        };
        self.0.send(Box::new(job)).ok()?;
        done.await.ok()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::oneshot;
    use tokio::task::JoinSet;

    use super::{Workers, hash_in_turn};
    use crate::body::Reading;
    use crate::body::rule::{Password, Rule};

    #[tokio::test]
    async fn no_more_are_at_work_than_have_turns() {
        let turns = Arc::new(Workers::new(2));
        let (busy, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let mut all = JoinSet::new();
        for _ in 0..64 {
            let (turns, busy, most) = (turns.clone(), busy.clone(), most.clone());
            all.spawn(async move {
                let work = move || {
                    most.fetch_max(busy.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::yield_now();
                    busy.fetch_sub(1, Ordering::SeqCst)
                };
                turns.in_turn(work).await
            });
        }
        assert_eq!(all.join_all().await.len(), 64);
        assert!((1..=2).contains(&most.load(Ordering::SeqCst)));
    }

    #[tokio::test]
    async fn work_that_panics_ends_no_thread() {
        let turns = Workers::new(1);
        let none: Option<()> = turns.in_turn(|| panic!("on purpose")).await;
        assert_eq!((none, turns.in_turn(|| 1).await), (None, Some(1)));
    }

    #[tokio::test]
    async fn the_thread_that_answers_does_not_do_the_work() {
        let (answer, answered) = oneshot::channel();
        let turns = Workers::new(1);
        // The job finishes only after this thread has continued.
        let work = move || answered.blocking_recv().is_ok();
        let work = tokio::spawn(async move { turns.in_turn(work).await });
        tokio::task::yield_now().await;
        answer.send(()).unwrap();
        assert_eq!(work.await.unwrap(), Some(true));
    }

    #[tokio::test]
    async fn a_password_is_hashed_after_its_body_was_read() {
        let mut reading = Reading::default();
        let secret = Password::new(1, 9).read("sesame".into(), "/p", &mut reading);
        let secret = secret.unwrap();
        assert!(!secret.is("sesame"));
        hash_in_turn(&mut reading).await.unwrap();
        assert!(secret.is("sesame") && reading.passwords.is_empty());
    }

    #[tokio::test]
    async fn the_password_of_a_refused_body_is_not_hashed() {
        let mut reading = Reading::default();
        let secret = Password::new(1, 9).read("sesame".into(), "/p", &mut reading);
        reading.refuse("/a", "type", "must be text");
        hash_in_turn(&mut reading).await.unwrap();
        let secret = secret.unwrap();
        assert!(!secret.is("sesame") && !secret.is(""));
    }
}
