//! Values of filters.

use crate::store::{Cell, Condition, Term, ToCell};
use crate::table::{Filter, FilterValue};
use crate::value::{Decimal, normalise_phone};

/// The condition of `filter` for `text`; the message says what is legal.
pub(super) fn condition(filter: &Filter, text: &str) -> Result<Condition, &'static str> {
    let folded = matches!(filter.read, FilterValue::Folded | FilterValue::FoldedPhone);
    let value = value(filter.read, text)?;
    let terms = filter.fields.iter().map(|field| Term {
        field: *field,
        folded,
        value: value.clone(),
    });
    Ok(Condition {
        terms: terms.collect(),
    })
}

fn value(read: FilterValue, text: &str) -> Result<Cell, &'static str> {
    Ok(match read {
        FilterValue::Exact | FilterValue::Folded | FilterValue::External => text.to_cell(),
        FilterValue::FoldedPhone => phone(text).to_cell(),
        // A malformed identifier is nobody's.
        FilterValue::Id(kind) => kind.read(text).to_cell(),
        FilterValue::Flag => flag(text).ok_or("must be 1, 0, true or false")?.to_cell(),
        FilterValue::Integer => {
            let number = text.parse::<i64>();
            number.map_err(|_| "must be a whole number")?.to_cell()
        }
        FilterValue::Decimal => {
            let number = serde_json::from_str::<Decimal>(text);
            number
                .map_err(|_| "must be a number of at most four decimal digits")?
                .to_cell()
        }
        FilterValue::Time(form) => form.read(text).ok_or("must be a date and time")?.to_cell(),
    })
}

fn flag(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "1" | "true" => Some(true),
        "0" | "false" => Some(false),
        _ => None,
    }
}

/// A telephone number in its one form; other text as it is. In a query `+`
/// reads as a blank, so one blank before digits is taken for it.
fn phone(text: &str) -> String {
    let plus = match text.strip_prefix(' ') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => format!("+{rest}"),
        _ => text.to_owned(),
    };
    normalise_phone(&plus).unwrap_or_else(|| text.to_owned())
}
