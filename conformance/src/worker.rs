//! A thread that judges obligations one after another.

use std::collections::{BTreeMap, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Sender;
use std::time::Instant;

use fieldproof_spec::model::Api;
use jiff::civil::Date;

use crate::check::Check;
use crate::checks;
use crate::harness::{CheckError, Exchange, Failure, Harness, Pace, Unreachable};
use crate::obligation::Obligation;
use crate::options::Options;
use crate::report::{Finding, Outcome, Verdict};
use crate::run::WorkerMessage;
use crate::schedule::{Schedule, Task};
use crate::subject::Subject;

/// What workers work on.
#[derive(Clone, Copy)]
pub(crate) struct Work<'a> {
    /// The APIs as each tenant has them.
    pub(crate) apis: &'a [Vec<Api>],
    /// How they are judged.
    pub(crate) options: &'a Options,
    /// Why obligations are left out, by id.
    pub(crate) left: &'a BTreeMap<String, String>,
}

/// Judges what the schedule gives out, until nothing is left.
pub(crate) fn work(
    work: Work<'_>,
    schedule: &Schedule,
    pace: &Pace,
    messages: &Sender<WorkerMessage>,
) {
    let Work {
        apis,
        options,
        left,
    } = work;
    let mut harnesses = HashMap::new();
    while let Some(task) = schedule.next() {
        let harness = harnesses.entry((task.api, task.tenant)).or_insert_with(|| {
            let more = task.tenant.checked_sub(1);
            let tokens = more.map_or(&options.tokens, |at| &options.more[at]);
            Harness::new(&apis[task.tenant][task.api], options, tokens, pace)
        });
        let _place = SlotGuard {
            schedule,
            task: &task,
        };
        // Sending fails only if the run has ended.
        let _ = messages.send(WorkerMessage::Begun(Box::new(task.obligation.clone())));
        let obligation = task.obligation.clone();
        let judged = match left.get(&obligation.id) {
            Some(why) => Ok(unasked(obligation, options, why)),
            None if is_late(options) => Ok(unasked(
                obligation,
                options,
                "no time was left; see --max-time",
            )),
            None => judge(harness, obligation, options),
        };
        let message = match judged {
            Ok(outcome) => WorkerMessage::Judged(task.order, Box::new(outcome)),
            Err(unreachable) => {
                schedule.stop();
                WorkerMessage::Unreachable(unreachable)
            }
        };
        let _ = messages.send(message);
    }
}

/// Frees the place of a task when dropped, however judging ends: other workers wait for it.
struct SlotGuard<'a> {
    schedule: &'a Schedule,
    task: &'a Task,
}

impl Drop for SlotGuard<'_> {
    fn drop(&mut self) {
        self.schedule.done(self.task);
    }
}

/// Runs a check. If it panics, the result is inconclusive and the other checks go on.
fn attempt(check: &Check, harness: &Harness<'_>, subject: &Subject) -> Result<(), CheckError> {
    let run = AssertUnwindSafe(|| {
        (check.run)(harness, subject)?;
        harness.read_last()
    });
    catch_unwind(run).unwrap_or_else(|cause| {
        let text = cause.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let text = text.or_else(|| cause.downcast_ref::<String>().cloned());
        Err(CheckError::Inconclusive(format!(
            "the check `{}` broke off, which is a fault of fieldproof and not of the service; please report it: {}",
            check.name,
            text.unwrap_or_default()
        )))
    })
}

