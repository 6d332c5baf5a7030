//! `conform`.

use std::fs;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use fieldproof_conformance::lab::{Journal, Receiver};
use fieldproof_conformance::{Baseline, Options, compile};

use super::given::{objects_there, pairs, switch, tokens};
use super::settings::{Settings, exit};
use crate::exit::{Done, Exit, Failure};
use crate::report::{Target, texts};
use crate::specs::apis;
use crate::terminal::say;

#[derive(Debug, Args)]
#[command(
    after_help = "Example: fieldproof conform http://127.0.0.1:8080 --token main=$TOKEN --report html=report.html\n\n\
                        Roles of tokens: main, other-tenant, read-only, no-scope, other-user, no-user, no-secret, and client=ID:TOKEN. What a missing role leaves out is \
                        named as skipped. The suite makes objects of its own and removes them."
)]
pub(crate) struct Conform {
    /// Address of the service, without a base path
    #[arg(
        required_unless_present = "list",
        default_value = "",
        hide_default_value = true
    )]
    url: String,
    /// Print the obligations instead: id, severity, document lines
    #[arg(long)]
    list: bool,
    /// A spec file or a folder of them
    #[arg(
        long,
        value_name = "SPEC",
        default_value = "spec",
        env = "FIELDPROOF_SPEC"
    )]
    spec: PathBuf,
    /// Path before all paths of an API, such as `shelves=/v1`; repeatable
    #[arg(
        long,
        value_name = "API=PATH",
        env = "FIELDPROOF_BASE",
        value_delimiter = ','
    )]
    base: Vec<String>,
    /// A token for a role, such as `main=TOKEN`; repeatable
    #[arg(
        long,
        value_name = "ROLE=TOKEN",
        env = "FIELDPROOF_TOKEN",
        value_delimiter = ',',
        hide_env_values = true,
        required_unless_present = "list"
    )]
    token: Vec<String>,
    /// File of objects that are there, as documents print them; those of
    /// another user as `other-user=FILE`; `printed` for those that a mock has;
    /// repeatable
    #[arg(
        long,
        value_name = "[ROLE=]FILE",
        env = "FIELDPROOF_FIXTURES",
        value_delimiter = ','
    )]
    fixtures: Vec<String>,
    /// A switch of an API as the service has it, such as
    /// `shelves.create_status=200`; repeatable
    #[arg(
        long,
        value_name = "API.SWITCH=VALUE",
        env = "FIELDPROOF_SET",
        value_delimiter = ','
    )]
    set: Vec<String>,
    /// Folder where the service leaves its mails, as `--mail file:DIR` does
    #[arg(long, value_name = "DIR", env = "FIELDPROOF_MAILS")]
    mails: Option<PathBuf>,
    /// Address of this machine under which the service reaches it, to send
    /// notifications to; `none` where it does not
    /// [default: 127.0.0.1 for a service on this machine]
    #[arg(long, value_name = "ADDRESS", env = "FIELDPROOF_RECEIVER")]
    receiver: Option<String>,
    #[command(flatten)]
    settings: Settings,
    /// Write a report: `html=FILE`, `json=FILE`, `junit=FILE`, `sarif=FILE`,
    /// `badge=FILE`, or `github` for annotations; repeatable
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
    /// Also write to a service that is not on this machine; else it is only read
    #[arg(long)]
    allow_writes: bool,
    /// File that notes what is on the service until it is removed
    /// [default: one of its own in the folder for temporary files]
    #[arg(long, value_name = "FILE", env = "FIELDPROOF_JOURNAL")]
    journal: Option<PathBuf>,
}

impl Conform {
    pub(crate) fn run(self) -> Done {
        if self.list {
            return self.show_list();
        }
        let writes = self.allow_writes || is_loopback(&self.url);
        if !writes {
            say(&format!(
                "{} is not on this machine and is only read; --allow-writes judges all of it",
                self.url
            ));
        }
        let mut apis = apis(&self.spec)?;
        switch(&mut apis, &self.set)?;
        let journal = self.journal(writes)?.map(Arc::new);
        let options = Options {
            url: self.url.clone(),
            writes,
            journal: journal.clone(),
            bases: pairs(&self.base, "--base")?.into_iter().collect(),
            tokens: tokens(&self.token)?,
            fixtures: objects_there(&self.fixtures, &apis)?,
            mails: self.mails.clone(),
            receiver: self.receiver()?.map(|host| Arc::new(Receiver::on(host))),
            baseline: self
                .baseline
                .as_deref()
                .map_or_else(|| Ok(Baseline::default()), baseline)?,
            ..self.settings.options()
        };
        let reports = self.report.iter().map(|text| Target::read(text));
        let reports: Vec<Target> = reports.collect::<Result<_, _>>()?;
        let report = self.settings.judge(&apis, options);
        if let Some(journal) = journal {
            end(&journal)?;
        }
        let report = report?;
        let texts = texts(&report, self.settings.documents.as_deref());
        for target in reports {
            target.write(&report, &texts)?;
        }
        Ok(exit(&report))
    }

    /// The journal of a run that writes.
    fn journal(&self, writes: bool) -> Result<Option<Journal>, Failure> {
        if !writes {
            return Ok(None);
        }
        let own = || {
            let name = format!("fieldproof-{}.journal", std::process::id());
            std::env::temp_dir().join(name)
        };
        let path = self.journal.clone().unwrap_or_else(own);
        let journal = Journal::create(&path)
            .map_err(|error| Failure::environment(format!("write {}", path.display()), error))?;
        say(&format!(
            "after a kill: fieldproof clean {} --token main=TOKEN",
            path.display()
        ));
        Ok(Some(journal))
    }

    /// Where notifications can be sent to.
    fn receiver(&self) -> Result<Option<IpAddr>, Failure> {
        match self.receiver.as_deref() {
            Some("none") => Ok(None),
            Some(text) => text.parse().map(Some).map_err(|_| {
                let why = format!("error: --receiver takes an IP address or `none`, not `{text}`");
                Failure::new(Exit::Usage, why)
            }),
            None => Ok(is_loopback(&self.url).then_some(Ipv4Addr::LOCALHOST.into())),
        }
    }

    fn show_list(&self) -> Done {
        let mut apis = apis(&self.spec)?;
        switch(&mut apis, &self.set)?;
        let options = self.settings.options();
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

/// Says what stays behind on the service.
fn end(journal: &Journal) -> Result<(), Failure> {
    let path = journal.path().display();
    let left = journal
        .end()
        .map_err(|error| Failure::environment(format!("read {path}"), error))?;
    if !left.is_nothing() {
        let count = left.made.len() + left.unknown.len();
        say(&format!(
            "{count} objects stay on the service, noted in {path}"
        ));
    }
    Ok(())
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

fn is_loopback(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority
            .rsplit_once(':')
            .map_or(authority, |(host, _)| host),
    };
    let loopback = |address: std::net::IpAddr| address.is_loopback();
    host == "localhost" || host.parse().is_ok_and(loopback)
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_this_machine_is_loopback() {
        for own in [
            "http://127.0.0.1:8080",
            "http://localhost/v1",
            "http://[::1]:80",
            "127.0.0.1:1",
        ] {
            assert!(is_loopback(own), "{own}");
        }
        for other in [
            "http://example.org",
            "http://127.0.0.1.example.org",
            "http://10.0.0.1:80",
        ] {
            assert!(!is_loopback(other), "{other}");
        }
    }
}
