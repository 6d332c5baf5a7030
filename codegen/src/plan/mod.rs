//! What is decided before anything is emitted: names, types and columns.

mod column;
mod member;
mod names;
mod nesting;
mod word;

pub(crate) use column::{Column, ColumnKind, Order, columns, compared, own, sorted_by};
pub(crate) use member::{
    default, form_name, is_cheap, is_option, is_time, is_zoned, making, variant,
};
pub(crate) use names::{modules, variants};
pub(crate) use nesting::{is_boxed, is_merged, merges};
pub(crate) use word::{Numbered, raw};

use fieldproof_spec::model::{Api, Field, Resource, Row};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use self::names::{Names, Thing};

/// An API with what is decided about it.
pub(crate) struct Plan<'a> {
    pub(crate) api: &'a Api,
    names: Names,
}

impl<'a> Plan<'a> {
    /// The plan of an API that stands alone.
    pub(crate) fn new(api: &'a Api) -> Self {
        let module = modules(std::slice::from_ref(api)).remove(0);
        Self::within(api, module, &mut Numbered::default())
    }

    /// The plan of an API in a module of this name, beside others that have these tables
    /// in the store.
    pub(crate) fn within(api: &'a Api, module: String, tables: &mut Numbered) -> Self {
        let names = Names::new(api, module, tables);
        Self { api, names }
    }

    pub(crate) fn resource(&self, name: &str) -> &'a Resource {
        self.api
            .resource(name)
            .expect("a checked spec names resources that exist")
    }

    /// A member of a resource or object.
    pub(crate) fn field(&self, owner: &str, name: &str) -> Option<&'a Field> {
        let object = || self.api.object(owner).map(|one| &one.fields);
        let resource = self.api.resource(owner).map(|one| &one.fields);
        let mut fields = resource.or_else(object).into_iter().flatten();
        fields.find(|field| field.name == name)
    }

    /// The module of the API, as it stands in paths of files.
    pub(crate) fn module(&self) -> &str {
        &self.names.api
    }

    /// What a resource, object or table is called in Rust.
    pub(crate) fn thing(&self, name: &str) -> &Thing {
        self.names.thing(name)
    }

    /// The type of a resource, object or table; `prefix` names one beside it,
    /// such as `Create`.
    pub(crate) fn ty(&self, name: &str, prefix: &str) -> Ident {
        format_ident!("{prefix}{}", self.thing(name).ty)
    }

    /// A member of a resource, object or table.
    pub(crate) fn member(&self, owner: &str, name: &str) -> Ident {
        raw(self.thing(owner).member(name))
    }

    /// The type of a closed list of texts.
    pub(crate) fn values(&self, owner: &str, member: &str) -> Ident {
        raw(self.thing(owner).values(member))
    }

    /// The module of a resource, object or table, as a path.
    pub(crate) fn place(&self, name: &str) -> TokenStream {
        let (api, module) = (raw(self.module()), raw(&self.thing(name).module));
        quote!(crate::#api::#module)
    }

    /// The path of a type of a resource, object or table.
    pub(crate) fn path(&self, name: &str, prefix: &str) -> TokenStream {
        let (place, ty) = (self.place(name), self.ty(name, prefix));
        quote!(#place::#ty)
    }

    /// The path of the type of a closed list of texts.
    pub(crate) fn values_path(&self, owner: &str, member: &str) -> TokenStream {
        let (place, ty) = (self.place(owner), self.values(owner, member));
        quote!(#place::#ty)
    }

    /// Name of the table of a resource or shared object in the store.
    pub(crate) fn table_name(&self, wire: &str) -> &str {
        self.names.stored(wire)
    }

    /// Where a row comes from, for readers of the emitted code.
    pub(crate) fn source(&self, row: &Row) -> Option<String> {
        let mut parts = Vec::new();
        for name in self.api.documents.keys() {
            let cited = row.at.iter().filter(|cited| cited.document == *name);
            let lines: Vec<String> = cited
                .map(|cited| match cited.first == cited.last {
                    true => cited.first.to_string(),
                    false => format!("{}-{}", cited.first, cited.last),
                })
                .collect();
            if !lines.is_empty() {
                let one = lines.len() == 1 && !lines[0].contains('-');
                let word = if one { "line" } else { "lines" };
                parts.push(format!("document `{name}`, {word} {}", lines.join(", ")));
            }
        }
        if !row.rulings.is_empty() {
            let word = if row.rulings.len() == 1 {
                "ruling"
            } else {
                "rulings"
            };
            parts.push(format!("{word} {}", row.rulings.join(", ")));
        }
        (!parts.is_empty()).then(|| format!("Source: {}.", parts.join("; ")))
    }
}
