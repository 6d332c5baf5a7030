//! Resolves names of types.

use super::Type;
use crate::kind::{Given, built_in, resolve};
use crate::syntax::{Field, FieldType, Spec};

/// Resolves the type of `field`.
///
/// # Errors
/// A message if the name is neither built in nor defined by the spec.
pub fn field_type(spec: &Spec, field: &Field) -> Result<Type, String> {
    match &field.ty {
        FieldType::Name(name) => named(spec, name, Some(field)),
        FieldType::List(names) => match names.as_slice() {
            [name] => named(spec, name, Some(field)),
            _ => Err("a list names exactly one type".to_owned()),
        },
        FieldType::Choice(choice) => {
            let of: Result<Vec<_>, String> = choice
                .of
                .iter()
                .map(|(value, name)| Ok((value.clone(), named(spec, name, None)?)))
                .collect();
            Ok(Type::Choice {
                by: choice.by.clone(),
                of: of?,
            })
        }
    }
}

fn named(spec: &Spec, name: &str, field: Option<&Field>) -> Result<Type, String> {
    let given = Given { spec, field };
    resolve(name, &given).map_or_else(|| defined(spec, name), Ok)
}

fn defined(spec: &Spec, name: &str) -> Result<Type, String> {
    if let Some((table, column)) = name.split_once('.') {
        let Some(found) = spec.tables.get(table) else {
            return Err(format!("no table is called `{table}`"));
        };
        if !found.fields.contains_key(column) {
            return Err(format!("the table `{table}` has no column `{column}`"));
        }
        if found.path.is_some() {
            return Err(format!(
                "the deployment brings the rows of `{table}`: a field of it is of type `{table}`"
            ));
        }
        return Ok(Type::Key {
            table: table.to_owned(),
            column: column.to_owned(),
        });
    }
    let presets = spec.presets.as_ref();
    if presets.is_some_and(|presets| presets.lists.contains_key(name)) {
        Ok(Type::Preset(name.to_owned()))
    } else if let Some(zoned) = spec
        .objects
        .get(name)
        .and_then(|object| object.zoned.as_ref())
    {
        Ok(Type::ZonedTime {
            object: name.to_owned(),
            time: zoned.time.clone(),
            zone: zoned.zone.clone(),
        })
    } else if spec
        .objects
        .get(name)
        .is_some_and(|object| object.shared.is_some())
    {
        Ok(Type::Shared(name.to_owned()))
    } else if spec.objects.contains_key(name) {
        Ok(Type::Object(name.to_owned()))
    } else if spec.resources.contains_key(name) {
        Ok(Type::Child(name.to_owned()))
    } else if spec.tables.contains_key(name) {
        Ok(
            match spec
                .tables
                .get(name)
                .is_some_and(|table| table.path.is_some())
            {
                true => Type::Entry(name.to_owned()),
                false => Type::TableRow(name.to_owned()),
            },
        )
    } else {
        Err(format!("no type is called `{name}`"))
    }
}

/// All type names that `spec` can use, including built-in ones.
pub fn names(spec: &Spec) -> impl Iterator<Item = &str> {
    let defined = spec
        .objects
        .keys()
        .chain(spec.resources.keys())
        .chain(spec.tables.keys())
        .chain(spec.presets.iter().flat_map(|presets| presets.lists.keys()));
    let built_in = built_in().map(|name: &str| name);
    built_in.chain(defined.map(String::as_str))
}
