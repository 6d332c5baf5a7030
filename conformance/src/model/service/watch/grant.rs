//! Requests for access tokens.

use fieldproof_spec::model::Role;

/// The parameters of a request for an access token.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) url: String,
    pub(crate) client: String,
    pub(crate) secret: Option<String>,
    pub(crate) refresh: Option<String>,
    pub(crate) scope: Option<String>,
}

impl Grant {
    /// The grant of a watch, from the texts of its members.
    pub(super) fn of(text: &dyn Fn(Role) -> Option<String>) -> Option<Self> {
        Some(Self {
            url: text(Role::TokenUrl)?,
            client: text(Role::ClientId)?,
            secret: text(Role::ClientSecret),
            refresh: match text(Role::GrantType).as_deref() {
                Some("client_credentials") => None,
                _ => text(Role::RefreshToken),
            },
            scope: text(Role::TokenScope),
        })
    }
}
