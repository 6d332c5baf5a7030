//! Members of nested objects as subjects of checks.

use fieldproof_spec::model::{Api, Field, Object, Resource, Type};

use super::Duty;

/// A duty for each member of a nested object that `takes` accepts.
pub(super) fn members(api: &Api, takes: impl Fn(&Field) -> bool) -> Vec<Duty> {
    let mut duties = Vec::new();
    for object in &api.objects {
        let Some((resource, _)) = holder(api, &object.name) else {
            continue;
        };
        for field in object.fields.iter().filter(|field| takes(field)) {
            let subject = format!("{}.{}", object.name, field.name);
            let rows = [&field.row, &object.row];
            duties.push(Duty::new(subject.clone(), &resource.name, &subject, &rows));
        }
    }
    duties
}

/// The resource, its field with the object, the object, and its member.
pub(super) fn subject<'a>(
    api: &'a Api,
    duty: &Duty,
) -> Option<(&'a Resource, &'a Field, &'a Object, &'a Field)> {
    let (object, member) = duty.member.split_once('.')?;
    let (resource, field) = holder(api, object)?;
    let object = api.object(object)?;
    let member = object.fields.iter().find(|field| field.name == member)?;
    Some((resource, field, object, member))
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
