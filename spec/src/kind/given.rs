//! The parts of a row that determine its type.

use crate::model::Decimal;
use crate::pattern::Pattern;
use crate::syntax::{Field, Form, Limit, Spec};

/// The maximum length of a text if a field sets no `max`.
pub const TEXT_MAX: u32 = 10_000;

/// The parts of a row that determine its type.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// The spec, for settings that apply to all rows.
    pub spec: &'a Spec,
    /// The row; `None` for a type inside a choice.
    pub field: Option<&'a Field>,
}

impl Given<'_> {
    fn min(&self) -> Option<&Limit> {
        self.field?.min.as_ref()
    }

    fn max(&self) -> Option<&Limit> {
        self.field?.max.as_ref()
    }

    /// The minimum and maximum length. Bounds that do not fit the type are ignored here and
    /// reported as findings.
    pub(super) fn lengths(&self, least: u32, most: u32) -> (u32, u32) {
        let length = |limit: Option<&Limit>, default: u32| {
            let whole = limit.and_then(Limit::whole);
            let length = whole.and_then(|number| u32::try_from(number).ok());
            length.unwrap_or(default)
        };
        (length(self.min(), least), length(self.max(), most))
    }

    /// The pattern of texts; an invalid one is ignored here and reported as a finding.
    pub(super) fn pattern(&self) -> Option<Pattern> {
        let text = self.field?.pattern.as_deref()?;
        Pattern::read(text).ok()
    }

    /// The minimum and maximum as whole numbers.
    pub(super) fn whole(&self) -> (i64, i64) {
        let bound = |limit: Option<&Limit>| limit.and_then(Limit::whole);
        (
            bound(self.min()).unwrap_or(i64::MIN),
            bound(self.max()).unwrap_or(i64::MAX),
        )
    }

    /// The minimum and maximum as decimals.
    pub(super) fn decimals(&self) -> (Decimal, Decimal) {
        let bound = |limit: Option<&Limit>| limit.and_then(|limit| Decimal::read(limit.number()));
        let least = Decimal::from_parts(-Decimal::MOST.parts());
        (
            bound(self.min()).unwrap_or(least),
            bound(self.max()).unwrap_or(Decimal::MOST),
        )
    }

    /// The minimum and maximum as doubles.
    pub(super) fn doubles(&self) -> (f64, f64) {
        let bound = |limit: Option<&Limit>| limit.map(Limit::as_f64);
        (
            bound(self.min()).unwrap_or(f64::MIN),
            bound(self.max()).unwrap_or(f64::MAX),
        )
    }

    /// The format of a date-time.
    pub(super) fn form(&self) -> Form {
        let own = self.field.and_then(|field| field.form);
        own.unwrap_or(self.spec.date_time)
    }
}
