//! Values of filters.

use crate::store::{ColumnValue, Compare, Condition, SEPARATOR, Term, ToColumnValue};
use crate::table::{Filter, FilterValue, Op};
use crate::value::{Decimal, Form, Instant, Number, is_date, normalise_phone, parse_instant};

/// Why the text of a filter is illegal: the code and a description of legal values.
pub(super) type Refused = (&'static str, String);

/// Builds the condition of `filter` for `text`; the error says what is legal. Repeated filters
/// on a list form one condition so that a single limit applies: `before` is the condition of
/// this filter so far.
pub(super) fn condition(
    filter: &Filter,
    text: &str,
    before: Option<Condition>,
) -> Result<Condition, Refused> {
    let legal = |detail: String| ("not_a_value", detail);
    let one = |compare, value: ColumnValue| {
        let terms = filter.fields.iter().map(|field| Term {
            field: *field,
            folded: folded(filter),
            compare,
            value: value.clone(),
        });
        Condition::Any(terms.collect())
    };
    Ok(match (filter.op, filter.read) {
        (Op::Words(most), _) => {
            let words = text.split_whitespace().map(str::to_owned);
            each(filter, before, words.collect(), most, "words")?
        }
        (Op::All(most), FilterValue::OneOf(all)) => {
            let values: Vec<&str> = text.split(',').map(str::trim).collect();
            if values.iter().any(|value| !all.contains(value)) {
                return Err(legal(format!("must be some of: {}", all.join(", "))));
            }
            let between = |value: &&str| format!("{SEPARATOR}{value}{SEPARATOR}");
            let values = values.iter().map(between).collect();
            each(filter, before, values, most, "values")?
        }
        (Op::Equals | Op::All(_), read) => one(Compare::Equal, value(read, text).map_err(legal)?),
        (op, FilterValue::Time(form)) => {
            let asked = parse_instant(text);
            let asked = asked.ok_or_else(|| legal("must be a date and time".to_owned()))?;
            let (compare, bound) = bound_moment(op, form, asked);
            one(compare, bound.to_column_value())
        }
        (op, FilterValue::Id(_)) => {
            let bound = bound_id(op, text).map_err(|detail| legal(detail.to_owned()))?;
            let (compare, bound) = bound;
            one(compare, bound.to_string().to_column_value())
        }
        (op, read) => one(compare(op), value(read, text).map_err(legal)?),
    })
}

/// Adds texts to the condition `before`, up to `most` in all.
fn each(
    filter: &Filter,
    before: Option<Condition>,
    more: Vec<String>,
    most: u32,
    what: &str,
) -> Result<Condition, Refused> {
    let mut texts = match before {
        Some(Condition::Each { texts, .. }) => texts,
        _ => Vec::new(),
    };
    if texts.len() + more.len() > most as usize {
        let detail = format!("must have at most {most} {what}");
        return Err(("too_many_items", detail));
    }
    texts.extend(more);
    Ok(Condition::Each {
        fields: filter.fields.to_vec(),
        folded: folded(filter),
        texts,
    })
}

fn folded(filter: &Filter) -> bool {
    matches!(filter.read, FilterValue::Folded | FilterValue::FoldedPhone)
}

fn compare(op: Op) -> Compare {
    match op {
        Op::Greater => Compare::Greater,
        Op::Less => Compare::Less,
        Op::AtLeast | Op::Equals | Op::Words(_) | Op::All(_) => Compare::Least,
    }
}

fn value(read: FilterValue, text: &str) -> Result<ColumnValue, String> {
    Ok(match read {
        FilterValue::Exact | FilterValue::Folded | FilterValue::External => text.to_column_value(),
        FilterValue::FoldedPhone => phone(text).to_column_value(),
        // No object has a malformed identifier.
        FilterValue::Id(kind) => kind.read(text).to_column_value(),
        FilterValue::Notation(one) => match one.form(text.to_owned()) {
            Some(form) => form.to_column_value(),
            // No object has a text that is not in the notation.
            None => text.to_column_value(),
        },
        FilterValue::Flag => flag(text)
            .ok_or("must be 1, 0, true or false")?
            .to_column_value(),
        FilterValue::Integer => {
            let number = text.parse::<i64>();
            number
                .map_err(|_| "must be a whole number")?
                .to_column_value()
        }
        FilterValue::Decimal => {
            let number = serde_json::from_str::<Decimal>(text);
            number
                .map_err(|_| "must be a number of at most four decimal digits")?
                .to_column_value()
        }
        FilterValue::Number => {
            let number = serde_json::from_str::<Number>(text);
            number.map_err(|_| "must be a number")?.to_column_value()
        }
        FilterValue::Date => match is_date(text) {
            true => text.to_column_value(),
            false => return Err("must be a date such as 2021-01-31".to_owned()),
        },
        FilterValue::OneOf(legal) => match legal.contains(&text) {
            true => text.to_column_value(),
            false => return Err(format!("must be one of: {}", legal.join(", "))),
        },
        FilterValue::Time(form) => {
            let at = parse_instant(text).ok_or("must be a date and time")?;
            form.cut(at).to_column_value()
        }
    })
}

/// Converts a bound on instants to the printed precision: instants compare as they are printed,
/// even if the store or the filter has more digits.
fn bound_moment(op: Op, form: Form, asked: Instant) -> (Compare, Instant) {
    let printed = form.cut(asked) == asked;
    match op {
        Op::Greater => (Compare::Greater, form.last(asked)),
        Op::Less if printed => (Compare::Less, asked),
        Op::Less => (Compare::Most, form.last(asked)),
        Op::AtLeast | Op::Equals | Op::Words(_) | Op::All(_) if printed => (Compare::Least, asked),
        Op::AtLeast | Op::Equals | Op::Words(_) | Op::All(_) => {
            (Compare::Greater, form.last(asked))
        }
    }
}

/// Parses a bound on identifiers: digits compare as numbers, and no identifier is negative.
fn bound_id(op: Op, text: &str) -> Result<(Compare, i64), &'static str> {
    let number = text.parse::<i64>().ok();
    let number = number.filter(|_| !text.starts_with('+'));
    let number = number.ok_or("must be a whole number")?;
    Ok(match (op, number < 0) {
        (Op::Less, true) => (Compare::Less, 0),
        (_, true) => (Compare::Least, 0),
        (op, false) => (compare(op), number),
    })
}

