//! The number of texts that match an expression.

use regex_syntax::hir::{Class, Hir, HirKind};

/// An upper bound of the number of matching texts, `u64::MAX` if it cannot be counted.
/// Unbounded repetitions are limited to `max`.
pub(super) fn of(rust: &str, max: u32) -> u64 {
    regex_syntax::parse(rust).map_or(u64::MAX, |hir| count(&hir, max))
}

fn count(hir: &Hir, max: u32) -> u64 {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) | HirKind::Literal(_) => 1,
        HirKind::Class(class) => characters(class),
        HirKind::Capture(capture) => count(&capture.sub, max),
        HirKind::Repetition(one) => {
            let each = count(&one.sub, max);
            let most = one.max.unwrap_or(max).min(max).max(one.min);
            let times = (one.min..=most).map(|times| each.saturating_pow(times));
            times.fold(0, u64::saturating_add)
        }
        HirKind::Concat(parts) => {
            let each = parts.iter().map(|one| count(one, max));
            each.fold(1, u64::saturating_mul)
        }
        HirKind::Alternation(parts) => {
            let each = parts.iter().map(|one| count(one, max));
            each.fold(0, u64::saturating_add)
        }
    }
}

fn characters(class: &Class) -> u64 {
    let span = |first: u32, last: u32| u64::from(last - first) + 1;
    match class {
        Class::Unicode(class) => {
            let ranges = class.ranges().iter();
            ranges
                .map(|one| span(one.start().into(), one.end().into()))
                .sum()
        }
        Class::Bytes(class) => {
            let ranges = class.ranges().iter();
            ranges
                .map(|one| span(one.start().into(), one.end().into()))
                .sum()
        }
    }
}
