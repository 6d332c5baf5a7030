//! Members of nested objects as subjects of checks.

use fieldproof_spec::model::{Api, Field, Mode, Object, Resource, Row, Type};
use fieldproof_spec::value::below;

use crate::mutant::{Mutation, Operator};
use crate::subject::{Subject, SubjectPart};

/// A subject for each member of a nested object that `takes` accepts.
pub(crate) fn members(api: &Api, takes: impl Fn(&Field) -> bool) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for object in &api.objects {
        let Some((resource, _)) = holder(api, &object.name) else {
            continue;
        };
        for field in object.fields.iter().filter(|field| takes(field)) {
            let rows = [&field.row, &object.row];
            subjects.push(of_member(resource, object, field, &rows));
        }
    }
    subjects
}

fn of_member(resource: &Resource, object: &Object, field: &Field, rows: &[&Row]) -> Subject {
    let part = SubjectPart::Member {
        owner: object.name.clone(),
        name: field.name.clone(),
    };
    Subject::new(part.name(), &resource.name, part, rows)
}

/// The object and the member that a subject is about.
pub(crate) fn names(subject: &Subject) -> Option<(&str, &str)> {
    match &subject.part {
        SubjectPart::Member { owner, name } => Some((owner, name)),
        _ => None,
    }
}

/// The resource of a subject, its field with the object, the object, and the member.
pub(crate) fn resolve<'a>(
    api: &'a Api,
    subject: &Subject,
) -> Option<(&'a Resource, &'a Field, &'a Object, &'a Field)> {
    let (object, member) = names(subject)?;
    let (resource, field) = holder(api, object)?;
    let object = api.object(object)?;
    let member = object.fields.iter().find(|field| field.name == member)?;
    Some((resource, field, object, member))
}

/// A member of a nested object, at any depth.
pub(crate) struct Inside<'a> {
    pub(crate) resource: &'a Resource,
    /// The fields that lead to the object, starting with a field of the resource.
    pub(crate) path: Vec<&'a Field>,
    pub(crate) member: &'a Field,
}

impl Inside<'_> {
    /// The JSON Pointer of the member in a body, in the first item of each list.
    pub(crate) fn place(&self) -> String {
        let steps = self.path.iter().map(|field| match field.list {
            true => format!("{}/0", below("", &field.name)),
            false => below("", &field.name),
        });
        below(&steps.collect::<String>(), &self.member.name)
    }
}

/// A subject for each member that `takes` accepts, of objects at any depth in resources.
pub(crate) fn everywhere(api: &Api, takes: impl Fn(&Field) -> bool) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for object in &api.objects {
        let Some((resource, _)) = path(api, &object.name) else {
            continue;
        };
        for field in object.fields.iter().filter(|field| takes(field)) {
            let rows = [&field.row, &object.row];
            subjects.push(of_member(resource, object, field, &rows));
        }
    }
    subjects
}

/// The member of a subject.
pub(crate) fn inside<'a>(api: &'a Api, subject: &Subject) -> Option<Inside<'a>> {
    let (object, member) = names(subject)?;
    let (resource, path) = path(api, object)?;
    let mut fields = api.object(object)?.fields.iter();
    let member = fields.find(|field| field.name == member)?;
    Some(Inside {
        resource,
        path,
        member,
    })
}

/// Mutations of the field that leads to the object of a member, one per operator.
pub(crate) fn mutations(api: &Api, subject: &Subject, operators: &[Operator]) -> Vec<Mutation> {
    let path = names(subject).and_then(|(object, _)| path(api, object));
    let first = path.map(|(_, path)| path[0].name.clone());
    subject.mutations_at(&first.unwrap_or_else(|| subject.part.name()), operators)
}

/// The resource and the shortest path of fields that leads to objects of this name.
pub(crate) fn path<'a>(api: &'a Api, object: &str) -> Option<(&'a Resource, Vec<&'a Field>)> {
    let resources = api.resources.iter().filter(|one| one.create.is_some());
    let own = resources.flat_map(|one| one.fields.iter().map(move |field| (one, vec![field])));
    let mut open: Vec<(&Resource, Vec<&Field>)> =
        own.filter(|(_, path)| path[0].on_create()).collect();
    let mut seen = std::collections::BTreeSet::new();
    while !open.is_empty() {
        let mut deeper = Vec::new();
        for (resource, path) in open {
            let ty = path.last().map(|field| &field.ty);
            let Some(Type::Object(name) | Type::Shared(name)) = ty else {
                continue;
            };
            if !seen.insert(name) {
                continue;
            }
            if name == object {
                return Some((resource, path));
            }
            let fields = api.object(name).into_iter().flat_map(|one| &one.fields);
            let fields = fields.filter(|field| field.mode != Mode::ReadOnly);
            deeper.extend(fields.map(|field| (resource, [&path[..], &[field]].concat())));
        }
        open = deeper;
    }
    None
}

/// The resource and field that hold objects of this name.
fn holder<'a>(api: &'a Api, object: &str) -> Option<(&'a Resource, &'a Field)> {
    let resources = api
        .resources
        .iter()
        .filter(|resource| resource.create.is_some());
    let mut holders =
        resources.flat_map(|resource| resource.fields.iter().map(move |field| (resource, field)));
    holders.find(|(_, field)| {
        field.on_create()
            && matches!(&field.ty, Type::Object(name) | Type::Shared(name) if name == object)
    })
}
