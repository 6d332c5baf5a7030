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
mod message;
mod read;
mod record;
mod refusal;
mod route;
mod rule;
mod update;
mod watch;

pub use message::{Reply, Request};
pub use record::Record;
pub(crate) use route::{fill, is_change, operations, path};
pub(super) use watch::Post;

use std::collections::HashMap;
use std::path::PathBuf;

use fieldproof_spec::model::{Api, Operation};

use self::message::Refusal;
use self::record::{Caller, Registry};
use super::mutation::{Kind, Mutation};
use crate::fixtures::Fixtures;

/// One API in service.
#[derive(Debug, Clone)]
pub struct Service {
    pub(super) api: Api,
    tokens: HashMap<String, Caller>,
    records: HashMap<String, Vec<Record>>,
    shared: Registry,
    clock: i64,
    number: u64,
    mails: Option<PathBuf>,
    desk: watch::Desk,
    /// The operation that is being done.
    operation: Option<Operation>,
    /// The resource that it is done with.
    subject: String,
    mutation: Option<Mutation>,
}

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
            Some(mutation) => mutation.rewritten(api),
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
            operation: None,
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
                || member.is_empty()
                    && self
                        .operation
                        .is_some_and(|one| one.as_str() == mutation.member);
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
