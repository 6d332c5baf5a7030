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
    /// Its tables, parents before children.
    pub tables: &'static [&'static Table],
    /// How stored objects of its tables are read when the spec changed.
    pub models: &'static [Model],
    /// Closed lists that the deployment can replace.
    pub presets: Option<Lists>,
    /// Functions that load objects in the form in which documents print them, one per resource.
    pub loaders: &'static [Loader],
    /// Defaults of the settings that can be changed at run time.
    pub switches: Switches,
    /// How the API behaves outside its tables, where it departs from the house conventions.
    pub dialect: Dialect,
    /// Its routes below the base.
    pub routes: fn() -> Routes,
}

impl Api {
    /// Defaults for every field. An API has to set at least its name, scope, routes and tables.
    pub const BASE: Self = Self {
        name: "",
        title: "",
        base: "",
        scope: "",
        pair: None,
        json_in_form: false,
        openapi: "",
        tables: &[],
        models: &[],
        presets: None,
        loaders: &[],
        switches: Switches::BASE,
        dialect: Dialect::BASE,
        routes: Routes::new,
    };
}

/// Functions that load the printed objects of one resource.
#[derive(Clone, Copy)]
pub struct Loader {
    /// The table of the resource.
    pub table: &'static Table,
    /// Loads one object.
    pub load: Load,
    /// Gives one object a new token, if objects of the resource authenticate with one.
    pub rotate_token: Option<RotateToken>,
    /// Sets the password of an object, if its users are invited by mail.
    pub accept_invitation: Option<AcceptInvitation>,
}

impl Loader {
    /// A loader for objects of `table` that have neither tokens nor invited users.
    #[must_use]
    pub const fn new(table: &'static Table, load: Load) -> Self {
        Self {
            table,
            load,
            rotate_token: None,
            accept_invitation: None,
        }
    }
}

/// Loads one object.
pub type Load = fn(&mut UnitOfWork<'_>, value: Value, reading: &mut Reading) -> Result<(), Problem>;

/// Gives the object called `id` a new token.
pub type RotateToken = fn(&mut UnitOfWork<'_>, id: &str) -> Result<(), Problem>;

/// Sets the password of the object that an invitation is for.
pub type AcceptInvitation = for<'s> fn(&'s Service, Invitation, password: Value) -> Accepted<'s>;

/// Resolves when the password has been set or refused.
pub type Accepted<'s> = Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 's>>;