fn flag(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "1" | "true" => Some(true),
        "0" | "false" => Some(false),
        _ => None,
    }
}

/// Normalizes a telephone number; other text stays as it is. In a query string `+` decodes to a
/// blank, so one blank before digits counts as `+`.
fn phone(text: &str) -> String {
    let plus = match text.strip_prefix(' ') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => format!("+{rest}"),
        _ => text.to_owned(),
    };
    normalise_phone(&plus).unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{bound_id, bound_moment, compare};
    use crate::store::Compare;
    use crate::table::Op;
    use crate::value::{Form, Instant};

    /// Instants around each bound compare like their printed forms.
    #[test]
    fn moments_compare_as_they_are_printed() {
        for form in [
            Form::MillisZ,
            Form::SecondsOffset,
            Form::SecondsZ,
            Form::Local,
        ] {
            for asked in [
                0, 1_000_000, 1_000_999, 1_001_000, 1_999_999, -1, -1_000_000,
            ] {
                let asked = Instant::from_micros(asked);
                for near in [-1_000_001, -1_000, -1, 0, 1, 999, 1_000, 999_999, 1_000_000] {
                    let own = Instant::from_micros(asked.micros() + near);
                    for op in [Op::Greater, Op::AtLeast, Op::Less] {
                        let (compare, bound) = bound_moment(op, form, asked);
                        let found = match compare {
                            Compare::Greater => own > bound,
                            Compare::Least => own >= bound,
                            Compare::Less => own < bound,
                            Compare::Most => own <= bound,
                            other => panic!("{other:?}"),
                        };
                        let expected = match op {
                            Op::Greater => form.cut(own) > asked,
                            Op::AtLeast => form.cut(own) >= asked,
                            Op::Less | Op::Equals | Op::Words(_) | Op::All(_) => {
                                form.cut(own) < asked
                            }
                        };
                        assert_eq!(found, expected, "{form:?} {op:?} {asked:?} {own:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn nothing_is_added_to_a_bound() {
        assert_eq!(compare(Op::Greater), Compare::Greater);
        let most = i64::MAX.to_string();
        assert_eq!(
            bound_id(Op::Greater, &most),
            Ok((Compare::Greater, i64::MAX))
        );
        assert_eq!(bound_id(Op::Greater, "-1"), Ok((Compare::Least, 0)));
        assert_eq!(bound_id(Op::Less, "-1"), Ok((Compare::Less, 0)));
        assert!(bound_id(Op::Greater, "+1").is_err());
    }
}
