//! In which order objects stand.

use std::cmp;

use fieldproof_spec::model::Resource;

use crate::model::list::{self, Question};
use crate::model::service::Record;

/// In which order objects stand.
pub(crate) trait Ordering {
    /// How two objects stand by a sort key, smallest first: texts by their folded form and
    /// then by code point, moments as moments, `null` last; ties by the identifier.
    fn compare(
        &self,
        resource: &Resource,
        key: &str,
        one: &Record,
        other: &Record,
    ) -> cmp::Ordering {
        list::compare(resource, key, one, other)
    }

    /// How two objects stand in a list: by the key that is asked for, otherwise by the
    /// documented one, otherwise by creation. Descending is the exact reverse, ties and
    /// `null` included.
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

    /// How children stand that their parent shows: in the order of creation.
    fn siblings(&self, _child: &Resource, one: &Record, other: &Record) -> cmp::Ordering {
        (one.created, one.order).cmp(&(other.created, other.order))
    }
}
