//! Serves and judges mutants until an obligation fails.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use fieldproof_spec::model::Api;

use super::Mutant;
use super::mutation::Mutation;
use super::served::served;
use crate::checks::waits;
use crate::compile::compile;
use crate::fixtures::fixtures;
use crate::harness::{Harness, Pace, RoleTokens, Unreachable};
use crate::keys::with_keys;
use crate::mock::serve;
use crate::obligation::Obligation;
use crate::options::Options;
use crate::report::{Outcome, Verdict};
use crate::worker::judge;

/// The outcome of judging a mutant.
#[derive(Debug, Clone, PartialEq)]
pub struct MutantVerdict {
    /// The mutant.
    pub mutant: Mutant,
    /// The obligation that failed first; `None` if the mutant survived.
    pub killer: Option<String>,
}

/// Options for judging mutants.
#[derive(Debug, Clone, Copy)]
pub struct JudgeOptions {
    /// The seed of inputs; equal seeds give equal inputs.
    pub seed: u64,
    /// The number of inputs of checks that try many.
    pub cases: u32,
    /// The number of mutants judged at the same time.
    pub workers: usize,
}

/// Judges every mutant of `api`, and reports each verdict as soon as it is known.
///
/// Also returns the obligations that the unmodified mock does not pass; these are left out.
///
/// # Errors
/// No port or folder is available for a mock.
pub fn judge_all(
    api: &Api,
    mutants: &[Mutant],
    how: JudgeOptions,
    on_verdict: &mut dyn FnMut(&MutantVerdict),
) -> std::io::Result<(Vec<MutantVerdict>, Vec<Outcome>)> {
    let (sound, unsound) = sound(api, compile(api), how)?;
    let obligations: Vec<Obligation> = sound.into_iter().map(|one| one.obligation).collect();
    let (next, failed) = (AtomicUsize::new(0), Mutex::new(None));
    let mut verdicts: Vec<(usize, MutantVerdict)> = Vec::new();
    std::thread::scope(|scope| {
        let (sender, published) = channel();
        for _ in 0..how.workers.max(1) {
            let (sender, next, failed, obligations) =
                (sender.clone(), &next, &failed, &obligations);
            scope.spawn(move || {
                while let Some((at, mutant)) = take(mutants, next) {
                    let killer = match kill(api, mutant, obligations, how) {
                        Ok(killer) => killer,
                        Err(error) => {
                            *failed
                                .lock()
                                .unwrap_or_else(std::sync::PoisonError::into_inner) = Some(error);
                            return;
                        }
                    };
                    let mutant = mutant.clone();
                    let _ = sender.send((at, MutantVerdict { mutant, killer }));
                }
            });
        }
        drop(sender);
        for (at, verdict) in published {
            on_verdict(&verdict);
            verdicts.push((at, verdict));
        }
    });
    if let Some(error) = failed.into_inner().unwrap_or_default() {
        return Err(error);
    }
    verdicts.sort_by_key(|(at, _)| *at);
    let verdicts = verdicts.into_iter().map(|(_, verdict)| verdict).collect();
    Ok((verdicts, unsound))
}

fn take<'m>(mutants: &'m [Mutant], next: &AtomicUsize) -> Option<(usize, &'m Mutant)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    mutants.get(at).map(|mutant| (at, mutant))
}

/// The first obligation that fails. The owner is judged first, then the obligations of its
/// resource, then all others; those that wait for the clock come last.
fn kill(
    api: &Api,
    mutant: &Mutant,
    obligations: &[Obligation],
    how: JudgeOptions,
) -> std::io::Result<Option<String>> {
    on_mock(
        api,
        Some(mutant.mutation.clone()),
        how,
        |harness, options| {
            let mut order: Vec<&Obligation> = obligations.iter().collect();
            order.sort_by_key(|one| {
                let owner = one.id != mutant.owner.id;
                let near = one.resource != mutant.owner.resource;
                (owner, waits(one), near)
            });
            for obligation in order {
                let judged = judge(harness, obligation.clone(), options);
                if judged.is_ok_and(|outcome| outcome.verdict == Verdict::Fail) {
                    return Some(obligation.id.clone());
                }
            }
            None
        },
    )
}

/// Runs `work` on a mock of `api`, with a mutation if one is given.
fn on_mock<T>(
    api: &Api,
    mutation: Option<Mutation>,
    how: JudgeOptions,
    work: impl FnOnce(&Harness<'_>, &Options) -> T,
) -> std::io::Result<T> {
    let folder = tempfile::tempdir()?;
    let given = fixtures(api);
    let mails = Some(folder.path().to_owned());
    let mock = serve(served(api, mutation.as_ref(), &given, mails))?;
    let options = Options {
        url: format!("http://{}", mock.address),
        fixtures: given,
        mails: Some(folder.path().to_owned()),
        // A mock answers quickly, and a mutant may send no notification at all.
        notices: Duration::from_secs(2),
        seed: how.seed,
        cases: how.cases,
        ..Options::default()
    };
    let (tokens, pace) = (RoleTokens::of_mock(), Pace::new(None));
    let unreachable = |unreachable: Unreachable| std::io::Error::other(unreachable.0);
    let api = &with_keys(api, &options, &tokens, &pace).map_err(unreachable)?;
    let harness = Harness::new(api, &options, &tokens, &pace);
    Ok(work(&harness, &options))
}

/// Splits the obligations by whether the unmodified mock passes them; one that it does not
/// pass cannot kill a mutant.
fn sound(api: &Api, obligations: Vec<Obligation>, how: JudgeOptions) -> std::io::Result<Partition> {
    on_mock(api, None, how, |harness, options| {
        let judged = obligations
            .into_iter()
            .filter_map(|one| judge(harness, one, options).ok());
        judged.partition(|outcome| outcome.verdict == Verdict::Pass)
    })
}

/// Outcomes that pass, and all others.
type Partition = (Vec<Outcome>, Vec<Outcome>);
