//! The command `serve`.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tracing_subscriber::EnvFilter;

use super::args::{Data, Mails, Serve, Webhooks, tables};
use super::ending::Ending;
use super::failure::Failure;
use super::program::{Job, Running, Server};
use super::speech::Speech;
use super::terminal::{complain, has_color, is_watched, say};
use super::{accept, expiry, layer, mount, scopes};
use crate::api::{Api, Switches};
use crate::auth::{Grant, Tokens, hash, new_token};
use crate::mail::{Sender, Worker};
use crate::metrics::Metrics;
use crate::service::{Service, TENANT};
use crate::store::{Extent, Store};
use crate::value::Instant;
use crate::watch::worker as watch;

/// File for the token that is created when there is none.
const BOOTSTRAP: &str = "bootstrap-token";

pub(super) fn serve(server: Server, args: &Serve) -> Result<(), Failure> {
    let apis = &*server.apis;
    let filter =
        EnvFilter::try_from_env("FIELDPROOF_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(has_color())
        .with_writer(std::io::stderr)
        .try_init();
    let bases = bases(apis, &args.base)?;
    let switches = switches(apis, &args.set)?;
    mount::refuse_collisions(apis, &bases)?;

    let sender = mails(apis, &args.mails)?;
    let mails = sender.is_some();

    let threads = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    // Bind before anything is created, so that a failure leaves nothing behind.
    let listener = threads.block_on(args.listen.bind())?;
    let tables = tables(apis);
    let _alone = args.data.reserve()?;
    let store: Arc<dyn Store> = args.data.open(apis, Extent::Additive)?;
    let tokens = args.data.tokens()?;
    bootstrap(apis, args.bootstrap_token.as_deref(), &args.data, &*tokens)?;

    let deliveries = deliveries(apis, &args.webhooks);
    let guard = match &deliveries {
        Some(settings) => Some(Arc::new(settings.guard()?)),
        None => None,
    };
    let hooks = Arc::new(server.hooks);
    let settings = apis.iter().zip(bases).zip(switches);
    let services: Vec<_> = settings
        .map(|((api, base), switches)| {
            let (hooks, store, tokens) = (&hooks, &store, &tokens);
            let new = Service::new(
                api,
                Arc::clone(hooks),
                Arc::clone(store),
                Arc::clone(tokens),
            );
            Arc::new(Service {
                base,
                host: args.public_host.clone(),
                switches,
                mails,
                guard: guard.clone(),
                ..new
            })
        })
        .collect();
    // Stops with the server: unsent mails wait for the next start.
    let _worker = match sender {
        Some(sender) => Some(Worker::start(Arc::clone(&store), sender, Instant::now)?),
        None => None,
    };
    let metrics = Arc::new(Metrics::new());
    let router = mount::router(
        &services,
        server.pages,
        server.routes,
        Arc::clone(&store),
        Arc::clone(&metrics),
    );
    let router = layer::around(router, Arc::clone(&metrics), Speech::of(&services));
    let mut jobs = jobs(server.jobs, &services);
    jobs.push(Box::pin(expiry::forget(Arc::clone(&store))));
    let watches = match deliveries {
        Some(settings) => Some(watch::Worker::new(store, &tables, settings, metrics)?),
        None => None,
    };
    threads.block_on(async {
        tokio::select! {
            ended = run(args, listener, router, watches) => ended,
            () = beside(jobs) => Ok(()),
        }
    })
}

/// Runs jobs, for ever: they end when this is dropped, and whoever waits goes on without one that
/// ends before.
async fn beside(jobs: Vec<Running>) {
    let mut running = tokio::task::JoinSet::new();
    jobs.into_iter().for_each(|job| drop(running.spawn(job)));
    while let Some(ended) = running.join_next().await {
        if let Err(error) = ended {
            tracing::error!(%error, "a job is lost until the next start");
        }
    }
    std::future::pending().await
}

/// The jobs of the program, each with the service of its API.
fn jobs(jobs: Vec<Job>, services: &[Arc<Service>]) -> Vec<Running> {
    let start = |job: Job| {
        let mut services = services.iter();
        let service = services.find(|service| service.api.name == job.api)?;
        Some((job.start)(Arc::clone(service)))
    };
    jobs.into_iter().filter_map(start).collect()
}

/// Serves until the process is asked to stop; requests and notifications in progress then have
/// some time to finish.
async fn run(
    args: &Serve,
    listener: TcpListener,
    router: Router,
    watches: Option<watch::Worker>,
) -> Result<(), Failure> {
    let asked = Ending::new(args.until_input_ends)?;
    let (serving, ended) = oneshot::channel();
    let end = async move {
        asked.asked().await;
        drop::<oneshot::Sender<()>>(serving);
    };
    let mut worker = None;
    let (all, each) = (args.connections, args.connections_per_address);
    let limits = accept::Limits::of(accept::raise_descriptors(), all, each);
    let served = accept::run(listener, router, limits, end, args.drain_time, |address| {
        say(&format!("listening on http://{address}"));
        worker = watches.map(|one| tokio::spawn(one.run(ended, args.drain_time)));
    });
    let served = served.await;
    if let Some(worker) = worker {
        worker.await?;
    }
    served
}

/// The operator's settings for deliveries, if an API has watches.
fn deliveries(apis: &[&'static Api], args: &Webhooks) -> Option<watch::Settings> {
    let mut tables = apis.iter().flat_map(|api| api.tables());
    let watched = tables.any(|table| table.watch.is_some());
    watched.then(|| watch::Settings {
        allow: args.allow_private_webhooks.clone(),
        schedule: args.webhook_schedule.clone().unwrap_or_default(),
        time_out: args.webhook_time_out,
    })
}

/// The mail sender, if an API sends mails and the operator configured one.
fn mails(apis: &[&'static Api], args: &Mails) -> Result<Option<Sender>, Failure> {
    let invites = apis
        .iter()
        .flat_map(|api| api.tables())
        .find(|table| table.invite.is_some());
    match (&args.signup_url, &args.mail, invites) {
        (Some(page), Some(way), Some(_)) => Ok(Some(Sender::new(way, &args.mail_from, page)?)),
        (Some(_), None, _) => Err("--signup-url needs --mail: a way for mails to leave".into()),
        (None, Some(_), _) => Err("--mail needs --signup-url: the page that links lead to".into()),
        (None, None, Some(table)) => {
            let resource = table.resource;
            complain(&format!(
                "no mail is sent for {resource}: neither --signup-url nor --mail is given"
            ));
            Ok(None)
        }
        _ => Ok(None),
    }
}

/// The base of each API.
fn bases(apis: &[&'static Api], given: &[String]) -> Result<Vec<String>, Failure> {
    let mut bases: Vec<String> = apis.iter().map(|api| api.base.to_owned()).collect();
    for setting in given {
        let (name, path) = setting
            .split_once('=')
            .ok_or_else(|| format!("`--base {setting}` is not of the form API=PATH"))?;
        let at = find(apis, name)?;
        let path = path.trim_end_matches('/');
        if !path.is_empty() && (!path.starts_with('/') || path.contains(['{', '}', '?', '#', ' ']))
        {
            return Err(
                format!("`--base {setting}`: a base begins with `/` and is a plain path").into(),
            );
        }
        path.clone_into(&mut bases[at]);
    }
    Ok(bases)
}

/// The switches of each API.
fn switches(apis: &[&'static Api], given: &[String]) -> Result<Vec<Switches>, Failure> {
    let mut switches: Vec<Switches> = apis.iter().map(|api| api.switches).collect();
    for setting in given {
        let parts = setting
            .split_once('=')
            .and_then(|(key, value)| Some((key.split_once('.')?, value)));
        let Some(((api, name), value)) = parts else {
            return Err(format!("`--set {setting}` is not of the form API.SWITCH=VALUE").into());
        };
        switches[find(apis, api)?].set(name, value)?;
    }
    // Clients cannot name a version that they are never shown.
    for (api, own) in apis.iter().zip(&mut switches) {
        own.require_if_match &= !api.dialect.no_validators;
    }
    Ok(switches)
}

/// The index of the API called `name`.
pub(super) fn find(apis: &[&'static Api], name: &str) -> Result<usize, Failure> {
    apis.iter().position(|api| api.name == name).ok_or_else(|| {
        let names: Vec<&str> = apis.iter().map(|api| api.name).collect();
        format!("there is no API `{name}`; there are {}", names.join(", ")).into()
    })
}

/// Makes sure that at least one token exists, or says that none does.
fn bootstrap(
    apis: &[&'static Api],
    given: Option<&str>,
    data: &Data,
    tokens: &dyn Tokens,
) -> Result<(), Failure> {
    let grant = Grant {
        tenant: TENANT.to_owned(),
        scopes: scopes::every(apis),
        user: None,
    };
    if let Some(token) = given {
        return Ok(tokens.insert(&hash(token), &grant, false)?);
    }
    if !tokens.list(None)?.is_empty() {
        return Ok(());
    }
    if data.is_shared() {
        // Of several servers that start at once, each would make one.
        complain("there is no token yet; `token create` makes one, also beside this server");
        return Ok(());
    }
    let token = new_token()?;
    if is_watched() {
        say(&format!(
            "token for the first calls, shown only now: {token}"
        ));
    } else {
        let file = data.data.join(BOOTSTRAP);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(0o600);
        writeln!(options.open(&file)?, "{token}")?;
        complain(&format!("token for the first calls: {}", file.display()));
    }
    Ok(tokens.insert(&hash(&token), &grant, false)?)
}
