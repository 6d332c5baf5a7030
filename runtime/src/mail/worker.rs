//! The thread that sends due mails.
//!
//! A mail is sent at least once: its link is stored before it is sent, and if the process stops
//! in between, the mail is sent again with a new link.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use super::Sender;
use super::sender::{DAYS, Failure};
use crate::auth::{hash, hex, new_token};
use crate::problem::Problem;
use crate::store::{Durability, Store, Transaction};
use crate::value::Instant;
use crate::write::Invitation;

/// Pause between two checks for due mails.
const PAUSE: Duration = Duration::from_millis(200);

/// Maximum number of mails per check.
const GROUP: u32 = 20;

/// Number of attempts before a mail is given up.
const TRIES: u32 = 20;

const SECOND: i64 = 1_000_000;
const DAY: i64 = 24 * 3_600 * SECOND;

/// A running thread that sends mails; dropping it stops the thread.
#[derive(Debug)]
pub(crate) struct Worker {
    ends: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts sending the mails that are due in `store`.
    ///
    /// # Errors
    /// The thread cannot be started.
    pub(crate) fn start(
        store: Arc<dyn Store>,
        sender: Sender,
        wall: fn() -> Instant,
    ) -> std::io::Result<Self> {
        let ends = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&ends);
        // Mails are sent on this thread, which has to wait for each of them.
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let work = move || {
            while !flag.load(Ordering::Relaxed) {
                if let Err(error) = runtime.block_on(round(&*store, &sender, wall())) {
                    tracing::warn!(%error, "mails cannot be looked for");
                }
                std::thread::sleep(PAUSE);
            }
        };
        let thread = std::thread::Builder::new().name("mail".to_owned());
        Ok(Self {
            ends,
            thread: Some(thread.spawn(work)?),
        })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Handles everything that is due at `now`.
async fn round(store: &dyn Store, sender: &Sender, now: Instant) -> Result<(), Failure> {
    for invitation in Invitation::due(store, now, GROUP).await? {
        if invitation.settled {
            let tenant = invitation.tenant.clone();
            change(store, &tenant, move |tx| Ok(invitation.forget(tx)?)).await?;
        } else {
            deliver(store, sender, invitation, now).await?;
        }
    }
    Ok(())
}

async fn deliver(
    store: &dyn Store,
    sender: &Sender,
    invitation: Invitation,
    now: Instant,
) -> Result<(), Failure> {
    let token = new_token()?;
    let tries = invitation.tries + 1;
    let trying = Invitation {
        tries,
        hash: Some(hex(&hash(&token))),
        expires: now.micros() + DAYS * DAY,
        ..invitation.clone()
    };
    let (name, to) = (format!("{}-{tries}", trying.id), trying.to.clone());
    let (next, again) = (trying.clone(), later(now, wait(tries)));
    let tenant = trying.tenant.clone();
    change(store, &tenant, move |tx| match invitation.fresh(tx)? {
        true => next.put(tx, again),
        false => Err(Problem::not_found()),
    })
    .await?;
    let sent = sender.send(&name, &to, &token);
    if let Err(error) = &sent {
        // The address is personal data and stays out of the log.
        let last = tries >= TRIES;
        tracing::warn!(mail = trying.id, tries, given_up = last, %error, "a mail did not leave");
        if !last {
            return Ok(());
        }
    }
    change(store, &tenant, move |tx| {
        if !trying.fresh(tx)? {
            // The link was used in the meantime.
            return Ok(());
        }
        let end = Instant::from_micros(trying.expires);
        let settled = true;
        Invitation {
            settled,
            ..trying.clone()
        }
        .put(tx, end)
    })
    .await
}

/// Runs a change in its own transaction and waits for the commit.
async fn change(
    store: &dyn Store,
    tenant: &str,
    change: impl Fn(&mut dyn Transaction) -> Result<(), Problem> + Send + 'static,
) -> Result<(), Failure> {
    let done = store
        .commit(tenant, Durability::Full, change)
        .answer()
        .await;
    done.map_err(|problem| problem.detail.into())
}

/// Seconds until the next try: 2, doubled each time, at most six hours.
fn wait(tries: u32) -> i64 {
    (2 << tries.saturating_sub(1).min(16)).min(6 * 3_600)
}

fn later(now: Instant, seconds: i64) -> Instant {
    Instant::from_micros(now.micros() + seconds * SECOND)
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;
    use std::sync::mpsc::{Receiver, channel};

    use super::*;
    use crate::store::Memory;

    /// A mail server on loopback that refuses the first mail temporarily and accepts the
    /// others.
    fn smtp() -> (String, Receiver<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (taken, mails) = channel();
        std::thread::spawn(move || {
            let mut first = true;
            for stream in listener.incoming().flatten() {
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let say = |text: &str| (&stream).write_all(format!("{text}\r\n").as_bytes());
                let mut mail = String::new();
                say("220 test").unwrap();
                while let Some(Ok(line)) = lines.next() {
                    let answer = match line.split(' ').next().unwrap_or_default() {
                        "EHLO" => "250 test",
                        "RCPT" if std::mem::take(&mut first) => "451 later",
                        "DATA" => {
                            say("354 go on").unwrap();
                            for line in lines.by_ref().map_while(Result::ok) {
                                if line == "." {
                                    break;
                                }
                                mail.push_str(&line);
                                mail.push('\n');
                            }
                            let _ = taken.send(std::mem::take(&mut mail));
                            "250 taken"
                        }
                        "QUIT" => "221 bye",
                        _ => "250 ok",
                    };
                    if say(answer).is_err() {
                        break;
                    }
                }
            }
        });
        (format!("smtp://{address}"), mails)
    }

    fn at(seconds: i64) -> Instant {
        Instant::from_micros(seconds * SECOND)
    }

    #[tokio::test]
    async fn a_mail_is_tried_again_and_its_link_ends_after_a_week() {
        let store = Memory::new(|| at(0));
        let (way, mails) = smtp();
        let sender = Sender::new(&way, "us@x.example", "https://x.example/s?a=b").unwrap();
        let invitation = Invitation {
            id: "7".to_owned(),
            table: "things".to_owned(),
            tenant: "t".to_owned(),
            object: "1".to_owned(),
            to: "you@x.example".to_owned(),
            tries: 0,
            settled: false,
            expires: 0,
            hash: None,
        };
        change(&store, "t", move |tx| invitation.put(tx, at(100)))
            .await
            .unwrap();
        let known = async |now: i64| Invitation::due(&store, at(now), 9).await.unwrap();
        // Not sent before it is due; then refused temporarily and tried again later.
        round(&store, &sender, at(100)).await.unwrap();
        assert_eq!(known(1_000).await[0].tries, 0);
        round(&store, &sender, at(101)).await.unwrap();
        assert_eq!((known(103).await.len(), known(104).await[0].tries), (0, 1));
        assert!(mails.try_recv().is_err());
        round(&store, &sender, at(104)).await.unwrap();
        let mail = mails.try_recv().unwrap();
        assert!(
            mail.contains("To: you@x.example") && mail.contains("From: us@x.example"),
            "{mail}"
        );
        let token = mail
            .lines()
            .find_map(|line| line.strip_prefix("https://x.example/s?a=b&token="));
        let found = Invitation::of(&store, token.unwrap())
            .await
            .unwrap()
            .unwrap();
        assert!(found.settled && found.tries == 2);
        assert!(!format!("{found:?}").contains(token.unwrap()));
        // Nothing more is sent, and the invitation is forgotten when it expires.
        let end = 104 + DAYS * 24 * 3_600;
        round(&store, &sender, at(end)).await.unwrap();
        assert!(
            Invitation::of(&store, token.unwrap())
                .await
                .unwrap()
                .is_some()
        );
        round(&store, &sender, at(end + 1)).await.unwrap();
        assert!(
            Invitation::of(&store, token.unwrap())
                .await
                .unwrap()
                .is_none()
        );
        assert!(mails.try_recv().is_err());
    }

    #[tokio::test]
    async fn a_mail_that_never_leaves_is_given_up() {
        let store = Memory::new(|| at(0));
        let way = format!("file:{}", std::env::temp_dir().display());
        let sender = Sender::new(&way, "us@x.example", "https://x.example/s").unwrap();
        let invitation = Invitation {
            id: "8".to_owned(),
            table: "things".to_owned(),
            tenant: "t".to_owned(),
            object: "1".to_owned(),
            to: "no address".to_owned(),
            tries: 0,
            settled: false,
            expires: 0,
            hash: None,
        };
        change(&store, "t", move |tx| invitation.put(tx, at(0)))
            .await
            .unwrap();
        let mut now = 1;
        for tries in 1..=TRIES {
            round(&store, &sender, at(now)).await.unwrap();
            now += wait(tries) + 1;
        }
        let last = Invitation::due(&store, at(i64::from(i32::MAX)), 9)
            .await
            .unwrap();
        assert!(last[0].settled && last[0].tries == TRIES);
        assert_eq!(wait(20), 6 * 3_600);
    }
}
