//! Lint FP327: paths that no request can have.

use super::context::{Context, Lint};
use crate::diagnostic::Code;
use crate::syntax::Spec;

/// Paths that no request can have.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP327",
        "path that no request has",
        "A path is served as it is written: a slash, then segments of letters, digits and -._~!$&'()+,;=:@ that need no escape in a URL, none of them empty, `.` or `..`, none that begins with : or *; a parameter is a whole segment, a name in braces, and each name stands once. The base has no parameters. A query, a fragment and blanks are no part of a path.",
        "write the path as a client asks for it",
    ),
    run,
};

/// Unescaped characters in paths (RFC 3986), besides letters and digits.
const PLAIN: &str = "-._~!$&'()+,;=:@";

fn run(lint: &Lint, context: &mut Context<'_>) {
    let base = context.spec.base.trim_end_matches('/');
    let mut written = written(context.spec);
    if !base.is_empty() {
        written.push((vec!["base"], base));
    }
    for (place, path) in written {
        let parameters = place[0] == "resources";
        if let Some((message, help)) = wrong(path, parameters) {
            lint.report_with(context, &place, message, help);
        }
    }
}

/// All paths of a spec, with the path of keys to each.
pub(super) fn written(spec: &Spec) -> Vec<(Vec<&str>, &str)> {
    let mut all = Vec::new();
    if let Some(presets) = &spec.presets {
        all.push((vec!["presets", "path"], presets.path.as_str()));
    }
    for (name, table) in &spec.tables {
        if let Some(path) = &table.path {
            all.push((vec!["tables", name, "path"], path));
        }
    }
    for (name, one) in &spec.resources {
        let create = one.create.as_ref().and_then(|create| create.path.as_ref());
        let update = one
            .update
            .as_ref()
            .and_then(|update| update.also_path.as_ref());
        let keys = one.watch.as_ref().and_then(|watch| watch.keys.as_ref());
        let own = [
            (&["path"][..], Some(&one.path)),
            (&["create", "path"], create),
            (&["update", "also-path"], update),
            (&["watch", "keys"], keys),
        ];
        for (keys, path) in own {
            let place = ["resources", name].into_iter().chain(keys.iter().copied());
            all.extend(path.map(|path| (place.collect(), path.as_str())));
        }
    }
    all
}

/// The problem with a path, and the advice.
fn wrong(path: &str, parameters: bool) -> Option<(String, String)> {
    let Some(rest) = path.strip_prefix('/') else {
        return Some((
            format!("`{path}` is no path: it begins with `/`"),
            format!("write `/{path}`"),
        ));
    };
    if let Some(at) = path.find(['?', '#']) {
        let help = format!(
            "write `{}`; parameters of the query are filters",
            &path[..at]
        );
        return Some((format!("`{}` is no part of a path", &path[at..]), help));
    }
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    if rest.is_empty() {
        let help = "name the collection, such as `/things`";
        return Some((format!("`{path}` names nothing"), help.to_owned()));
    }
    let mut seen: Vec<&str> = Vec::new();
    for segment in rest.split('/') {
        let name = segment
            .strip_prefix('{')
            .and_then(|inner| inner.strip_suffix('}'));
        let found = match name {
            Some(_) if !parameters => Some("a path without parameters stands here"),
            Some(name) if seen.contains(&name) => Some("each name in braces stands once"),
            Some(name) => {
                seen.push(name);
                let legal = |c: char| c.is_alphanumeric() || "_-.$".contains(c);
                let named = !name.is_empty() && name.chars().all(legal);
                (!named).then_some("a name in braces has letters, digits and `_`")
            }
            None => literal(segment),
        };
        if let Some(help) = found {
            let message = format!("no request is served at the segment `{segment}`");
            return Some((message, help.to_owned()));
        }
    }
    None
}

/// The problem with a segment that is not a parameter.
fn literal(segment: &str) -> Option<&'static str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || PLAIN.contains(c);
    match segment {
        "" => Some("two slashes in a row are one too many"),
        "." | ".." => Some("clients leave `.` and `..` out of what they ask for"),
        _ if segment.contains(['{', '}']) => {
            Some("a parameter is a whole segment: `/{name}/`, both braces and nothing beside them")
        }
        _ if segment.starts_with(':') => Some("a parameter is written in braces: `{name}`"),
        _ if segment.contains('*') => Some("a path with any rest cannot be served"),
        _ if segment.contains('%') => {
            Some("an escape has several spellings: use characters that need none")
        }
        _ if !segment.chars().all(plain) => {
            Some("use letters, digits and `-._~`: others are escaped by clients")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
