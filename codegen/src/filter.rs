//! Filters as the runtime and the documents have them; what is known of operations is in the
//! spec language.

use fieldproof_spec::model::{Asks, Filter, Op};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::number::number;

/// The operation of a filter, as a value of the runtime.
pub(crate) fn emitted(filter: &Filter) -> TokenStream {
    // The runtime calls its operations as the spec language does; case is a matter of how the
    // value is read.
    let op = match filter.op.asks() == Asks::Folded {
        true => Op::Equals,
        false => filter.op,
    };
    let name = format_ident!("{}", format!("{op:?}"));
    let most = number(filter.most().into());
    match filter.op.facts().counted {
        Some(_) => quote!(::fieldproof_runtime::table::Op::#name(#most)),
        None => quote!(::fieldproof_runtime::table::Op::#name),
    }
}

/// A description of what a filter selects, for readers of documents.
pub(crate) fn about(filter: &Filter) -> String {
    let known = filter.op.facts();
    let selects = filter.about.clone().unwrap_or_else(|| {
        let fields = [&filter.field].into_iter().chain(&filter.or);
        let fields: Vec<String> = fields.map(|field| format!("`{field}`")).collect();
        known.selects.join(&fields.join(" or "))
    });
    match known.counted {
        Some(what) => format!("{selects} At most {} {what}.", filter.most()),
        None => selects,
    }
}
