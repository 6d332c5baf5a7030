//! Which objects filters select.

use fieldproof_spec::model::{Asks, Filter, Resource, Type};
use serde_json::{Map, Value};

use crate::kind::kind;
use crate::model::list::{self, Question};
use crate::model::service::Record;
use crate::model::time::query_instant;

/// Which objects filters select.
pub(crate) trait Selecting {
    /// Whether a filter accepts a text. Times must be RFC 3339, numbers JSON numbers,
    /// Booleans `1`, `0`, `true` or `false`, and values of a closed list must be in it; a
    /// text field accepts any text.
    fn reads(&self, resource: &Resource, filter: &Filter, text: &str) -> bool {
        let ty = resource.field(&filter.field).map(|field| &field.ty);
        match (ty, filter.op.asks()) {
            (Some(Type::DateTime(_) | Type::ZonedTime { .. }), _) => query_instant(text).is_some(),
            (Some(Type::Values(legal)), Asks::Value) => legal.iter().any(|one| one == text),
            (Some(Type::Values(legal)), Asks::Several) => {
                let mut all = text.split(',');
                all.all(|one| legal.iter().any(|text| text == one.trim()))
            }
            (Some(Type::Id), Asks::Range { .. }) => {
                text.parse::<i64>().is_ok() && !text.starts_with('+')
            }
            (Some(Type::Boolean), _) => {
                ["1", "0", "true", "false"].contains(&text.to_lowercase().as_str())
            }
            (Some(Type::Integer { .. } | Type::Decimal { .. }), _) => text.parse::<f64>().is_ok(),
            (Some(ty), _) => kind(ty).reads(text),
            (None, _) => true,
        }
    }

    /// Whether an object matches a filter. If the filter covers several members, one match
    /// is enough; `null` never matches.
    fn matches(
        &self,
        resource: &Resource,
        filter: &Filter,
        text: &str,
        object: &Map<String, Value>,
    ) -> bool {
        list::matches(resource, filter, text, object)
    }

    /// Whether an object is selected: it has to match every filter.
    fn selects(&self, resource: &Resource, question: &Question, record: &Record) -> bool {
        let mut asked = asked(resource, question);
        asked.all(|(filter, text)| self.matches(resource, filter, text, &record.object))
    }
}

/// The filters that a question names, with their texts.
pub(crate) fn asked<'q>(
    resource: &'q Resource,
    question: &'q Question,
) -> impl Iterator<Item = (&'q Filter, &'q str)> {
    let filters = resource.list.iter().flat_map(|list| &list.filters);
    question.filters.iter().filter_map(move |(name, text)| {
        let mut filters = filters.clone();
        let filter = filters.find(|filter| filter.names.contains(name))?;
        Some((filter, text.as_str()))
    })
}
