//! Requests to send.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::{Exchange, Renewals};

/// Who sends a request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Role {
    /// May do everything.
    #[default]
    Main,
    /// May do everything, in another tenant.
    OtherTenant,
    /// May only read.
    ReadOnly,
    /// Lacks the scope.
    NoScope,
    /// Another user of the same tenant.
    OtherUser,
    /// Belongs to no user.
    NoUser,
    /// Lacks the scopes that show scoped members.
    NoSecret,
    /// Sends no credentials.
    Nobody,
    /// Sends a token that was never issued.
    Unknown,
}

impl Role {
    /// Every role.
    pub const ALL: &'static [Self] = &[
        Self::Main,
        Self::OtherTenant,
        Self::ReadOnly,
        Self::NoScope,
        Self::OtherUser,
        Self::NoUser,
        Self::NoSecret,
        Self::Nobody,
        Self::Unknown,
    ];

    /// The name of the role in `--token`; `None` for roles that need no token.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Main => Some("main"),
            Self::OtherTenant => Some("other-tenant"),
            Self::ReadOnly => Some("read-only"),
            Self::NoScope => Some("no-scope"),
            Self::OtherUser => Some("other-user"),
            Self::NoUser => Some("no-user"),
            Self::NoSecret => Some("no-secret"),
            Self::Nobody | Self::Unknown => None,
        }
    }

    /// The shell variable that stands for its token in printed commands.
    pub(super) fn variable(self) -> &'static str {
        match self {
            Self::Main | Self::Nobody => "TOKEN",
            Self::OtherTenant => "OTHER_TENANT_TOKEN",
            Self::ReadOnly => "READ_ONLY_TOKEN",
            Self::NoScope => "NO_SCOPE_TOKEN",
            Self::OtherUser => "OTHER_USER_TOKEN",
            Self::NoUser => "NO_USER_TOKEN",
            Self::NoSecret => "NO_SECRET_TOKEN",
            Self::Unknown => "UNKNOWN_TOKEN",
        }
    }
}

/// All shell variables that stand for credentials.
pub(super) const VARIABLES: &[&str] = &[
    "TOKEN",
    "OTHER_TENANT_TOKEN",
    "READ_ONLY_TOKEN",
    "NO_SCOPE_TOKEN",
    "OTHER_USER_TOKEN",
    "NO_USER_TOKEN",
    "NO_SECRET_TOKEN",
    "UNKNOWN_TOKEN",
    "CLIENT_ID",
    "CLIENT_TOKEN",
];

/// A token that was never issued.
const UNKNOWN: &str = "fpt_nobody-gave-this-out";

/// One token per role.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoleTokens {
    /// May do everything.
    pub main: String,
    /// May do everything, in another tenant.
    pub other_tenant: Option<String>,
    /// May only read.
    pub read_only: Option<String>,
    /// Lacks the scope.
    pub no_scope: Option<String>,
    /// Another user of the same tenant.
    pub other_user: Option<String>,
    /// Belongs to no user.
    pub no_user: Option<String>,
    /// Lacks the scopes that show scoped members.
    pub no_secret: Option<String>,
    /// The id and token of a client that may do everything, as `ID:TOKEN`.
    pub client: Option<String>,
    /// The email address of the user that the main token belongs to.
    pub user: Option<String>,
    /// Where tokens come from that end while a run lasts.
    pub renewals: Renewals,
}

impl RoleTokens {
    /// The tokens of every mock.
    #[must_use]
    pub fn of_mock() -> Self {
        Self {
            main: "main".to_owned(),
            other_tenant: Some("other_tenant".to_owned()),
            read_only: Some("read_only".to_owned()),
            no_scope: Some("no_scope".to_owned()),
            other_user: Some("other_user".to_owned()),
            no_user: Some("no_user".to_owned()),
            no_secret: Some("no_secret".to_owned()),
            client: Some("client_id:client_token".to_owned()),
            user: Some(email("main")),
            renewals: Renewals::default(),
        }
    }

    /// The token of a role as it is now, if there is one.
    pub(crate) fn current(&self, role: Role) -> Option<String> {
        let own = || self.of(role).map(str::to_owned);
        self.renewals.current(role).or_else(own)
    }

    /// The token of a role as it was at first, if there is one.
    #[must_use]
    pub fn of(&self, role: Role) -> Option<&str> {
        match role {
            Role::Main => Some(&self.main),
            Role::OtherTenant => self.other_tenant.as_deref(),
            Role::ReadOnly => self.read_only.as_deref(),
            Role::NoScope => self.no_scope.as_deref(),
            Role::OtherUser => self.other_user.as_deref(),
            Role::NoUser => self.no_user.as_deref(),
            Role::NoSecret => self.no_secret.as_deref(),
            Role::Nobody => None,
            Role::Unknown => Some(UNKNOWN),
        }
    }
}

