//! A run: judges obligations and reports verdicts, as events and as a report.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, channel};

use fieldproof_spec::model::Api;

use crate::compile::compile;
use crate::harness::{Pace, Unreachable};
use crate::keys;
use crate::left_out::without;
use crate::obligation::Obligation;
use crate::options::Options;
use crate::presets;
use crate::report::{Outcome, Report};
use crate::schedule::Schedule;
use crate::worker::{self, Work};

/// An event of a run.
#[derive(Debug)]
pub enum Event<'a> {
    /// The run started, with this number of obligations.
    Started(usize),
    /// Judging of an obligation began.
    Begun(&'a Obligation),
    /// An obligation was judged.
    Judged(&'a Outcome),
    /// All obligations were judged.
    Finished(&'a Report),
}

/// A message from a worker.
pub(crate) enum WorkerMessage {
    Begun(Box<Obligation>),
    Judged(usize, Box<Outcome>),
    Unreachable(Unreachable),
}

/// Judges a service by every obligation of `apis`. Verdicts do not depend on the number of
/// workers: obligations that could see each other's objects are not judged at the same
/// time.
///
/// # Errors
/// The service does not answer.
pub fn run(
    apis: &[Api],
    options: &Options,
    on_event: &mut dyn FnMut(&Event<'_>),
) -> Result<Report, Unreachable> {
    let pace = Pace::new(options.rate);
    let apis: &[Api] = &apis
        .iter()
        .map(|api| presets::of_service(api, options, &pace))
        .collect::<Result<Vec<Api>, Unreachable>>()?;
    let chosen = |api: &Api| -> Vec<Obligation> {
        let all = compile(api).into_iter();
        all.filter(|one| options.chooses(one)).collect()
    };
    let today = worker::today();
    let reduced = apis
        .iter()
        .map(|api| without(api, &options.baseline, today));
    let (reduced, left): (Vec<Api>, Vec<_>) = reduced.unzip();
    let left: BTreeMap<String, String> = left.into_iter().flatten().collect();
    let tenants = std::iter::once(&options.tokens).chain(&options.more);
    let mut own = Vec::new();
    for tokens in tenants {
        let with = |api: &Api| match chosen(api).iter().any(|one| is_watch(api, one)) {
            true => keys::with_keys(api, options, tokens, &pace),
            false => Ok(api.clone()),
        };
        own.push(
            reduced
                .iter()
                .map(with)
                .collect::<Result<Vec<Api>, Unreachable>>()?,
        );
    }
    let schedule = Schedule::new(apis, chosen, 1 + options.more.len());
    on_event(&Event::Started(schedule.total()));
    let judged = std::thread::scope(|scope| {
        let (messages, received) = channel();
        for _ in 0..options.workers.max(1) {
            let (messages, schedule, pace, own) = (messages.clone(), &schedule, &pace, &own);
            let work = Work {
                apis: own,
                options,
                left: &left,
            };
            scope.spawn(move || worker::work(work, schedule, pace, &messages));
        }
        drop(messages);
        let judged = follow(&received, on_event);
        schedule.stop();
        judged
    });
    let judged = judged?;
    let tenants = std::iter::once(&options.tokens).chain(&options.more);
    for (apis, tokens) in own.iter().zip(tenants) {
        for api in apis {
            keys::retire(api, options, tokens, &pace);
        }
    }
    let mut report = Report::new(apis, judged, options);
    report.early = pace.early();
    on_event(&Event::Finished(&report));
    Ok(report)
}

/// Whether an obligation is about watches.
fn is_watch(api: &Api, obligation: &Obligation) -> bool {
    let resource = api.resource(&obligation.resource);
    resource.is_some_and(|one| one.watch.is_some())
}

/// Forwards the messages of workers as events; returns the outcomes in the order of the
/// obligations.
fn follow(
    received: &Receiver<WorkerMessage>,
    on_event: &mut dyn FnMut(&Event<'_>),
) -> Result<Vec<Outcome>, Unreachable> {
    let mut outcomes = BTreeMap::new();
    for message in received {
        match message {
            WorkerMessage::Begun(obligation) => on_event(&Event::Begun(&obligation)),
            WorkerMessage::Judged(order, outcome) => {
                on_event(&Event::Judged(&outcome));
                outcomes.insert(order, *outcome);
            }
            WorkerMessage::Unreachable(unreachable) => return Err(unreachable),
        }
    }
    Ok(outcomes.into_values().collect())
}
