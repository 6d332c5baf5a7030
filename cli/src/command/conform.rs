//! `conform`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use fieldproof_conformance::{Baseline, Options, compile, touched};
use fieldproof_spec::model::Api;

use super::service::{Service, end, reached};
use super::settings::{Settings, exit};
use crate::exit::{Done, Exit, Failure};
use crate::report::{Target, texts};
use crate::terminal::say;

#[derive(Debug, Args)]
#[command(
    after_help = "Example: fieldproof conform http://127.0.0.1:8080 --token main=$TOKEN --report html=report.html\n\n\
                        Roles of tokens: main, other-tenant, read-only, no-scope, other-user, no-user, no-secret, and client=ID:TOKEN. What a missing role leaves out is \
                        named as skipped. The suite makes objects of its own and removes them."
)]
pub(crate) struct Conform {
    /// Address of the service, without a base path
    #[arg(required_unless_present = "list")]
    url: Option<String>,
    /// Print the obligations instead: id, severity, document lines
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    service: Service,
    #[command(flatten)]
    settings: Settings,
    /// Judge only what the specs say otherwise than at a revision of git, or in a folder
    #[arg(long, value_name = "REV|DIR", env = "FIELDPROOF_SINCE")]
    since: Option<String>,
    /// Write a report: `html=FILE`, `json=FILE`, `junit=FILE`, `sarif=FILE`,
    /// `badge=FILE`, `markdown=FILE`, `github` for annotations, or the failures to be
    /// sent again as `curl=FILE`, `hurl=FILE` and `har=FILE`; repeatable
    #[arg(
        long,
        value_name = "KIND[=FILE]",
        env = "FIELDPROOF_REPORT",
        value_delimiter = ','
    )]
    report: Vec<String>,
    /// File of findings that are accepted, a JSON array of `{"id", "reason"}`,
    /// `until` a day if given; one that is gone is a finding itself
    #[arg(long, value_name = "FILE", env = "FIELDPROOF_BASELINE")]
    baseline: Option<PathBuf>,
    /// Write the findings of this run to a file for `--baseline`, to accept them for now
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    baseline_write: Option<PathBuf>,
}

impl Conform {
    pub(crate) fn run(self) -> Done {
        let Some(url) = self.url.as_deref().filter(|_| !self.list) else {
            return self.show_list();
        };
        let apis = self.service.apis()?;
        let baseline = self.baseline.as_deref().map(baseline).transpose()?;
        let mut options = self.service.known.options(
            url,
            &apis,
            Options {
                baseline: baseline.unwrap_or_default(),
                ..self.settings.options()
            },
        )?;
        options.touched = self.touched(&apis)?;
        if options.touched.as_ref().is_some_and(BTreeSet::is_empty) {
            say("no obligation is touched by what the specs say otherwise");
            return Ok(Exit::Ok);
        }
        let reports = self.report.iter().map(|text| Target::read(text));
        let reports: Vec<Target> = reports.collect::<Result<_, _>>()?;
        let contact = reached(&apis, &options)?;
        contact.sentences().iter().for_each(|one| say(one));
        if options.writes {
            options.journal = Some(Arc::new(self.service.journal()?));
        }
        let journal = options.journal.clone();
        let report = self.settings.judge(&apis, options);
        if let Some(journal) = journal {
            end(&journal)?;
        }
        let report = report?;
        let texts = texts(&report, self.settings.documents.as_deref());
        for target in reports {
            target.write(&report, &texts)?;
        }
        if let Some(file) = &self.baseline_write {
            let text = Baseline::of(&report.outcomes, &report.url);
            fs::write(file, text).map_err(|error| {
                Failure::environment(format!("write {}", file.display()), error)
            })?;
            say(&format!("baseline: {}", file.display()));
        }
        Ok(exit(&report))
    }

    /// The obligations that a change of the specs touches, where only they are asked for.
    fn touched(&self, apis: &[Api]) -> Result<Option<BTreeSet<String>>, Failure> {
        let Some(since) = &self.since else {
            return Ok(None);
        };
        Ok(Some(touched(&self.service.apis_at(since)?, apis)))
    }

    fn show_list(&self) -> Done {
        let apis = self.service.apis()?;
        let options = Options {
            touched: self.touched(&apis)?,
            ..self.settings.options()
        };
        let all = apis.iter().flat_map(compile);
        for one in all.filter(|one| options.chooses(one)) {
            let lines: Vec<&str> = one
                .rows
                .iter()
                .flat_map(|row| &row.at)
                .map(String::as_str)
                .collect();
            say(&format!(
                "{}\t{}\t{}",
                one.id,
                one.severity.word(),
                lines.join("; ")
            ));
        }
        Ok(Exit::Ok)
    }
}

/// The accepted findings of a file.
fn baseline(file: &Path) -> Result<Baseline, Failure> {
    let unusable = |why: String| {
        Failure::new(
            Exit::Usage,
            format!("error: cannot use {}: {why}", file.display()),
        )
    };
    let text = fs::read_to_string(file).map_err(|error| unusable(error.to_string()))?;
    Baseline::read(&text).map_err(unusable)
}
