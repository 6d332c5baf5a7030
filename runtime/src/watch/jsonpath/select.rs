//! Evaluates segments and selectors.

use serde_json::Value;

use super::filter::holds;
use super::syntax::{Query, Segment, Selector};
use super::{Budget, Spent};

/// The nodes that a query selects.
pub(super) fn nodes<'a>(
    query: &Query,
    root: &'a Value,
    current: &'a Value,
    budget: &mut Budget,
) -> Result<Vec<&'a Value>, Spent> {
    found(query, root, current, &[], budget)
}

/// Like [`nodes`], but nodes in `named` only if the query names them.
pub(super) fn found<'a>(
    query: &Query,
    root: &'a Value,
    current: &'a Value,
    named: &[&'a Value],
    budget: &mut Budget,
) -> Result<Vec<&'a Value>, Spent> {
    let mut nodes = vec![if query.root { root } else { current }];
    for segment in &query.segments {
        let mut found = Found {
            root,
            named,
            budget: &mut *budget,
            nodes: Vec::new(),
        };
        for node in nodes {
            found.segment(segment, node)?;
        }
        nodes = found.nodes;
    }
    Ok(nodes)
}

struct Found<'a, 'b> {
    root: &'a Value,
    /// Nodes that are selected only by name.
    named: &'b [&'a Value],
    budget: &'b mut Budget,
    nodes: Vec<&'a Value>,
}

impl<'a> Found<'a, '_> {
    fn segment(&mut self, segment: &Segment, node: &'a Value) -> Result<(), Spent> {
        for selector in &segment.selectors {
            self.budget.spend(1)?;
            match (selector, node) {
                (Selector::Name(name), Value::Object(members)) if !segment.descendant => {
                    members.get(name).map_or(Ok(()), |value| self.push(value))?;
                }
                _ => self.select(selector, node)?,
            }
        }
        if segment.descendant {
            match node {
                Value::Array(items) => {
                    items
                        .iter()
                        .try_for_each(|item| self.segment(segment, item))?;
                }
                Value::Object(members) => {
                    let open = members.values().filter(|item| is_open(self.named, item));
                    open.collect::<Vec<_>>()
                        .into_iter()
                        .try_for_each(|item| self.segment(segment, item))?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Applies a selector that does not name nodes individually.
    fn select(&mut self, selector: &Selector, node: &'a Value) -> Result<(), Spent> {
        match (selector, node) {
            (Selector::Name(name), Value::Object(members)) => members
                .get(name)
                .filter(|item| is_open(self.named, item))
                .map_or(Ok(()), |value| self.push(value)),
            (Selector::Index(index), Value::Array(items)) => {
                let at = place(*index, items.len());
                let item = usize::try_from(at).ok().and_then(|at| items.get(at));
                item.map_or(Ok(()), |item| self.push(item))
            }
            (Selector::Slice(start, end, step), Value::Array(items)) => {
                self.slice(items, *start, *end, *step)
            }
            (Selector::Wildcard, Value::Array(items)) => {
                items.iter().try_for_each(|item| self.push(item))
            }
            (Selector::Wildcard, Value::Object(members)) => members
                .values()
                .filter(|item| is_open(self.named, item))
                .try_for_each(|item| self.push(item)),
            (Selector::Filter(test), Value::Array(items)) => {
                items.iter().try_for_each(|item| self.filter(test, item))
            }
            (Selector::Filter(test), Value::Object(members)) => members
                .values()
                .filter(|item| is_open(self.named, item))
                .try_for_each(|item| self.filter(test, item)),
            _ => Ok(()),
        }
    }

    fn push(&mut self, node: &'a Value) -> Result<(), Spent> {
        self.budget.spend(1)?;
        self.nodes.push(node);
        Ok(())
    }

    fn filter(&mut self, test: &super::syntax::Test, node: &'a Value) -> Result<(), Spent> {
        self.budget.spend(1)?;
        if holds(test, self.root, node, self.budget)? {
            self.push(node)?;
        }
        Ok(())
    }

    /// RFC 9535 section 2.3.4.2.2.
    fn slice(
        &mut self,
        items: &'a [Value],
        start: Option<i64>,
        end: Option<i64>,
        step: i64,
    ) -> Result<(), Spent> {
        let length = items.len() as i64;
        let bound = |at: Option<i64>, default: i64, low: i64, high: i64| {
            at.map_or(default, |at| place(at, items.len()))
                .clamp(low, high)
        };
        let (mut at, end) = match step {
            1.. => (bound(start, 0, 0, length), bound(end, length, 0, length)),
            _ => (
                bound(start, length - 1, -1, length - 1),
                bound(end, -1, -1, length - 1),
            ),
        };
        // A step of 0 selects nothing (RFC 9535 section 2.3.4.2.2).
        while (step > 0 && at < end) || (step < 0 && at > end) {
            if let Some(item) = usize::try_from(at).ok().and_then(|at| items.get(at)) {
                self.push(item)?;
            }
            at = at.saturating_add(step);
        }
        Ok(())
    }
}

/// Whether a node may be selected other than by name.
pub(in crate::watch) fn is_open(named: &[&Value], node: &Value) -> bool {
    !named.iter().any(|one| std::ptr::eq(*one, node))
}

/// Converts an index that may count from the end to one from the start.
fn place(index: i64, length: usize) -> i64 {
    match index {
        0.. => index,
        _ => index.saturating_add(length as i64),
    }
}
