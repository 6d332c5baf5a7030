//! Names: what each item of a spec is called in Rust and in the store.

mod build;
mod names;
mod naming;
mod source;
mod word;

pub(crate) use names::{modules, variants};
pub(crate) use word::{Numbered, member, raw};

use std::collections::BTreeSet;

use fieldproof_spec::model::{Api, Field, Resource};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use self::names::{Names, Thing};

/// An API with its names.
pub(crate) struct Plan<'a> {
    pub(crate) api: &'a Api,
    names: Names,
    /// Columns of reference tables to which members refer by key, with their tables.
    keys: BTreeSet<(String, String)>,
}

impl<'a> Plan<'a> {
    pub(crate) fn resource(&self, name: &str) -> &'a Resource {
        self.api
            .resource(name)
            .expect("a checked spec names resources that exist")
    }

    /// A member of a resource or object.
    pub(crate) fn field(&self, owner: &str, name: &str) -> Option<&'a Field> {
        self.fields(owner).find(|field| field.name == name)
    }

    /// The fields of a resource or object.
    pub(crate) fn fields(&self, owner: &str) -> impl Iterator<Item = &'a Field> {
        let object = || self.api.object(owner).map(|one| &one.fields);
        let resource = self.api.resource(owner).map(|one| &one.fields);
        resource.or_else(object).into_iter().flatten()
    }

    /// The module of the API, as it appears in file paths.
    pub(crate) fn module(&self) -> &str {
        &self.names.api
    }

    /// The Rust names of a resource, object or table.
    pub(crate) fn thing(&self, name: &str) -> &Thing {
        self.names.thing(name)
    }

    /// The type of a resource, object or table, or a related type with a `prefix` such as
    /// `Create`.
    pub(crate) fn ty(&self, name: &str, prefix: &str) -> Ident {
        format_ident!("{prefix}{}", self.thing(name).ty)
    }

    /// A member of a resource, object or table.
    pub(crate) fn member(&self, owner: &str, name: &str) -> Ident {
        raw(self.thing(owner).member(name))
    }

    /// The constant that describes a member in bodies.
    pub(crate) fn constant(&self, owner: &str, name: &str) -> Ident {
        format_ident!("{}", self.thing(owner).member(name).to_ascii_uppercase())
    }

    /// Like [`Self::constant`], for updates with a rule of their own.
    pub(crate) fn changed(&self, owner: &str, name: &str) -> Ident {
        let mut changed = format!("{}_changed", self.thing(owner).member(name));
        while self.thing(owner).has(&changed) {
            changed.push('_');
        }
        format_ident!("{}", changed.to_ascii_uppercase())
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

    /// The type of a shared object's members in bodies.
    pub(crate) fn members(&self, object: &str) -> Ident {
        format_ident!("{}Members", self.ty(object, ""))
    }

    /// The path of a resource's table description.
    pub(crate) fn table(&self, resource: &str) -> TokenStream {
        let place = self.place(resource);
        quote!(#place::TABLE)
    }

    /// The constant with the rows of a reference table by one column.
    pub(crate) fn rows(&self, table: &str, column: &str) -> Ident {
        let column = self.thing(table).member(column);
        format_ident!("BY_{}", column.to_ascii_uppercase())
    }

    /// The path of that constant.
    pub(crate) fn rows_path(&self, table: &str, column: &str) -> TokenStream {
        let (place, name) = (self.place(table), self.rows(table, column));
        quote!(#place::#name)
    }

    /// The columns of a reference table to which members refer by key.
    pub(crate) fn keys(&self, table: &str) -> impl Iterator<Item = &str> {
        let of_table = self.keys.iter().filter(move |(of, _)| of == table);
        of_table.map(|(_, column)| column.as_str())
    }

    /// Name of the table of a resource or shared object in the store.
    pub(crate) fn table_name(&self, wire: &str) -> &str {
        self.names.stored(wire)
    }

    /// Name of the table of a resource that an earlier version of the spec called `wire`. It had
    /// this one unless others made the same of theirs.
    pub(crate) fn former_table_name(&self, wire: &str) -> String {
        format!("{}_{}", self.api.name, word::module(wire))
    }
}
