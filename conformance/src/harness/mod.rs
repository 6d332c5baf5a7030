//! What checks work with: a client, fresh values, and a place for what they made.

mod change;
mod check_error;
mod client;
mod created;
mod credentials;
mod curl;
mod demand;
mod exchange;
mod fixture;
mod fresh;
mod journal;
mod judge;
mod known;
mod link;
mod mail;
mod never_shown;
mod notices;
mod pace;
mod receiver;
mod refusal;
mod request;
mod resend;
mod room;
mod sample;
mod walk;
mod wire;

pub(crate) use change::can_be_sent_back;
pub use check_error::{CheckError, Failure};
pub use client::Unreachable;
pub use credentials::Carried;
pub use exchange::Exchange;
pub use fixture::Fixture;
pub(crate) use fixture::collection;
pub use journal::{Journal, Leftovers};
pub(crate) use link::follow;
pub(crate) use notices::Notice;
pub use pace::Pace;
pub use receiver::Receiver;
pub(crate) use receiver::{Answer, Inbox};
use request::VARIABLES;
pub(crate) use request::email;
pub use request::{Request, Role, RoleTokens};
pub use resend::resend;
pub(crate) use wire::{ClientTask, Wire};

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::time::Duration;

use fieldproof_spec::model::{Api, Refusal, Sent, Validators};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value};

use self::client::Client;
use crate::fixtures::Fixtures;
use crate::options::Options;

/// Everything a check needs, for one API on one service.
pub struct Harness<'a> {
    /// The API.
    pub api: &'a Api,
    /// Objects that are known to be there, as the document prints them.
    pub fixtures: &'a Fixtures,
    cases: Cell<u32>,
    writes: bool,
    tokens: &'a RoleTokens,
    mails: Option<&'a Path>,
    receiver: Option<&'a Receiver>,
    /// How long a notification may take.
    notices: Duration,
    base: String,
    client: Client,
    pace: &'a Pace,
    /// Tells the values of this run from those of others.
    stamp: u64,
    /// Tells the values of this obligation from those of others.
    mark: Cell<u64>,
    count: Cell<u64>,
    /// Unique values that this obligation has given out.
    given: RefCell<BTreeSet<String>>,
    /// Why a value that is taken says nothing, where there are few.
    limited: RefCell<Option<String>>,
    seed: Cell<[u8; 32]>,
    runner: RefCell<TestRunner>,
    /// What paths last showed, for services that have no reads.
    seen: RefCell<HashMap<String, Map<String, Value>>>,
    /// Paths of objects that were there before, which are only read.
    borrowed: RefCell<BTreeSet<String>>,
    /// Paths of objects to remove.
    made: RefCell<Vec<String>>,
    last: RefCell<Option<Exchange>>,
}

impl<'a> Harness<'a> {
    /// Email address of the user that the main token speaks for, where it is known.
    #[must_use]
    pub fn user(&self) -> Option<&str> {
        self.tokens.user.as_deref()
    }

    /// A harness for `api` on the service that `options` name.
    #[must_use]
    pub fn new(api: &'a Api, options: &'a Options, tokens: &'a RoleTokens, pace: &'a Pace) -> Self {
        let base = options.bases.get(&api.name).unwrap_or(&api.base);
        let micros = jiff::Timestamp::now().as_microsecond();
        Self {
            api,
            fixtures: &options.fixtures,
            cases: Cell::new(options.cases),
            writes: options.writes,
            tokens,
            mails: options.mails.as_deref(),
            receiver: options.receiver.as_deref(),
            notices: options.notices,
            base: base.trim_end_matches('/').to_owned(),
            client: Client::new(&options.url, options.patience, options.journal.clone())
                .with(&options.headers),
            pace,
            stamp: micros.unsigned_abs(),
            mark: Cell::new(0),
            count: Cell::new(0),
            given: RefCell::default(),
            limited: RefCell::default(),
            seed: Cell::new([0; 32]),
            runner: RefCell::new(TestRunner::deterministic()),
            seen: RefCell::default(),
            borrowed: RefCell::default(),
            made: RefCell::new(Vec::new()),
            last: RefCell::new(None),
        }
    }

