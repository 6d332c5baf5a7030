//! Models: types that are stored and shown, member by member.

use fieldproof_spec::model::{Field, Object, Resource};
use serde::Serialize;

use super::code::{Code, Name};
use super::doc::Doc;
use super::initial::is_default;
use super::rename::is_named;
use super::ty;
use crate::kind::kind;
use crate::plan::{Plan, variants};

/// A type that is stored and shown.
#[derive(Debug, Serialize)]
pub(crate) struct Model {
    pub(crate) doc: Doc,
    /// Whether names on the wire are those in Rust, in camel case.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) camel: bool,
    /// Whether the defaults of its Rust types are those of its members.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) default: bool,
    pub(crate) members: Vec<Member>,
}

/// A member of a model.
#[derive(Debug, Serialize)]
pub(crate) struct Member {
    /// Its name on the wire, if it does not follow from the Rust name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rename: Option<String>,
    pub(crate) name: Name,
    pub(crate) ty: Code,
    pub(crate) doc: Doc,
}

/// The type of a closed list of texts.
#[derive(Debug, Serialize)]
pub(crate) struct Values {
    pub(crate) name: Name,
    pub(crate) doc: String,
    pub(crate) variants: Vec<Variant>,
}

/// A text of a closed list.
#[derive(Debug, Serialize)]
pub(crate) struct Variant {
    pub(crate) text: String,
    pub(crate) name: Name,
}

impl Model {
    /// Creates a model, and drops the renames of members that follow from the Rust names, in
    /// camel case if that makes fewer of them necessary.
    pub(super) fn new(doc: Doc, mut members: Vec<Member>) -> Self {
        let follows = |one: &Member, camel| match &one.rename {
            Some(wire) => is_named(wire, &one.name.0, camel),
            None => true,
        };
        let count = |camel| members.iter().filter(|one| follows(one, camel)).count();
        let camel = count(true) > count(false);
        for one in &mut members {
            if follows(one, camel) {
                one.rename = None;
            }
        }
        Self {
            doc,
            camel,
            default: false,
            members,
        }
    }
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
    Model::new(doc, members(plan, &one.name, &one.fields, text))
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
        default: is_default(plan, &one.name),
        ..Model::new(doc, members(plan, &one.name, &one.fields, about))
    }
}

fn members(
    plan: &Plan<'_>,
    owner: &str,
    fields: &[Field],
    text: impl Fn(&Field) -> String,
) -> Vec<Member> {
    let one = |field: &Field| Member {
        rename: Some(field.name.clone()),
        name: plan.member(owner, &field.name).into(),
        ty: ty::shown(plan, owner, field).into(),
        doc: Doc {
            text: text(field),
            source: plan.source(&field.row),
        },
    };
    fields.iter().map(one).collect()
}

/// The description of a member.
pub(super) fn about(field: &Field) -> String {
    let about = field.about.clone();
    about.unwrap_or_else(|| format!("The member `{}`.", field.name))
}

/// A member with its type, for readers.
fn shown(plan: &Plan<'_>, owner: &str, field: &Field) -> String {
    format!(
        "{}::{}",
        plan.ty(owner, ""),
        plan.thing(owner).member(&field.name)
    )
}

/// The closed lists among the members.
pub(super) fn values(plan: &Plan<'_>, owner: &str, fields: &[Field]) -> Vec<Values> {
    let one = |field: &Field| {
        let texts = kind(&field.ty).values()?;
        let variants = texts.iter().zip(variants(texts));
        let variants = variants.map(|(text, name)| Variant {
            text: text.clone(),
            name: name.into(),
        });
        Some(Values {
            name: plan.values(owner, &field.name).into(),
            doc: match field.list {
                true => format!("What `{}` can contain.", shown(plan, owner, field)),
                false => format!("What `{}` can be.", shown(plan, owner, field)),
            },
            variants: variants.collect(),
        })
    };
    fields.iter().filter_map(one).collect()
}
