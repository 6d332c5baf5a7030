//! Watches: objects that tell an address about changes of other objects.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Notification;

/// Its objects are watches: each committed change of another resource is sent
/// to the address that a watch names, in the order of changes of one object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Watch {
    /// The resource whose changes are sent.
    pub of: String,
    /// Path below the base where the keys are kept that sign what is sent.
    pub keys: Option<String>,
    /// Fields and the values they need to have; with others nothing is sent.
    #[serde(rename = "while", default)]
    pub needs: IndexMap<String, String>,
    /// What notifications look like, where that is not how the house does it.
    #[serde(default)]
    pub notification: Notification,
}

/// What a member of a watch means to the one who delivers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Where changes are sent; of type `url`.
    Address,
    /// The method: a closed list among POST, PUT, PATCH and DELETE.
    Method,
    /// Header fields to send; of type `headers`.
    Headers,
    /// User name for HTTP Basic.
    Username,
    /// Password for HTTP Basic; of type `secret`.
    Password,
    /// OAuth 2.0 grant: a closed list of refresh_token and client_credentials.
    GrantType,
    /// OAuth 2.0 client.
    ClientId,
    /// Its secret; of type `secret`.
    ClientSecret,
    /// OAuth 2.0 refresh token; of type `secret`.
    RefreshToken,
    /// Where OAuth 2.0 tokens are given; of type `url`.
    TokenUrl,
    /// Scope of those tokens.
    TokenScope,
    /// Shape of what is sent; of type `template`.
    Template,
    /// Whether what was there before is sent too; a boolean.
    Previous,
    /// Whether what is sent is signed; a boolean.
    Signed,
    /// Identifiers of the keys that sign; a list of texts.
    Keys,
    /// Which changes are sent: a closed list of names of events, but of a ping.
    Events,
}
