//! The crate around the modules.

use fieldproof_spec::model::Api;
use quote::{format_ident, quote};

use super::api::path;
use super::doc::plain;
use super::file::file;
use crate::plan::ident;
use crate::write::Files;

/// Emits `lib.rs` and `main.rs` of the package.
pub(crate) fn emit_crate(apis: &[Api], package: &str, files: &mut Files) {
    let names: Vec<&str> = apis.iter().map(|api| api.name.as_str()).collect();
    let names = names.join("`, `");
    let modules = apis.iter().map(|api| ident(&api.name));
    let all = apis.iter().map(|api| path(&api.name));
    let about = plain("Every API of this server.");
    let items = [quote! {
        #about
        pub static APIS: &[&Api] = &[#(#all),*];
    }];
    let imports = quote! {
        #(pub mod #modules;)*
        use fieldproof_runtime::api::Api;
    };
    let text = file(
        &names,
        "The server of the APIs in this folder's specs.",
        imports,
        &items,
    );
    let text = text.replacen("\nuse fieldproof_runtime", "\n\nuse fieldproof_runtime", 1);
    files.add("src/lib.rs".to_owned(), text);
    let krate = format_ident!("{}", package.replace('-', "_"));
    let items = [quote! {
        fn main() -> ExitCode {
            server::run(#krate::APIS)
        }
    }];
    let imports = quote! {
        use fieldproof_runtime::server;
        use std::process::ExitCode;
    };
    files.add(
        "src/main.rs".to_owned(),
        file(&names, "The server's command line.", imports, &items),
    );
}
