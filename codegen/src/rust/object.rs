//! Nested objects without an identifier.

use fieldproof_spec::model::{Field, Object};
use quote::quote;

use super::doc::doc;
use super::file::file;
use super::model::{imports, values};
use super::ty;
use super::validate::body;
use crate::plan::{Plan, ident, type_name};

/// The text of an object's file.
pub(super) fn emit(plan: &Plan<'_>, object: &Object) -> String {
    let name = type_name(&object.name);
    let fields = object.fields.iter().map(|field| {
        let text = field
            .about
            .clone()
            .unwrap_or_else(|| format!("The member `{}`.", field.name));
        let doc = doc(plan, &text, Some(&field.row));
        let (wire, ident, ty) = (
            &field.name,
            ident(&field.name),
            ty::shown(plan, &object.name, field),
        );
        quote!(#doc #[serde(rename = #wire)] pub #ident: #ty)
    });
    let text = object
        .about
        .clone()
        .unwrap_or_else(|| format!("The object `{}`.", object.name));
    let about = doc(plan, &text, Some(&object.row));
    let mut items = vec![
        quote! {
            #about
            #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
            pub struct #name { #(#fields,)* }
        },
        body(plan, &object.name, &name, &object.fields, takes_all, false),
    ];
    items.extend(
        object
            .fields
            .iter()
            .filter_map(|field| values(plan, &object.name, field)),
    );
    let imports = imports(&items);
    let imports = quote! {
        use fieldproof_runtime::body::{Body, Members};
        #imports
    };
    file(
        &plan.api.name,
        &format!("The nested object `{name}`."),
        imports,
        &items,
    )
}

/// Every member of a nested object is the client's.
fn takes_all(_: &Field) -> bool {
    true
}
