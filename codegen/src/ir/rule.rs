//! Rules of the runtime for documented types.

use fieldproof_spec::model::{Blank, Delimited, Field, Role};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use serde::Serialize;

use super::code::{Code, Name};
use super::initial::variant;
use super::nesting::{is_boxed, read_as};
use crate::kind::{At, Body, kind};
use crate::number::number;
use crate::plan::Plan;

/// Maximum number of elements in a list for which the spec sets no limit.
pub(crate) const MOST: u32 = 1_000;

/// Maximum number of elements in a list.
pub(super) fn most(field: &Field) -> TokenStream {
    match field.max_items {
        Some(most) => number(most.into()),
        None => quote!(::fieldproof_runtime::body::rule::MOST),
    }
}

/// The rule of a member in bodies of the kind `of`.
pub(super) fn rule(plan: &Plan<'_>, owner: &str, field: &Field, of: Body) -> TokenStream {
    let at = At { plan, owner, field };
    let kind = kind(&field.ty);
    let of = read_as(field, of);
    let mut one = kind.rule(at, of);
    // An object that is updated member by member is read as its update type, which needs no
    // box.
    if of == Body::Create && is_boxed(plan.api, owner, field) {
        one = quote!(::fieldproof_runtime::body::rule::Boxed(#one));
    }
    if field.folded {
        one = quote!(::fieldproof_runtime::body::rule::Folded(#one));
    }
    match field.role {
        Some(Role::Username) => one = quote!(::fieldproof_runtime::body::rule::Username(#one)),
        Some(Role::Address | Role::TokenUrl) => {
            one = quote!(::fieldproof_runtime::body::rule::Reachable(#one))
        }
        _ => {}
    }
    one = kind.refusing(one, &field.reserved);
    if excusable(field) {
        one = quote!(::fieldproof_runtime::body::rule::Excusable(#one));
    }
    if field.lenient {
        one = quote!(::fieldproof_runtime::body::rule::Lenient(#one));
    }
    if let Some(Delimited { by, into }) = &field.delimited {
        one = quote!(::fieldproof_runtime::body::rule::Delimited { by: #by, into: (#(#into),*), rule: #one });
    }
    if let Some(member) = &field.envelope {
        one = quote!(::fieldproof_runtime::body::rule::Enveloped(#member, #one));
    }
    if !field.list {
        return match field.blank {
            Blank::Text => one,
            Blank::Refused => quote!(::fieldproof_runtime::body::rule::NotBlank(#one)),
            Blank::Nothing => quote!(::fieldproof_runtime::body::rule::BlankNull(#one)),
        };
    }
    if field.blank != Blank::Text {
        one = quote!(::fieldproof_runtime::body::rule::NotBlank(#one));
    }
    let most = most(field);
    let mut list = quote!(::fieldproof_runtime::body::rule::List::new(#one, #most));
    if field.scalar_as_list {
        list = quote!(::fieldproof_runtime::body::rule::ScalarAsList(#list));
    }
    if field.unique_items {
        list = quote!(::fieldproof_runtime::body::rule::Distinct(#list));
    }
    match field.blank {
        Blank::Nothing => quote!(::fieldproof_runtime::body::rule::BlankEmpty(#list)),
        Blank::Text | Blank::Refused => list,
    }
}

/// Whether a text that breaks its rule is accepted if it equals its stand-in.
pub(crate) fn excusable(field: &Field) -> bool {
    kind(&field.ty).is_excused(field)
}

/// The function that returns the rule of a member for each value of a sibling.
#[derive(Debug, Serialize)]
pub(crate) struct Choice {
    pub(crate) name: Name,
    pub(crate) doc: String,
    /// The sibling.
    pub(crate) sibling: Name,
    /// The type of the sibling.
    pub(crate) by: Code,
    /// The type of the member.
    pub(crate) ty: Code,
    /// The rule for each value of the sibling.
    pub(crate) rules: Vec<(Code, Code)>,
}

/// The function that returns the rule of a member, if a sibling determines it.
fn choice(plan: &Plan<'_>, owner: &str, field: &Field) -> Option<Choice> {
    let at = At { plan, owner, field };
    let kind = kind(&field.ty);
    let choice = kind.choice()?;
    let by = choice.by;
    let sibling = plan.field(owner, by)?;
    let rules = choice.of.iter().map(|(text, one)| {
        let (value, rule) = (
            variant(plan, owner, sibling, text),
            one.rule(at, Body::Create),
        );
        let rule = match choice.mixed {
            true => quote!(::fieldproof_runtime::body::rule::Json(#rule)),
            false => rule,
        };
        (value.into(), rule.into())
    });
    Some(Choice {
        name: choice_ident(plan, owner, field).into(),
        doc: format!(
            "The rule that `{}` has to keep, which `{by}` selects.",
            field.name
        ),
        sibling: plan.member(owner, by).into(),
        by: plan.values_path(owner, by).into(),
        ty: kind.ty(at).into(),
        rules: rules.collect(),
    })
}

/// These functions for all members.
pub(super) fn choices(plan: &Plan<'_>, owner: &str, fields: &[Field]) -> Vec<Choice> {
    let fields = fields.iter();
    fields
        .filter_map(|field| choice(plan, owner, field))
        .collect()
}

/// The path of this function, which is next to the code that reads the member.
pub(super) fn choice_name(plan: &Plan<'_>, owner: &str, field: &Field) -> TokenStream {
    let (place, function) = (plan.place(owner), choice_ident(plan, owner, field));
    match plan.api.resource(owner) {
        Some(_) => quote!(#place::validate::#function),
        None => quote!(#place::#function),
    }
}

fn choice_ident(plan: &Plan<'_>, owner: &str, field: &Field) -> Ident {
    let member = plan.thing(owner).member(&field.name);
    format_ident!("rule_of_{member}")
}
