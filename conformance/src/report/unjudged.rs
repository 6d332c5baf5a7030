//! APIs of which a run says nothing, so that it is no success without a failure.

use std::collections::BTreeMap;

use super::{Document, Outcome, Verdict};
use crate::options::Options;

/// Why nothing of an API was judged, for each of which that is so.
pub(super) fn unjudged(
    documents: &[Document],
    outcomes: &[Outcome],
    options: &Options,
) -> Vec<String> {
    let one = |document: &Document| {
        let api = &document.api;
        let own = outcomes.iter().filter(|one| one.obligation.api == *api);
        let own: Vec<&Outcome> = own.collect();
        // Where everything is asked for and may be, a pass here and there that
        // proves no row, such as a method that nobody may use, is nothing yet.
        let whole = options.writes && !options.is_partial();
        match is_open(&own) || (whole && document.proven == 0 && !has_failed(&own)) {
            true => reason(api, &own),
            false => None,
        }
    };
    documents.iter().filter_map(one).collect()
}

/// Whether no obligation of a resource was decided; those of the API as a whole
/// say little, for any service can refuse a token.
fn is_open(own: &[&Outcome]) -> bool {
    let of_resource = |one: &&&Outcome| !one.obligation.resource.is_empty();
    let wide = !own.iter().any(|one| of_resource(&one));
    let mut telling = own.iter().filter(|one| wide || of_resource(one));
    !telling.any(|one| !was_left_open(one))
}

fn has_failed(own: &[&Outcome]) -> bool {
    let failed = |one: &&Outcome| matches!(one.verdict, Verdict::Fail | Verdict::Waived);
    own.iter().any(failed)
}

fn was_left_open(one: &Outcome) -> bool {
    matches!(one.verdict, Verdict::Skipped | Verdict::Inconclusive)
}

/// What most of them say.
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
