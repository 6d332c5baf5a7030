//! The report as a self-contained page.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, Tera};

use super::{Passage, Report, Verdict};
use crate::harness::Exchange;

/// The template of the page.
const TEMPLATE: &str = include_str!("page.html");

/// Operations in display order.
const COLUMNS: &[&str] = &[
    "members", "list", "get", "create", "update", "append", "delete",
];

/// The available documents as lines, by file.
pub type Texts = BTreeMap<String, Vec<String>>;

/// The data of the page.
#[derive(Serialize)]
struct Page<'r> {
    #[serde(flatten)]
    report: &'r Report,
    columns: &'static [&'static str],
    /// Lines of documents with their state, by file.
    texts: BTreeMap<&'r str, Vec<Line<'r>>>,
}

/// A line of a document.
#[derive(Serialize)]
struct Line<'r> {
    number: usize,
    text: &'r str,
    state: &'static str,
    title: String,
}

/// The report as a page; available documents are shown with the state of each line.
///
/// # Errors
/// The template does not fit the report, which is a bug.
pub fn html(report: &Report, texts: &Texts) -> Result<String, String> {
    let mut tera = Tera::default();
    tera.add_raw_template("page.html", TEMPLATE)
        .map_err(|error| error.to_string())?;
    // Outcomes that need attention come first.
    let mut report = report.clone();
    for outcome in &mut report.outcomes {
        outcome.exchange = outcome.exchange.take().map(Exchange::at_a_glance);
    }
    report
        .outcomes
        .sort_by_key(|outcome| match outcome.verdict {
            Verdict::Fail => 0,
            Verdict::Unstable => 1,
            Verdict::Inconclusive => 2,
            Verdict::Skipped => 3,
            Verdict::Waived => 4,
            Verdict::Pass => 5,
        });
    let pages = report.documents.iter().flat_map(|one| &one.pages);
    let colored = pages.filter_map(|page| {
        let lines = texts.get(&page.file)?;
        Some((page.file.as_str(), coloured(lines, &page.passages)))
    });
    let page = Page {
        texts: colored.collect(),
        columns: COLUMNS,
        report: &report,
    };
    let context = Context::from_serialize(&page).map_err(|error| error.to_string())?;
    tera.render("page.html", &context)
        .map_err(|error| error.to_string())
}

/// Lines with their state.
fn coloured<'r>(lines: &'r [String], passages: &[Passage]) -> Vec<Line<'r>> {
    let of = |number: usize| {
        let has = |one: &&Passage| (one.first as usize..=one.last as usize).contains(&number);
        passages.iter().find(has)
    };
    let line = |(at, text): (usize, &'r String)| {
        let passage = of(at + 1);
        let rows = passage.map(|one| one.rows.join(", ")).unwrap_or_default();
        let why = passage.and_then(|one| one.why.clone()).unwrap_or_default();
        Line {
            number: at + 1,
            text,
            state: passage.map_or("blank", |one| one.state),
            title: format!("{rows}{why}"),
        }
    };
    lines.iter().enumerate().map(line).collect()
}
