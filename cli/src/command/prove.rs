//! `prove`: the whole way from the specs to a report.

use std::panic::resume_unwind;
use std::path::Path;
use std::thread::ScopedJoinHandle;
use std::time::Instant;

use clap::Args;
use fieldproof_conformance::harness::{Renewals, RoleTokens};
use fieldproof_conformance::report::{Report, RulingState};
use fieldproof_conformance::{Fixtures, Options, fixtures, fixtures_of};
use fieldproof_spec::model::Api;
use serde_json::Value;

use super::given::switch;
use super::settings::{Settings, exit};
use super::{coverage, generate, verdict};
use crate::exit::{Done, Exit, Failure};
use crate::project::Project;
use crate::report::{Target, texts};
use crate::server::{Server, build};
use crate::specs::checked;
use crate::terminal::say;

/// The folder of reports, relative to the project.
const REPORTS: &str = "target/fieldproof";

#[derive(Debug, Args)]
#[command(
    after_help = "Checks the specs, regenerates the server, builds it, serves it on an embedded SQLite, judges \
                        every documented row over HTTP and writes the report."
)]
pub(crate) struct Prove {
    /// Regenerate nothing; fail with exit code 5 when the generated code is out of date
    #[arg(long)]
    frozen: bool,
    #[command(flatten)]
    project: Project,
    #[command(flatten)]
    settings: Settings,
}

impl Prove {
    pub(crate) fn run(self) -> Done {
        let started = Instant::now();
        let out = self.project.out();
        say("1. check the specs");
        let loaded = checked(&self.project.spec)?;
        for one in &loaded {
            for line in coverage::summary(one).0 {
                say(&format!("   {line}"));
            }
        }
        let apis: Vec<Api> = loaded.into_iter().filter_map(|one| one.api).collect();
        say("2. regenerate the server");
        if !self.is_fresh(&apis, &out)? {
            say("not proven: the generated code is out of date");
            return Ok(Exit::OutOfDate);
        }
        say("3. build the server");
        let program = build(&out)?;
        say("4. judge every documented row");
        let server = Server::start(&program, &[])?;
        let options = options(&apis, &server, &self.settings)?;
        let report = self.settings.judge(&apis, options.clone())?;
        drop(server);
        let texts = texts(&report, self.settings.documents.as_deref());
        for kind in ["json", "html"] {
            Target::read(&format!("{kind}={REPORTS}/report.{kind}"))?.write(&report, &texts)?;
        }
        let first = exit(&report);
        let other = match options.is_partial() || first != Exit::Ok {
            true => None,
            false => {
                say("5. judge again with switches the other way");
                Some(self.turned(apis, &program)?)
            }
        };
        let reports: Vec<&Report> = std::iter::once(&report).chain(&other).collect();
        let holds = reports.iter().all(|one| exit(one) == Exit::Ok);
        let proven = holds && (options.is_partial() || is_whole(&report));
        let page = Path::new(REPORTS).join("report.html");
        say(&verdict::line(proven, &reports, started.elapsed(), &page));
        Ok(if proven { Exit::Ok } else { Exit::Findings })
    }

    /// Writes the server's code, or, if nothing may be written, compares it; returns
    /// whether it is up to date.
    fn is_fresh(&self, apis: &[Api], out: &Path) -> Result<bool, Failure> {
        let files = generate::files(apis, out)?;
        if self.frozen {
            let found = generate::compare(&files, out)?;
            return Ok(generate::report(&found, out, false) == Exit::Ok);
        }
        for line in generate::write(&files, out, false)? {
            say(&format!("   {line}"));
        }
        Ok(true)
    }
}

/// Whether all rows that could be judged, and all rulings that are due, are proven.
fn is_whole(report: &Report) -> bool {
    let open = |ruling: &RulingState| matches!(ruling.state.as_str(), "unproven" | "failed");
    let mut documents = report.documents.iter();
    documents.all(|one| one.proven + one.skipped == one.rows) && !report.rulings.iter().any(open)
}

impl Prove {
    /// Judges the effects of switches on a server with their other settings.
    fn turned(&self, mut apis: Vec<Api>, program: &Path) -> Result<Report, Failure> {
        let mut set = Vec::new();
        for api in &apis {
            let settings = OTHER_WAY.iter();
            set.extend(settings.map(|setting| format!("{}.{setting}", api.name)));
        }
        switch(&mut apis, &set)?;
        let server = Server::start(program, &set)?;
        let mut options = options(&apis, &server, &self.settings)?;
        options.only = SWITCHED.iter().map(|check| format!("*:{check}")).collect();
        self.settings.judge(&apis, options)
    }
}

