//! Values of filters.

use crate::store::{Cell, Compare, Condition, SEPARATOR, Term, ToCell};
use crate::table::{Filter, FilterValue, Op};
use crate::value::{Decimal, Form, moment, normalise_phone};

/// The conditions of `filter` for `text`; the message says what is legal.
pub(super) fn conditions(filter: &Filter, text: &str) -> Result<Vec<Condition>, String> {
    let folded = matches!(filter.read, FilterValue::Folded | FilterValue::FoldedPhone);
    let one = |compare, value: Cell| {
        let terms = filter.fields.iter().map(|field| Term {
            field: *field,
            folded,
            compare,
            value: value.clone(),
        });
        Condition {
            terms: terms.collect(),
        }
    };
    Ok(match (filter.op, filter.read) {
        (Op::Words, _) => {
            let words = text.split_whitespace();
            words
                .map(|word| one(Compare::Contains, word.to_cell()))
                .collect()
        }
        (Op::All, FilterValue::OneOf(legal)) => {
            let mut all = Vec::new();
            for value in text.split(',').map(str::trim) {
                if !legal.contains(&value) {
                    return Err(format!("must be some of: {}", legal.join(", ")));
                }
                let between = format!("{SEPARATOR}{value}{SEPARATOR}");
                all.push(one(Compare::Contains, between.to_cell()));
            }
            all
        }
        (Op::Equals | Op::All, read) => vec![one(Compare::Equal, value(read, text)?)],
        (op, FilterValue::Time(form)) => {
            let bound = bound_moment(op, form, text).ok_or("must be a date and time")?;
            vec![one(compare(op), bound)]
        }
        (op, FilterValue::Id(_)) => vec![one(compare(op), bound_id(op, text)?)],
        (op, read) => {
            let beyond = i64::from(op == Op::Greater);
            let bound = match value(read, text)? {
                Cell::Number(number) => Cell::Number(number.saturating_add(beyond)),
                other => other,
            };
            vec![one(compare(op), bound)]
        }
    })
}

/// Bounds are inclusive below and exclusive above.
fn compare(op: Op) -> Compare {
    match op {
        Op::Less => Compare::Less,
        _ => Compare::Least,
    }
}

fn value(read: FilterValue, text: &str) -> Result<Cell, String> {
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
        FilterValue::OneOf(legal) => match legal.contains(&text) {
            true => text.to_cell(),
            false => return Err(format!("must be one of: {}", legal.join(", "))),
        },
        FilterValue::Time(form) => {
            let at = moment(text).ok_or("must be a date and time")?;
            form.cut(at).to_cell()
        }
    })
}

/// The bound that fits: moments compare as they are printed, whatever
/// finer digits the store keeps.
fn bound_moment(op: Op, form: Form, text: &str) -> Option<Cell> {
    let asked = moment(text)?;
    let least = match op {
        Op::Greater => form.after(asked),
        _ if form.cut(asked) == asked => asked,
        _ => form.after(asked),
    };
    Some(least.to_cell())
}

/// The bound of identifiers: those of digits count as numbers.
fn bound_id(op: Op, text: &str) -> Result<Cell, &'static str> {
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
