//! The author of a write.

use std::sync::Arc;

use super::secrets;
use crate::auth::Grant;
use crate::table::Table;

/// Who writes, and what the write may cause.
#[derive(Debug, Clone)]
pub(crate) struct Author {
    pub(crate) tenant: Arc<str>,
    /// What the author's token grants; `None` for the deployment itself.
    grant: Option<Grant>,
    /// Email address of the user who writes.
    pub(crate) user: Option<String>,
    /// Whether users are invited.
    pub(crate) invites: bool,
    /// Whether objects are imported.
    pub(crate) imports: bool,
}

impl Author {
    /// A client; `invites` tells whether mails are sent.
    pub(crate) fn client(grant: &Grant, invites: bool) -> Self {
        Self {
            tenant: grant.tenant.as_str().into(),
            user: grant.user.clone(),
            grant: Some(grant.clone()),
            invites,
            imports: false,
        }
    }

    /// The deployment, on behalf of a tenant.
    pub(crate) fn deployment(tenant: &str) -> Self {
        Self {
            tenant: tenant.into(),
            grant: None,
            user: None,
            invites: false,
            imports: false,
        }
    }

    /// The deployment, which imports objects for a tenant or one of its users.
    pub(crate) fn import(tenant: &str, user: Option<&str>) -> Self {
        Self {
            user: user.map(str::to_owned),
            imports: true,
            ..Self::deployment(tenant)
        }
    }

    /// Whether the author can view the members that a scope reveals in the table that `table`
    /// watches.
    pub(super) fn can_view_watched(&self, table: &Table) -> bool {
        let grant = self.grant.as_ref();
        grant.is_some_and(|grant| secrets::can_view_watched(table, grant))
    }
}
