//! Query parameters that sort and filter.

use fieldproof_spec::model::{Asks, List, Resource};

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
        let asks = filter.op.asks();
        let before = question.filters.iter();
        let before = before.filter(|(other, _)| filter.names.contains(other));
        let before: usize = before.map(|(_, text)| parts(asks, text)).sum();
        if before + parts(asks, &value) > filter.most() as usize {
            return Err("too_many_items");
        }
        question.filters.push((name.to_owned(), value));
        Ok(())
    }
}

/// The number of words or values in the text of a filter.
fn parts(asks: Asks, text: &str) -> usize {
    match asks {
        Asks::Words => text.split_whitespace().count(),
        Asks::Several => text.split(',').count(),
        Asks::Value | Asks::Folded | Asks::Range { .. } => 0,
    }
}
