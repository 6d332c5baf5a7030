//! The description of an API that generated code passes to the runtime.

use std::pin::Pin;

use serde_json::Value;

use crate::auth::Pair;
use crate::body::Reading;
use crate::dialect::Dialect;
use crate::presets::Lists;
use crate::problem::Problem;
use crate::service::{Routes, Service};
use crate::store::Model;
pub use crate::switches::Switches;
use crate::table::Table;
use crate::write::{Invitation, UnitOfWork};

/// One API.
#[derive(Clone, Copy)]
pub struct Api {
    /// Its name.
    pub name: &'static str,
    /// Its title for people.
    pub title: &'static str,
    /// Path before every other path, unless the deployment sets one.
    pub base: &'static str,
    /// The scope a token needs; `SCOPE:read` and `SCOPE:write` are its halves.
    pub scope: &'static str,
    /// A pair of headers that identifies the caller when `Authorization` is absent.
    pub pair: Option<Pair>,
    /// Whether JSON labelled as a form is read as well.
    pub json_in_form: bool,
    /// The OpenAPI 3.1 document, for an empty base.
    pub openapi: &'static str,
    /// Its resources, parents before children.
    pub resources: &'static [Entry],
    /// Closed lists that the deployment can replace.
    pub presets: Option<Lists>,
    /// Defaults of the settings that can be changed at run time.
    pub switches: Switches,
    /// How the API behaves outside its tables, where it departs from the house conventions.
    pub dialect: Dialect,
    /// Its routes below the base.
    pub routes: fn() -> Routes,
}

impl Api {
    /// Defaults for every field. An API has to set at least its name, scope, routes and resources.
    pub const BASE: Self = Self {
        name: "",
        title: "",
        base: "",
        scope: "",
        pair: None,
        json_in_form: false,
        openapi: "",
        resources: &[],
        presets: None,
        switches: Switches::BASE,
        dialect: Dialect::BASE,
        routes: Routes::new,
    };

    /// Its tables, parents before children.
    pub fn tables(&self) -> impl Iterator<Item = &'static Table> + use<> {
        self.resources.iter().map(|one| one.model.table)
    }

    /// The loaders of its resources.
    pub fn loaders(&self) -> impl Iterator<Item = &'static Loader> + use<> {
        self.resources.iter().filter_map(|one| one.loader.as_ref())
    }
}

/// A resource of an API: what the runtime does with its objects apart from requests.
#[derive(Clone, Copy)]
pub struct Entry {
    /// How its stored objects are read when the spec changed.
    pub model: Model,
    /// Loads its objects; children are loaded with their parents.
    pub loader: Option<Loader>,
    /// Gives one object a new token, if objects of the resource authenticate with one.
    pub rotate_token: Option<RotateToken>,
    /// Sets the password of an object, if its users are invited by mail.
    pub accept_invitation: Option<AcceptInvitation>,
}

impl Entry {
    /// A resource whose objects are not loaded and have neither tokens nor invited users.
    #[must_use]
    pub const fn new(model: Model) -> Self {
        Self {
            model,
            loader: None,
            rotate_token: None,
            accept_invitation: None,
        }
    }
}

/// Loads objects in the form in which documents print them.
#[derive(Clone, Copy)]
pub struct Loader {
    /// The table of their resource.
    pub table: &'static Table,
    /// Loads one object.
    pub load: Load,
}

/// Loads one object.
pub type Load = fn(&mut UnitOfWork<'_>, value: Value, reading: &mut Reading) -> Result<(), Problem>;

/// Gives the object called `id` a new token.
pub type RotateToken = fn(&mut UnitOfWork<'_>, id: &str) -> Result<(), Problem>;

/// Sets the password of the object that an invitation is for.
pub type AcceptInvitation = for<'s> fn(&'s Service, Invitation, password: Value) -> Accepted<'s>;

/// Resolves when the password has been set or refused.
pub type Accepted<'s> = Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 's>>;
