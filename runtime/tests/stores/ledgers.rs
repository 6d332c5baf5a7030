//! Ledgers: what one store says of deliveries is what memory says.

use std::time::Duration;

use fieldproof_runtime::store::{Durability, Store};
use fieldproof_runtime::value::Instant;
use fieldproof_runtime::watch::machine::{
    Claim, Claims, Delivery, Ledger, Outcome, Policy, Selection, disable, enqueue, forget, prune,
    redeliver, resume, settle,
};
use fieldproof_runtime::watch::schedule::Schedule;
use proptest::prelude::*;
use proptest::test_runner::Config;

use super::kind::Kind;

/// Something that happens at an instant, in seconds.
#[derive(Debug, Clone)]
enum Step {
    Enqueue {
        watch: u8,
        object: u8,
    },
    Claim {
        limit: usize,
    },
    Settle {
        status: u16,
    },
    /// A process ends before it settles.
    Lose,
    Disable {
        watch: u8,
    },
    Resume {
        watch: u8,
    },
    Forget {
        watch: u8,
    },
    Redeliver {
        watch: u8,
        which: u8,
    },
    Prune,
}

fn step() -> impl Strategy<Value = (i64, Step)> {
    let watch = 0..3_u8;
    let step = prop_oneof![
        6 => (watch.clone(), 0..3_u8).prop_map(|(watch, object)| Step::Enqueue { watch, object }),
        5 => (0..4_usize).prop_map(|limit| Step::Claim { limit }),
        5 => prop_oneof![Just(200), Just(500), Just(410)].prop_map(|status| Step::Settle { status }),
        1 => Just(Step::Lose),
        1 => watch.clone().prop_map(|watch| Step::Disable { watch }),
        2 => watch.clone().prop_map(|watch| Step::Resume { watch }),
        1 => watch.clone().prop_map(|watch| Step::Forget { watch }),
        2 => (watch, 0..3_u8).prop_map(|(watch, which)| Step::Redeliver { watch, which }),
        1 => Just(Step::Prune),
    ];
    (0..40_i64, step)
}

fn policy() -> Policy {
    Policy {
        schedule: Schedule::parse("5s,20s").unwrap(),
        lease: Duration::from_secs(30),
        slots: 2,
        patience: Duration::from_secs(100),
        retention: Duration::from_secs(300),
    }
}

/// Does something with the ledger of a store, in a transaction of its own.
fn with<T: Send + 'static>(
    store: &dyn Store,
    work: impl Fn(&mut dyn Ledger) -> T + Send + 'static,
) -> T {
    let done = store.commit("t", Durability::Full, move |tx| Ok(work(tx.ledger())));
    done.wait().unwrap()
}

