//! Facts about the service that a command judges: how to address it, and which objects
//! exist.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use fieldproof_conformance::Options;
use fieldproof_conformance::harness::{Receiver, Renewals, RoleTokens};
use fieldproof_spec::model::{Api, Credentials};

use super::credentials;
use super::given::{objects_there, pairs, switch, tokens};
use crate::exit::{Exit, Failure};

/// What is said of a service.
#[derive(Debug, Clone, Args)]
pub(super) struct Known {
    /// Path before all paths of an API, such as `shelves=/v1`; repeatable
    #[arg(
        long,
        value_name = "API=PATH",
        env = "FIELDPROOF_BASE",
        value_delimiter = ','
    )]
    base: Vec<String>,
    /// A token for a role, such as `main=TOKEN`, and the address of the user
    /// that main speaks for as `user=EMAIL`; repeatable
    #[arg(
        long,
        value_name = "ROLE=TOKEN",
        env = "FIELDPROOF_TOKEN",
        value_delimiter = ',',
        hide_env_values = true
    )]
    token: Vec<String>,
    /// A command that prints a token, such as `op read op://ci/token`, run again when the
    /// service no longer knows it; for main, or for `ROLE=COMMAND`; repeatable
    #[arg(long, value_name = "[ROLE=]COMMAND")]
    token_command: Vec<String>,
    /// OAuth 2.0 client credentials, asked for again when the service no longer knows the
    /// token; the secret stands in FIELDPROOF_OAUTH_SECRET, or FIELDPROOF_OAUTH_SECRET_ROLE; repeatable
    #[arg(long, value_name = "ROLE=TOKEN_URL,CLIENT_ID[,SCOPE]")]
    oauth: Vec<String>,
    /// A header field that every request has, such as `X-Account: 7`; repeatable
    #[arg(short = 'H', long = "header", value_name = "NAME: VALUE")]
    header: Vec<String>,
    /// File of objects that are there, as documents print them; those of
    /// another user as `other-user=FILE`; `printed` for those that a mock has;
    /// repeatable
    #[arg(
        long,
        value_name = "[ROLE=]FILE",
        env = "FIELDPROOF_FIXTURES",
        value_delimiter = ','
    )]
    fixtures: Vec<String>,
    /// A switch of an API as the service has it, such as
    /// `shelves.create_status=200`; repeatable
    #[arg(
        long,
        value_name = "API.SWITCH=VALUE",
        env = "FIELDPROOF_SET",
        value_delimiter = ','
    )]
    set: Vec<String>,
    /// Folder where the service leaves its mails, as `--mail file:DIR` does
    #[arg(long, value_name = "DIR", env = "FIELDPROOF_MAILS")]
    mails: Option<PathBuf>,
    /// Address of this machine under which the service reaches it, to send
    /// notifications to; `none` where it does not
    /// [default: 127.0.0.1 for a service on this machine]
    #[arg(long, value_name = "ADDRESS", env = "FIELDPROOF_RECEIVER")]
    receiver: Option<String>,
    /// Also write to a service that is not on this machine; else it is only read
    #[arg(long)]
    allow_writes: bool,
}

impl Known {
    /// Sets the switches of the APIs to the values of the service.
    pub(super) fn switch(&self, apis: &mut [Api]) -> Result<(), Failure> {
        switch(apis, &self.set)
    }

    /// Whether the suite may write to the service at `url`.
    pub(super) fn writes(&self, url: &str) -> bool {
        self.allow_writes || is_loopback(url)
    }

    /// The token of each role, and where the next one comes from.
    fn tokens(&self, apis: &[Api]) -> Result<RoleTokens, Failure> {
        let usage = |why: String| Failure::new(Exit::Usage, format!("error: {why}"));
        let mut sources = Vec::new();
        for text in &self.token_command {
            sources.push(credentials::command(text));
        }
        for text in &self.oauth {
            sources.push(credentials::oauth(text).map_err(usage)?);
        }
        let renewals = Renewals::new(sources).map_err(usage)?;
        let named = apis.iter().any(|api| api.credentials != Credentials::None);
        tokens(&self.token, renewals, named)
    }

    /// The options for the service at `url`; `others` supplies the rest.
    pub(super) fn options(
        &self,
        url: &str,
        apis: &[Api],
        others: Options,
    ) -> Result<Options, Failure> {
        Ok(Options {
            url: address(url)?,
            writes: self.writes(url),
            bases: pairs(&self.base, "--base")?.into_iter().collect(),
            tokens: self.tokens(apis)?,
            headers: headers(&self.header)?,
            fixtures: objects_there(&self.fixtures, apis)?,
            mails: self.mails.clone(),
            receiver: self.receiver(url)?.map(|host| Arc::new(Receiver::on(host))),
            ..others
        })
    }

    /// The address at which the suite receives notifications; `None` if the service cannot
    /// reach it.
    fn receiver(&self, url: &str) -> Result<Option<IpAddr>, Failure> {
        match self.receiver.as_deref() {
            Some("none") => Ok(None),
            Some(text) => text.parse().map(Some).map_err(|_| {
                let why = format!("error: --receiver takes an IP address or `none`, not `{text}`");
                Failure::new(Exit::Usage, why)
            }),
            None => Ok(is_loopback(url).then_some(Ipv4Addr::LOCALHOST.into())),
        }
    }
}

/// Parses header fields of the form `NAME: VALUE`.
fn headers(given: &[String]) -> Result<Vec<(String, String)>, Failure> {
    let field = |text: &String| {
        let field = text.split_once(':');
        let field = field.filter(|(name, _)| !name.trim().is_empty());
        let field = field.map(|(name, value)| {
            let name = name.trim().to_ascii_lowercase();
            (name, value.trim().to_owned())
        });
        field.ok_or_else(|| {
            let why = format!("error: `-H \"{text}\"` is not of the form `NAME: VALUE`");
            Failure::new(Exit::Usage, why)
        })
    };
    given.iter().map(field).collect()
}

/// The URL of a service, which may lack a scheme.
fn address(url: &str) -> Result<String, Failure> {
    let usage = |why: &str| {
        let message = format!("error: `{url}` {why}, such as `http://127.0.0.1:8080`");
        Failure::new(Exit::Usage, message)
    };
    let (scheme, rest) = url
        .split_once("://")
        .ok_or_else(|| usage("has no scheme: write the whole address"))?;
    if !matches!(scheme, "http" | "https") || rest.is_empty() {
        return Err(usage("is no address of http or https"));
    }
    Ok(url.trim_end_matches('/').to_owned())
}

fn is_loopback(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority
            .rsplit_once(':')
            .map_or(authority, |(host, _)| host),
    };
    let loopback = |address: IpAddr| address.is_loopback();
    host == "localhost" || host.parse().is_ok_and(loopback)
}

#[cfg(test)]
mod tests {
    use super::{address, is_loopback};

    #[test]
    fn only_this_machine_is_loopback() {
        for own in [
            "http://127.0.0.1:8080",
            "http://localhost/v1",
            "http://[::1]:80",
            "127.0.0.1:1",
        ] {
            assert!(is_loopback(own), "{own}");
        }
        for other in [
            "http://example.org",
            "http://127.0.0.1.example.org",
            "http://10.0.0.1:80",
        ] {
            assert!(!is_loopback(other), "{other}");
        }
    }

    #[test]
    fn an_address_has_a_scheme() {
        assert_eq!(address("http://h:1/").unwrap(), "http://h:1");
        for bad in ["localhost:8080", "ftp://h", "http://", ""] {
            assert!(address(bad).is_err(), "{bad}");
        }
    }
}
