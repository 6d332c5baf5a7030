//! Explains invalid YAML to the author of a spec.

use crate::diagnostic::{Diagnostic, code};

/// The finding about a text that the parser refuses at `at` with `info`, while the maps and
/// lists that begin at `open` have not ended.
pub(super) fn refused(text: &str, at: usize, info: &str, open: &[usize]) -> Diagnostic {
    let at = text.floor_char_boundary(at.min(text.len()));
    let line = line_of(text, at);
    let begun = open
        .iter()
        .rev()
        .copied()
        .filter(|start| text[*start..].starts_with(['{', '[']));
    for start in begun {
        if line_of(text, start) != line && !closes(&text[start..]) {
            let bracket = &text[start..=start];
            let close = if bracket == "{" { "}" } else { "]" };
            let message = format!("this `{bracket}` is not closed");
            return Diagnostic::new(code::NOT_YAML, message, start..start + 1)
                .also(at..at, "noticed here")
                .help(format!("add the missing `{close}`, on this line as a rule"));
        }
    }
    let finding = Diagnostic::new(code::NOT_YAML, format!("not YAML: {info}"), at..at);
    match colon(text, line) {
        Some((key, value)) => Diagnostic {
            message: "a text with a colon wants quotes".to_owned(),
            ..finding.help(format!("write `{key}: \"{value}\"`"))
        },
        None => finding.help("a text with any of `: # , [ ] { } & * ! | > % @` or quotes at its beginning wants quotes"),
    }
}

/// The range of the line that contains `at`.
fn line_of(text: &str, at: usize) -> (usize, usize) {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    (start, end)
}

/// Whether the bracket at the beginning of `text` is closed.
fn closes(text: &str) -> bool {
    let mut depth = 0_i32;
    let mut quote = None;
    let mut before = ' ';
    for c in text.chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            // A quote inside a word is an apostrophe.
            (None, '"' | '\'') if !before.is_alphanumeric() => quote = Some(c),
            (None, '{' | '[') => depth += 1,
            (None, '}' | ']') => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return true;
        }
        before = c;
    }
    false
}

/// A key in a line with its value, if that is an unquoted text with a colon.
fn colon(text: &str, (start, end): (usize, usize)) -> Option<(&str, &str)> {
    let line = &text[start..end];
    let mut from = 0;
    // The keys of the line: the text before the first colon of each part.
    for part in line.split_inclusive(['{', ',']) {
        let here = from;
        from += part.len();
        let Some((key, value)) = part.split_once(": ") else {
            continue;
        };
        let value = value.trim_end_matches(['{', ',']).trim();
        let value = match line[here..].starts_with(part) && line[..here].contains('{') {
            true => value.trim_end_matches('}').trim(),
            false => value,
        };
        let plain = !value.starts_with(['"', '\'', '{', '[']);
        if plain && (value.contains(": ") || value.ends_with(':')) {
            return Some((key.trim().trim_start_matches("- "), value));
        }
    }
    None
}
