//! Texts that contain paths.

use crate::watch::jsonpath::Path;

/// Maximum number of replacements in one template.
const MOST: usize = 200;

/// A part of a text.
#[derive(Debug)]
pub(super) enum Part<'a> {
    /// Literal text.
    Text(&'a str),
    /// A path into the data.
    Path(Path),
}

/// Splits a text into parts; `count` is incremented for each path.
///
/// # Errors
/// A path is unterminated or malformed, or there are too many.
pub(super) fn parts<'a>(text: &'a str, count: &mut usize) -> Result<Vec<Part<'a>>, String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, inner)) = rest.split_once("${") {
        parts.push(Part::Text(before));
        let end = end_of(inner).ok_or("a path does not end: `${` without `}`")?;
        *count += 1;
        if *count > MOST {
            return Err(format!("must have at most {MOST} replacements"));
        }
        parts.push(Part::Path(Path::parse(&inner[..end])?));
        rest = &inner[end + 1..];
    }
    parts.push(Part::Text(rest));
    Ok(parts)
}

/// The end of a path: the first `}` outside of quotes.
fn end_of(text: &str) -> Option<usize> {
    let (mut quote, mut escaped) = (None, false);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            _ if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            (None, '}') => return Some(at),
            _ => {}
        }
    }
    None
}
