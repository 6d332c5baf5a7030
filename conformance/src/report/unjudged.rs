//! APIs that were not judged: without any failure, such a run would look like a success.

use std::collections::BTreeMap;

use super::{Document, Outcome, Verdict};
use crate::options::Options;

/// For each API of which nothing was judged, the reason.
pub(super) fn unjudged(
    documents: &[Document],
    outcomes: &[Outcome],
    options: &Options,
) -> Vec<String> {
    let one = |document: &Document| {
        let api = &document.api;
        let own = outcomes.iter().filter(|one| one.obligation.api == *api);
        let own: Vec<&Outcome> = own.collect();
        // In a full run that may write, a few passes that prove no row, such as a method
        // that is refused to everybody, do not count.
        let whole = options.writes && !options.is_partial();
        match is_open(&own) || (whole && document.proven == 0 && !has_failed(&own)) {
            true => reason(api, &own),
            false => None,
        }
    };
    documents.iter().filter_map(one).collect()
}

/// Whether no obligation of a resource was decided. Obligations of the whole API say
/// little, since any service can refuse a token.
fn is_open(own: &[&Outcome]) -> bool {
    let of_resource = |one: &&&Outcome| !one.obligation.resource.is_empty();
    let wide = !own.iter().any(|one| of_resource(&one));
    let mut telling = own.iter().filter(|one| wide || of_resource(one));
    !telling.any(|one| !was_left_open(one))
}

fn has_failed(own: &[&Outcome]) -> bool {
    let failed = |one: &&Outcome| one.verdict.is_failure() || one.verdict == Verdict::Waived;
    own.iter().any(failed)
}

fn was_left_open(one: &Outcome) -> bool {
    matches!(one.verdict, Verdict::Skipped | Verdict::Inconclusive)
}

/// The most frequent reason.
fn reason(api: &str, own: &[&Outcome]) -> Option<String> {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for one in own.iter().filter(|one| was_left_open(one)) {
        let why = one.message.as_deref().unwrap_or_default();
        *reasons.entry(why).or_default() += 1;
    }
    let (why, count) = reasons.into_iter().max_by_key(|(_, count)| *count)?;
    Some(format!(
        "nothing of `{api}` was judged, which is no success: {count} of {} obligations say: {why}",
        own.len()
    ))
}
