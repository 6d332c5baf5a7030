//! When passwords are hashed: few at a time, whoever else waits for that.
//!
//! A hash takes some milliseconds of a core and 19 MiB, on purpose. As many are
//! made at a time as there are cores; a request whose turn has not come waits
//! without a thread, and no thread that answers others makes one.

use std::sync::{Arc, LazyLock};
use std::thread::available_parallelism;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::body::Reading;
use crate::problem::Problem;
use crate::value::Secret;

/// Hashes that may be made at a time.
static TURNS: LazyLock<Arc<Semaphore>> = LazyLock::new(|| {
    let cores = available_parallelism().map_or(2, usize::from);
    Arc::new(Semaphore::new(cores))
});

/// Hashes the passwords of a body, when their turn comes.
///
/// # Errors
/// A system without random bytes.
pub(super) async fn hash_in_turn(reading: &mut Reading) -> Result<(), Problem> {
    for (secret, text) in waiting(reading) {
        let hashed = in_turn(&TURNS, move || Secret::hash(&text)).await;
        let hashed = hashed.flatten().ok_or_else(Problem::internal)?;
        secret.become_like(&hashed);
    }
    Ok(())
}

/// The same at once, for an import: it is a process of its own.
pub(super) fn hash(reading: &mut Reading) {
    for (secret, text) in waiting(reading) {
        if let Some(hashed) = Secret::hash(&text) {
            secret.become_like(&hashed);
        }
    }
}

/// Passwords to be hashed. Of a body that is refused nothing is kept, so its
/// passwords never have a hash that fits anything.
fn waiting(reading: &mut Reading) -> Vec<(Secret, String)> {
    let passwords = std::mem::take(&mut reading.passwords);
    if reading.found.is_empty() {
        return passwords;
    }
    passwords.iter().for_each(|(secret, _)| secret.give_up());
    Vec::new()
}

/// Does slow work on a thread for such work, in turn. It ends by itself when
/// nobody waits for it any more, and has its turn until then.
async fn in_turn<T: Send + 'static>(
    turns: &Arc<Semaphore>,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let turn = Arc::clone(turns).acquire_owned().await.ok()?;
    let done = spawn_blocking(move || {
        let done = work();
        drop(turn);
        done
    });
    done.await.ok()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::{Semaphore, oneshot};
    use tokio::task::JoinSet;

    use super::{hash_in_turn, in_turn};
    use crate::body::Reading;
    use crate::body::rule::{Password, Rule};

    #[tokio::test]
    async fn no_more_are_at_work_than_have_turns() {
        let turns = Arc::new(Semaphore::new(2));
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
                in_turn(&turns, work).await
            });
        }
        assert_eq!(all.join_all().await.len(), 64);
        assert!((1..=2).contains(&most.load(Ordering::SeqCst)));
    }

    #[tokio::test]
    async fn the_thread_that_answers_does_not_do_the_work() {
        let (answer, answered) = oneshot::channel();
        let turns = Arc::new(Semaphore::new(1));
        // The work ends when this thread has gone on.
        let work =
            tokio::spawn(
                async move { in_turn(&turns, move || answered.blocking_recv().is_ok()).await },
            );
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
