//! Kinds of identifiers.

use fieldproof_spec::model::IdKind;
use quote::format_ident;

/// The name of an identifier's kind in the runtime.
pub(super) fn id_kind(kind: IdKind) -> proc_macro2::Ident {
    format_ident!("{kind:?}")
}
