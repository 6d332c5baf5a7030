//! What checks work with: a client, fresh values, and a place for what they made.

mod ask;
mod client;
mod exchange;
mod fresh;
mod judge;
mod mail;
mod make;
mod sample;
mod stop;

pub use ask::{Ask, Role, Tokens};
pub use client::Lost;
pub use exchange::Exchange;
pub use make::Made;
pub(crate) use make::collection;
pub use stop::{Failure, Stop};

use std::cell::{Cell, RefCell};
use std::path::Path;

use fieldproof_spec::model::Api;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use self::client::Client;
use crate::fixtures::Fixtures;

/// Everything a check needs, for one API on one service.
pub struct Lab<'a> {
    /// The API.
    pub api: &'a Api,
    /// Objects that are known to be there, as the document prints them.
    pub fixtures: &'a Fixtures,
    /// Inputs per check that tries many.
    pub cases: u32,
    tokens: &'a Tokens,
    mails: Option<&'a Path>,
    base: String,
    client: Client,
    /// Tells the values of this run from those of others.
    stamp: String,
    count: Cell<u64>,
    seed: Cell<[u8; 32]>,
    runner: RefCell<TestRunner>,
    /// Paths of objects to remove.
    made: RefCell<Vec<String>>,
    last: RefCell<Option<Exchange>>,
}

impl<'a> Lab<'a> {
    /// A lab for `api` on the service at `url`, with `base` before its paths.
    #[must_use]
    pub fn new(
        api: &'a Api,
        url: &str,
        base: &str,
        tokens: &'a Tokens,
        fixtures: &'a Fixtures,
        cases: u32,
    ) -> Self {
        let micros = jiff::Timestamp::now().as_microsecond();
        Self {
            api,
            fixtures,
            cases,
            tokens,
            mails: None,
            base: base.trim_end_matches('/').to_owned(),
            client: Client::new(url),
            stamp: format!("{micros:x}"),
            count: Cell::new(0),
            seed: Cell::new([0; 32]),
            runner: RefCell::new(TestRunner::deterministic()),
            made: RefCell::new(Vec::new()),
            last: RefCell::new(None),
        }
    }

    /// The same with a folder where the service leaves its mails.
    #[must_use]
    pub fn with_mails(mut self, folder: Option<&'a Path>) -> Self {
        self.mails = folder;
        self
    }

    /// Begins an obligation: the same seed and id give the same inputs.
    pub fn begin(&self, seed: u64, id: &str) {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        // FNV-1a: any spread of ids over seeds will do.
        let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        bytes[8..16].copy_from_slice(&hash.to_le_bytes());
        self.seed.set(bytes);
        *self.runner.borrow_mut() = self.runner(1);
        *self.last.borrow_mut() = None;
    }

    /// A runner of proptest for this obligation.
    #[must_use]
    pub fn runner(&self, cases: u32) -> TestRunner {
        let config = Config {
            cases,
            failure_persistence: None,
            max_shrink_iters: 100,
            ..Config::default()
        };
        TestRunner::new_with_rng(
            config,
            TestRng::from_seed(RngAlgorithm::ChaCha, &self.seed.get()),
        )
    }

    /// The last exchange.
    #[must_use]
    pub fn last(&self) -> Option<Exchange> {
        self.last.borrow().clone()
    }

    /// Fails with the last exchange.
    pub fn fail<T>(&self, message: impl Into<String>) -> Result<T, Stop> {
        Err(Stop::Fail(Box::new(Failure {
            message: message.into(),
            exchange: self.last(),
        })))
    }

    /// Fails unless `holds`.
    ///
    /// # Errors
    /// A failure with the last exchange.
    pub fn ensure(&self, holds: bool, message: impl FnOnce() -> String) -> Result<(), Stop> {
        if holds { Ok(()) } else { self.fail(message()) }
    }

    /// Removes what was made, newest first.
    pub fn clean(&self) {
        let made = std::mem::take(&mut *self.made.borrow_mut());
        for path in made.iter().rev() {
            let _ = self.client.send(
                &Ask::new("DELETE", path),
                &self.target(path),
                self.token(Role::Main),
            );
        }
    }

    /// Id and token of a client, if there is one.
    pub(crate) fn client(&self) -> Option<(&str, &str)> {
        self.tokens.client.as_deref()?.split_once(':')
    }

    fn target(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The token of a role, if there is one.
    pub(crate) fn token(&self, role: Role) -> Option<&str> {
        self.tokens.of(role)
    }
}
