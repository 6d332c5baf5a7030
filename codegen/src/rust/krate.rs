//! The crate around the modules.

use fieldproof_spec::model::Api;
use quote::{format_ident, quote};

use super::doc::plain;
use super::file::{Text, file};
use super::imports::Place;
use crate::plan::{modules, raw};
use crate::write::Files;

/// Emits `lib.rs` and `main.rs` of the package.
pub(crate) fn emit_crate(apis: &[Api], package: &str, files: &mut Files) {
    let names: Vec<&str> = apis.iter().map(|api| api.name.as_str()).collect();
    let modules: Vec<_> = modules(apis).iter().map(|name| raw(name)).collect();
    let about = plain("Every API of this server.");
    let about_server = format!("The server of `{}`.", names.join("`, `"));
    let lib = Text {
        of: &names,
        about: &about_server,
        head: &[quote!(#(pub mod #modules;)*)],
        items: &[quote! {
            #about
            pub static APIS: &[&::fieldproof_runtime::api::Api] = &[#(&crate::#modules::API),*];
        }],
    };
    files.add(
        "src/lib.rs".to_owned(),
        file(&Place::module(&["crate"]), &lib),
    );
    let krate = format_ident!("{}", package.replace('-', "_"));
    let main = Text {
        of: &[],
        about: "The server program. This file is written once; it is yours, and own logic is added here.",
        head: &[],
        items: &[quote! {
            fn main() -> ::std::process::ExitCode {
                ::fieldproof_runtime::server::Server::new(::#krate::APIS).run()
            }
        }],
    };
    files.add(
        "src/main.rs".to_owned(),
        file(&Place::module(&["crate"]), &main),
    );
}