/// What a history leaves behind, step by step, as text.
fn history(store: &dyn Store, steps: &[(i64, Step)]) -> Vec<String> {
    let (mut seconds, mut number) = (0, 0);
    let mut held: Vec<Claim> = Vec::new();
    let mut told = Vec::new();
    for (wait, step) in steps {
        seconds += wait;
        let now = Instant::from_micros(seconds * 1_000_000);
        let name = |watch: &u8| format!("w{watch}");
        let text = match step.clone() {
            Step::Enqueue { watch, object } => {
                number += 1;
                let (id, object) = (format!("{number:04}"), format!("o{object}"));
                let delivery = Delivery::new(id, name(&watch), object, number, now);
                with(store, move |ledger| {
                    format!("{:?}", enqueue(ledger, &delivery).is_ok())
                })
            }
            Step::Claim { limit } => {
                let claims = with(store, move |ledger| {
                    Claims::new("one".to_owned())
                        .claim(ledger, &policy(), now, limit)
                        .unwrap()
                });
                held.extend(claims.clone());
                format!("{claims:?}")
            }
            Step::Settle { status } if !held.is_empty() => {
                let claim = held.remove(0);
                let outcome = Outcome::Answered {
                    status,
                    retry_after: None,
                };
                with(store, move |ledger| {
                    let settled = settle(ledger, &policy(), &claim, &outcome, now, 0);
                    format!("{:?}", settled.map_err(|why| why.to_string()))
                })
            }
            Step::Settle { .. } => String::new(),
            Step::Lose => {
                held.clear();
                String::new()
            }
            Step::Disable { watch } => {
                let watch = name(&watch);
                with(store, move |ledger| {
                    format!(
                        "{:?}",
                        disable(ledger, &watch, "why".to_owned(), now).is_ok()
                    )
                })
            }
            Step::Resume { watch } => {
                let watch = name(&watch);
                with(store, move |ledger| {
                    format!("{:?}", resume(ledger, &watch, now).is_ok())
                })
            }
            Step::Forget { watch } => {
                let watch = name(&watch);
                with(store, move |ledger| {
                    format!("{:?}", forget(ledger, &watch).is_ok())
                })
            }
            Step::Redeliver { watch, which } => {
                let selection = match which {
                    0 => Selection::One(format!("{number:04}")),
                    1 => Selection::Range(number.saturating_sub(3), number),
                    _ => Selection::DeadSince(Instant::from_micros(0)),
                };
                let watch = name(&watch);
                with(store, move |ledger| {
                    format!("{:?}", redeliver(ledger, &watch, &selection, now).unwrap())
                })
            }
            Step::Prune => with(store, move |ledger| {
                format!("{:?}", prune(ledger, &policy(), now).unwrap())
            }),
        };
        let state = with(store, move |ledger| {
            let next = [Instant::from_micros(-1), now].map(|after| ledger.next_due(after));
            let (due, backlog) = (ledger.due_watches(now), ledger.backlog());
            let mut state = format!("{due:?} {next:?} {backlog:?}");
            for watch in ["w0", "w1", "w2"] {
                let (health, open) = (ledger.health(watch), ledger.open(watch));
                let all = ledger.select(watch, &Selection::Range(0, u64::MAX));
                let due = ledger.due(watch, now, 2);
                state.push_str(&format!("\n{health:?} {open:?} {all:?} {due:?}"));
            }
            state
        });
        told.push(format!("{step:?}: {text}\n{state}"));
    }
    told
}

/// One kind of store tells the same of deliveries as another does.
pub(crate) fn same(kind: Kind, model: Kind, cases: u32) {
    let cases = match std::env::var("FIELDPROOF_LEDGERS") {
        Ok(cases) => cases.parse().expect("a number"),
        Err(_) => cases,
    };
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let clock = || Instant::from_micros(0);
    proptest!(config, |(steps in proptest::collection::vec(step(), 1..60))| {
        let (one, other) = (kind.open(&[], clock), model.open(&[], clock));
        let (found, expected) = (history(&*one, &steps), history(&*other, &steps));
        for (found, expected) in found.iter().zip(&expected) {
            prop_assert_eq!(found, expected);
        }
    });
}

/// Whether a store told of something since it was asked last.
async fn was_told(store: &dyn Store) -> bool {
    let told = tokio::time::timeout(Duration::ZERO, store.wake().notified());
    told.await.is_ok()
}

pub(crate) fn a_commit_that_leaves_something_to_be_sent_is_told_and_no_other(kind: Kind) {
    let store = kind.open(&[], || Instant::from_micros(0));
    let threads = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    threads.unwrap().block_on(told(&*store));
}

async fn told(store: &dyn Store) {
    let on = |work: fn(&mut dyn Ledger)| {
        let done = store.commit("t", Durability::Full, move |tx| {
            work(tx.ledger());
            Ok(())
        });
        async { done.answer().await.unwrap() }
    };
    on(|_| ()).await;
    assert!(!was_told(store).await);
    on(|ledger| {
        let now = Instant::from_micros(0);
        let delivery = Delivery::new("d".into(), "w".into(), "o".into(), 1, now);
        enqueue(ledger, &delivery).unwrap();
    })
    .await;
    assert!(was_told(store).await);
    let off = |ledger: &mut dyn Ledger| {
        disable(ledger, "w", "off".into(), Instant::from_micros(1)).unwrap();
    };
    on(off).await;
    was_told(store).await;
    on(|ledger| resume(ledger, "w", Instant::from_micros(2)).unwrap()).await;
    assert!(was_told(store).await);
}
