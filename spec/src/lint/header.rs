//! Lint FP105: invalid values in the head of a spec.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Invalid values in the head of a spec.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP105",
        "header out of range",
        "The key fieldproof is the version of the language, now 1. The key api names tables, modules and paths: lower-case letters, digits and _, beginning with a letter. The sha256 of a document is 64 hexadecimal digits; scope and header names have the characters that their standards give them.",
        "write it with the characters that `fieldproof explain FP105` lists",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    if spec.fieldproof != 1 {
        let message = format!("version {} of the language is not known", spec.fieldproof);
        lint.report_with(
            context,
            &["fieldproof"],
            message,
            "this Fieldproof reads version 1",
        );
    }
    let name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !spec.api.starts_with(|c: char| c.is_ascii_lowercase()) || !spec.api.chars().all(name) {
        let message = format!("`{}` cannot name an API", spec.api);
        lint.report_with(
            context,
            &["api"],
            message,
            "use lower-case letters, digits and `_`",
        );
    }
    for (name, document) in &spec.documents {
        let digits = |c: char| c.is_ascii_hexdigit();
        if document.sha256.len() != 64 || !document.sha256.chars().all(digits) {
            let message = format!("`{}` is no SHA-256", document.sha256);
            let help = format!("`sha256sum {}` prints its 64 digits", document.file);
            lint.report_with(context, &["documents", name, "sha256"], message, help);
        }
    }
    credentials(lint, context);
    if spec.resources.is_empty() {
        lint.report(
            context,
            &["resources"],
            "a spec serves at least one resource",
        );
    }
    for name in spec
        .resources
        .keys()
        .chain(spec.objects.keys())
        .chain(spec.tables.keys())
    {
        let plain = |c: char| c.is_ascii_alphanumeric();
        if !name.starts_with(|c: char| c.is_ascii_uppercase()) || !name.chars().all(plain) {
            let group = ["resources", "objects", "tables"];
            let group = group
                .into_iter()
                .find(|g| crate::tree::find(context.tree, &[g]).get(name).is_some());
            let message = format!("`{name}` cannot name a type");
            let help = "begin with an upper-case letter, then letters and digits";
            lint.report_with(context, &[group.unwrap_or_default(), name], message, help);
        }
    }
}

/// Reports scopes and header names that no token or request can carry.
fn credentials(lint: &Lint, context: &mut Context<'_>) {
    let auth = &context.spec.auth;
    if let Some(scope) = auth.scope.as_ref().filter(|scope| !is_scope(scope)) {
        let message = format!("`{scope}` cannot be a scope");
        let help = "use letters, digits, `.`, `_` and `-`";
        lint.report_with(context, &["auth", "scope"], message, help);
    }
    let Some(headers) = &auth.headers else { return };
    for (key, name) in [("token", &headers.token), ("client", &headers.client)] {
        if !is_token(name) {
            let message = format!("`{name}` cannot name a header");
            lint.report(context, &["auth", "headers", key], message);
        }
    }
    if headers.token.eq_ignore_ascii_case(&headers.client) {
        let message = "one header cannot hold both the token and its client";
        lint.report(context, &["auth", "headers", "client"], message);
    }
}

/// Whether a text can name a header field (RFC 9110 section 5.6.2).
pub(super) fn is_token(name: &str) -> bool {
    let legal = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !name.is_empty() && name.chars().all(legal)
}

/// Whether a token can carry the scope (RFC 6749 section 3.3). Commas and colons are
/// excluded, as they separate scopes on command lines.
pub(super) fn is_scope(scope: &str) -> bool {
    let legal = |c: char| c.is_ascii_graphic() && !"\"\\,:".contains(c);
    !scope.is_empty() && scope.chars().all(legal)
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn the_header_names_what_can_be_carried() {
        check(
            "",
            r#"
fieldproof: 2
            ^ FP105: version 2 of the language is not known
            = this Fieldproof reads version 1

auth: { scope: "a b", at: 1 }
               ^^^^^ FP105: `a b` cannot be a scope
               = use letters, digits, `.`, `_` and `-`

auth: { scope: "", at: 1 }
               ^^ FP105: `` cannot be a scope
               = use letters, digits, `.`, `_` and `-`

auth: { scope: shelves, headers: { token: "a b", client: c } }
                                          ^^^^^ FP105: `a b` cannot name a header

auth: { scope: shelves, headers: { token: x-a, client: X-A } }
                                                       ^^^ FP105: one header cannot hold both the token and its client

auth: { scope: shelves, headers: { token: x-a, client: x-b } }
"#,
        );
    }

    #[test]
    fn a_document_is_told_by_its_sha256() {
        check(
            "documents",
            r#"
api: { file: shelves.txt, sha256: "00" }
                                  ^^^^^ FP105: `00` is no SHA-256
                                  = `sha256sum shelves.txt` prints its 64 digits

api: { file: shelves.txt, sha256: "0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g" }
                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ FP105: `0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g0g` is no SHA-256
                                  = `sha256sum shelves.txt` prints its 64 digits
"#,
        );
    }
}
