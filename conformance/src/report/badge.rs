//! The report as a badge: one line of SVG.

use super::Report;

/// The approximate width of a character.
const WIDTH: usize = 7;

/// Renders the number of proven rows out of all; green if there is no finding.
#[must_use]
pub fn badge(report: &Report) -> String {
    let sum = |count: fn(&super::Document) -> usize| -> usize {
        report.documents.iter().map(count).sum()
    };
    let (rows, proven) = (sum(|one| one.rows), sum(|one| one.proven));
    let color = if report.is_success() {
        "#2a8a3e"
    } else {
        "#c8322b"
    };
    let (left, right) = ("conformance", format!("{proven} of {rows} rows proven"));
    let (own, other) = (left.len() * WIDTH + 12, right.len() * WIDTH + 12);
    let whole = own + other;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{whole}\" height=\"20\" role=\"img\" aria-label=\"{left}: {right}\">\
         <rect width=\"{own}\" height=\"20\" fill=\"#444\"/><rect x=\"{own}\" width=\"{other}\" height=\"20\" fill=\"{color}\"/>\
         <g fill=\"#fff\" font-family=\"Verdana,sans-serif\" font-size=\"11\"><text x=\"6\" y=\"14\">{left}</text>\
         <text x=\"{}\" y=\"14\">{right}</text></g></svg>\n",
        own + 6
    )
}
