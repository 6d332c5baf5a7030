//! Which members of a watch have a role.

use super::{Field, FieldType, Resource, Role, Spec};

impl Spec {
    /// The members of a watch, and of the objects inside it, that have a role.
    pub(crate) fn with_role<'s>(&'s self, watch: &'s Resource, role: Role) -> Vec<&'s Field> {
        let objects = watch.fields.values().filter_map(|field| match &field.ty {
            FieldType::Name(name) => self.objects.get(name),
            _ => None,
        });
        let inside = objects.flat_map(|object| object.fields.values());
        let all = watch.fields.values().chain(inside);
        all.filter(|field| field.role == Some(role)).collect()
    }
}
