//! Rust: one module per kind of file.

mod api;
mod change;
mod doc;
mod file;
mod handlers;
mod imports;
mod krate;
mod literal;
mod member;
mod model;
mod object;
mod reference;
mod resource;
mod rule;
mod shared;
mod table;
mod ty;
mod validate;

pub(crate) use api::owned;
pub(crate) use handlers::{Served, served};
pub(crate) use krate::emit_crate;
pub(crate) use rule::MOST;

use crate::plan::Plan;
use crate::write::Files;

/// Emits the modules of one API.
pub(crate) fn emit(plan: &Plan<'_>, files: &mut Files) {
    let folder = format!("src/{}", plan.module());
    let module = |name: &str| &plan.thing(name).module;
    files.add(format!("{folder}/mod.rs"), api::emit(plan));
    // Rows that belong to the deployment are part of the API's description.
    for table in plan.api.tables.iter().filter(|table| table.path.is_none()) {
        let name = module(&table.name);
        files.add(format!("{folder}/{name}.rs"), reference::emit(plan, table));
        files.add(format!("{folder}/{name}.tsv"), reference::rows(table));
    }
    for object in &plan.api.objects {
        files.add(
            format!("{folder}/{}.rs", module(&object.name)),
            match &object.shared {
                Some(shared) => shared::emit(plan, object, shared),
                None => object::emit(plan, object),
            },
        );
    }
    for one in &plan.api.resources {
        let folder = format!("{folder}/{}", module(&one.name));
        files.add(format!("{folder}/mod.rs"), resource::emit_module(plan, one));
        files.add(format!("{folder}/model.rs"), model::emit(plan, one));
        files.add(format!("{folder}/validate.rs"), validate::emit(plan, one));
        files.add(format!("{folder}/resource.rs"), resource::emit(plan, one));
        files.add(format!("{folder}/table.rs"), table::emit(plan, one));
        files.add(format!("{folder}/handlers.rs"), handlers::emit(plan, one));
    }
}