    /// Inputs per check that tries many.
    #[must_use]
    pub fn cases(&self) -> u32 {
        self.cases.get()
    }

    /// Begins an obligation: the same seed, cases and id give the same inputs.
    pub fn begin(&self, seed: u64, cases: u32, id: &str) {
        self.cases.set(cases);
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        // FNV-1a: any spread of ids over seeds will do.
        let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        bytes[8..16].copy_from_slice(&hash.to_le_bytes());
        self.seed.set(bytes);
        self.mark
            .set((self.stamp ^ hash).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16);
        self.count.set(0);
        self.given.borrow_mut().clear();
        self.seen.borrow_mut().clear();
        *self.limited.borrow_mut() = None;
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
    pub fn fail<T>(&self, message: impl Into<String>) -> Result<T, CheckError> {
        Err(CheckError::Fail(Box::new(Failure {
            message: message.into(),
            exchange: self.last(),
            ..Failure::default()
        })))
    }

    /// Fails unless `holds`.
    ///
    /// # Errors
    /// A failure with the last exchange.
    pub fn ensure(&self, holds: bool, message: impl FnOnce() -> String) -> Result<(), CheckError> {
        if holds { Ok(()) } else { self.fail(message()) }
    }

    /// Removes what was made, newest first.
    pub fn clean(&self) {
        let made = std::mem::take(&mut *self.made.borrow_mut());
        for path in made.iter().rev() {
            let _ = self.wire().send(&Request::new("DELETE", path));
        }
    }

    /// Takes an exchange for the last one, which a failure shows.
    pub(crate) fn note(&self, exchange: &Exchange) {
        *self.last.borrow_mut() = Some(exchange.clone());
    }

    /// The path before the paths of the API.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Id and token of a client, if there is one.
    pub(crate) fn client(&self) -> Option<(&str, &str)> {
        self.tokens.client.as_deref()?.split_once(':')
    }

    /// Whether objects have entity tags that are honoured.
    pub(crate) fn has_tags(&self) -> bool {
        self.api.dialect.validators.is(Validators::Strong)
    }

    /// Whether lists tell how many objects there are in a header.
    pub(crate) fn has_total(&self) -> bool {
        self.api.dialect.total.is(Sent::Sent)
    }

    /// Whether lists link to their other pages.
    pub(crate) fn has_links(&self) -> bool {
        self.api.dialect.links.is(Sent::Sent)
    }

    /// Whether something says how a kind of refusal is answered, and so that there is one.
    pub(crate) fn says(&self, kind: Refusal) -> bool {
        self.api.dialect.status(kind).row.is_some()
    }

    /// Whether the service keeps to the conventions of the house.
    pub(crate) fn is_house(&self) -> bool {
        self.api.dialect.house.is_some()
    }

    /// Whether the service answers at all.
    pub(crate) fn answers(&self) -> bool {
        self.wire()
            .send(&Request::get("/").by(Role::Nobody))
            .is_ok()
    }

    /// What stands at an absolute path of the service, for anybody.
    ///
    /// # Errors
    /// A service that does not answer.
    pub(crate) fn page(&self, path: &str) -> Result<Exchange, CheckError> {
        self.pace.wait();
        let page = self.client.send(&Request::get(path), path, None);
        let page = page.map_err(CheckError::Unreachable)?;
        *self.last.borrow_mut() = Some(page.clone());
        Ok(page)
    }

    /// Replaces tokens in an exchange by the names of their variables.
    pub(crate) fn redact(&self, exchange: &mut Exchange) {
        self.tokens.redact(exchange);
    }

    /// The token of a role, if there is one.
    pub(crate) fn token(&self, role: Role) -> Option<&str> {
        self.tokens.of(role)
    }
}