/// User name and password, encoded for `Authorization`.
fn basic(pair: &str) -> String {
    format!("Basic {}", STANDARD.encode(pair))
}

/// The email address of a user of a mock.
pub(crate) fn email(user: &str) -> String {
    format!("{user}@example.org")
}

impl RoleTokens {
    /// Each variable with its value.
    fn values(&self) -> Vec<(&'static str, String)> {
        let own = Role::ALL.iter().filter(|role| **role != Role::Nobody);
        let mut all: Vec<(&str, String)> = own
            .filter_map(|role| Some((role.variable(), self.current(*role)?)))
            .collect();
        if let Some((id, token)) = self.client.as_deref().and_then(|one| one.split_once(':')) {
            all.extend([
                ("CLIENT_ID", id.to_owned()),
                ("CLIENT_TOKEN", token.to_owned()),
            ]);
        }
        let ended = self.renewals.all().into_iter();
        all.extend(ended.map(|(role, token)| (role.variable(), token)));
        all
    }

    /// The text with all variables replaced by their values.
    pub(super) fn fill(&self, text: &str) -> String {
        let mut filled = text.to_owned();
        for (name, value) in self.values() {
            // User name and password are encoded together (RFC 7617 section 2).
            filled = filled.replace(&format!("Basic ${name}"), &basic(&value));
            filled = filled.replace(&format!("${name}"), &value);
        }
        filled
    }

    /// Replaces tokens in headers and in the query by their variables, so that reports
    /// contain no usable credentials.
    pub(crate) fn redact(&self, exchange: &mut Exchange) {
        let values = self.values();
        let variable = |text: &str| {
            let found = values.iter().find(|(_, value)| *value == text);
            found.map(|(name, _)| format!("${name}"))
        };
        for (_, value) in &mut exchange.headers {
            if let Some(name) = variable(value) {
                *value = name;
            }
        }
        if let Some((path, query)) = exchange.url.split_once('?') {
            let pair = |pair: &str| match pair.split_once('=') {
                Some((name, value)) => {
                    let value = variable(value).unwrap_or_else(|| value.to_owned());
                    format!("{name}={value}")
                }
                None => pair.to_owned(),
            };
            let query: Vec<String> = query.split('&').map(pair).collect();
            exchange.url = format!("{path}?{}", query.join("&"));
        }
    }
}

/// A request to send.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: String,
    /// Path and query below the base.
    pub path: String,
    /// Headers beside the credentials of the role.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<Vec<u8>>,
    /// Who sends it.
    pub role: Role,
    /// Whether to send no version even if the API requires one.
    pub bare: bool,
}

impl Request {
    /// A request without a body.
    #[must_use]
    pub fn new(method: &str, path: &str) -> Self {
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            ..Self::default()
        }
    }

    /// A read.
    #[must_use]
    pub fn get(path: &str) -> Self {
        Self::new("GET", path)
    }

    /// Adds a JSON body.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        self.header("content-type", "application/json")
            .bytes(body.to_string().into_bytes())
    }

    /// Adds a body of any bytes.
    #[must_use]
    pub fn bytes(mut self, body: Vec<u8>) -> Self {
        self.body = Some(body);
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sends no version even if the API requires one.
    #[must_use]
    pub fn bare(mut self) -> Self {
        self.bare = true;
        self
    }

    /// Sets the role that sends it.
    #[must_use]
    pub fn by(mut self, role: Role) -> Self {
        self.role = role;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::{Exchange, Role, RoleTokens, VARIABLES};

    #[test]
    fn a_report_names_variables_instead_of_tokens() {
        let tokens = RoleTokens::of_mock();
        let mut exchange = Exchange {
            url: "http://h/main?a=main&id=client_id&b=other".to_owned(),
            headers: vec![("x-token".to_owned(), "client_token".to_owned())],
            ..Exchange::default()
        };
        let before = exchange.clone();
        tokens.redact(&mut exchange);
        assert_eq!(exchange.url, "http://h/main?a=$TOKEN&id=$CLIENT_ID&b=other");
        assert_eq!(exchange.headers[0].1, "$CLIENT_TOKEN");
        assert_eq!(tokens.fill(&exchange.url), before.url);
        let known = |role: &Role| VARIABLES.contains(&role.variable());
        assert!(Role::ALL.iter().all(known));
    }
}
