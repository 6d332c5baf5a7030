//! A server program: the APIs that it serves, and the own logic that it adds.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;

use crate::api::Api;
use crate::hooks::{Hooks, Registry};
use crate::resource::Resource;
use crate::service::{Routes, Service};

/// A server program, which `main` puts together and runs.
#[must_use]
pub struct Server {
    pub(super) apis: Vec<&'static Api>,
    pub(super) hooks: Registry,
    pub(super) routes: HashMap<&'static str, Added>,
    pub(super) pages: Router,
    pub(super) jobs: Vec<Job>,
}

/// Routes that a program adds to an API: [`Routes`], or a router of axum.
#[derive(Default)]
pub struct Added {
    pub(super) routes: Routes,
    pub(super) router: Router<Arc<Service>>,
}

impl From<Routes> for Added {
    fn from(routes: Routes) -> Self {
        let router = Router::new();
        Self { routes, router }
    }
}

impl From<Router<Arc<Service>>> for Added {
    fn from(router: Router<Arc<Service>>) -> Self {
        let routes = Routes::new();
        Self { routes, router }
    }
}

/// A job that runs beside the server.
pub(super) struct Job {
    pub(super) api: &'static str,
    pub(super) start: Box<dyn FnOnce(Arc<Service>) -> Running + Send>,
}

/// A job that runs.
pub(super) type Running = Pin<Box<dyn Future<Output = ()> + Send>>;

impl Server {
    /// A server of `apis`, as their specs describe them.
    pub fn new(apis: &[&'static Api]) -> Self {
        Self {
            apis: apis.to_vec(),
            hooks: Registry::default(),
            routes: HashMap::new(),
            pages: Router::new(),
            jobs: Vec::new(),
        }
    }

    /// Adds own logic for the objects of `R`, in place of what was added before.
    pub fn hooks<R: Resource>(mut self, hooks: impl Hooks<R>) -> Self {
        self.hooks.add(hooks);
        self
    }

    /// Adds routes below the base of `api`. A method of a path that the API has as well replaces
    /// that operation, and leaves the others of the path as they are.
    pub fn routes(mut self, api: &'static Api, routes: impl Into<Added>) -> Self {
        let (before, added) = (
            self.routes.remove(api.name).unwrap_or_default(),
            routes.into(),
        );
        let added = Added {
            routes: before.routes.and(added.routes),
            router: before.router.merge(added.router),
        };
        self.routes.insert(api.name, added);
        self
    }

    /// Adds routes outside of the APIs, such as pages. They come before those of the APIs.
    pub fn pages(mut self, pages: Router) -> Self {
        self.pages = self.pages.merge(pages);
        self
    }

    /// Adds a job that runs while the server does, with the service of `api` to write with.
    pub fn job<F: Future<Output = ()> + Send + 'static>(
        mut self,
        api: &'static Api,
        job: impl FnOnce(Arc<Service>) -> F + Send + 'static,
    ) -> Self {
        self.jobs.push(Job {
            api: api.name,
            start: Box::new(move |service| Box::pin(job(service))),
        });
        self
    }
}
