//! The lengths of texts that match an expression.

use regex_syntax::hir::{Hir, HirKind, Repetition};

/// The minimum and maximum number of characters; `None` if nothing matches.
pub(super) fn of(rust: &str) -> Option<(u32, Option<u32>)> {
    let hir = regex_syntax::parse(rust).ok()?;
    lengths(&hir)
}

/// The maximum number of additional repetitions of an unbounded repetition.
const RUN: u32 = 16;

/// The expression with bounded repetitions, so that its texts have `min` to `max`
/// characters, as far as repetitions allow.
pub(super) fn fitted(rust: &str, min: u32, max: u32) -> Option<String> {
    let hir = regex_syntax::parse(rust).ok()?;
    let (least, _) = lengths(&hir)?;
    let mut missing = min.saturating_sub(least);
    let room = max.saturating_sub(least.max(min)).min(RUN);
    let fitted = bounded(&hir, &mut missing, room);
    Some(fitted.to_string())
}

/// Bounds all repetitions; the first unbounded one makes up for missing characters.
fn bounded(hir: &Hir, missing: &mut u32, room: u32) -> Hir {
    match hir.kind() {
        HirKind::Repetition(one) => {
            let each = lengths(&one.sub).map_or(1, |(least, _)| least.max(1));
            let more = match one.max {
                None => std::mem::take(missing).div_ceil(each),
                Some(_) => 0,
            };
            let min = one.min + more;
            Hir::repetition(Repetition {
                min,
                max: Some(one.max.unwrap_or(min + room)),
                greedy: one.greedy,
                sub: Box::new(bounded(&one.sub, missing, room)),
            })
        }
        HirKind::Capture(capture) => bounded(&capture.sub, missing, room),
        HirKind::Concat(parts) => Hir::concat(
            parts
                .iter()
                .map(|one| bounded(one, missing, room))
                .collect(),
        ),
        HirKind::Alternation(parts) => Hir::alternation(
            parts
                .iter()
                .map(|one| bounded(one, missing, room))
                .collect(),
        ),
        HirKind::Empty | HirKind::Look(_) | HirKind::Literal(_) | HirKind::Class(_) => hir.clone(),
    }
}

fn lengths(hir: &Hir) -> Option<(u32, Option<u32>)> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some((0, Some(0))),
        HirKind::Literal(literal) => {
            let text = String::from_utf8_lossy(&literal.0);
            let count = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
            Some((count, Some(count)))
        }
        // An empty class matches nothing.
        HirKind::Class(class) => (!is_empty(class)).then_some((1, Some(1))),
        HirKind::Capture(capture) => lengths(&capture.sub),
        HirKind::Repetition(repetition) => {
            let Some((least, most)) = lengths(&repetition.sub) else {
                return (repetition.min == 0).then_some((0, Some(0)));
            };
            let most = match (repetition.max, most) {
                (Some(times), Some(most)) => Some(most.saturating_mul(times)),
                (None, Some(0)) => Some(0),
                _ => None,
            };
            Some((least.saturating_mul(repetition.min), most))
        }
        HirKind::Concat(parts) => parts.iter().try_fold((0_u32, Some(0_u32)), |sum, part| {
            let (least, most) = lengths(part)?;
            let both = sum
                .1
                .zip(most)
                .map(|(one, other)| one.saturating_add(other));
            Some((sum.0.saturating_add(least), both))
        }),
        HirKind::Alternation(parts) => parts.iter().filter_map(lengths).reduce(|one, other| {
            let most = one.1.zip(other.1).map(|(one, other)| one.max(other));
            (one.0.min(other.0), most)
        }),
    }
}

fn is_empty(class: &regex_syntax::hir::Class) -> bool {
    match class {
        regex_syntax::hir::Class::Unicode(class) => class.ranges().is_empty(),
        regex_syntax::hir::Class::Bytes(class) => class.ranges().is_empty(),
    }
}
