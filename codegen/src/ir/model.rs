//! Models: what is kept and shown, member by member.

use fieldproof_spec::model::{Field, Object, Resource};
use serde::Serialize;

use super::code::{Code, Name};
use super::doc::Doc;
use super::ty;
use crate::kind::kind;
use crate::plan::{Plan, variants};

/// A type that is kept and shown.
#[derive(Debug, Serialize)]
pub(crate) struct Model {
    pub(crate) doc: Doc,
    pub(crate) members: Vec<Member>,
}

/// A member of it.
#[derive(Debug, Serialize)]
pub(crate) struct Member {
    /// Its name on the wire.
    pub(crate) wire: String,
    pub(crate) name: Name,
    pub(crate) ty: Code,
    pub(crate) doc: Doc,
}

/// The type of a closed list of texts.
#[derive(Debug, Serialize)]
pub(crate) struct Values {
    pub(crate) name: Name,
    pub(crate) doc: Doc,
    /// The texts, each with its variant.
    pub(crate) variants: Vec<(String, Name)>,
}

/// The model of a resource.
pub(super) fn resource(plan: &Plan<'_>, one: &Resource) -> Model {
    let doc = Doc::of(
        plan,
        one.about.as_ref(),
        || format!("The resource `{}`.", one.name),
        &one.row,
    );
    let text = |field: &Field| match &field.scope {
        _ if !field.is_shown() => format!("{} Never shown.", about(field)),
        Some(scope) => format!(
            "{} Shown to callers with the scope `{scope}`.",
            about(field)
        ),
        None => about(field),
    };
    Model {
        doc,
        members: members(plan, &one.name, &one.fields, text),
    }
}

/// The model of an object.
pub(super) fn object(plan: &Plan<'_>, one: &Object) -> Model {
    let doc = Doc::of(
        plan,
        one.about.as_ref(),
        || format!("The object `{}`.", one.name),
        &one.row,
    );
    Model {
        doc,
        members: members(plan, &one.name, &one.fields, about),
    }
}

fn members(
    plan: &Plan<'_>,
    owner: &str,
    fields: &[Field],
    text: impl Fn(&Field) -> String,
) -> Vec<Member> {
    let one = |field: &Field| Member {
        wire: field.name.clone(),
        name: plan.member(owner, &field.name).into(),
        ty: ty::shown(plan, owner, field).into(),
        doc: Doc {
            text: text(field),
            source: plan.source(&field.row),
        },
    };
    fields.iter().map(one).collect()
}

/// What the spec says of a member.
pub(super) fn about(field: &Field) -> String {
    let about = field.about.clone();
    about.unwrap_or_else(|| format!("The member `{}`.", field.name))
}

/// The closed lists among the members.
pub(super) fn values(plan: &Plan<'_>, owner: &str, fields: &[Field]) -> Vec<Values> {
    let one = |field: &Field| {
        let texts = kind(&field.ty).values()?;
        let names = variants(texts).into_iter().map(Name::from);
        Some(Values {
            name: plan.values(owner, &field.name).into(),
            doc: Doc {
                text: format!("Values of `{}`.", field.name),
                source: plan.source(&field.row),
            },
            variants: texts.iter().cloned().zip(names).collect(),
        })
    };
    fields.iter().filter_map(one).collect()
}
