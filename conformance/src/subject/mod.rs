//! Subjects of checks: fields, operations, filters and the rest.

pub(crate) mod member;
mod part;

pub use part::SubjectPart;

use fieldproof_spec::model::{Api, Field, Filter, Operation, Resource, Row, Type};

use crate::kind::kind;
use crate::mutant::{Mutation, Operator};
use crate::obligation::{Obligation, SourceRow};

/// The subject of a check.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// The middle of the obligation's id.
    pub id: String,
    /// Name of the resource; empty for the whole API.
    pub resource: String,
    /// The part of the resource.
    pub part: SubjectPart,
    /// The rows it comes from.
    pub rows: Vec<SourceRow>,
}

impl Subject {
    pub(crate) fn new(id: String, resource: &str, part: SubjectPart, rows: &[&Row]) -> Self {
        Self {
            id,
            resource: resource.to_owned(),
            part,
            rows: rows.iter().map(|row| SourceRow::from(*row)).collect(),
        }
    }

    /// The subject of an obligation.
    pub(crate) fn of(obligation: &Obligation) -> Self {
        Self {
            id: String::new(),
            resource: obligation.resource.clone(),
            part: obligation.part.clone(),
            rows: obligation.rows.clone(),
        }
    }

    /// The operation of the subject.
    pub(crate) fn operation(&self) -> Operation {
        match self.part {
            SubjectPart::Operation(operation) => Some(operation),
            _ => None,
        }
        .expect("an obligation names an operation")
    }

    /// The index of the subject among others of its kind.
    pub(crate) fn at(&self) -> usize {
        match self.part {
            SubjectPart::Unique(at) | SubjectPart::Example(at) | SubjectPart::Command(at) => {
                Some(at)
            }
            _ => None,
        }
        .expect("an obligation names a place")
    }

    /// Mutations of its member, one per operator.
    pub(crate) fn mutations(&self, operators: &[Operator]) -> Vec<Mutation> {
        self.mutations_at(&self.part.name(), operators)
    }

    /// Mutations of its resource, one per operator.
    pub(crate) fn resource_mutations(&self, operators: &[Operator]) -> Vec<Mutation> {
        self.mutations_at("", operators)
    }

    /// Mutations of another member of its resource, one per operator.
    pub(crate) fn mutations_at(&self, member: &str, operators: &[Operator]) -> Vec<Mutation> {
        let mutations = |operator: &Operator| Mutation {
            operator: *operator,
            resource: self.resource.clone(),
            member: member.to_owned(),
        };
        operators.iter().map(mutations).collect()
    }

    /// Mutations of its member, one per operator whose condition holds.
    pub(crate) fn mutations_where(&self, operators: &[(bool, Operator)]) -> Vec<Mutation> {
        self.mutations(&holding(operators))
    }

    /// Mutations of its resource, one per operator whose condition holds.
    pub(crate) fn resource_mutations_where(&self, operators: &[(bool, Operator)]) -> Vec<Mutation> {
        self.resource_mutations(&holding(operators))
    }

    pub(crate) fn resource<'a>(&self, api: &'a Api) -> &'a Resource {
        api.resource(&self.resource)
            .expect("an obligation names a resource that exists")
    }

    pub(crate) fn field<'a>(&self, api: &'a Api) -> &'a Field {
        let field = match &self.part {
            SubjectPart::Field(name) => self.resource(api).field(name),
            _ => None,
        };
        field.expect("an obligation names a field that exists")
    }

    pub(crate) fn filter<'a>(&self, api: &'a Api) -> &'a Filter {
        let list = self.resource(api).list.as_ref();
        let filter = list.and_then(|list| {
            list.filters
                .iter()
                .find(|filter| SubjectPart::Filter(filter.names[0].clone()) == self.part)
        });
        filter.expect("an obligation names a filter that exists")
    }
}

fn holding(operators: &[(bool, Operator)]) -> Vec<Operator> {
    let holding = operators.iter().filter(|(holds, _)| *holds);
    holding.map(|(_, operator)| *operator).collect()
}

