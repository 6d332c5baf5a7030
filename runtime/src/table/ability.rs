//! Abilities that objects of a table can have.

use super::Notification;

/// A member that not every caller sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecretField {
    /// The names that lead to it.
    pub path: &'static [&'static str],
    /// Who sees its value.
    pub shown: Visibility,
}

impl SecretField {
    /// The member at the end of `path`.
    #[must_use]
    pub const fn new(path: &'static [&'static str], shown: Visibility) -> Self {
        Self { path, shown }
    }
}

/// Who sees the value of a secret field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// Nobody.
    Never,
    /// Callers with the scope of the table.
    Scope,
    /// Nobody; every caller sees whether it has a value.
    Presence,
}

/// Objects that authenticate with their own token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Login {
    /// The member with the token, which only a scope reveals.
    pub token: &'static str,
    /// The member with the user that the token acts for.
    pub user: &'static str,
    /// Members and the values that a login requires.
    pub needs: &'static [(&'static str, &'static str)],
}

/// Users who are invited by mail to set a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invite {
    /// The member that triggers an invitation when it becomes true.
    pub when: &'static str,
    /// The member with the email address.
    pub to: &'static str,
    /// The member with the password that the link sets.
    pub sets: &'static str,
}

/// Objects that notify a receiver of changes to objects of another table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watch {
    /// The name of the other table.
    pub of: &'static str,
    /// The scope of the other table, if it has one: templates of callers with it may use the
    /// members that it reveals.
    pub scope: Option<&'static str>,
    /// The paths of those members; a notification contains them only where the template names
    /// them.
    pub named: &'static [&'static [&'static str]],
    /// Members and the values that deliveries require.
    pub needs: &'static [(&'static str, &'static str)],
    /// Path of one watch below the base, such as `/watches/{id}`.
    pub item: &'static str,
    /// Path of the signing keys, if there are any.
    pub keys: Option<&'static str>,
    /// The form of notifications.
    pub notification: Notification,
    /// The roles of members, each with a path.
    pub roles: &'static [(Role, &'static [&'static str])],
}

/// The role of a member of a watch in deliveries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The URL of the receiver.
    Address,
    /// The HTTP method.
    Method,
    /// Additional header fields.
    Headers,
    /// User name for HTTP Basic (RFC 7617).
    Username,
    /// Password for HTTP Basic.
    Password,
    /// OAuth 2.0 grant type (RFC 6749 sections 4.4 and 6).
    GrantType,
    /// OAuth 2.0 client id.
    ClientId,
    /// OAuth 2.0 client secret.
    ClientSecret,
    /// OAuth 2.0 refresh token.
    RefreshToken,
    /// OAuth 2.0 token endpoint.
    TokenUrl,
    /// OAuth 2.0 scope of the tokens.
    TokenScope,
    /// Template for the request body.
    Template,
    /// Whether the object before the change is sent as well.
    Previous,
    /// Whether requests are signed.
    Signed,
    /// Identifiers of the signing keys.
    Keys,
    /// The events that are sent.
    Events,
}
