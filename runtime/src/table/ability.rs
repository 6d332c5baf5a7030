//! What objects of a table can do beside being stored.

/// A secret field: a member that not every caller sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecretField {
    /// Names that lead to it.
    pub path: &'static [&'static str],
    /// What is shown of it.
    pub shown: Visibility,
}

impl SecretField {
    /// The member at the end of `path`.
    #[must_use]
    pub const fn new(path: &'static [&'static str], shown: Visibility) -> Self {
        Self { path, shown }
    }
}

/// What is shown of a secret field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// Nothing.
    Never,
    /// All of it, to callers with the scope of the table.
    Scope,
    /// Whether it has a value.
    Presence,
}

/// Objects that call with a token of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Login {
    /// The member with the token, shown by a scope.
    pub token: &'static str,
    /// The member with the user it speaks for.
    pub user: &'static str,
    /// Members and the texts they need to be.
    pub needs: &'static [(&'static str, &'static str)],
}

/// Users are invited by mail to set a password of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invite {
    /// The member that asks for it when it becomes true.
    pub when: &'static str,
    /// The member with the address it goes to.
    pub to: &'static str,
    /// The member with the password that the link sets.
    pub sets: &'static str,
}

/// Objects that tell an address about changes of objects of another table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watch {
    /// Name of the other table.
    pub of: &'static str,
    /// The scope of the other table, when it has one: templates of callers with
    /// it see the members that it shows.
    pub scope: Option<&'static str>,
    /// Those members, each by the names that lead to it: a template shows them
    /// only where it names them.
    pub named: &'static [&'static [&'static str]],
    /// Members and the texts they need to be; with others nothing is sent.
    pub needs: &'static [(&'static str, &'static str)],
    /// Path of one watch below the base, such as `/watches/{id}`.
    pub item: &'static str,
    /// Path of the keys that sign, when it has some.
    pub keys: Option<&'static str>,
    /// What members mean, each by the names that lead to it.
    pub roles: &'static [(Role, &'static [&'static str])],
}

/// What a member of a watch means for deliveries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Where changes are sent.
    Address,
    /// The method to send with.
    Method,
    /// Header fields to send.
    Headers,
    /// User name for HTTP Basic (RFC 7617).
    Username,
    /// Password for HTTP Basic.
    Password,
    /// Grant of OAuth 2.0 (RFC 6749 sections 4.4 and 6).
    GrantType,
    /// Client of OAuth 2.0.
    ClientId,
    /// Its secret.
    ClientSecret,
    /// Refresh token of OAuth 2.0.
    RefreshToken,
    /// Where OAuth 2.0 tokens are given.
    TokenUrl,
    /// Scope of those tokens.
    TokenScope,
    /// Template of the body that is sent.
    Template,
    /// Whether the object before the change is sent, too.
    Previous,
    /// Whether requests are signed.
    Signed,
    /// Identifiers of the keys that sign.
    Keys,
    /// Which changes are sent.
    Events,
}