/// Switches with a setting other than the default.
const OTHER_WAY: &[&str] = &[
    "create_status=200",
    "delete_status=200",
    "validation_status=400",
    "list_cap=3",
    "query_credentials=accept",
    "unknown_members=reject",
    "put=replace",
    "if_match=required",
];

/// The checks that these switches affect.
const SWITCHED: &[&str] = &[
    "status",
    "required",
    "pages",
    "listed",
    "credentials",
    "unknown",
    "replaced",
    "demanded",
];

/// The user of the main tokens.
const MAIN: &str = "main@example.org";

/// Another user.
const OTHER: &str = "other@example.org";

/// Options with tokens for every role; the printed objects are imported. Each tenant is prepared
/// on a thread of its own: the program is started some fifty times.
fn options(apis: &[Api], server: &Server, settings: &Settings) -> Result<Options, Failure> {
    let printed: Vec<(&Api, Fixtures)> = apis.iter().map(|api| (api, fixtures(api))).collect();
    let tenants: Result<Vec<RoleTokens>, Failure> = std::thread::scope(|scope| {
        let printed = &printed;
        let prepared = (0..TENANTS).map(|at| {
            scope.spawn(move || {
                import(printed, server, at)?;
                tokens(apis, server, at)
            })
        });
        let prepared: Vec<_> = prepared.collect();
        let end = |one: ScopedJoinHandle<_>| one.join().unwrap_or_else(|why| resume_unwind(why));
        prepared.into_iter().map(end).collect()
    });
    let mut tenants = tenants?.into_iter();
    let mut all = Fixtures::default();
    printed.into_iter().for_each(|(_, own)| all.extend(own));
    Ok(Options {
        url: server.url.clone(),
        tokens: tenants.next().expect("a first tenant"),
        more: tenants.collect(),
        fixtures: all,
        mails: Some(server.mails()),
        ..settings.options()
    })
}

/// The name of the main tenant of a thread.
fn tenant(at: usize) -> String {
    format!("main{at}")
}

/// Imports the printed objects of each API.
fn import(printed: &[(&Api, Fixtures)], server: &Server, at: usize) -> Result<(), Failure> {
    let tenant = tenant(at);
    for (api, printed) in printed {
        for (user, objects) in [(MAIN, &printed.main), (OTHER, &printed.other_user)] {
            for resource in &api.resources {
                let own = fixtures_of(api, resource, objects).into_iter();
                let own: Vec<Value> = own.cloned().map(Value::Object).collect();
                if !own.is_empty() {
                    let resource = (api.name.as_str(), resource.name.as_str());
                    server.import(resource, &tenant, user, &own.into())?;
                }
            }
        }
    }
    Ok(())
}

/// A token for each role.
fn tokens(apis: &[Api], server: &Server, at: usize) -> Result<RoleTokens, Failure> {
    let scopes = |suffix: &str| -> String {
        let own = apis.iter().map(|api| format!("{}{suffix}", api.scope));
        own.collect::<Vec<_>>().join(",")
    };
    let every: Vec<_> = apis.iter().flat_map(Api::scopes).collect();
    let every = every.join(",");
    let (main, other) = (tenant(at), format!("other{at}"));
    let token = |tenant: &str, user, scopes: &str| server.token(tenant, user, scopes);
    Ok(RoleTokens {
        main: token(&main, Some(MAIN), &every)?,
        other_tenant: Some(token(&other, Some(MAIN), &every)?),
        read_only: Some(token(&main, Some(MAIN), &scopes(":read"))?),
        no_scope: Some(token(&main, Some(MAIN), "none")?),
        other_user: Some(token(&main, Some(OTHER), &every)?),
        no_user: Some(token(&main, None, &every)?),
        no_secret: Some(token(&main, Some(MAIN), &scopes(""))?),
        client: Some(server.client(&main, Some(MAIN), &every)?),
        user: Some(MAIN.to_owned()),
        renewals: Renewals::default(),
    })
}

/// The number of tenants in which obligations are judged concurrently.
const TENANTS: usize = 6;
