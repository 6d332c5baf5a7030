//! Which objects hold which: a type may hold itself, as a tree does.
//!
//! Whoever walks from a type to the types of its members asks here first
//! whether the walk ends; nothing recurses over objects without a bound.

use std::collections::BTreeSet;

use super::{Api, Field, Type};

impl Api {
    /// Whether a value of the object `from` can hold one of the object `to`, in
    /// a member of its own or of an object inside it. An object that reaches
    /// itself has values of any depth.
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

    /// The objects that stand in members of the object `name`.
    fn held(&self, name: &str) -> Vec<&str> {
        let object = self.object(name);
        let fields = object.map_or(&[][..], |object| &object.fields);
        fields.iter().flat_map(Field::objects).collect()
    }
}

impl Field {
    /// The nested objects that a value can be, or hold as elements.
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
