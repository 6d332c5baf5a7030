//! Generates the files of a server from checked specs.
//!
//! `plan` names everything; [`ir`] resolves what is emitted, once, as data; each module of
//! `rust` prints one kind of file from it, `document` emits the documents; [`Files`] writes
//! them.

mod document;
mod filter;
mod ir;
mod kind;
mod number;
mod paging;
mod plan;
mod rust;
mod scaffold;
mod shape;
mod write;

pub use scaffold::scaffold;
pub use write::{Difference, Files, Kind, Written, is_emitted};

use fieldproof_spec::model::Api;
use serde_json::Value;

use self::plan::{Numbered, Plan};

/// Generates the files of a server for `apis`, by path below the server's folder.
#[must_use]
pub fn emit(apis: &[Api], package: &str) -> Files {
    let (mut files, mut tables) = (Files::default(), Numbered::default());
    for (api, module) in apis.iter().zip(plan::modules(apis)) {
        let plan = Plan::within(api, module, &mut tables);
        rust::emit(&ir::Api::of(&plan), &mut files);
        document::emit(&plan, &mut files);
    }
    rust::emit_crate(apis, package, &mut files);
    files
}

/// The OpenAPI 3.1 document of an API, for an empty base path.
#[must_use]
pub fn openapi(api: &Api) -> Value {
    document::openapi(&Plan::new(api))
}
