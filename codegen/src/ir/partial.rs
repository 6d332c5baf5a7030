//! Members of which an update may send a part.

use fieldproof_spec::model::{Field, Object, Resource};
use proc_macro2::TokenStream;
use quote::quote;

use super::nesting::merges;
use crate::kind::kind;
use crate::plan::Plan;

/// The paths of these members, and how each is merged.
pub(super) fn partial(plan: &Plan<'_>, resource: &Resource) -> Vec<TokenStream> {
    let written = resource.fields.iter().filter(|field| field.on_update());
    written
        .flat_map(|field| places(plan, field, &[], false))
        .collect()
}

/// Members at and below a field. `inside` a member that is merged as a whole, only those are
/// needed whose members have other names; they precede it.
fn places(plan: &Plan<'_>, field: &Field, above: &[String], inside: bool) -> Vec<TokenStream> {
    if field.list {
        return Vec::new();
    }
    let mut path = above.to_vec();
    path.push(field.name.clone());
    let place = |how: TokenStream| quote!(::fieldproof_runtime::resource::Partial::new(&[#(#path),*], ::fieldproof_runtime::resource::Merging::#how));
    let kind = kind(&field.ty);
    let Some(name) = kind.object() else {
        let own = kind.patched(plan).filter(|_| !inside);
        return own.map(place).into_iter().collect();
    };
    let Some(object) = plan.api.object(name) else {
        return Vec::new();
    };
    // A recursive object has members at every depth.
    if inside && plan.api.reaches(name, name) {
        return Vec::new();
    }
    let whole = inside || !merges(field);
    let also = names(object);
    let mut all = Vec::new();
    if whole && !also.is_empty() {
        all.push(place(quote!(Names(&[#(#also),*]))));
    }
    let fields = object.fields.iter();
    all.extend(fields.flat_map(|field| places(plan, field, &path, whole)));
    if whole && !inside {
        all.push(place(quote!(Patch)));
    }
    all
}

/// Other names of an object's members, each with the member's own name.
fn names(object: &Object) -> Vec<TokenStream> {
    let fields = object.fields.iter();
    let names = fields.flat_map(|field| {
        let own = &field.name;
        field.also.iter().map(move |other| quote!((#other, #own)))
    });
    names.collect()
}
