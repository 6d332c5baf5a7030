//! Lint FP349: credentials that do not fit together.

use super::header::is_token;
use super::{Context, Lint};
use crate::diagnostic::Code;
use crate::syntax::{KeyPlace, Scheme};

pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP349",
        "credentials that do not fit together",
        "An `api-key` has a `name` and may say with `in` where it is sent; the other schemes \
         have neither. A `prefix` stands before a token in a header, and a pair of headers \
         beside bearer tokens.",
        "give an `api-key` a name, and leave out what belongs to other schemes",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let auth = &context.spec.auth;
    let mut report = |key: &str, message: &str| lint.report(context, &["auth", key], message);
    if auth.scheme == Scheme::ApiKey {
        let header = auth.place.is_none_or(|place| place == KeyPlace::Header);
        match &auth.name {
            None => report("scheme", "an `api-key` has a `name`"),
            Some(name) if !is_token(name) => report("name", "no request can carry this name"),
            Some(_) if !header && auth.prefix.is_some() => {
                report("prefix", "only a header has text before the key");
            }
            Some(_) => {}
        }
    } else {
        if auth.name.is_some() {
            report("name", "only an `api-key` has a name");
        }
        if auth.place.is_some() {
            report(
                "in",
                "only an `api-key` is sent elsewhere than in `Authorization`",
            );
        }
        if auth.prefix.is_some() && auth.scheme != Scheme::Bearer {
            report(
                "prefix",
                "only a bearer token or a header has text before it",
            );
        }
    }
    if auth.headers.is_some() && auth.scheme != Scheme::Bearer {
        report("headers", "a pair of headers stands beside bearer tokens");
    }
    if auth.scope.is_some() && auth.scheme == Scheme::None {
        report("scope", "where anybody may call nobody has a scope");
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn credentials_fit_together() {
        check(
            "",
            r#"
auth: { scheme: api-key, at: 1 }
                ^^^^^^^ FP349: an `api-key` has a `name`

auth: { scheme: api-key, name: "a b" }
                               ^^^^^^ FP349: no request can carry this name

auth: { scheme: api-key, name: key, in: query, prefix: x }
                                                       ^ FP349: only a header has text before the key

auth: { scheme: basic, name: key, in: header, prefix: x }
                             ^^^ FP349: only an `api-key` has a name
                                      ^^^^^^ FP349: only an `api-key` is sent elsewhere than in `Authorization`
                                                      ^ FP349: only a bearer token or a header has text before it

auth: { scheme: none, scope: shelves }
                             ^^^^^^^ FP349: where anybody may call nobody has a scope

auth: { scheme: basic, headers: { token: x-a, client: x-b } }
                       ^^^^^^^ FP349: a pair of headers stands beside bearer tokens

auth: { scheme: api-key, name: X-Api-Key, prefix: "Key " }

auth: { prefix: Token }

auth: { scheme: api-key, in: cookie, name: session }
"#,
        );
    }
}
