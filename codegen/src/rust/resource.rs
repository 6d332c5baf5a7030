//! What a model tells the runtime about itself.

use fieldproof_spec::model::{Derive, Exclusive, Field, RequestSource, Resource, Source, Type};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::doc::plain;
use super::file::file;
use super::model::imports;
use super::rule::{choice_name, excusable, keys, merges, rule as plain_rule};
use super::shared;
use super::ty;
use crate::plan::{
    Plan, columns, default, form_name, ident, is_cheap, is_option, is_time, type_name,
};

/// The text of a resource's `mod.rs`.
pub(super) fn emit_module(plan: &Plan<'_>, resource: &Resource) -> String {
    let name = type_name(&resource.name);
    let text = resource
        .about
        .clone()
        .unwrap_or_else(|| format!("The resource `{name}`."));
    let handlers = plain("One handler per operation.");
    let modules = quote! {
        #handlers
        pub mod handlers;
        mod model;
        mod resource;
        mod table;
        mod validate;
        pub use model::*;
        pub use table::TABLE;
    };
    let text = file(&plan.api.name, &text, modules, &[]);
    // Modules and what they give away are two groups.
    text.replacen("\npub use model::*;", "\n\npub use model::*;", 1)
}

/// The text of `resource.rs`.
pub(super) fn emit(plan: &Plan<'_>, resource: &Resource) -> String {
    let name = type_name(&resource.name);
    let mut items = vec![resource_impl(plan, resource), change_impl(resource)];
    for child in plan.api.children(&resource.name) {
        let Some(field) = child
            .parent
            .as_ref()
            .and_then(|parent| parent.embed.as_ref())
        else {
            continue;
        };
        let (child, field) = (ty::child(plan, &child.name, ""), ident(field));
        items.push(quote! {
            impl Embeds<#child> for #name {
                fn embedded(&mut self) -> &mut Vec<#child> {
                    &mut self.#field
                }
            }
        });
    }
    let embeds = (items.len() > 2).then(|| quote!(Embeds,));
    let linked = shared::links(plan, resource);
    let links = (!linked.is_empty()).then(|| quote!(Links,));
    items.extend(linked);
    let appended = shared::appends(plan, resource);
    let appends = appended.as_ref().map(|_| quote!(Appends,));
    let append = appended.as_ref().map(|_| {
        let append = format_ident!("Append{name}");
        quote!(#append,)
    });
    items.extend(appended);
    let link = (links.is_some() || appends.is_some()).then(|| quote!(Link,));
    let (create, update) = (format_ident!("Create{name}"), format_ident!("Update{name}"));
    let own = resource.fields.iter().filter(|field| needs_values(field));
    let own: Vec<Ident> = own
        .map(|field| crate::plan::values_name(&resource.name, &field.name))
        .collect();
    let choices = resource
        .fields
        .iter()
        .filter(|field| matches!(field.ty, Type::Choice { .. }));
    let choices: Vec<Ident> = choices.map(choice_name).collect();
    let choices = (!choices.is_empty()).then(|| quote!(use super::validate::{#(#choices),*};));
    let used = imports(&items).to_string();
    let value = used.contains("value").then(|| {
        quote!(
            use fieldproof_runtime::value;
        )
    });
    let rules = used.contains("rule").then(|| {
        quote!(
            use fieldproof_runtime::body::rule;
        )
    });
    let extra = quote!(#rules #value);
    let imports = quote! {
        #choices
        use super::{#append #create, #name, TABLE, #update, #(#own,)*};
        use fieldproof_runtime::body::Reading;
        use fieldproof_runtime::problem::Problem;
        use fieldproof_runtime::resource::{#appends Change, #embeds #links Resource};
        use fieldproof_runtime::service::{Birth, #link};
        use fieldproof_runtime::store::{Cell, ToCell};
        use fieldproof_runtime::table::Table;
        use fieldproof_runtime::value::Instant;
        #extra
    };
    let about = format!("What `{name}` tells the runtime about itself.");
    let text = file(&plan.api.name, &about, imports, &items);
    match columns(resource).is_empty() {
        true => text.replace("store::{Cell, ToCell}", "store::Cell"),
        false => text,
    }
}

/// Whether a default of the field names one of its values.
fn needs_values(field: &Field) -> bool {
    let read_only = !field.on_create() && !is_option(field);
    let named = field
        .default
        .as_ref()
        .is_some_and(|value| !Field::is_nothing(value));
    matches!(field.ty, Type::Values(_)) && (named && field.on_update() || read_only && !field.list)
}

fn resource_impl(plan: &Plan<'_>, resource: &Resource) -> TokenStream {
    let name = type_name(&resource.name);
    let (create, update) = (format_ident!("Create{name}"), format_ident!("Update{name}"));
    let fallbacks: Vec<TokenStream> = resource
        .fields
        .iter()
        .filter_map(|field| fallback(plan, resource, field))
        .collect();
    let shown = resource
        .fields
        .iter()
        .map(|field| initial(plan, resource, field));
    let merges: Vec<TokenStream> = resource
        .fields
        .iter()
        .filter(|field| field.on_update() && !matches!(field.ty, Type::Shared(_)))
        .map(merge)
        .collect();
    let link = shared::link(plan, resource);
    let create_name = unused("create", resource.fields.iter().any(Field::on_create));
    let update_name = unused("update", !merges.is_empty());
    let mut settled: Vec<TokenStream> = resource
        .fields
        .iter()
        .filter_map(|field| settle(plan, resource, field))
        .collect();
    settled.extend(
        resource
            .fields
            .iter()
            .flat_map(|field| stand_ins(plan, resource, field)),
    );
    settled.extend(resource.exclusive.iter().map(|one| exclude(resource, one)));
    let stands_in = |field: &Field| !stand_ins(plan, resource, field).is_empty();
    let judges = !resource.exclusive.is_empty()
        || resource.fields.iter().any(stands_in)
        || resource
            .fields
            .iter()
            .any(|field| matches!(field.ty, Type::Choice { .. }));
    let (pointer, reading) = (unused("pointer", judges), unused("reading", judges));
    let touched = resource
        .times
        .as_ref()
        .and_then(|times| resource.field(&times.updated))
        .and_then(|field| {
            let Type::DateTime(form) = field.ty else {
                return None;
            };
            let (ident, form) = (ident(&field.name), form_name(form));
            Some(quote!(self.#ident = value::#form(now);))
        });
    let now = unused("now", touched.is_some());
    let cells = columns(resource).into_iter().map(|column| {
        let ident = ident(&column.field.name);
        match column.parts.as_slice() {
            [] => quote!(self.#ident.to_cell()),
            parts => {
                let joined = joined(resource, parts);
                quote!(#joined.to_cell())
            }
        }
    });
    let cells: Vec<TokenStream> = cells.collect();
    let cells = match cells.is_empty() {
        true => quote!(Vec::new()),
        false => quote!(vec![#(#cells),*]),
    };
    quote! {
        impl Resource for #name {
            type Create = #create;
            type Update = #update;

            fn table() -> &'static Table {
                &TABLE
            }

            fn new(#create_name: #create, birth: &mut Birth<'_, '_>) -> Result<Self, Problem> {
                #(#fallbacks)*
                Ok(Self { #(#shown,)* })
            }

            #link

            fn merge(&mut self, #update_name: #update) {
                #(#merges)*
            }

            fn settle(&mut self, #pointer: &str, #reading: &mut Reading) {
                #(#settled)*
            }

            fn touch(&mut self, #now: Instant) {
                #touched
            }

            fn cells(&self) -> Vec<Cell> {
                #cells
            }
        }
    }
}

fn unused(name: &str, used: bool) -> Ident {
    match used {
        true => format_ident!("{name}"),
        false => format_ident!("_{name}"),
    }
}

/// The value of a member that may come from elsewhere when it was not sent.
fn fallback(plan: &Plan<'_>, resource: &Resource, field: &Field) -> Option<TokenStream> {
    if field.fallback.is_empty() {
        return None;
    }
    let own = ident(&field.name);
    if matches!(field.ty, Type::ZonedTime { .. }) {
        return Some(zoned(plan, field));
    }
    let sources = field.fallback.iter().map(|source| match source {
        Source::Request { request } => match request {
            RequestSource::User => quote!(.or_else(|| birth.user())),
            RequestSource::Host => quote!(.or_else(|| birth.host())),
        },
        Source::Setting { setting } => {
            let rule = plain_rule(plan, &resource.name, field);
            quote!(.or_else(|| birth.setting(#setting, &#rule)))
        }
        Source::Field { field: name } if name.contains('.') => {
            let place = name.split('.').map(ident);
            quote!(.or_else(|| create.#(#place).*.clone()))
        }
        Source::Field { field: name } if *name == resource.id => {
            quote!(.or_else(|| Some(birth.id())))
        }
        Source::Field { field: name } => {
            let other = ident(name);
            match resource.field(name) {
                Some(one) if !one.fallback.is_empty() => quote!(.or_else(|| Some(#other.clone()))),
                Some(one) if is_option(one) => quote!(.or_else(|| create.#other.clone())),
                _ => quote!(.or_else(|| Some(create.#other.clone()))),
            }
        }
    });
    let mut sources: Vec<TokenStream> = sources.collect();
    let last = match field.fallback.last() {
        // The last one always has a value, and stands for the default.
        Some(Source::Field { field: name }) if !is_option(field) && !name.contains('.') => {
            sources.pop();
            let other = ident(name);
            let nested = resource
                .field(name)
                .is_some_and(|one| !one.fallback.is_empty());
            match (*name == resource.id, nested) {
                (true, _) => Some(quote!(birth.id())),
                (_, true) => Some(quote!(#other.clone())),
                (_, false) => Some(quote!(create.#other.clone())),
            }
        }
        _ => None,
    };
    let value = quote!(create.#own #(#sources)*);
    if let Some(last) = last {
        return Some(quote!(let #own = #value.unwrap_or_else(|| #last);));
    }
    let initial = field.initial();
    let value = match (is_option(field), initial.is_null()) {
        (true, true) => value,
        (true, false) => {
            let default = default(&resource.name, field, &initial);
            quote!(#value.or_else(|| Some(#default)))
        }
        (false, false) if initial != "" => {
            let default = default(&resource.name, field, &initial);
            quote!(#value.unwrap_or(#default))
        }
        (false, _) => quote!(#value.unwrap_or_default()),
    };
    Some(quote!(let #own = #value;))
}

/// The moment of the create in the first time zone that there is.
fn zoned(plan: &Plan<'_>, field: &Field) -> TokenStream {
    let own = ident(&field.name);
    let mut zone: Option<TokenStream> = None;
    for source in &field.fallback {
        let next = match source {
            Source::Field { field: name } => {
                let place = name.split('.').map(ident);
                quote!(create.#(#place).*.clone())
            }
            Source::Setting { setting } => quote!(birth.setting(#setting, &rule::TimeZone)),
            Source::Request { .. } => continue,
        };
        zone = Some(match zone {
            Some(zone) => quote!(#zone.or_else(|| #next)),
            None => next,
        });
    }
    let Type::ZonedTime {
        object,
        time,
        zone: name,
    } = &field.ty
    else {
        return quote!();
    };
    let (path, time, name) = (ty::path(plan, object), ident(time), ident(name));
    let zone = match zone {
        Some(zone) => quote!(#zone.unwrap_or_else(|| "UTC".to_owned())),
        None => quote!("UTC".to_owned()),
    };
    quote! {
        let zone = #zone;
        let #own = #path {
            #time: value::Local::in_zone(birth.created(), &zone),
            #name: zone,
        };
    }
}

fn initial(plan: &Plan<'_>, resource: &Resource, field: &Field) -> TokenStream {
    let ident = ident(&field.name);
    let value = match &field.ty {
        Type::Id if field.name == resource.id => quote!(birth.id()),
        Type::DateTime(form) if is_time(resource, field) => {
            let form = form_name(*form);
            let created = resource
                .times
                .as_ref()
                .is_some_and(|times| times.created == field.name);
            let moment = if created {
                quote!(birth.created())
            } else {
                quote!(birth.updated())
            };
            quote!(value::#form(#moment))
        }
        Type::Token => {
            let name = &field.name;
            quote!(birth.token(#name)?)
        }
        _ if !field.fallback.is_empty() => return quote!(#ident),
        Type::Shared(name) if field.on_create() => {
            let path = ty::path(plan, name);
            quote!(birth.link::<Self, #path>(create.#ident)?)
        }
        Type::Child(_) if field.on_create() => quote!(birth.children(create.#ident)?),
        _ if field.on_create() => quote!(create.#ident),
        _ if field.derive.is_some() => match is_option(field) {
            true => quote!(None),
            false => quote!(String::new()),
        },
        _ if is_option(field) && field.initial().is_null() => quote!(None),
        _ => {
            let default = default(&resource.name, field, &field.initial());
            if is_option(field) {
                quote!(Some(#default))
            } else {
                default
            }
        }
    };
    quote!(#ident: #value)
}

fn merge(field: &Field) -> TokenStream {
    let ident = ident(&field.name);
    if merges(field) {
        return quote! {
            if let Some(#ident) = update.#ident {
                #ident.merge(&mut self.#ident);
            }
        };
    }
    match is_option(field) {
        true => quote!(update.#ident.merge(&mut self.#ident);),
        false => quote! {
            if let Some(#ident) = update.#ident {
                self.#ident = #ident;
            }
        },
    }
}

fn settle(plan: &Plan<'_>, resource: &Resource, field: &Field) -> Option<TokenStream> {
    let name = ident(&field.name);
    match (&field.ty, &field.derive) {
        (Type::Choice { by, .. }, _) => {
            let place = format!("{{pointer}}/{}", field.name);
            let function = choice_name(field);
            let by_field = resource.field(by)?;
            let by = ident(by);
            let rule = match is_option(by_field) {
                true => quote!(self.#by.map(#function)),
                false => quote!(Some(#function(self.#by))),
            };
            Some(match (is_option(field), is_option(by_field)) {
                (false, false) => {
                    quote!(reading.settle(&format!(#place), &mut self.#name, #function(self.#by));)
                }
                (true, _) => quote! {
                    if let (Some(text), Some(rule)) = (&mut self.#name, #rule) {
                        reading.settle(&format!(#place), text, rule);
                    }
                },
                (false, true) => quote! {
                    if let Some(rule) = #rule {
                        reading.settle(&format!(#place), &mut self.#name, rule);
                    }
                },
            })
        }
        (_, Some(Derive::Join(parts))) => {
            let joined = joined(resource, parts);
            Some(match is_option(field) {
                true => quote!(self.#name = Some(#joined);),
                false => quote!(self.#name = #joined;),
            })
        }
        (_, Some(Derive::Lookup { key, table, column })) => {
            let keys = keys(plan, table, column);
            let key = text(resource, key);
            Some(quote!(self.#name = #keys.find(#key);))
        }
        _ => None,
    }
}

/// Members of an object that another member of the resource stands in for.
fn stand_ins(plan: &Plan<'_>, resource: &Resource, field: &Field) -> Vec<TokenStream> {
    let Type::Object(name) = &field.ty else {
        return Vec::new();
    };
    let object = plan.api.object(name).filter(|_| merges(field));
    let own = ident(&field.name);
    let members = object.into_iter().flat_map(|object| &object.fields);
    members
        .filter_map(|member| {
            let from = member.fallback.iter().find_map(|source| match source {
                Source::Field { field } => Some(field),
                _ => None,
            })?;
            let (inner, from) = (ident(&member.name), text(resource, from));
            let place = format!("{{pointer}}/{}/{}", field.name, member.name);
            let excuse = excusable(member).then(
                || quote!(reading.excuse(&format!(#place), self.#own.#inner.as_deref(), stand_in);),
            );
            Some(quote! {
                let stand_in = #from;
                if self.#own.#inner.is_none() {
                    self.#own.#inner = stand_in.map(str::to_owned);
                }
                #excuse
            })
        })
        .collect()
}

/// Judges members of which at most one may have a value.
fn exclude(resource: &Resource, exclusive: &Exclusive) -> TokenStream {
    let headers = exclusive
        .fields
        .iter()
        .filter_map(|name| name.split_once('.'));
    let headers = headers.map(|(field, header)| {
        let (own, map) = (ident(header), ident(field));
        quote!(let #own = rule::header_in(&self.#map, #field, #header);)
    });
    let members = exclusive.fields.iter().map(|name| {
        if let Some((_, header)) = name.split_once('.') {
            let own = ident(header);
            return quote!((#own.0.as_str(), #own.1));
        }
        let ident = ident(name);
        match resource.field(name).is_some_and(|field| field.list) {
            true => quote!((#name, !self.#ident.is_empty())),
            false => quote!((#name, self.#ident.is_some())),
        }
    });
    quote! {
        #(#headers)*
        reading.exclude(pointer, &[#(#members),*]);
    }
}

fn joined(resource: &Resource, parts: &[String]) -> TokenStream {
    let parts = parts.iter().map(|part| text(resource, part));
    quote!(value::join(&[#(#parts),*]))
}

/// The text of another member, as `Option<&str>`.
fn text(resource: &Resource, name: &str) -> TokenStream {
    let ident = ident(name);
    match resource.field(name).is_some_and(is_option) {
        true => quote!(self.#ident.as_deref()),
        false => quote!(Some(self.#ident.as_str())),
    }
}

fn change_impl(resource: &Resource) -> TokenStream {
    let update = format_ident!("Update{}", type_name(&resource.name));
    let fields = resource
        .fields
        .iter()
        .filter(|field| field.on_update())
        .map(|field| {
            let (ident, initial) = (ident(&field.name), field.initial());
            if merges(field) {
                return quote!(#ident: Some(self.#ident.unwrap_or_default().replace()));
            }
            let default = default(&resource.name, field, &initial);
            match (field.required, is_option(field)) {
                (true, _) => quote!(#ident: self.#ident),
                (false, true) if initial.is_null() => quote!(#ident: self.#ident.or(None)),
                (false, true) => quote!(#ident: self.#ident.or(Some(#default))),
                (false, false) if is_cheap(field) => quote!(#ident: self.#ident.or(Some(#default))),
                (false, false) => quote!(#ident: self.#ident.or_else(|| Some(#default))),
            }
        });
    quote! {
        impl Change for #update {
            fn replace(self) -> Self {
                Self { #(#fields,)* }
            }
        }
    }
}
