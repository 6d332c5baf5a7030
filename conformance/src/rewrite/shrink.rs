//! Smaller and larger forms of a rewrite.

use super::message::name_of;
use super::operator::Operator;
use super::place::Step;
use super::rule::{Rewrite, Side, When};
use super::{Seen, operator::Scope};

/// The forms that are one step larger: more exchanges or more items. A survivor is reported
/// in the largest form that survives, since that shows how wide the hole is.
#[must_use]
pub fn larger(rewrite: &Rewrite) -> Vec<Rewrite> {
    let mut all = Vec::new();
    if rewrite.each > 1 {
        all.push(Rewrite {
            each: 1,
            ..rewrite.clone()
        });
    }
    if rewrite.when != When::Always {
        all.push(Rewrite {
            when: When::Always,
            ..rewrite.clone()
        });
    }
    for one in [Step::First, Step::Last] {
        let place = rewrite.place.with_elements(&one, &Step::Every);
        if place != rewrite.place {
            all.push(Rewrite {
                place,
                ..rewrite.clone()
            });
        }
    }
    all
}

/// The forms that are one step smaller: fewer items or fewer exchanges. A noticed rewrite
/// is reported in the smallest form that is noticed.
#[must_use]
pub fn smaller(rewrite: &Rewrite, seen: &[&Seen]) -> Vec<Rewrite> {
    let mut all = Vec::new();
    for one in [Step::Last, Step::First] {
        let place = rewrite.place.with_elements(&Step::Every, &one);
        if place != rewrite.place {
            all.push(Rewrite {
                place,
                ..rewrite.clone()
            });
        }
    }
    if rewrite.when == When::Always && rewrite.side == Side::Answer {
        let fitting = seen.iter().filter(|one| touches(rewrite, one));
        let mut parameters: Vec<String> = fitting
            .flat_map(|one| one.request.pairs().map(name_of).collect::<Vec<_>>())
            .collect();
        parameters.sort();
        parameters.dedup();
        let bare = (!parameters.is_empty()).then_some(When::Bare);
        let with = bare
            .into_iter()
            .chain(parameters.into_iter().map(When::With));
        all.extend(with.map(|when| Rewrite {
            when,
            ..rewrite.clone()
        }));
    }
    if rewrite.each == 1 {
        all.push(Rewrite {
            each: 2,
            ..rewrite.clone()
        });
    }
    all
}

/// Whether a rewrite matches an exchange, as far as the exchange alone shows.
#[must_use]
pub fn touches(rewrite: &Rewrite, seen: &Seen) -> bool {
    if !rewrite.fits_request(&seen.route, &seen.request) {
        return false;
    }
    let has = |body: Option<serde_json::Value>| {
        body.is_some_and(|body| !rewrite.place.values(&body).is_empty())
    };
    match (rewrite.side, rewrite.operator.scope()) {
        (Side::Request, Scope::Place) => has(seen.request.json()),
        (Side::Answer, Scope::Place) => {
            rewrite.fits_answer(&seen.response) && has(seen.response.json())
        }
        (Side::Answer, Scope::Name | Scope::Whole) => rewrite.fits_answer(&seen.response),
        (Side::Request, Scope::Name | Scope::Whole) => match rewrite.operator {
            Operator::FieldLost | Operator::FieldOther => {
                seen.request.field(&rewrite.name).is_some()
            }
            Operator::ParameterLost | Operator::ParameterOther | Operator::ParameterCase => seen
                .request
                .pairs()
                .any(|pair| name_of(pair) == rewrite.name),
            _ => true,
        },
    }
}
