//! Lint FP208: intervals and zoned times with missing parts.

use super::context::{Context, Lint};
use crate::diagnostic::{Code, nearest};
use crate::kind::Notation;
use crate::model::{Type, field_type};
use crate::syntax::{Asks, FieldType};

/// Intervals and zoned times with missing parts.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP208",
        "part that is not there",
        "An interval names two filters of its list that compare one field, from with greater or at-least and to with less. An object that is zoned has two members and no others: a text with the local time and a time zone.",
        "name parts that are there and fit each other",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    for (name, resource) in &spec.resources {
        let Some(list) = &resource.list else { continue };
        for (at, interval) in list.intervals.iter().enumerate() {
            let at = at.to_string();
            let path = |key| ["resources", name, "list", "intervals", &at, key];
            let (from, to) = (
                list.filters.get(&interval.from),
                list.filters.get(&interval.to),
            );
            for (key, named, filter) in [("from", &interval.from, from), ("to", &interval.to, to)] {
                if filter.is_some() {
                    continue;
                }
                let message = format!("the list has no filter `{named}`");
                match nearest(named, list.filters.keys().map(String::as_str)) {
                    Some(near) => {
                        let help = format!("did you mean `{near}`?");
                        lint.report_with(context, &path(key), message, help);
                    }
                    None => lint.report(context, &path(key), message),
                }
            }
            let (Some(from), Some(to)) = (from, to) else {
                continue;
            };
            let bounds = matches!(
                (from.op.asks(), to.op.asks()),
                (
                    Asks::Range { lower: true, .. },
                    Asks::Range { lower: false, .. }
                )
            );
            if from.field != to.field || !bounds {
                let message = "`from` and `to` bound one field: from below with an operation such as `at-least`, from above with one such as `less`";
                lint.report(context, &path("from")[..5], message);
            }
        }
    }
    for (name, object) in &spec.objects {
        let Some(zoned) = &object.zoned else { continue };
        let ty = |member: &String| {
            let field = object.fields.get(member)?;
            let single = !matches!(field.ty, FieldType::List(_));
            field_type(spec, field).ok().filter(|_| single)
        };
        let path = |key| ["objects", name, "zoned", key];
        let local = matches!(ty(&zoned.time), Some(Type::Text { .. } | Type::DateTime(_)));
        if !local {
            let message = format!("`{}` is not a member with a local time", zoned.time);
            lint.report(context, &path("time"), message);
        }
        if ty(&zoned.zone) != Some(Type::Notation(Notation::TimeZone)) {
            let message = format!("`{}` is not a member of type `time-zone`", zoned.zone);
            lint.report(context, &path("zone"), message);
        }
        if object.fields.len() != 2 || zoned.time == zoned.zone {
            let message = "a moment has two members and no others";
            lint.report(context, &path("time")[..3], message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn intervals_are_of_two_filters_of_one_field() {
        check(
            "resources.Shelf.list",
            r#"
intervals: [{ from: label, to: labels }]
                               ^^^^^^ FP208: the list has no filter `labels`
                               = did you mean `label`?

intervals: [{ from: from, to: to }]
filters:
  from: { field: madeAt, op: at-least }
  to: { field: madeAt, op: less }

intervals: [{ from: to, to: from }]
            ^^^^^^^^^^^^^^^^^^^^^^ FP208: `from` and `to` bound one field: from below with an operation such as `at-least`, from above with one such as `less`
filters:
  from: { field: madeAt, op: at-least }
  to: { field: madeAt, op: less }

intervals: [{ from: from, to: other }]
            ^^^^^^^^^^^^^^^^^^^^^^^^^ FP208: `from` and `to` bound one field: from below with an operation such as `at-least`, from above with one such as `less`
filters:
  from: { field: madeAt, op: at-least }
  other: { field: changedAt, op: less }
"#,
        );
    }

    #[test]
    fn a_moment_has_a_time_and_a_zone() {
        check(
            "",
            r#"
objects:
  Moment: { zoned: { time: a, zone: b }, fields: { a: { type: string } } }
            ^^^^^ FP208: a moment has two members and no others
                                    ^ FP208: `b` is not a member of type `time-zone`
resources:
  Shelf:
    fields:
      x: { type: Moment }
                 ^^^^^^ FP323: the moment of the create is set by the server
                 = write `mode: read-only`, without `nullable` and `unique`

objects:
  Moment: { zoned: { time: a, zone: b }, fields: { a: { type: string }, b: { type: string } } }
                                    ^ FP208: `b` is not a member of type `time-zone`
resources:
  Shelf:
    fields:
      x: { type: Moment }
                 ^^^^^^ FP323: the moment of the create is set by the server
                 = write `mode: read-only`, without `nullable` and `unique`

objects:
  Moment: { zoned: { time: a, zone: b }, fields: { a: { type: integer }, b: { type: time-zone } } }
                           ^ FP208: `a` is not a member with a local time
resources:
  Shelf:
    fields:
      x: { type: Moment }
                 ^^^^^^ FP323: the moment of the create is set by the server
                 = write `mode: read-only`, without `nullable` and `unique`

objects:
  Moment: { zoned: { time: a, zone: b }, fields: { a: { type: string }, b: { type: time-zone }, c: { type: string } } }
            ^^^^^ FP208: a moment has two members and no others
resources:
  Shelf:
    fields:
      x: { type: Moment }
                 ^^^^^^ FP323: the moment of the create is set by the server
                 = write `mode: read-only`, without `nullable` and `unique`
"#,
        );
    }
}
