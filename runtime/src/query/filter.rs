//! Values of filters.

use crate::store::{ColumnValue, Compare, Condition, SEPARATOR, Term, ToColumnValue};
use crate::table::{Comparison, Filter, FilterValue, Range};
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
    Ok(match (filter.op.comparison(), filter.read) {
        (Comparison::Words(most), _) => {
            let words = text.split_whitespace().map(str::to_owned);
            each(filter, before, words.collect(), most, "words")?
        }
        (Comparison::Elements(most), FilterValue::OneOf(all)) => {
            let values: Vec<&str> = text.split(',').map(str::trim).collect();
            if values.iter().any(|value| !all.contains(value)) {
                return Err(legal(format!("must be some of: {}", all.join(", "))));
            }
            let between = |value: &&str| format!("{SEPARATOR}{value}{SEPARATOR}");
            let values = values.iter().map(between).collect();
            each(filter, before, values, most, "values")?
        }
        (Comparison::Equal | Comparison::Elements(_), read) => {
            one(Compare::Equal, value(read, text).map_err(legal)?)
        }
        (Comparison::Range(range), FilterValue::Time(form)) => {
            let asked = parse_instant(text);
            let asked = asked.ok_or_else(|| legal("must be a date and time".to_owned()))?;
            let (compare, bound) = bound_moment(range, form, asked);
            one(compare, bound.to_column_value())
        }
        (Comparison::Range(range), FilterValue::Id(_)) => {
            let bound = bound_id(range, text).map_err(|detail| legal(detail.to_owned()))?;
            let (compare, bound) = bound;
            one(compare, bound.to_string().to_column_value())
        }
        (Comparison::Range(range), read) => one(compare(range), value(read, text).map_err(legal)?),
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

fn compare(range: Range) -> Compare {
    match (range.lower, range.inclusive) {
        (true, false) => Compare::Greater,
        (true, true) => Compare::Least,
        (false, false) => Compare::Less,
        (false, true) => Compare::Most,
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
fn bound_moment(range: Range, form: Form, asked: Instant) -> (Compare, Instant) {
    let printed = form.cut(asked) == asked;
    match (range.lower, range.inclusive) {
        (true, true) if printed => (Compare::Least, asked),
        (true, _) => (Compare::Greater, form.last(asked)),
        (false, false) if printed => (Compare::Less, asked),
        (false, _) => (Compare::Most, form.last(asked)),
    }
}

/// Parses a bound on identifiers: digits compare as numbers, and no identifier is negative.
fn bound_id(range: Range, text: &str) -> Result<(Compare, i64), &'static str> {
    let number = text.parse::<i64>().ok();
    let number = number.filter(|_| !text.starts_with('+'));
    let number = number.ok_or("must be a whole number")?;
    Ok(match (number < 0, range.lower) {
        (true, false) => (Compare::Less, 0),
        (true, true) => (Compare::Least, 0),
        (false, _) => (compare(range), number),
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
    use crate::table::Range;
    use crate::value::{Form, Instant};

    const GREATER: Range = Range {
        lower: true,
        inclusive: false,
    };
    const LESS: Range = Range {
        lower: false,
        inclusive: false,
    };

    /// Both sides of a bound, with it and without it.
    fn ranges() -> impl Iterator<Item = Range> {
        [(true, false), (true, true), (false, false), (false, true)]
            .into_iter()
            .map(|(lower, inclusive)| Range { lower, inclusive })
    }

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
                    for range in ranges() {
                        let (compare, bound) = bound_moment(range, form, asked);
                        let found = match compare {
                            Compare::Greater => own > bound,
                            Compare::Least => own >= bound,
                            Compare::Less => own < bound,
                            Compare::Most => own <= bound,
                            other => panic!("{other:?}"),
                        };
                        let expected = match (range.lower, range.inclusive) {
                            (true, false) => form.cut(own) > asked,
                            (true, true) => form.cut(own) >= asked,
                            (false, false) => form.cut(own) < asked,
                            (false, true) => form.cut(own) <= asked,
                        };
                        assert_eq!(found, expected, "{form:?} {range:?} {asked:?} {own:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn nothing_is_added_to_a_bound() {
        assert_eq!(compare(GREATER), Compare::Greater);
        let most = i64::MAX.to_string();
        assert_eq!(bound_id(GREATER, &most), Ok((Compare::Greater, i64::MAX)));
        assert_eq!(bound_id(GREATER, "-1"), Ok((Compare::Least, 0)));
        assert_eq!(bound_id(LESS, "-1"), Ok((Compare::Less, 0)));
        assert!(bound_id(GREATER, "+1").is_err());
    }
}
