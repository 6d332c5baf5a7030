//! The report as one page that needs nothing else.

use tera::{Context, Tera};

use super::{Report, Verdict};

/// The page; everything is in it.
const TEMPLATE: &str = include_str!("page.html");

/// The report as a page.
///
/// # Errors
/// A template that does not fit the report, which is a defect of ours.
pub fn html(report: &Report) -> Result<String, String> {
    let mut tera = Tera::default();
    tera.add_raw_template("page.html", TEMPLATE)
        .map_err(|error| error.to_string())?;
    // What wants a look comes first.
    let mut report = report.clone();
    report
        .outcomes
        .sort_by_key(|outcome| match outcome.verdict {
            Verdict::Fail => 0,
            Verdict::Inconclusive => 1,
            Verdict::Skipped => 2,
            Verdict::Waived => 3,
            Verdict::Pass => 4,
        });
    let context = Context::from_serialize(&report).map_err(|error| error.to_string())?;
    tera.render("page.html", &context)
        .map_err(|error| error.to_string())
}
