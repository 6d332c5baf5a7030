//! The tools of checks: a client, fresh values, and the removal of created objects.

mod agreed;
mod allow;
mod change;
mod check_error;
mod client;
mod counts;
mod created;
mod credentials;
mod curl;
mod demand;
mod element;
mod exchange;
mod fixture;
mod fresh;
mod ignored;
mod journal;
mod judge;
mod known;
mod link;
mod mail;
mod never_shown;
mod notices;
mod oauth;
mod pace;
mod part;
mod receiver;
mod reference;
mod refusal;
mod refusal_body;
mod renewal;
mod request;
mod resend;
mod room;
mod sample;
mod stored;
mod violation;
mod walk;
mod wire;

pub(crate) use change::can_be_sent_back;
pub use check_error::{CheckError, Failure};
pub use client::Unreachable;
pub use credentials::Carried;
pub(crate) use curl::{Piece, pieces};
pub use exchange::Exchange;
pub use fixture::Fixture;
pub(crate) use fixture::collection;
pub use journal::{Journal, Leftovers};
pub(crate) use link::follow;
pub use oauth::ClientCredentials;
pub use pace::Pace;
pub(crate) use pace::retry_after;
pub(crate) use part::{asking, part};
pub use receiver::Receiver;
pub(crate) use receiver::{Answer, Inbox};
pub use renewal::{Renewals, TokenSource};
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

use self::agreed::Answered;
use self::client::Client;
use self::element::Elements;
use crate::fixtures::Fixtures;
use crate::options::Options;

/// Everything that a check needs, for one API on one service.
pub struct Harness<'a> {
    /// The API.
    pub api: &'a Api,
    /// Objects that are known to exist, as the document prints them.
    pub fixtures: &'a Fixtures,
    cases: Cell<u32>,
    writes: bool,
    tokens: &'a RoleTokens,
    mails: Option<&'a Path>,
    receiver: Option<&'a Receiver>,
    /// How long to wait for a notification.
    notices: Duration,
    base: String,
    client: Client,
    pace: &'a Pace,
    /// Distinguishes the values of this run from those of others.
    stamp: u64,
    /// Distinguishes the values of this obligation from those of others.
    mark: Cell<u64>,
    /// How many obligations were begun: the same one again makes other objects.
    begun: Cell<u64>,
    count: Cell<u64>,
    /// Unique values that this obligation already used.
    given: RefCell<BTreeSet<String>>,
    /// Why a conflict says nothing, if a unique member has few possible values.
    limited: RefCell<Option<String>>,
    seed: Cell<[u8; 32]>,
    runner: RefCell<TestRunner>,
    /// The last answer of each path, for services without reads.
    seen: RefCell<HashMap<String, Map<String, Value>>>,
    /// What lists last showed of objects of this obligation.
    elements: RefCell<Elements>,
    /// What the last write of this obligation answered.
    answered: RefCell<Option<Answered>>,
    /// Paths of objects that existed before, which are only read.
    borrowed: RefCell<BTreeSet<String>>,
    /// Paths of objects to remove.
    made: RefCell<Vec<String>>,
    last: RefCell<Option<Exchange>>,
}

impl<'a> Harness<'a> {
    /// The email address of the user that the main token belongs to, if known.
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
            begun: Cell::new(0),
            count: Cell::new(0),
            given: RefCell::default(),
            limited: RefCell::default(),
            seed: Cell::new([0; 32]),
            runner: RefCell::new(TestRunner::deterministic()),
            seen: RefCell::default(),
            elements: RefCell::default(),
            answered: RefCell::default(),
            borrowed: RefCell::default(),
            made: RefCell::new(Vec::new()),
            last: RefCell::new(None),
        }
    }

    /// The number of inputs of checks that try many.
    #[must_use]
    pub fn cases(&self) -> u32 {
        self.cases.get()
    }

    /// Begins an obligation: the same seed, cases and id give the same inputs, beside
    /// values that have to be nobody else's.
    pub fn begin(&self, seed: u64, cases: u32, id: &str) {
        self.cases.set(cases);
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        // FNV-1a; any hash with an even distribution will do.
        let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        bytes[8..16].copy_from_slice(&hash.to_le_bytes());
        self.seed.set(bytes);
        self.begun.set(self.begun.get() + 1);
        let stamp = self.stamp.wrapping_add(self.begun.get());
        self.mark
            .set((stamp ^ hash).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16);
        self.count.set(0);
        self.given.borrow_mut().clear();
        self.seen.borrow_mut().clear();
        self.elements.borrow_mut().clear();
        *self.answered.borrow_mut() = None;
        *self.limited.borrow_mut() = None;
        *self.runner.borrow_mut() = self.runner(1);
        *self.last.borrow_mut() = None;
    }

    /// A proptest runner for this obligation.
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

    /// Removes created objects, newest first.
    pub fn clean(&self) {
        let made = std::mem::take(&mut *self.made.borrow_mut());
        for path in made.iter().rev() {
            let _ = self.wire().send(&Request::new("DELETE", path));
        }
    }

    /// Makes an exchange the last one, which failures show.
    pub(crate) fn note(&self, exchange: &Exchange) {
        *self.last.borrow_mut() = Some(exchange.clone());
    }

    /// The path before the paths of the API.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// The id and token of a client, if there is one.
    pub(crate) fn client(&self) -> Option<(&str, &str)> {
        self.tokens.client.as_deref()?.split_once(':')
    }

    /// Whether objects have strong entity tags.
    pub(crate) fn has_tags(&self) -> bool {
        self.api.dialect.validators.is(Validators::Strong)
    }

    /// Whether lists have a header with the total number of objects.
    pub(crate) fn has_total(&self) -> bool {
        self.api.dialect.total.is(Sent::Sent)
    }

    /// Whether lists link to their other pages.
    pub(crate) fn has_links(&self) -> bool {
        self.api.dialect.links.is(Sent::Sent)
    }

    /// Whether a row says how refusals of this kind are answered.
    pub(crate) fn says(&self, kind: Refusal) -> bool {
        self.api.dialect.status(kind).row.is_some()
    }

    /// Whether the spec adopts the house conventions.
    pub(crate) fn is_house(&self) -> bool {
        self.api.dialect.house.is_some()
    }

    /// Whether the service answers at all.
    pub(crate) fn answers(&self) -> bool {
        self.wire()
            .send(&Request::get("/").by(Role::Nobody))
            .is_ok()
    }

    /// Gets an absolute path of the service, without credentials.
    ///
    /// # Errors
    /// The service does not answer.
    pub(crate) fn page(&self, path: &str) -> Result<Exchange, CheckError> {
        let ask = || self.client.send(&Request::get(path), path, None);
        let page = self.pace.patiently(ask);
        let page = page.map_err(CheckError::Unreachable)?;
        *self.last.borrow_mut() = Some(page.clone());
        Ok(page)
    }

    /// Replaces the tokens in an exchange by the names of their variables.
    pub(crate) fn redact(&self, exchange: &mut Exchange) {
        self.tokens.redact(exchange);
    }

    /// The token of a role, if there is one.
    pub(crate) fn token(&self, role: Role) -> Option<String> {
        self.tokens.current(role)
    }
}
