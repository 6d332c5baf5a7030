//! Concurrent requests of several clients.

use std::sync::Barrier;

use fieldproof_spec::model::Api;

use super::client::{Client, Context};
use super::{Exchange, Harness, Pace, Request, RoleTokens, Unreachable, demand};

/// The parts of a harness that threads can share to send requests.
#[derive(Clone, Copy)]
pub(crate) struct Wire<'l> {
    client: &'l Client,
    pace: &'l Pace,
    tokens: &'l RoleTokens,
    base: &'l str,
    api: &'l Api,
}

/// The task of one client, with its result.
pub(crate) type ClientTask<'l, T> = Box<dyn FnOnce(Wire<'_>) -> Result<T, Unreachable> + Send + 'l>;

impl Harness<'_> {
    /// Runs clients concurrently, starting at the same moment; returns their results.
    ///
    /// # Errors
    /// The service does not answer one of them.
    pub(crate) fn side_by_side<T: Send>(
        &self,
        clients: Vec<ClientTask<'_, T>>,
    ) -> Result<Vec<T>, Unreachable> {
        self.forget_shown();
        let (wire, start) = (self.wire(), Barrier::new(clients.len()));
        let begin = |client: ClientTask<'_, T>| {
            start.wait();
            client(wire)
        };
        let begin = &begin;
        std::thread::scope(|scope| {
            let threads: Vec<_> = clients
                .into_iter()
                .map(|client| scope.spawn(move || begin(client)))
                .collect();
            let gone = || Unreachable("a client of the suite ended early".to_owned());
            let ends = threads.into_iter().map(|one| one.join());
            ends.map(|end| end.unwrap_or_else(|_| Err(gone())))
                .collect()
        })
    }
}

impl Harness<'_> {
    /// The shared parts of this harness.
    pub(crate) fn wire(&self) -> Wire<'_> {
        Wire {
            client: &self.client,
            pace: self.pace,
            tokens: self.tokens,
            base: &self.base,
            api: self.api,
        }
    }
}

impl<'l> Wire<'l> {
    /// The same with another path before the paths of the API.
    pub(crate) fn at(self, base: &'l str) -> Self {
        Self { base, ..self }
    }

    /// Sends a request; a change with the version that the API demands. A service that
    /// wants to be asked later is.
    ///
    /// # Errors
    /// The service does not answer.
    pub(crate) fn send(&self, request: &Request) -> Result<Exchange, Unreachable> {
        self.pace.patiently(|| self.once(request))
    }

    fn once(&self, request: &Request) -> Result<Exchange, Unreachable> {
        let target = format!("{}{}", self.base, request.path);
        let request = demand::met(self.api, request);
        let send = |token: Option<&str>| {
            let context = Context {
                api: self.api,
                base: self.base,
                token,
            };
            self.client.send(&request, &target, Some(context))
        };
        let (role, renewals) = (request.role, &self.tokens.renewals);
        let Some(token) = self.tokens.current(role) else {
            return send(None);
        };
        let exchange = send(Some(&token))?;
        if exchange.status != 401 {
            renewals.accepted(role, &token);
            return Ok(exchange);
        }
        // Nothing was done by it: it can be sent again.
        let Some(token) = renewals.renewed(role, &token).map_err(Unreachable)? else {
            return Ok(exchange);
        };
        let exchange = send(Some(&token))?;
        if exchange.status != 401 {
            renewals.accepted(role, &token);
        }
        Ok(exchange)
    }
}
