//! Emitters of Rust: one module per kind of file, which prints the resolved representation.

mod api;
mod body;
mod change;
mod dialect;
mod doc;
mod file;
mod handlers;
mod imports;
mod krate;
mod literal;
mod model;
mod object;
mod reference;
mod resource;
mod shared;
mod table;

pub(crate) use krate::emit_crate;

use crate::ir::Api;
use crate::write::Files;

/// Emits the modules of one API.
pub(crate) fn emit(api: &Api, files: &mut Files) {
    let folder = format!("src/{}", api.module);
    files.add(format!("{folder}/mod.rs"), api::emit(api));
    for one in &api.references {
        let module = format!("{folder}/{}", one.module);
        files.add(format!("{module}.rs"), reference::emit(api, one));
        files.add(format!("{module}.tsv"), one.rows.clone());
    }
    for one in &api.objects {
        let text = match &one.shared {
            Some(shared) => shared::emit(api, one, shared),
            None => object::emit(api, one),
        };
        files.add(format!("{folder}/{}.rs", one.module), text);
    }
    for one in &api.resources {
        let folder = format!("{folder}/{}", one.module);
        files.add(format!("{folder}/mod.rs"), resource::emit_module(api, one));
        files.add(format!("{folder}/model.rs"), model::emit(api, one));
        files.add(format!("{folder}/validate.rs"), body::emit(api, one));
        files.add(format!("{folder}/resource.rs"), resource::emit(api, one));
        files.add(format!("{folder}/table.rs"), table::emit(api, one));
        files.add(format!("{folder}/forms.tsv"), table::forms(&one.table));
        files.add(format!("{folder}/handlers.rs"), handlers::emit(api, one));
    }
}
