//! Values whose type a sibling decides.

use fieldproof_spec::model::{Field, Type};
use proptest::strategy::BoxedStrategy;
use serde_json::{Value, json};

use super::{Kind, Seen, Source, Within, phone, plain};
use crate::strategy::text;

/// The name of the sibling, and the kind for each of its values.
pub(super) struct Choice<'t> {
    by: &'t str,
    of: Vec<(&'t str, Box<dyn Kind + 't>)>,
    mixed: bool,
}

impl<'t> Choice<'t> {
    pub(super) fn new(by: &'t str, of: Vec<(&'t str, Box<dyn Kind + 't>)>, mixed: bool) -> Self {
        Self { by, of, mixed }
    }

    /// The kind that the sibling in a body selects.
    fn chosen(&self, within: &Within<'_>) -> Option<&(dyn Kind + 't)> {
        let asked = within.owner.get(self.by)?.as_str()?;
        let mut of = self.of.iter();
        of.find(|(text, _)| *text == asked).map(|(_, one)| &**one)
    }
}

/// The fields, with those last whose type depends on a sibling, since their values have to
/// fit the sibling's value.
pub(crate) fn deciding_first<'f>(fields: impl Iterator<Item = &'f Field>) -> Vec<&'f Field> {
    let mut all: Vec<&Field> = fields.collect();
    all.sort_by_key(|one| super::kind(&one.ty).decided_by().is_some());
    all
}

/// The possible types of a value: a single one or, if a sibling decides, each with the name
/// of the sibling and the text that selects it.
pub(crate) fn alternatives(ty: &Type) -> Vec<(Option<(&str, &str)>, &Type)> {
    let Type::Choice { by, of } = ty else {
        return vec![(None, ty)];
    };
    let each = of.iter();
    each.map(|(text, one)| (Some((by.as_str(), text.as_str())), one))
        .collect()
}

impl Kind for Choice<'_> {
    fn wording(&self) -> String {
        let each = self.of.iter();
        let each = each.map(|(value, one)| format!("{} with `{value}`", one.wording()));
        let each: Vec<String> = each.collect();
        format!("what `{}` says: {}", self.by, each.join(", "))
    }

    fn strategy(&self, within: &Within<'_>) -> BoxedStrategy<Value> {
        // If the sibling selects no type, the value is a text.
        self.chosen(within)
            .map_or_else(|| text(0, 40), |one| one.strategy(within))
    }

    fn decided_by(&self) -> Option<&str> {
        Some(self.by)
    }

    fn fresh(&self, within: &Within<'_>, source: &dyn Source) -> Value {
        self.chosen(within)
            .map_or_else(|| source.word().into(), |one| one.fresh(within, source))
    }

    /// Values that none of the types accepts, whatever the sibling is.
    fn other_types(&self, field: &Field) -> Vec<Value> {
        if self.mixed {
            // No type of a choice is a list.
            return vec![json!([1])];
        }
        let mut all = plain::other_types(field);
        for (_, one) in &self.of {
            let other = one.other_types(field);
            all.retain(|value| other.contains(value));
        }
        all
    }

    /// Which of the types applies is judged by other checks.
    fn has_form(&self, value: &Value, seen: &Seen<'_>) -> bool {
        self.of.iter().any(|(_, one)| one.has_form(value, seen))
    }

    fn is_dialled(&self) -> bool {
        self.of.iter().any(|(_, one)| one.is_dialled())
    }

    fn equals(&self, value: &Value, text: &str, folded: bool) -> bool {
        match self.is_dialled() {
            true => phone::equals(value, text),
            false => plain::equals(value, text, folded),
        }
    }
}