pub(crate) fn judge(
    harness: &Harness<'_>,
    obligation: Obligation,
    options: &Options,
) -> Result<Outcome, Unreachable> {
    let started = Instant::now();
    let check = checks::find(obligation.check).expect("an obligation names a check that exists");
    let own = std::iter::once((options.seed, options.cases));
    let (mut done, mut with) = (Ok(()), (options.seed, options.cases));
    for (seed, cases) in own.chain(options.regressions.of(&obligation.id)) {
        with = (seed, cases);
        harness.begin(seed, cases, &obligation.id);
        done = attempt(check, harness, &Subject::of(&obligation));
        harness.clean();
        if done.is_err() {
            break;
        }
    }
    let (mut verdict, failure) = verdict(harness, done)?;
    if verdict == Verdict::Fail && options.again && !is_late(options) {
        harness.begin(with.0, with.1, &obligation.id);
        let again = attempt(check, harness, &Subject::of(&obligation));
        harness.clean();
        if again.is_ok() {
            verdict = Verdict::Unstable;
        }
    }
    let waiver = options.baseline.waives(&obligation.id, today());
    let (verdict, failure) = match waiver.filter(|_| verdict.is_finding()) {
        Some(waiver) => {
            let found = failure.map(|failure| failure.message).unwrap_or_default();
            let accepted = format!("accepted: {}; {found}", waiver.reason);
            (Verdict::Waived, Some(without(accepted)))
        }
        None => (verdict, failure),
    };
    let finding = failure
        .as_ref()
        .filter(|_| verdict.is_failure())
        .map(|failure| Finding::new(harness.api, &obligation, failure, verdict));
    let exchange = failure.as_ref().and_then(|failure| {
        let mut exchange = failure.exchange.clone()?;
        harness.redact(&mut exchange);
        Some(exchange)
    });
    Ok(Outcome {
        replay: format!(
            "--only '{}' --seed {} --cases {}",
            obligation.id, with.0, with.1
        ),
        inputs: with,
        obligation,
        verdict,
        message: failure.map(|failure| failure.message),
        finding,
        curl: exchange.as_ref().map(Exchange::curl),
        exchange: exchange.map(Exchange::shortened),
        millis: started.elapsed().as_millis() as u64,
    })
}

/// What became of an attempt.
fn verdict(
    harness: &Harness<'_>,
    done: Result<(), CheckError>,
) -> Result<(Verdict, Option<Failure>), Unreachable> {
    Ok(match done {
        Ok(()) => (Verdict::Pass, None),
        Err(CheckError::Fail(failure)) => (Verdict::Fail, Some(*failure)),
        Err(CheckError::Inconclusive(why)) => (Verdict::Inconclusive, Some(without(why))),
        Err(CheckError::Skip(why)) => (Verdict::Skipped, Some(without(why))),
        // A service that answers others has lost this request.
        Err(CheckError::Unreachable(unreachable)) if harness.answers() => {
            (Verdict::Fail, Some(unanswered(unreachable.0)))
        }
        Err(CheckError::Unreachable(unreachable)) => return Err(unreachable),
    })
}

/// The day on which a run takes place, by UTC.
pub(crate) fn today() -> Date {
    let now = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now());
    now.date()
}

/// Whether no time is left.
fn is_late(options: &Options) -> bool {
    options.deadline.is_some_and(|end| Instant::now() >= end)
}

/// The outcome of an obligation that is not asked.
fn unasked(obligation: Obligation, options: &Options, why: &str) -> Outcome {
    Outcome {
        replay: format!("--only '{}' --seed {}", obligation.id, options.seed),
        inputs: (options.seed, options.cases),
        obligation,
        verdict: Verdict::Skipped,
        message: Some(why.to_owned()),
        finding: None,
        curl: None,
        exchange: None,
        millis: 0,
    }
}

fn without(message: String) -> Failure {
    Failure {
        message,
        ..Failure::default()
    }
}

fn unanswered(message: String) -> Failure {
    Failure {
        expected: Some("an answer".to_owned()),
        got: Some(message.clone()),
        ..without(message)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{SlotGuard, attempt};
    use crate::check::Check;
    use crate::compile::compile;
    use crate::harness::{CheckError, Harness, Pace};
    use crate::obligation::Severity;
    use crate::options::Options;
    use crate::schedule::Schedule;
    use crate::subject::Subject;

    static BROKEN: Check = Check {
        name: "broken",
        about: "",
        severity: Severity::Major,
        waits: false,
        oblige: |_| Vec::new(),
        mutants: |_, _| Vec::new(),
        run: |_, _| panic!("half a character"),
    };

    #[test]
    fn a_check_that_panics_judges_nothing_and_holds_up_nobody() {
        let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/shelves");
        let api = fieldproof_spec::load(&specs)
            .unwrap()
            .remove(0)
            .api
            .unwrap();
        let (options, pace) = (Options::default(), Pace::new(None));
        let harness = Harness::new(&api, &options, &options.tokens, &pace);
        let schedule = Schedule::new(std::slice::from_ref(&api), compile, 1);
        let task = schedule.next().unwrap();
        {
            let _place = SlotGuard {
                schedule: &schedule,
                task: &task,
            };
            let done = attempt(&BROKEN, &harness, &Subject::of(&task.obligation));
            let told = matches!(&done, Err(CheckError::Inconclusive(why)) if why.contains("half a character"));
            assert!(told, "{done:?}");
        }
        assert!(schedule.next().is_some(), "the place is free again");
    }
}
