//! Checks the documents and mocks of random specs.

use std::collections::BTreeMap;
use std::panic::catch_unwind;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use fieldproof_random::{Sound, document, mock, shrink, sound};

use super::{Arguments, Fault, given, keep};

/// Generates the specs, and checks the document and the mock of each.
pub(crate) fn mocks(arguments: &Arguments) -> (BTreeMap<u64, Sound>, Vec<Fault>) {
    let next = AtomicU64::new(arguments.from);
    let found = Mutex::new((BTreeMap::new(), Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..arguments.workers.max(1) {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= arguments.from + arguments.specs {
                        return;
                    }
                    let (sound, faults) = one(arguments, number);
                    let mut found = found
                        .lock()
                        .unwrap_or_else(std::sync::PoisonError::into_inner);
                    found.0.extend(sound.map(|sound| (number, sound)));
                    found.1.extend(faults);
                }
            });
        }
    });
    found
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Generates spec `number`, and returns it if it is sound, with its faults.
fn one(arguments: &Arguments, number: u64) -> (Option<Sound>, Vec<Fault>) {
    let fault = |what: &str, why: &str| Fault {
        number,
        what: what.to_owned(),
        why: why.to_owned(),
    };
    let made = match catch_unwind(|| sound(given(arguments, number))) {
        Ok(Some(made)) => made,
        Ok(None) => return (None, Vec::new()),
        Err(_) => return (None, vec![fault("check", "panics")]),
    };
    if arguments.servers {
        return (Some(made), Vec::new());
    }
    let mut faults = Vec::new();
    if let Some(why) = document::faults(&made.api).first() {
        let small = shrink::shrink(made.clone(), arguments.shrink, &mut |one| {
            !document::faults(&one.api).is_empty()
        });
        keep(arguments, number, "openapi", &small.text, why);
        faults.push(fault("openapi", why));
    }
    let judged = mock::judge(&made.api, arguments.seed, &[]);
    let mut kinds = Vec::new();
    for (id, why) in judged.faults {
        faults.push(fault(&id, &why));
        let kind = id.rsplit(':').next().unwrap_or_default().to_owned();
        if kinds.contains(&kind) {
            continue;
        }
        let only = match kind.as_str() {
            "panic" | "lost" | "environment" => Vec::new(),
            kind => vec![format!("*:{kind}")],
        };
        let mut fails = |one: &Sound| {
            let judged = mock::judge(&one.api, arguments.seed, &only);
            judged
                .faults
                .iter()
                .any(|(id, _)| id.rsplit(':').next() == Some(&kind))
        };
        let small = shrink::shrink(made.clone(), arguments.shrink, &mut fails);
        keep(
            arguments,
            number,
            &kind,
            &small.text,
            &format!("{id} {why}"),
        );
        kinds.push(kind);
    }
    (Some(made), faults)
}
