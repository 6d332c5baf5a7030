//! `prove`: the whole way from the specs to a report.

use std::path::Path;

use clap::Args;
use fieldproof_conformance::Options;
use fieldproof_conformance::lab::Tokens;
use fieldproof_conformance::report::RulingState;
use fieldproof_spec::model::Api;
use serde_json::{Map, Value};

use super::conform::{self, Settings};
use super::{coverage, generate};
use crate::exit::{Done, Exit, Failure};
use crate::project::Project;
use crate::server::{Server, build};
use crate::specs::checked;
use crate::terminal::say;

/// Where the reports lie, below the folder of the specs' project.
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
        say("1. check the specs");
        let loaded = checked(&self.project.spec)?;
        for one in &loaded {
            for line in coverage::summary(one).0 {
                say(&format!("   {line}"));
            }
        }
        let apis: Vec<Api> = loaded.into_iter().filter_map(|one| one.api).collect();
        say("2. regenerate the server");
        let files = generate::files(&apis, &self.project.out)?;
        if self.frozen {
            let found = generate::compare(&files, &self.project.out)?;
            if generate::report(&found, &self.project.out, false) == Exit::OutOfDate {
                return Ok(Exit::OutOfDate);
            }
        } else {
            for line in generate::write(&files, &self.project.out)? {
                say(&format!("   {line}"));
            }
        }
        say("3. build the server");
        let program = build(&self.project.out)?;
        say("4. judge every documented row");
        let server = Server::start(&program)?;
        let options = options(&apis, &server, &self.settings)?;
        let report = conform::judge(&apis, &options)?;
        drop(server);
        for kind in ["json", "html"] {
            conform::write(
                &report,
                kind,
                &Path::new(REPORTS).join(format!("report.{kind}")),
            )?;
        }
        let rows = report
            .documents
            .iter()
            .all(|document| document.proven == document.rows);
        let open = |ruling: &RulingState| matches!(ruling.state.as_str(), "unproven" | "failed");
        let whole = rows && !report.rulings.iter().any(open);
        let partial = !options.only.is_empty();
        Ok(if whole || partial {
            conform::exit(&report)
        } else {
            Exit::Findings
        })
    }
}

/// Tokens for every role, and the printed objects loaded.
fn options(apis: &[Api], server: &Server, settings: &Settings) -> Result<Options, Failure> {
    let scopes = |suffix: &str| -> String {
        let scopes: Vec<String> = apis
            .iter()
            .map(|api| format!("{}{suffix}", api.scope))
            .collect();
        scopes.join(",")
    };
    let mut fixtures = Vec::new();
    for api in apis {
        let printed: Vec<Map<String, Value>> = printed(api);
        if !printed.is_empty() {
            let objects = printed.iter().cloned().map(Value::Object).collect();
            server.import(&api.name, "main", &objects)?;
            fixtures.extend(printed);
        }
    }
    Ok(Options {
        url: server.url.clone(),
        tokens: Tokens {
            main: server.token("main", &scopes(""))?,
            other_tenant: Some(server.token("other", &scopes(""))?),
            read_only: Some(server.token("main", &scopes(":read"))?),
            no_scope: Some(server.token("main", "none")?),
        },
        fixtures,
        seed: settings.seed,
        cases: settings.cases,
        only: settings.only.clone(),
        ..Options::default()
    })
}

/// The printed objects that stand on their own.
fn printed(api: &Api) -> Vec<Map<String, Value>> {
    let own = api.examples.iter().filter(|example| {
        api.resource(&example.of)
            .is_some_and(|resource| resource.parent.is_none())
    });
    own.filter_map(|example| example.value.as_object().cloned())
        .collect()
}
