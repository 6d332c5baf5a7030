//! Models: types that are stored and shown, member by member.

use fieldproof_spec::model::{Field, Object, Resource};
use serde::Serialize;

use super::code::{Code, Name};
use super::doc::Doc;
use super::rename::{RenameAll, is_named, rename_all};
use super::ty;
use crate::kind::kind;
use crate::plan::{Plan, variants};

/// A type that is stored and shown.
#[derive(Debug, Serialize)]
pub(crate) struct Model {
    pub(crate) doc: Doc,
    /// The rule for names on the wire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rename_all: Option<RenameAll>,
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
    pub(crate) doc: Doc,
    /// The rule for the texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rename_all: Option<RenameAll>,
    pub(crate) variants: Vec<Variant>,
}

/// A text of a closed list.
#[derive(Debug, Serialize)]
pub(crate) struct Variant {
    pub(crate) text: String,
    pub(crate) name: Name,
    /// Whether the text does not follow from the name.
    pub(crate) renamed: bool,
}

impl Model {
    /// Creates a model, and drops the renames of members that follow from a common rule.
    pub(super) fn new(doc: Doc, mut members: Vec<Member>) -> Self {
        let wires = members.iter().filter_map(|one| {
            let wire = one.rename.as_deref()?;
            Some((wire, one.name.0.as_str()))
        });
        let rename_all = rename_all(&wires.collect::<Vec<_>>(), &[RenameAll::Camel]);
        for one in &mut members {
            one.rename = one
                .rename
                .take()
                .filter(|wire| !is_named(wire, &one.name.0, rename_all));
        }
        Self {
            doc,
            rename_all,
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
    Model::new(doc, members(plan, &one.name, &one.fields, about))
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

/// The closed lists among the members.
pub(super) fn values(plan: &Plan<'_>, owner: &str, fields: &[Field]) -> Vec<Values> {
    let one = |field: &Field| {
        let texts = kind(&field.ty).values()?;
        let names: Vec<Name> = variants(texts).into_iter().map(Name::from).collect();
        let pairs = texts.iter().zip(&names);
        let pairs: Vec<(&str, &str)> = pairs.map(|(text, name)| (&text[..], &name.0[..])).collect();
        let mut rules = vec![RenameAll::Lower, RenameAll::Snake, RenameAll::Upper];
        // Of variants, serde keeps an underscore.
        if pairs.iter().all(|(_, name)| !name.contains('_')) {
            rules.push(RenameAll::Camel);
        }
        let rename_all = rename_all(&pairs, &rules);
        let variants = texts.iter().zip(&names).map(|(text, name)| Variant {
            renamed: !is_named(text, &name.0, rename_all),
            text: text.clone(),
            name: name.clone(),
        });
        Some(Values {
            name: plan.values(owner, &field.name).into(),
            doc: Doc {
                text: format!("Values of `{}`.", field.name),
                source: plan.source(&field.row),
            },
            rename_all,
            variants: variants.collect(),
        })
    };
    fields.iter().filter_map(one).collect()
}
