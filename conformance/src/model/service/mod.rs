//! The model as a service: requests in, replies out.

mod bend;
mod create;
mod delete;
mod invite;
mod link;
mod list;
mod load;
mod login;
mod media;
mod read;
mod refusal;
mod route;
mod rule;
mod update;
mod watch;

pub(crate) use route::{fill, is_change, operations, path};
pub(super) use watch::Post;

use std::collections::HashMap;
use std::path::PathBuf;

use fieldproof_spec::model::Api;
use serde_json::{Map, Value};

use super::mutation::{Kind, Mutation};
use crate::fixtures::Fixtures;

/// A request as the model sees it.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path below the base.
    pub path: String,
    /// The query string, raw.
    pub query: String,
    /// Headers with lower-case names.
    pub headers: HashMap<String, String>,
    /// The body.
    pub body: Vec<u8>,
}

/// The model's reply.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// Headers with lower-case names.
    pub headers: Vec<(String, String)>,
    /// The body as text.
    pub body: String,
}

/// An object that the model keeps.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its identifier.
    pub id: String,
    /// The identifier of its parent.
    pub parent: Option<String>,
    /// The tenant it belongs to.
    pub tenant: String,
    /// The user who sees it, where each user sees his own.
    pub user: Option<String>,
    /// Its place in the order of creation.
    pub order: u64,
    /// The moment of its create in microseconds.
    pub created: i64,
    /// The moment of its last change.
    pub updated: i64,
    /// The number of the change that made it what it is.
    pub version: u64,
    /// Its members without children.
    pub object: Map<String, Value>,
}

/// Who calls.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    pub(super) tenant: String,
    pub(super) user: Option<&'static str>,
    pub(super) reads: bool,
    pub(super) writes: bool,
    /// Sees members that a scope shows.
    pub(super) sees: bool,
}

/// One API in service.
#[derive(Debug, Clone)]
pub struct Service {
    pub(super) api: Api,
    tokens: HashMap<String, Caller>,
    records: HashMap<String, Vec<Record>>,
    shared: link::Registry,
    clock: i64,
    number: u64,
    mails: Option<PathBuf>,
    desk: watch::Desk,
    /// The operation that is being done.
    operation: &'static str,
    /// The resource that it is done with.
    subject: String,
    mutation: Option<Mutation>,
}

/// An answer that refuses.
type Refusal = Box<Reply>;

impl Service {
    /// The API with nothing in it, one promise broken if asked for. Tokens are
    /// `main`, `other_tenant`, `read_only`, `no_scope`, `other_user`, `no_user`,
    /// `no_secret`, and `client_token` of the client `client_id`.
    #[must_use]
    pub fn new(api: Api, mutation: Option<Mutation>) -> Self {
        let caller = |tenant: &str, reads, writes| Caller {
            tenant: tenant.to_owned(),
            user: Some("main"),
            reads,
            writes,
            sees: true,
        };
        let api = match &mutation {
            Some(mutation) => mutation.bent(api),
            None => api,
        };
        let tokens = [
            ("main", caller("main", true, true)),
            ("other_tenant", caller("other", true, true)),
            ("read_only", caller("main", true, false)),
            ("no_scope", caller("main", false, false)),
            (
                "other_user",
                Caller {
                    user: Some("other"),
                    ..caller("main", true, true)
                },
            ),
            ("client_token", caller("main", true, true)),
            (
                "no_secret",
                Caller {
                    sees: false,
                    ..caller("main", true, true)
                },
            ),
            (
                "no_user",
                Caller {
                    user: None,
                    ..caller("main", true, true)
                },
            ),
        ];
        Self {
            api,
            tokens: tokens
                .map(|(token, caller)| (token.to_owned(), caller))
                .into(),
            records: HashMap::new(),
            shared: HashMap::new(),
            clock: 0,
            number: 0,
            mails: None,
            desk: watch::Desk::default(),
            operation: "",
            subject: String::new(),
            mutation,
        }
    }

    /// The same with objects that are there, as an import takes them.
    #[must_use]
    pub fn with(mut self, fixtures: &Fixtures) -> Self {
        let api = self.api.clone();
        for resource in api.resources.iter().filter(|one| one.parent.is_none()) {
            let users = [("main", &fixtures.main), ("other", &fixtures.other_user)];
            for (user, objects) in users {
                for object in crate::fixtures::of(&api, resource, objects) {
                    self.load(resource, user, object);
                }
            }
        }
        self
    }

    /// The same with a folder to leave mails in.
    #[must_use]
    pub fn with_mails(mut self, folder: Option<PathBuf>) -> Self {
        self.mails = folder;
        self
    }

    /// Moves the clock: with the wall, and later than every earlier moment.
    fn tick(&mut self) {
        let now = jiff::Timestamp::now().as_microsecond();
        self.clock = now.max(self.clock + 1);
    }

    pub(super) fn broken(&self, kind: Kind, resource: &str, member: &str) -> bool {
        self.mutation.as_ref().is_some_and(|mutation| {
            let whole = mutation.member.is_empty()
                || mutation.member == member
                || member.is_empty() && mutation.member == self.operation;
            mutation.kind == kind && mutation.resource == resource && whole
        })
    }

    /// Whether requests of a method work on what was there some time ago.
    pub(super) fn tears(&self, method: &str) -> bool {
        let torn = match method {
            "PUT" | "PATCH" => Kind::UpdateTorn,
            "POST" => Kind::CreateTorn,
            _ => return false,
        };
        self.mutation.as_ref().is_some_and(|one| one.kind == torn)
    }

    /// Answers a request whose path begins with the base.
    pub(super) fn serve(&mut self, mut request: Request) -> Reply {
        match request.path.strip_prefix(&self.api.base) {
            Some(path) => {
                request.path = path.to_owned();
                self.answer(&request)
            }
            // Problems are explained at one place, whatever the base.
            None if request.path.starts_with("/problems/") => self.answer(&request),
            None => *refusal::problem(404, "not_found", &[]),
        }
    }

    /// Answers a request.
    pub fn answer(&mut self, request: &Request) -> Reply {
        let request = &self.credited(request);
        let before = self.before(request);
        let mut reply = self.route(request).unwrap_or_else(|refusal| *refusal);
        self.tell(before, &reply);
        if request.method == "HEAD" {
            reply.body.clear();
            if self.broken(Kind::HeadBare, &self.subject, "") {
                let label = |name: &str| name == "content-type";
                reply.headers.retain(|(name, _)| label(name));
            }
        }
        reply
    }
}
