//! Writes reports to files.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use fieldproof_conformance::report::html::Texts;
use fieldproof_conformance::report::{
    Report, badge, github, har, html, hurl, json, junit, sarif, script,
};

use crate::exit::{Exit, Failure};
use crate::terminal::say;

/// Renders a report as text.
type Render = fn(&Report, &Texts) -> Result<String, String>;

/// The kinds of reports that are files.
const KINDS: &[(&str, Render)] = &[
    ("html", html::html),
    ("json", |report, _| Ok(json(report))),
    ("junit", |report, _| junit(report)),
    ("sarif", |report, _| Ok(sarif(report))),
    ("badge", |report, _| Ok(badge(report))),
    ("har", |report, _| Ok(har(report))),
    ("hurl", |report, _| Ok(hurl(report))),
    ("curl", |report, _| Ok(script(report))),
    ("markdown", |report, _| Ok(github::summary(report))),
];

/// The kind for annotations on GitHub, which is not a file.
const GITHUB: &str = "github";

/// The environment variable with the file for the summary of a step on GitHub.
const SUMMARY: &str = "GITHUB_STEP_SUMMARY";

/// The destination of a report.
pub(crate) enum Target {
    /// A file.
    File(Render, PathBuf),
    /// Standard output, and the summary of the step.
    Github,
}

impl Target {
    /// Reads `KIND=FILE`, or `github`.
    pub(crate) fn read(text: &str) -> Result<Self, Failure> {
        if text == GITHUB {
            return Ok(Self::Github);
        }
        let (kind, file) = text.split_once('=').unwrap_or((text, ""));
        let known = KINDS.iter().find(|(name, _)| *name == kind);
        match known {
            Some((_, render)) if !file.is_empty() => Ok(Self::File(*render, file.into())),
            Some(_) => Err(usage(format!(
                "`--report {kind}` needs a file, as in `{kind}=FILE`"
            ))),
            None => {
                let names: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
                let names = names.join(", ");
                Err(usage(format!(
                    "no report is called `{kind}`; there are {names} and {GITHUB}"
                )))
            }
        }
    }

    /// Writes the report, and prints where it is.
    pub(crate) fn write(&self, report: &Report, texts: &Texts) -> Result<(), Failure> {
        let (render, file) = match self {
            Self::File(render, file) => (render, file),
            Self::Github => {
                say(github::annotations(report).trim_end());
                return summarize(report);
            }
        };
        let text =
            render(report, texts).map_err(|error| Failure::environment("write a report", error))?;
        let failed = |error| Failure::environment(format!("write {}", file.display()), error);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        fs::write(file, text).map_err(failed)?;
        say(&format!("report: {}", file.display()));
        Ok(())
    }
}

/// Adds the report to the summary of the step, if there is one.
fn summarize(report: &Report) -> Result<(), Failure> {
    let Some(file) = std::env::var_os(SUMMARY) else {
        return Ok(());
    };
    let failed =
        |error| Failure::environment(format!("write {}", Path::new(&file).display()), error);
    let opened = OpenOptions::new().append(true).create(true).open(&file);
    let text = github::summary(report);
    opened
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(failed)
}

/// The lines of the documents in a report, as far as they are in `folder`.
pub(crate) fn texts(report: &Report, folder: Option<&Path>) -> Texts {
    let pages = report.documents.iter().flat_map(|one| &one.pages);
    let lines = |file: &String| {
        let text = fs::read_to_string(folder?.join(file)).ok()?;
        Some((file.clone(), text.lines().map(str::to_owned).collect()))
    };
    pages.filter_map(|page| lines(&page.file)).collect()
}

fn usage(why: String) -> Failure {
    Failure::new(Exit::Usage, format!("error: {why}"))
}
