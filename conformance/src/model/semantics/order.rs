//! The order of objects.

use std::cmp;

use fieldproof_spec::model::Resource;

use crate::model::list::{self, Question};
use crate::model::service::Record;

/// The order of objects.
pub(crate) trait Ordering {
    /// Compares two objects by a sort key, ascending: texts by their case-folded form and
    /// then by code point, times chronologically, `null` last, ties by identifier.
    fn compare(
        &self,
        resource: &Resource,
        key: &str,
        one: &Record,
        other: &Record,
    ) -> cmp::Ordering {
        list::compare(resource, key, one, other)
    }

    /// Compares two objects for a list: by the requested key, otherwise by the documented
    /// one, otherwise by creation. Descending is the exact reverse, including ties and
    /// `null`.
    fn arrange(
        &self,
        resource: &Resource,
        question: &Question,
        one: &Record,
        other: &Record,
    ) -> cmp::Ordering {
        let order = self.compare(resource, list::key(resource, question), one, other);
        match question.descending {
            true => order.reverse(),
            false => order,
        }
    }

    /// Compares two children that their parent shows: by creation.
    fn siblings(&self, _child: &Resource, one: &Record, other: &Record) -> cmp::Ordering {
        (one.created, one.order).cmp(&(other.created, other.order))
    }
}
