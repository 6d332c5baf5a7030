//! Query parameters that sort and filter.

use fieldproof_spec::model::{List, Op, Resource};

use crate::model::Question;
use crate::model::service::Service;

impl Service {
    /// Applies a parameter that sorts or filters; the error is the code of the violation.
    pub(super) fn take(
        &self,
        resource: &Resource,
        spec: &List,
        name: &str,
        value: String,
        question: &mut Question,
    ) -> Result<(), &'static str> {
        if let Some(sort) = spec.sort.as_ref().filter(|sort| name == sort.by) {
            if !sort.keys.contains(&value) {
                return Err("not_a_value");
            }
            question.sort = Some(value);
            return Ok(());
        }
        if spec.sort.as_ref().is_some_and(|sort| name == sort.order) {
            question.descending = match value.as_str() {
                "asc" => false,
                "desc" => true,
                _ => return Err("not_a_value"),
            };
            return Ok(());
        }
        let mut filters = spec.filters.iter();
        let filter = filters.find(|filter| filter.names.iter().any(|other| other == name));
        let filter = filter.ok_or("unknown_parameter")?;
        if !self.semantics.reads(resource, filter, &value) {
            return Err("not_a_value");
        }
        let before = question.filters.iter();
        let before = before.filter(|(other, _)| filter.names.contains(other));
        let before: usize = before.map(|(_, text)| parts(filter.op, text)).sum();
        if before + parts(filter.op, &value) > filter.most() as usize {
            return Err("too_many_items");
        }
        question.filters.push((name.to_owned(), value));
        Ok(())
    }
}

/// The number of words or values in the text of a filter.
fn parts(op: Op, text: &str) -> usize {
    match op {
        Op::ContainsWords => text.split_whitespace().count(),
        Op::HasAll => text.split(',').count(),
        Op::Equals | Op::EqualsFolded | Op::Greater | Op::AtLeast | Op::Less => 0,
    }
}
