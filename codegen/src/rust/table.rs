//! Table definitions: what the runtime knows of a resource.

use fieldproof_spec::model::{
    Envelope, EnvelopeWhen, Field, Filter, IdKind, Invite, List, Login, Mode, On, Op, Order as Way,
    PageStyle, Resource, Scope, Sort, Type,
};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::doc::doc;
use super::file::file;
use super::rule;
use super::ty;
use crate::plan::{
    Column, ColumnKind, Order, Plan, columns, compared, form_name, own, sorted_by, type_name,
};

/// The text of `table.rs`.
pub(super) fn emit(plan: &Plan<'_>, resource: &Resource) -> String {
    let columns = columns(resource);
    let doc = doc(
        plan,
        &format!("How `{}` is stored and served.", resource.name),
        Some(&resource.row),
    );
    let table = table(plan, resource, &columns);
    let text = table.to_string();
    let used = [
        "Apart",
        "Column",
        "ColumnKind",
        "Child",
        "Distinct",
        "Envelope",
        "Filter",
        "FilterValue",
        "Keeper",
        "Kept",
        "List",
        "Invite",
        "Login",
        "Op",
        "OrderBy",
        "Page",
        "Parent",
        "Shown",
        "Sort",
        "Table",
        "Unique",
    ];
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    let used = used
        .iter()
        .filter(|name| words.contains(name))
        .map(|name| format_ident!("{name}"));
    let refresh = text.contains("refresh ::").then(|| {
        quote!(
            use fieldproof_runtime::service::refresh;
        )
    });
    let form = text.contains("Form ::").then(|| quote!(Form,));
    let imports = quote! {
        #refresh
        use fieldproof_runtime::table::{#(#used),*};
        use fieldproof_runtime::value::{#form IdKind};
    };
    let items = [quote! {
        #doc
        pub static TABLE: Table = #table;
    }];
    file(
        &plan.api.name,
        &format!("The table of `{}`.", resource.name),
        imports,
        &items,
    )
}

fn table(plan: &Plan<'_>, resource: &Resource, all: &[Column<'_>]) -> TokenStream {
    let name = plan.table_name(resource);
    let (wire, path, id) = (&resource.name, &resource.path, &resource.id);
    let kind = id_kind(resource.id_kind);
    let kept = resource
        .fields
        .iter()
        .filter_map(|field| kept(resource, field));
    let fields = resource.fields.iter();
    let apart = fields.flat_map(|field| apart(plan, field, &[]));
    let scope = resource
        .fields
        .iter()
        .find_map(|field| field.scope.as_ref());
    let scope = scope.map_or_else(|| quote!(None), |scope| quote!(Some(#scope)));
    let login = resource.login.as_ref().map_or_else(|| quote!(None), login);
    let invite = resource
        .invite
        .as_ref()
        .map_or_else(|| quote!(None), invite);
    let bound = resource.bound.iter().flat_map(|bound| &bound.fields);
    let required = resource
        .fields
        .iter()
        .filter(|field| field.required && field.on_update())
        .map(|field| &field.name);
    let columns = all.iter().map(|column| {
        let (name, kind) = (&column.name, column_kind(column.kind));
        quote!(Column { name: #name, kind: ColumnKind::#kind })
    });
    let single = resource
        .fields
        .iter()
        .filter_map(|field| Some((vec![field.name.clone()], field.unique?)));
    let combined = resource
        .unique
        .iter()
        .map(|unique| (unique.fields.clone(), unique.within));
    let unique = single.chain(combined).map(|(members, scope)| {
        let at = members
            .iter()
            .map(|member| Literal::usize_unsuffixed(own(all, member)));
        let in_parent = scope == Scope::Parent;
        quote!(Unique { columns: &[#(#at),*], members: &[#(#members),*], in_parent: #in_parent })
    });
    let also = resource
        .get
        .iter()
        .flat_map(|get| &get.also)
        .map(|(name, op)| {
            let (at, folded) = (
                Literal::usize_unsuffixed(own(all, name)),
                *op == Op::EqualsFolded,
            );
            quote!((#at, #folded))
        });
    let distinct = distinct(resource, all);
    let parent = match &resource.parent {
        None => quote!(None),
        Some(parent) => {
            let table = rule::table(plan, &parent.resource);
            let refresh = parent.embed.as_ref().map(|_| {
                let (parent, child) = (
                    ty::child(plan, &parent.resource, ""),
                    ty::child(plan, &resource.name, ""),
                );
                quote!(Some(refresh::<#parent, #child>))
            });
            let refresh = refresh.unwrap_or_else(|| quote!(None));
            let embedding = parent
                .embed
                .as_ref()
                .and_then(|field| plan.resource(&parent.resource).field(field));
            let most = embedding
                .and_then(|field| field.max_items)
                .map(Literal::u32_unsuffixed);
            let most = most.map_or_else(|| quote!(None), |most| quote!(Some(#most)));
            let touch = parent.touch;
            quote!(Some(Parent { table: &#table, refresh: #refresh, touch: #touch, most: #most }))
        }
    };
    let children = plan.api.children(&resource.name).map(|child| {
        let table = rule::table(plan, &child.name);
        let cascade = resource
            .delete
            .as_ref()
            .is_some_and(|delete| delete.cascade.contains(&child.name));
        quote!(Child { table: &#table, cascade: #cascade })
    });
    let list = list(resource, all, resource.list.as_ref());
    let created =
        Literal::u16_unsuffixed(resource.create.as_ref().map_or(201, |create| create.status));
    let deleted =
        Literal::u16_unsuffixed(resource.delete.as_ref().map_or(204, |delete| delete.status));
    quote! {
        Table {
            name: #name,
            resource: #wire,
            path: #path,
            id: #id,
            id_kind: IdKind::#kind,
            kept: &[#(#kept),*],
            apart: &[#(#apart),*],
            scope: #scope,
            login: #login,
            invite: #invite,
            bound: &[#(#bound),*],
            required: &[#(#required),*],
            columns: &[#(#columns),*],
            also: &[#(#also),*],
            distinct: &[#(#distinct),*],
            unique: &[#(#unique),*],
            parent: #parent,
            children: &[#(#children),*],
            list: #list,
            create_status: #created,
            delete_status: #deleted,
        }
    }
}

/// Members of a field that are stored apart from what everybody sees.
fn apart(plan: &Plan<'_>, field: &Field, above: &[&str]) -> Vec<TokenStream> {
    let shown = match (&field.ty, field.is_shown(), &field.scope) {
        (Type::Secret { .. }, ..) => quote!(Presence),
        (_, false, _) => quote!(Never),
        (_, true, Some(_)) => quote!(Scope),
        (Type::Object(name), ..) if !field.list => {
            let object = plan
                .api
                .object(name)
                .into_iter()
                .flat_map(|one| &one.fields);
            let path = [above, &[&field.name]].concat();
            return object.flat_map(|one| apart(plan, one, &path)).collect();
        }
        _ => return Vec::new(),
    };
    let path = above.iter().copied().chain([field.name.as_str()]);
    vec![quote!(Apart { path: &[#(#path),*], shown: Shown::#shown })]
}

fn login(login: &Login) -> TokenStream {
    let (token, user) = (&login.token, &login.user);
    let needs = login
        .needs
        .iter()
        .map(|(name, value)| quote!((#name, #value)));
    quote!(Some(Login { token: #token, user: #user, needs: &[#(#needs),*] }))
}

fn invite(invite: &Invite) -> TokenStream {
    let (when, to, sets) = (&invite.when, &invite.to, &invite.sets);
    quote!(Some(Invite { when: #when, to: #to, sets: #sets }))
}

/// Each member whose value no other object has in another of them.
fn distinct(resource: &Resource, all: &[Column<'_>]) -> Vec<TokenStream> {
    let fields = resource
        .distinct
        .as_ref()
        .map_or(&[][..], |one| &one.fields);
    let unique: Vec<&Field> = resource
        .fields
        .iter()
        .filter(|one| one.unique.is_some())
        .collect();
    let written = fields.iter().filter(|name| **name != resource.id);
    written
        .map(|name| {
            let column = Literal::usize_unsuffixed(own(all, name));
            let id = fields.contains(&resource.id);
            let others = unique
                .iter()
                .enumerate()
                .filter(|(_, one)| one.name != *name && fields.contains(&one.name));
            let others = others.map(|(at, _)| Literal::usize_unsuffixed(at));
            quote!(Distinct { member: #name, column: #column, id: #id, unique: &[#(#others),*] })
        })
        .collect()
}

fn kept(resource: &Resource, field: &Field) -> Option<TokenStream> {
    let writable = field.on_update() || resource.update.is_none();
    if field.on_create() && writable {
        return None;
    }
    let times = resource.times.as_ref();
    let keeper = match () {
        () if field.name == resource.id => "Id",
        () if times.is_some_and(|times| times.created == field.name) => "Created",
        () if times.is_some_and(|times| times.updated == field.name) => "Updated",
        () if field.derive.is_some() => "Derived",
        () if field.mode == Mode::Immutable => "Immutable",
        () if field.on == On::Create && field.mode != Mode::ReadOnly => "Create",
        () => "Deployment",
    };
    let (name, keeper) = (&field.name, format_ident!("{keeper}"));
    Some(quote!(Kept { member: #name, by: Keeper::#keeper }))
}

fn list(resource: &Resource, all: &[Column<'_>], list: Option<&List>) -> TokenStream {
    let page = list.and_then(|list| list.page.as_ref()).map(|(page, _)| {
        let style = match page.style {
            PageStyle::LimitOffset => {
                let default = page.default.map(Literal::u32_unsuffixed);
                let default =
                    default.map_or_else(|| quote!(None), |default| quote!(Some(#default)));
                let max = Literal::u32_unsuffixed(page.max);
                quote!(LimitOffset { default: #default, max: #max })
            }
            PageStyle::Cursor => {
                let by = page.by.as_deref().unwrap_or_default();
                quote!(Cursor(#by))
            }
            PageStyle::PageNumber => {
                let by = page.by.as_deref().unwrap_or_default();
                let size = page.size.as_deref().unwrap_or_default();
                let cursor = match &page.cursor {
                    Some(cursor) => quote!(Some(#cursor)),
                    None => quote!(None),
                };
                let default = Literal::u32_unsuffixed(page.default.unwrap_or(page.max));
                let max = Literal::u32_unsuffixed(page.max);
                quote!(PageNumber { by: #by, size: #size, cursor: #cursor, default: #default, max: #max })
            }
            PageStyle::IdAfter => {
                let by = page.by.as_deref().unwrap_or_default();
                quote!(IdAfter(#by))
            }
        };
        quote!(Some(Page::#style))
    });
    let page = page.unwrap_or_else(|| quote!(None));
    let sort = list.and_then(|list| list.sort.as_ref()).map(|one| {
        let sort = sort(resource, all, one);
        quote!(Some(#sort))
    });
    let sort = sort.unwrap_or_else(|| quote!(None));
    let filters = list
        .iter()
        .flat_map(|list| &list.filters)
        .map(|one| filter(resource, all, one));
    let envelope = list.and_then(|list| list.envelope.as_ref()).map(envelope);
    let envelope = envelope.unwrap_or_else(|| quote!(None));
    let intervals = list
        .iter()
        .flat_map(|list| &list.intervals)
        .map(|interval| {
            let (from, to) = (&interval.from, &interval.to);
            quote!((#from, #to))
        });
    quote! {
        List {
            page: #page,
            envelope: #envelope,
            sort: #sort,
            intervals: &[#(#intervals),*],
            filters: &[#(#filters),*],
        }
    }
}

fn envelope(envelope: &Envelope) -> TokenStream {
    let name = |name: &Option<String>| match name {
        Some(name) => quote!(Some(#name)),
        None => quote!(None),
    };
    let items = &envelope.items;
    let (total, pages, page) = (
        name(&envelope.total),
        name(&envelope.pages),
        name(&envelope.page),
    );
    let paged = envelope.when == EnvelopeWhen::Paged;
    quote! {
        Some(Envelope { items: #items, total: #total, pages: #pages, page: #page, paged: #paged })
    }
}

fn sort(resource: &Resource, all: &[Column<'_>], sort: &Sort) -> TokenStream {
    let (by, order) = (&sort.by, &sort.order);
    let keys = sort.keys.iter().map(|key| {
        let order = order_by(sorted_by(resource, all, key));
        quote!((#key, #order))
    });
    let default = order_by(sorted_by(resource, all, &sort.default));
    let descending = sort.default_order == Way::Desc;
    quote! {
        Sort { by: #by, order: #order, keys: &[#(#keys),*], default: #default, descending: #descending }
    }
}

fn filter(resource: &Resource, all: &[Column<'_>], filter: &Filter) -> TokenStream {
    let names = &filter.names;
    let mut fields = vec![order_by(compared(resource, all, filter))];
    fields.extend(
        filter
            .or
            .iter()
            .map(|name| order_by(Order::Column(own(all, name)))),
    );
    let other = |column: &Column<'_>| column.field.name == filter.field && !column.parts.is_empty();
    if !filter.or_join.is_empty() {
        fields.extend(
            all.iter()
                .position(other)
                .map(|at| order_by(Order::Column(at))),
        );
    }
    let field = resource.field(&filter.field);
    let read = field.map_or_else(|| quote!(Exact), |field| read(resource, field, filter.op));
    let op = format_ident!(
        "{}",
        match filter.op {
            Op::Equals | Op::EqualsFolded => "Equals",
            Op::Greater => "Greater",
            Op::AtLeast => "AtLeast",
            Op::Less => "Less",
            Op::ContainsWords => "Words",
            Op::HasAll => "All",
        }
    );
    quote! {
        Filter { names: &[#(#names),*], fields: &[#(#fields),*], op: Op::#op, read: FilterValue::#read }
    }
}

fn read(resource: &Resource, field: &Field, op: Op) -> TokenStream {
    match &field.ty {
        Type::Id => {
            let kind = id_kind(resource.id_kind);
            quote!(Id(IdKind::#kind))
        }
        Type::Boolean => quote!(Flag),
        Type::Integer { .. } => quote!(Integer),
        Type::Decimal { .. } => quote!(Decimal),
        Type::Values(values) if op != Op::ContainsWords && op != Op::EqualsFolded => {
            quote!(OneOf(&[#(#values),*]))
        }
        Type::ZonedTime { .. } => quote!(Time(Form::Local)),
        Type::DateTime(form) => {
            let form = form_name(*form);
            quote!(Time(Form::#form))
        }
        Type::ExternalId => quote!(External),
        ty if has_phone(ty) => quote!(FoldedPhone),
        _ if matches!(op, Op::EqualsFolded | Op::ContainsWords) => quote!(Folded),
        _ => quote!(Exact),
    }
}

fn has_phone(ty: &Type) -> bool {
    match ty {
        Type::Phone => true,
        Type::Choice { of, .. } => of.iter().any(|(_, ty)| has_phone(ty)),
        _ => false,
    }
}

fn order_by(order: Order) -> TokenStream {
    match order {
        Order::Id => quote!(OrderBy::Id),
        Order::Created => quote!(OrderBy::Created),
        Order::Updated => quote!(OrderBy::Updated),
        Order::Column(at) => {
            let at = Literal::usize_unsuffixed(at);
            quote!(OrderBy::Column(#at))
        }
    }
}

fn column_kind(kind: ColumnKind) -> proc_macro2::Ident {
    format_ident!(
        "{}",
        match kind {
            ColumnKind::Text => "Text",
            ColumnKind::External => "External",
            ColumnKind::Number => "Number",
            ColumnKind::Folded => "Folded",
            ColumnKind::List => "List",
        }
    )
}

/// The name of an identifier's kind in the runtime.
fn id_kind(kind: IdKind) -> proc_macro2::Ident {
    type_name(match kind {
        IdKind::Hex24 => "Hex24",
        IdKind::Increasing => "Increasing",
        IdKind::Digits => "Digits",
    })
}
