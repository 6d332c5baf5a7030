//! Nesting of objects. A type may contain itself, as a tree does.
//!
//! Code that walks from a type to the types of its members asks here first whether the walk
//! ends; no recursion over objects is unbounded.

use std::collections::{BTreeMap, BTreeSet};

use super::{Api, Field, Type};
use crate::syntax::{self, FieldType, Spec};

/// The maximum nesting depth of objects that always have a value.
pub const DEEPEST: usize = 32;

/// The maximum number of members of an object, including objects nested in it that always
/// have a value.
pub const LARGEST: usize = 10_000;

impl Api {
    /// Whether a value of object `from` can contain one of object `to`, at any depth. An
    /// object that reaches itself has values of unbounded depth.
    #[must_use]
    pub fn reaches(&self, from: &str, to: &str) -> bool {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut open = self.held(from);
        while let Some(name) = open.pop() {
            if name == to {
                return true;
            }
            if seen.insert(name) {
                open.extend(self.held(name));
            }
        }
        false
    }

    /// The objects that are types of members of the object `name`.
    fn held(&self, name: &str) -> Vec<&str> {
        let object = self.object(name);
        let fields = object.map_or(&[][..], |object| &object.fields);
        fields.iter().flat_map(Field::objects).collect()
    }
}

impl Field {
    /// The nested objects that a value can be, or contain as items.
    #[must_use]
    pub fn objects(&self) -> Vec<&str> {
        let of = match &self.ty {
            Type::Choice { of, .. } => of.iter().map(|(_, ty)| ty).collect(),
            ty => vec![ty],
        };
        let names = of.into_iter().filter_map(|ty| match ty {
            Type::Object(name) | Type::Shared(name) => Some(name.as_str()),
            _ => None,
        });
        names.collect()
    }
}

/// The objects whose smallest value is finite, with the number of members of that value.
/// Defaults are only filled in for these.
#[must_use]
pub fn ending(spec: &Spec) -> BTreeMap<&str, usize> {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for _ in 0..DEEPEST {
        let open = spec
            .objects
            .iter()
            .filter(|(name, _)| !known.contains_key(name.as_str()));
        let more: Vec<(&str, usize)> = open
            .filter_map(|(name, object)| {
                let mut sizes = object
                    .fields
                    .values()
                    .map(|field| size(field, spec, &known));
                let size = sizes.try_fold(0_usize, |sum, one| Some(sum.saturating_add(one?)))?;
                (size <= LARGEST).then_some((name.as_str(), size))
            })
            .collect();
        if more.is_empty() {
            break;
        }
        known.extend(more);
    }
    known
}

/// The number of members that a smallest value of the field adds; `None` if there is no
/// finite one.
pub(crate) fn size(
    field: &syntax::Field,
    spec: &Spec,
    known: &BTreeMap<&str, usize>,
) -> Option<usize> {
    let held = |name: &String| match spec.objects.contains_key(name) {
        true => known.get(name.as_str()).map(|size| size.saturating_add(1)),
        false => Some(1),
    };
    match &field.ty {
        _ if field.nullable => Some(1),
        FieldType::Name(name) => held(name),
        FieldType::List(_) => Some(1),
        FieldType::Choice(choice) if choice.of.is_empty() => Some(1),
        FieldType::Choice(choice) => choice.of.values().filter_map(held).min(),
    }
}
