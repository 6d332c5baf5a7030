//! bounds that no value fits.

use super::context::{Context, Lint, Place};
use crate::diagnostic::Code;
use crate::kind::{Bounds, kind};
use crate::model::{Decimal, field_type};
use crate::syntax::Limit;

/// bounds that no value fits.
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

/// What is wrong with one bound of a field.
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
        // What has no length is said to have none by another lint.
        Some(Bounds::Length(..)) | None => {
            let length = bound.whole().and_then(|length| u32::try_from(length).ok());
            let fits = length.is_some_and(|length| i64::from(length) >= least);
            (!fits).then(|| format!("`{key}` is a length: a whole number from {least} on"))
        }
    }
}
