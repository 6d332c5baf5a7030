//! Evaluates filters.

use std::borrow::Cow;

use serde_json::Value;

use super::compare::{equal, less};
use super::select::nodes;
use super::syntax::{Op, Operand, Test};
use super::{Budget, Spent};

/// Whether a test holds for `current`.
pub(super) fn holds(
    test: &Test,
    root: &Value,
    current: &Value,
    budget: &mut Budget,
) -> Result<bool, Spent> {
    budget.spend(1)?;
    match test {
        Test::Or(tests) => any(tests, true, root, current, budget),
        Test::And(tests) => any(tests, false, root, current, budget).map(|other| !other),
        Test::Not(test) => holds(test, root, current, budget).map(|truth| !truth),
        Test::Exists(query) => Ok(!nodes(query, root, current, budget)?.is_empty()),
        Test::Matches(operand, pattern) => {
            match value(operand, root, current, budget)?.as_deref() {
                Some(Value::String(text)) => pattern.matches(text, budget),
                _ => Ok(false),
            }
        }
        Test::Compare(op, left, right) => {
            let left = value(left, root, current, budget)?;
            let right = value(right, root, current, budget)?;
            compare(*op, left.as_deref(), right.as_deref(), budget)
        }
    }
}

/// Whether any of the tests results in `truth`; evaluation stops at the first one.
fn any(
    tests: &[Test],
    truth: bool,
    root: &Value,
    current: &Value,
    budget: &mut Budget,
) -> Result<bool, Spent> {
    for test in tests {
        if holds(test, root, current, budget)? == truth {
            return Ok(true);
        }
    }
    Ok(false)
}

/// RFC 9535 section 2.3.5.2.2: an absent value equals only another absent value, and is not
/// less than anything.
fn compare(
    op: Op,
    left: Option<&Value>,
    right: Option<&Value>,
    budget: &mut Budget,
) -> Result<bool, Spent> {
    let same = match (left, right) {
        _ if op == Op::Less => false,
        (Some(left), Some(right)) => equal(left, right, budget)?,
        (left, right) => left.is_none() && right.is_none(),
    };
    match op {
        Op::Equal => Ok(same),
        Op::Unequal => Ok(!same),
        Op::Less | Op::LessOrEqual => match (left, right) {
            (Some(left), Some(right)) if !same => less(left, right, budget),
            _ => Ok(same),
        },
    }
}

fn value<'a>(
    operand: &'a Operand,
    root: &'a Value,
    current: &'a Value,
    budget: &mut Budget,
) -> Result<Option<Cow<'a, Value>>, Spent> {
    Ok(match operand {
        Operand::Literal(value) => Some(Cow::Borrowed(value)),
        Operand::Single(query) | Operand::Value(query) => {
            match nodes(query, root, current, budget)?[..] {
                [node] => Some(Cow::Borrowed(node)),
                _ => None,
            }
        }
        Operand::Count(query) => {
            let count = nodes(query, root, current, budget)?.len();
            Some(Cow::Owned(count.into()))
        }
        Operand::Length(inner) => {
            let length = match value(inner, root, current, budget)?.as_deref() {
                Some(Value::String(text)) => {
                    budget.spend(text.len() as u64 / 32)?;
                    Some(text.chars().count())
                }
                Some(Value::Array(items)) => Some(items.len()),
                Some(Value::Object(members)) => Some(members.len()),
                _ => None,
            };
            length.map(|length| Cow::Owned(length.into()))
        }
    })
}
