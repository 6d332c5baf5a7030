//! An API as emitted code describes it.

use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use serde_json::Value;

use crate::auth::Pair;
use crate::body::Reading;
use crate::presets::Lists;
use crate::problem::Problem;
use crate::service::{Invitation, Service, Work};
use crate::table::Table;

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
    /// A pair of headers that names the caller as well.
    pub pair: Option<Pair>,
    /// JSON is also read when it is labelled as a form.
    pub json_in_form: bool,
    /// Every path template below the base.
    pub paths: &'static [&'static str],
    /// The OpenAPI 3.1 document, for an empty base.
    pub openapi: &'static str,
    /// Its tables, parents before children.
    pub tables: &'static [&'static Table],
    /// Closed lists of the deployment.
    pub presets: Option<Lists>,
    /// How printed objects are loaded.
    pub loaders: &'static [Loader],
    /// Defaults of the settings that can be changed at run time.
    pub switches: Switches,
    /// Its routes below the base.
    pub router: fn() -> Router<Arc<Service>>,
}

impl Api {
    /// What holds for an API where nothing else is said; a name, a scope, paths and
    /// tables have to be.
    pub const BASE: Self = Self {
        name: "",
        title: "",
        base: "",
        scope: "",
        pair: None,
        json_in_form: false,
        paths: &[],
        openapi: "",
        tables: &[],
        presets: None,
        loaders: &[],
        switches: Switches::BASE,
        router: Router::new,
    };
}

/// How printed objects of one resource are loaded.
#[derive(Clone, Copy)]
pub struct Loader {
    /// Its table.
    pub table: &'static Table,
    /// Loads one object.
    pub load: Load,
    /// Gives one object a new token, when its objects call with one.
    pub renew: Option<Renew>,
    /// Sets the password of an object, when its users are invited.
    pub redeem: Option<Redeem>,
}

impl Loader {
    /// Objects of `table` that neither call nor are invited.
    #[must_use]
    pub const fn new(table: &'static Table, load: Load) -> Self {
        Self {
            table,
            load,
            renew: None,
            redeem: None,
        }
    }
}

/// Loads one object.
pub type Load = fn(&mut Work<'_>, value: Value, reading: &mut Reading) -> Result<(), Problem>;

/// Gives the object called `id` a new token.
pub type Renew = fn(&mut Work<'_>, id: &str) -> Result<(), Problem>;

/// Sets the password of the object that an invitation is for.
pub type Redeem = for<'s> fn(&'s Service, Invitation, password: Value) -> Redeemed<'s>;

/// Comes when the password is set, or refused.
pub type Redeemed<'s> = Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 's>>;

/// Settings that can be changed at run time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Switches {
    /// Status of a body that is JSON and breaks a rule: 422 or 400.
    pub validation_status: u16,
    /// Members that no document names are refused; otherwise left out.
    pub reject_unknown_members: bool,
    /// Whether PUT sets what is not sent to its default, in place of what each table says.
    pub put_replaces: Option<bool>,
    /// A change needs `If-Match`.
    pub require_if_match: bool,
    /// Status of a successful create, in place of each table's own.
    pub create_status: Option<u16>,
    /// Status of a successful delete, in place of each table's own.
    pub delete_status: Option<u16>,
    /// Most objects of a list that the client does not cut into pages.
    pub list_cap: Option<u32>,
    /// The pair of headers may stand in the query string as well.
    pub query_credentials: bool,
}

impl Switches {
    /// What holds where neither a spec nor a deployment says anything.
    pub const BASE: Self = Self {
        validation_status: 422,
        reject_unknown_members: false,
        put_replaces: None,
        require_if_match: false,
        create_status: None,
        delete_status: None,
        list_cap: None,
        query_credentials: false,
    };

    /// Sets `name` to `value` as written on a command line.
    ///
    /// # Errors
    /// What is legal, when the name or the value is not.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        match (name, value) {
            ("validation_status", "422") => self.validation_status = 422,
            ("validation_status", "400") => self.validation_status = 400,
            ("unknown_members", "ignore") => self.reject_unknown_members = false,
            ("unknown_members", "reject") => self.reject_unknown_members = true,
            ("put", "merge") => self.put_replaces = Some(false),
            ("put", "replace") => self.put_replaces = Some(true),
            ("if_match", "optional") => self.require_if_match = false,
            ("if_match", "required") => self.require_if_match = true,
            ("create_status", "201") => self.create_status = Some(201),
            ("create_status", "200") => self.create_status = Some(200),
            ("delete_status", "204") => self.delete_status = Some(204),
            ("delete_status", "200") => self.delete_status = Some(200),
            ("query_credentials", "refuse") => self.query_credentials = false,
            ("query_credentials", "accept") => self.query_credentials = true,
            ("list_cap", "none") => self.list_cap = None,
            ("list_cap", cap) if cap.parse::<u32>().is_ok_and(|cap| cap > 0) => {
                self.list_cap = cap.parse().ok();
            }
            _ => {
                return Err(format!(
                    "`{name}={value}` is not a switch; there are validation_status=422|400, \
                     unknown_members=ignore|reject, put=merge|replace, if_match=optional|required, list_cap=none|NUMBER, \
                     create_status=201|200, delete_status=204|200, query_credentials=refuse|accept"
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Switches;

    #[test]
    fn every_switch_goes_both_ways() {
        let there = Switches {
            validation_status: 422,
            reject_unknown_members: false,
            put_replaces: Some(false),
            require_if_match: false,
            create_status: Some(201),
            delete_status: Some(204),
            list_cap: None,
            query_credentials: false,
        };
        let back = Switches {
            validation_status: 400,
            reject_unknown_members: true,
            put_replaces: Some(true),
            require_if_match: true,
            create_status: Some(200),
            delete_status: Some(200),
            list_cap: Some(3),
            query_credentials: true,
        };
        let ways = [
            ("validation_status", "422", "400"),
            ("unknown_members", "ignore", "reject"),
            ("put", "merge", "replace"),
            ("if_match", "optional", "required"),
            ("create_status", "201", "200"),
            ("delete_status", "204", "200"),
            ("list_cap", "none", "3"),
            ("query_credentials", "refuse", "accept"),
        ];
        let mut switches = there;
        for (name, _, value) in ways {
            assert_eq!(switches.set(name, value), Ok(()), "{name}");
        }
        assert_eq!(switches, back);
        for (name, value, _) in ways {
            assert_eq!(switches.set(name, value), Ok(()), "{name}");
        }
        assert_eq!(switches, there);
        for (name, value) in [("list_cap", "0"), ("put", "x"), ("x", "merge")] {
            assert!(switches.set(name, value).is_err(), "{name}={value}");
        }
    }
}
