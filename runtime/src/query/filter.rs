//! Values of filters.

use crate::store::{Cell, Compare, Condition, Term, ToCell};
use crate::table::{Filter, FilterValue, Op};
use crate::value::{Decimal, Form, moment, normalise_phone};

/// The condition of `filter` for `text`; the message says what is legal.
pub(super) fn condition(filter: &Filter, text: &str) -> Result<Condition, &'static str> {
    let folded = matches!(filter.read, FilterValue::Folded | FilterValue::FoldedPhone);
    let (compare, value) = match (filter.op, filter.read) {
        (Op::Equals, read) => (Compare::Equal, value(read, text)?),
        (op, FilterValue::Time(form)) => {
            let least = least_moment(op, form, text).ok_or("must be a date and time")?;
            (Compare::Least, least)
        }
        (op, FilterValue::Id(_)) => (Compare::Least, least_id(op, text)?),
        (op, read) => {
            let beyond = i64::from(op == Op::Greater);
            let least = match value(read, text)? {
                Cell::Number(number) => Cell::Number(number.saturating_add(beyond)),
                other => other,
            };
            (Compare::Least, least)
        }
    };
    let terms = filter.fields.iter().map(|field| Term {
        field: *field,
        folded,
        compare,
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
        FilterValue::Time(form) => {
            let at = moment(text).ok_or("must be a date and time")?;
            form.cut(at).to_cell()
        }
    })
}

/// The first moment that fits: moments compare as they are printed, whatever
/// finer digits the store keeps.
fn least_moment(op: Op, form: Form, text: &str) -> Option<Cell> {
    let asked = moment(text)?;
    let least = match op {
        Op::Greater => form.after(asked),
        Op::Equals | Op::AtLeast if form.cut(asked) == asked => asked,
        Op::Equals | Op::AtLeast => form.after(asked),
    };
    Some(least.to_cell())
}

/// The first identifier that fits: those of digits count as numbers.
fn least_id(op: Op, text: &str) -> Result<Cell, &'static str> {
    let number = text
        .parse::<i64>()
        .ok()
        .filter(|_| !text.starts_with('+'))
        .ok_or("must be a whole number")?;
    let least = number.saturating_add(i64::from(op == Op::Greater)).max(0);
    Ok(least.to_string().to_cell())
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