/// Mutations of the first resource, one per operator, for promises of the whole API.
pub(crate) fn first_resource_mutations(api: &Api, operators: &[Operator]) -> Vec<Mutation> {
    let name = api.resources.first().map_or("", |one| &one.name);
    let mutations = |operator: &Operator| Mutation {
        operator: *operator,
        resource: name.to_owned(),
        member: String::new(),
    };
    operators.iter().map(mutations).collect()
}

/// A subject for each field that `takes` accepts.
pub(crate) fn fields(api: &Api, takes: impl Fn(&Resource, &Field) -> bool) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for resource in &api.resources {
        for field in resource
            .fields
            .iter()
            .filter(|field| takes(resource, field))
        {
            let id = format!("{}.{}", resource.name, field.name);
            let own = SubjectPart::Field(field.name.clone());
            subjects.push(Subject::new(id, &resource.name, own, &[&field.row]));
        }
    }
    subjects
}

/// A subject for each filter that `takes` accepts.
pub(crate) fn filters(api: &Api, takes: impl Fn(&Resource, &Filter) -> bool) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for resource in &api.resources {
        for filter in resource
            .list
            .iter()
            .flat_map(|list| &list.filters)
            .filter(|filter| takes(resource, filter))
        {
            let name = &filter.names[0];
            let id = format!("{}.list.{}", resource.name, filter_id(name));
            let own = SubjectPart::Filter(name.clone());
            subjects.push(Subject::new(id, &resource.name, own, &[&filter.row]));
        }
    }
    subjects
}

/// The id of a filter, without brackets: patterns of ids cannot contain them.
fn filter_id(name: &str) -> String {
    match name.contains('[') {
        true => name.replace('[', ".").replace(']', ""),
        false => format!("filter.{name}"),
    }
}

/// A subject for each of these operations, with `more` rows beside its own.
pub(crate) fn each_operation(api: &Api, all: &[Operation], more: &[&Row]) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for resource in &api.resources {
        for (one, row) in resource
            .operations()
            .into_iter()
            .filter(|(one, _)| all.contains(one))
        {
            let mut rows = vec![row];
            rows.extend(more);
            subjects.push(Subject::new(
                format!("{}.{one}", resource.name),
                &resource.name,
                SubjectPart::Operation(one),
                &rows,
            ));
        }
    }
    subjects
}

/// The subjects of a point of the dialect, each with its row; empty if no row documents it.
pub(crate) fn owed(row: Option<&Row>, subjects: Vec<Subject>) -> Vec<Subject> {
    let Some(row) = row else { return Vec::new() };
    let cites = |mut subject: Subject| {
        subject.rows.push(SourceRow::from(row));
        subject
    };
    subjects.into_iter().map(cites).collect()
}

/// A subject for each resource that `takes` accepts.
pub(crate) fn resources(api: &Api, takes: impl Fn(&Resource) -> bool) -> Vec<Subject> {
    let found = api.resources.iter().filter(|resource| takes(resource));
    found
        .map(|resource| {
            Subject::new(
                resource.name.clone(),
                &resource.name,
                SubjectPart::Whole,
                &[&resource.row],
            )
        })
        .collect()
}

/// A field that an update can change alone: its type depends on no sibling, and no
/// sibling's type depends on it.
pub(crate) fn independent_field(resource: &Resource) -> Option<&Field> {
    let decides = |field: &Field| {
        let by = |one: &Field| kind(&one.ty).decided_by() == Some(field.name.as_str());
        resource.fields.iter().any(by)
    };
    let alone = |field: &&Field| {
        field.on_update()
            && field.is_shown()
            && !field.list
            && !matches!(field.ty, Type::Choice { .. } | Type::Object(_))
            // A change of a secret cannot be observed.
            && !kind(&field.ty).is_masked()
            && !decides(field)
    };
    resource
        .fields
        .iter()
        .filter(alone)
        .max_by_key(|field| field.unique.is_some())
}
