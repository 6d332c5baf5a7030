//! What the runtime does with the objects of a resource apart from requests.

use super::{accept_invitation, load, reform, rotate_token};
use crate::api::{Entry, Loader};
use crate::resource::{Resource, Updates};
use crate::store::Model;

impl Entry {
    /// The entry of `R`.
    #[must_use]
    pub const fn of<R: Resource>() -> Self {
        let mut entry = Self::new(Model::new(R::TABLE, reform::<R>));
        if R::TABLE.parent.is_none() {
            entry.loader = Some(Loader {
                table: R::TABLE,
                load: load::<R>,
            });
        }
        if R::TABLE.login.is_some() {
            entry.rotate_token = Some(rotate_token::<R>);
        }
        entry
    }

    /// The entry of `R`, whose users are invited by mail.
    #[must_use]
    pub const fn invited<R: Updates>() -> Self {
        let mut entry = Self::of::<R>();
        entry.accept_invitation = Some(accept_invitation::<R>);
        entry
    }
}
