//! The form in which requests carry tokens.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fieldproof_spec::model::Credentials;
use serde::{Deserialize, Serialize};

use super::Exchange;
use crate::http::encode;

/// The credentials in a request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// A header field, with a lower-case name.
    pub header: Option<(String, String)>,
    /// A parameter of the query.
    pub query: Option<(String, String)>,
}

impl Carried {
    /// The token in the form that the API expects.
    pub(super) fn sent(credentials: &Credentials, token: &str) -> Self {
        match credentials {
            Credentials::Basic => {
                Self::field("authorization", format!("Basic {}", STANDARD.encode(token)))
            }
            Credentials::Query(name) => Self::parameter(name, encode(token)),
            other => Self::shown(other, token),
        }
    }

    /// The same form with a shell variable in place of the token.
    pub(super) fn shown(credentials: &Credentials, variable: &str) -> Self {
        match credentials {
            Credentials::Bearer(word) => Self::field("authorization", format!("{word} {variable}")),
            Credentials::Basic => Self::field("authorization", format!("Basic {variable}")),
            Credentials::Header { name, prefix } => {
                Self::field(&name.to_lowercase(), format!("{prefix}{variable}"))
            }
            Credentials::Cookie(name) => Self::field("cookie", format!("{name}={variable}")),
            Credentials::Query(name) => Self::parameter(name, variable.to_owned()),
            Credentials::None => Self::default(),
        }
    }

    fn field(name: &str, value: String) -> Self {
        Self {
            header: Some((name.to_owned(), value)),
            query: None,
        }
    }

    fn parameter(name: &str, value: String) -> Self {
        Self {
            header: None,
            query: Some((name.to_owned(), value)),
        }
    }

    /// Adds the parameter to a URL.
    pub(super) fn address(&self, url: &str) -> String {
        match &self.query {
            Some((name, value)) => {
                let mark = if url.contains('?') { '&' } else { '?' };
                format!("{url}{mark}{}={value}", encode(name))
            }
            None => url.to_owned(),
        }
    }

    /// The credentials of an exchange, as reports show them.
    pub(super) fn of(exchange: &Exchange) -> Self {
        let variable = |text: &str| text.contains('$');
        let mut headers = exchange.headers.iter();
        let query = exchange.url.split_once('?').map_or("", |(_, query)| query);
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        Self {
            header: headers.find(|(_, value)| variable(value)).cloned(),
            query: pairs
                .find(|(_, value)| variable(value))
                .map(|(name, value)| (name.to_owned(), value.to_owned())),
        }
    }
}
