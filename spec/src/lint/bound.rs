//! Lint FP321: bounds that no value can satisfy.

use super::context::{Context, Lint, Place};
use crate::diagnostic::Code;
use crate::kind::{Bounds, kind};
use crate::model::{Decimal, field_type};
use crate::syntax::Limit;

/// Bounds that no value can satisfy.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP321",
        "bound that no value fits",
        "min is at most max. Lengths are whole numbers, the longest at least 1; integers have whole bounds; bounds of a decimal have at most four digits after the point and a magnitude of at most 1000000000000. A list has room for one element at least.",
        "write bounds that a value fits, or leave them out",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    for place in context.fields() {
        let (min, max) = (&place.field.min, &place.field.max);
        let mut wrong = false;
        for (key, bound) in [("min", min), ("max", max)] {
            if let Some(message) = bound
                .as_ref()
                .and_then(|one| unfit(context, &place, one, key))
            {
                lint.report(context, &place.path(key), message);
                wrong = true;
            }
        }
        if let (Some(min), Some(max)) = (min, max)
            && min.as_f64() > max.as_f64()
            && !wrong
        {
            lint.report(context, &place.path("min"), "`min` is larger than `max`");
        }
        if place.field.max_items == Some(0) {
            let message = "a list without room for an element is always empty";
            lint.report(context, &place.path("max-items"), message);
        }
    }
}

/// The problem with a bound of a field.
fn unfit(context: &Context<'_>, place: &Place<'_>, bound: &Limit, key: &str) -> Option<String> {
    let least = i64::from(key == "max");
    let ty = field_type(context.spec, place.field).ok()?;
    match kind(&ty).bounds() {
        Some(Bounds::Parts(..)) => Decimal::read(bound.number()).is_none().then(|| {
            format!("`{key}` of a decimal has at most four digits after the point, and is at most {} from 0", Decimal::MOST)
        }),
        Some(Bounds::Whole(..)) => {
            let whole = bound.whole().is_some();
            (!whole).then(|| format!("`{key}` of an integer is a whole number of 64 bits"))
        }
        Some(Bounds::Double(..)) => None,
        // Types without lengths are reported by another lint.
        Some(Bounds::Length(..)) | None => {
            let length = bound.whole().and_then(|length| u32::try_from(length).ok());
            let fits = length.is_some_and(|length| i64::from(length) >= least);
            (!fits).then(|| format!("`{key}` is a length: a whole number from {least} on"))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::fields;

    #[test]
    fn bounds_leave_room() {
        fields(
            r#"
a: { type: decimal, min: 0.00001 }
                         ^^^^^^^ FP321: `min` of a decimal has at most four digits after the point, and is at most 1000000000000 from 0
b: { type: decimal, max: 1e13 }
                         ^^^^ FP321: `max` of a decimal has at most four digits after the point, and is at most 1000000000000 from 0
c: { type: decimal, min: 0.02, max: 0.01 }
           ^^^^^^^ FP305: `c` may be left out, and what is shown then is no value of it: `0.01` (too_small)
           = add `required: true`, `nullable: true` or a `default`
                         ^^^^ FP321: `min` is larger than `max`
d: { type: integer, min: 0.5 }
                         ^^^ FP321: `min` of an integer is a whole number of 64 bits
e: { type: integer, min: 3, max: 2 }
           ^^^^^^^ FP305: `e` may be left out, and what is shown then is no value of it: `2` (too_small)
           = add `required: true`, `nullable: true` or a `default`
                         ^ FP321: `min` is larger than `max`
f: { type: string, max: 1.5 }
                        ^^^ FP321: `max` is a length: a whole number from 1 on
g: { type: string, max: 0 }
                        ^ FP321: `max` is a length: a whole number from 1 on
h: { type: string, min: -1 }
                        ^^ FP321: `min` is a length: a whole number from 0 on
i: { type: string, max: 5000000000 }
                        ^^^^^^^^^^ FP321: `max` is a length: a whole number from 1 on
j: { type: [string], max-items: 0 }
                                ^ FP321: a list without room for an element is always empty
k: { type: string, max: 60, min: 61 }
                                 ^^ FP321: `min` is larger than `max`

a: { type: decimal, min: 0.01, max: 99.9999 }
d: { type: integer, min: -3, max: -1 }
"#,
        );
    }
}
