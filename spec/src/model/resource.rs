//! Resources with their fields, operations and rules.

use serde_json::{Map, Value};

use super::{
    Append, Asks, Create, Delete, Field, Get, IdKind, List, Operation, Row, Scope, Times, Update,
    Watch,
};

/// A resource: objects with an id that are served under a path.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// Its name in the spec.
    pub name: String,
    /// Its name in an earlier version of the spec.
    pub was: Option<String>,
    /// What it is.
    pub about: Option<String>,
    /// Path of the collection below the base.
    pub path: String,
    /// The field that identifies it.
    pub id: String,
    /// The name of the id in path templates.
    pub id_in_path: String,
    /// The kind of its ids.
    pub id_kind: IdKind,
    /// Rulings about the id.
    pub id_rulings: Vec<String>,
    /// The fields for timestamps that the server sets.
    pub times: Option<Times>,
    /// Members with a value per user, if users see what was loaded for them.
    pub bound: Option<Bound>,
    /// How its objects can authenticate with a token of their own.
    pub login: Option<Login>,
    /// How users are invited by mail to set a password.
    pub invite: Option<Invite>,
    /// The watch settings, if its objects are watches of another resource.
    pub watch: Option<Watch>,
    /// The parent resource.
    pub parent: Option<Parent>,
    /// Members in the order they are printed.
    pub fields: Vec<Field>,
    /// Unique combinations of fields.
    pub unique: Vec<Unique>,
    /// Fields of which at most one may have a value.
    pub exclusive: Vec<Exclusive>,
    /// Fields whose values no two objects share across these fields.
    pub distinct: Option<Distinct>,
    /// GET on the collection.
    pub list: Option<List>,
    /// GET on one object.
    pub get: Option<Get>,
    /// POST on the collection.
    pub create: Option<Create>,
    /// PUT or PATCH on one object.
    pub update: Option<Update>,
    /// Appending to lists of one object.
    pub append: Option<Append>,
    /// DELETE on one object.
    pub delete: Option<Delete>,
    /// The row of the spec.
    pub row: Row,
}

impl Resource {
    /// The parameters of an operation, each with whether it may be repeated.
    #[must_use]
    pub fn parameters(&self, operation: Operation) -> Vec<(String, bool)> {
        let list = self.list.as_ref().filter(|_| operation == Operation::List);
        let Some(list) = list else { return Vec::new() };
        let filters = list.filters.iter().flat_map(|filter| {
            let names = filter.names.iter();
            names.map(move |name| (name.clone(), filter.op.asks() == Asks::Several))
        });
        let sort = list.sort.iter().flat_map(|sort| [&sort.by, &sort.order]);
        let page = list.page.iter().map(|(page, _)| page);
        // A filter that continues the list is among the filters already.
        let pages = page.flat_map(|page| page.parameters());
        let pages = pages.filter(|one| !one.is_filter);
        let pages = pages.map(|one| one.name.to_owned());
        let once = sort.cloned().chain(pages).map(|name| (name, false));
        filters.chain(once).collect()
    }

    /// The identifier in an object, in the form of paths.
    #[must_use]
    pub fn id_of(&self, object: &Value) -> Option<String> {
        self.id_kind.text(object.get(&self.id)?)
    }

    /// The same for the members of an object.
    #[must_use]
    pub fn id_in(&self, object: &Map<String, Value>) -> Option<String> {
        self.id_kind.text(object.get(&self.id)?)
    }

    /// Its operations with their rows.
    #[must_use]
    pub fn operations(&self) -> Vec<(Operation, &Row)> {
        let row = |operation| match operation {
            Operation::List => self.list.as_ref().map(|one| &one.row),
            Operation::Get => self.get.as_ref().map(|one| &one.row),
            Operation::Create => self.create.as_ref().map(|one| &one.row),
            Operation::Update => self.update.as_ref().map(|one| &one.row),
            Operation::Append => self.append.as_ref().map(|one| &one.row),
            Operation::Delete => self.delete.as_ref().map(|one| &one.row),
        };
        let all = Operation::ALL.into_iter();
        all.filter_map(|one| Some((one, row(one)?))).collect()
    }

    /// The field called `name`.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// All spellings of a path of this resource: if the documented collection ends with a
    /// slash, each path is served with and without one.
    #[must_use]
    pub fn spellings(&self, path: &str) -> Vec<String> {
        let other = match path.strip_suffix('/') {
            Some(bare) => bare.to_owned(),
            None => format!("{path}/"),
        };
        match self.path.ends_with('/') {
            true => vec![path.to_owned(), other],
            false => vec![path.to_owned()],
        }
    }

    /// The path of the create.
    #[must_use]
    pub fn create_path(&self) -> &str {
        let own = self
            .create
            .as_ref()
            .and_then(|create| create.path.as_deref());
        own.unwrap_or(&self.path)
    }

    /// The path of one object: that of the collection, followed by the id.
    #[must_use]
    pub fn item_path(&self) -> String {
        format!(
            "{}/{{{}}}",
            self.path.trim_end_matches('/'),
            self.id_in_path
        )
    }
}

/// Binding to users: each user sees the objects that were loaded for him.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// Fields with a value per user.
    pub fields: Vec<String>,
    /// The row of the spec.
    pub row: Row,
}

/// The parent of a resource.
#[derive(Debug, Clone, PartialEq)]
pub struct Parent {
    /// The name of the parent.
    pub resource: String,
    /// The parent's field that shows the children.
    pub embed: Option<String>,
    /// Whether a change of a child counts as a change of the parent.
    pub touch: bool,
    /// Rulings about the relation.
    pub rulings: Vec<String>,
}

/// Authentication of objects with a token of their own.
#[derive(Debug, Clone, PartialEq)]
pub struct Login {
    /// The field with the token.
    pub token: String,
    /// The field with the user that the token belongs to.
    pub user: String,
    /// Fields with the values they need to have.
    pub needs: Vec<(String, String)>,
    /// The row of the spec.
    pub row: Row,
}

/// An invitation mail with a link that lets a user set a password once.
#[derive(Debug, Clone, PartialEq)]
pub struct Invite {
    /// The boolean field that asks for it when it becomes true.
    pub when: String,
    /// The field with the recipient's address.
    pub to: String,
    /// The field of type `password` that the link sets.
    pub sets: String,
    /// The row of the spec.
    pub row: Row,
}

/// A unique combination of fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Unique {
    /// The fields that are compared together.
    pub fields: Vec<String>,
    /// The scope in which it is unique.
    pub within: Scope,
    /// The row of the spec.
    pub row: Row,
}

/// Fields of which at most one may have a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Exclusive {
    /// The fields.
    pub fields: Vec<String>,
    /// The row of the spec.
    pub row: Row,
}

/// Fields whose values no two objects share across these fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Distinct {
    /// The fields.
    pub fields: Vec<String>,
    /// The row of the spec.
    pub row: Row,
}
