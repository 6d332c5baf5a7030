//! Judges rewrites until an obligation fails.

use std::collections::HashMap;
use std::io::{Error, Result};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Mutex, PoisonError};

use fieldproof_spec::model::Api;

use super::learned::Known;
use super::{CampaignOptions, Ground, Learned};
use crate::checks::waits;
use crate::harness::Unreachable;
use crate::report::Verdict;
use crate::rewrite::{Rewrite, Seen, Step, larger, smaller};
use crate::worker::judge;

/// The outcome of judging a rewrite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RewriteVerdict {
    /// An obligation failed; its id.
    Noticed(String),
    /// Requests or answers were rewritten, and every obligation passed; the first of these
    /// exchanges.
    Survived(Vec<String>),
    /// Nothing was changed: the traffic came, but the rewrite left it as it was.
    Idle,
}

impl RewriteVerdict {
    /// Whether no obligation failed though something was rewritten.
    #[must_use]
    pub fn is_survived(&self) -> bool {
        matches!(self, Self::Survived(_))
    }
}

/// A judged rewrite; a survivor in the largest form that survives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The rewrite as it was drawn.
    pub drawn: Rewrite,
    /// The form that is reported.
    pub told: Rewrite,
    /// The verdict.
    pub verdict: RewriteVerdict,
}

/// Known verdicts by rewrite.
type Verdicts = Mutex<HashMap<Rewrite, RewriteVerdict>>;

/// Judges rewrites of the traffic of an API, and reports each verdict as soon as it is
/// known.
///
/// # Errors
/// No port is free for a mock or a proxy, or the service does not answer.
pub fn judge_all(
    api: &Api,
    ground: &Ground,
    learned: &Learned,
    rewrites: &[Rewrite],
    options: &CampaignOptions,
    on_judged: &mut dyn FnMut(&Judged),
) -> Result<Vec<Judged>> {
    let (next, verdicts, failed) = (AtomicUsize::new(0), Verdicts::default(), Mutex::new(None));
    let mut all: Vec<(usize, Judged)> = Vec::new();
    std::thread::scope(|scope| {
        let (sender, told) = channel();
        for _ in 0..ground.room(options.workers) {
            let (sender, next, verdicts, failed) = (sender.clone(), &next, &verdicts, &failed);
            scope.spawn(move || {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(rewrite) = rewrites.get(at) else {
                        return;
                    };
                    match widest(api, ground, learned, rewrite, options, verdicts) {
                        Ok(judged) => {
                            let _ = sender.send((at, judged));
                        }
                        Err(error) => {
                            *failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                            next.store(rewrites.len(), Ordering::Relaxed);
                            return;
                        }
                    }
                }
            });
        }
        drop(sender);
        for (at, judged) in told {
            on_judged(&judged);
            all.push((at, judged));
        }
    });
    if let Some(error) = failed.into_inner().unwrap_or_default() {
        return Err(error);
    }
    all.sort_by_key(|(at, _)| *at);
    Ok(all.into_iter().map(|(_, judged)| judged).collect())
}

/// The verdict of a rewrite; a survivor is widened as long as it survives.
fn widest(
    api: &Api,
    ground: &Ground,
    learned: &Learned,
    drawn: &Rewrite,
    options: &CampaignOptions,
    verdicts: &Verdicts,
) -> Result<Judged> {
    let verdict_of = |rewrite: &Rewrite| -> Result<RewriteVerdict> {
        let known = || verdicts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(verdict) = known().get(rewrite).cloned() {
            return Ok(verdict);
        }
        let verdict = verdict(api, ground, learned, rewrite, options)?;
        known().insert(rewrite.clone(), verdict.clone());
        Ok(verdict)
    };
    let verdict = verdict_of(drawn)?;
    let mut told = drawn.clone();
    let mut grows = verdict.is_survived();
    while grows {
        grows = false;
        for form in larger(&told) {
            if verdict_of(&form)?.is_survived() {
                (told, grows) = (form, true);
                break;
            }
        }
    }
    Ok(Judged {
        drawn: drawn.clone(),
        told,
        verdict,
    })
}

/// The smallest form of a rewrite that is still noticed.
///
/// # Errors
/// No port is free for a mock or a proxy, or the service does not answer.
pub fn narrow(
    api: &Api,
    ground: &Ground,
    learned: &Learned,
    rewrite: &Rewrite,
    options: &CampaignOptions,
) -> Result<Rewrite> {
    let seen: Vec<&Seen> = learned.known.iter().flat_map(|one| &one.seen).collect();
    let mut told = rewrite.clone();
    loop {
        let mut found = None;
        for form in smaller(&told, &seen) {
            if matches!(
                verdict(api, ground, learned, &form, options)?,
                RewriteVerdict::Noticed(_)
            ) {
                found = Some(form);
                break;
            }
        }
        match found {
            Some(form) => told = form,
            None => return Ok(told),
        }
    }
}

/// The verdict of a rewrite, from the first obligation that fails. Obligations about its
/// member are judged first, those that wait for the clock last.
fn verdict(
    api: &Api,
    ground: &Ground,
    learned: &Learned,
    rewrite: &Rewrite,
    options: &CampaignOptions,
) -> Result<RewriteVerdict> {
    let mut touched = learned.touched(rewrite);
    if touched.is_empty() {
        return Ok(RewriteVerdict::Idle);
    }
    let members: Vec<&str> = rewrite.place.0.iter().filter_map(named).collect();
    touched.sort_by_key(|one| {
        let member = one.obligation.member.as_str();
        let about = members.contains(&member) || rewrite.name == member && !member.is_empty();
        (waits(&one.obligation), !about, one.millis)
    });
    let done = ground.work(api, options, Some(rewrite), |proxy, harness, options| {
        for Known { obligation, .. } in touched {
            let outcome = judge(harness, obligation.clone(), options)?;
            if outcome.verdict == Verdict::Fail {
                return Ok(RewriteVerdict::Noticed(obligation.id.clone()));
            }
        }
        Ok(match proxy.applied() {
            0 => RewriteVerdict::Idle,
            _ => RewriteVerdict::Survived(proxy.examples()),
        })
    })?;
    let silent = |gone: Unreachable| Error::other(format!("after {rewrite}: {}", gone.0));
    done.and_then(|verdict| verdict).map_err(silent)
}

fn named(step: &Step) -> Option<&str> {
    match step {
        Step::Member(name) => Some(name),
        Step::Every | Step::First | Step::Last => None,
    }
}
