//! The service behind the proxy.

use std::io::{BufReader, Error, Result};
use std::net::TcpStream;
use std::time::Duration;

use super::message::{Request, Response};
use super::wire::{ends, read_response, write_request};

/// CampaignOptions long a service may take for one answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where a service listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    authority: String,
    /// A service on this machine is called what its client calls it.
    is_near: bool,
}

impl Target {
    /// The service at an address of `http`; rewrites read what crosses, so nothing of
    /// it may be sealed.
    ///
    /// # Errors
    /// Another scheme, or no host.
    pub fn of(url: &str) -> std::result::Result<Self, String> {
        let rest = url
            .strip_prefix("http://")
            .ok_or_else(|| format!("`{url}` is no address of http"))?;
        let host = rest.split('/').next().unwrap_or_default();
        if host.is_empty() || rest.trim_end_matches('/') != host {
            return Err(format!("`{url}` is not of the form http://HOST[:PORT]"));
        }
        let has_port = host
            .rsplit_once(':')
            .is_some_and(|(_, port)| port.parse::<u16>().is_ok());
        Ok(Self {
            authority: match has_port {
                true => host.to_owned(),
                false => format!("{host}:80"),
            },
            is_near: ["127.", "localhost", "[::1]"]
                .iter()
                .any(|near| host.starts_with(near)),
        })
    }
}

/// A connection to the service, made when it is needed.
pub(super) struct Upstream {
    target: Target,
    open: Option<BufReader<TcpStream>>,
}

impl Upstream {
    pub(super) fn new(target: Target) -> Self {
        Self { target, open: None }
    }

    /// Asks the service. A connection that rested may have been closed by the other
    /// side: then nothing of the request was read, and it is sent on a new one.
    pub(super) fn ask(&mut self, request: &Request) -> Result<Response> {
        if let Some(rested) = self.open.take()
            && let Ok(response) = self.on(rested, request)
        {
            return Ok(response);
        }
        let stream = TcpStream::connect(&self.target.authority)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        self.on(BufReader::new(stream), request)
    }

    fn on(&mut self, mut reader: BufReader<TcpStream>, request: &Request) -> Result<Response> {
        let named = request.field("host").filter(|_| self.target.is_near);
        let host = named.unwrap_or(&self.target.authority);
        write_request(reader.get_mut(), request, host)?;
        let response = read_response(&mut reader, request.method == "HEAD")
            .map_err(|error| Error::new(error.kind(), format!("no answer: {error}")))?;
        if !ends(&response.fields) {
            self.open = Some(reader);
        }
        Ok(response)
    }
}
