//! Lint FP312: logins that cannot work, and conflicting scopes of members.

use super::context::{Context, Lint};
use super::header::is_scope;
use crate::diagnostic::Code;

/// Logins that cannot work, and conflicting scopes of members.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP312",
        "login that cannot work",
        "A login names a field of type token, the email field it speaks for, and under while fields with a closed list and one of their values. Members of one resource that a scope shows name one scope, and it is not the scope of the API.",
        "name fields of the types that a login needs",
    ),
    run,
};

use crate::model::{Type, field_type};
use crate::syntax::{FieldType, Resource};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    for (name, resource) in &spec.resources {
        let ty = |field: &str| {
            let field = resource.fields.get(field)?;
            field_type(spec, field).ok()
        };
        if let Some(login) = &resource.login {
            if ty(&login.token).is_some_and(|ty| ty != Type::Token) {
                let message = format!("`{}` is not of type `token`", login.token);
                lint.report(context, &["resources", name, "login", "token"], message);
            }
            if ty(&login.user).is_some_and(|ty| !matches!(ty, Type::Email { .. })) {
                let message = format!("`{}` is not of type `email`", login.user);
                lint.report(context, &["resources", name, "login", "user"], message);
            }
            for (field, value) in &login.needs {
                let path = ["resources", name, "login", "while", field];
                needed(lint, context, resource, (field, value), &path);
            }
        }
        let mut first = None;
        for (key, field) in &resource.fields {
            let Some(scope) = &field.scope else { continue };
            let path = ["resources", name, "fields", key, "scope"];
            if !is_scope(scope) {
                let message = format!("`{scope}` cannot be a scope");
                let help = "use letters, digits, `.`, `_` and `-`";
                lint.report_with(context, &path, message, help);
            } else if Some(scope) == spec.auth.scope.as_ref() {
                lint.report(context, &path, "every caller has the scope of the API");
            } else if first.get_or_insert(scope) != &scope {
                let message = "one scope shows all members of a resource that not everybody sees";
                lint.report(context, &path, message);
            }
        }
    }
}

/// Checks a field and its needed value: it has to be in the closed list of a field that
/// always has a value.
pub(super) fn needed(
    lint: &Lint,
    context: &mut Context<'_>,
    resource: &Resource,
    (name, value): (&String, &String),
    path: &[&str],
) {
    let Some(field) = resource.fields.get(name) else {
        return;
    };
    let list = matches!(field.ty, FieldType::List(_));
    let message = match field_type(context.spec, field) {
        Ok(Type::Values(values)) if !list => (!values.contains(value))
            .then(|| format!("`{value}` is not one of the values of `{name}`")),
        Ok(_) => Some(format!("`{name}` is not a closed list")),
        Err(_) => None,
    };
    if let Some(message) = message {
        let help = "name a field with `values` and one of them";
        lint.report_with(context, path, message, help);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, fields};

    #[test]
    fn a_login_names_a_token_and_a_user() {
        check(
            "resources.Shelf",
            r#"
login: { token: label, user: label }
                ^^^^^ FP312: `label` is not of type `token`
                             ^^^^^ FP312: `label` is not of type `email`
"#,
        );
    }

    #[test]
    fn one_scope_of_its_own_shows_members_of_a_resource() {
        fields(
            r#"
a: { type: string, mode: read-only, nullable: true, scope: "a b" }
                                                           ^^^^^^ FP312: `a b` cannot be a scope
                                                           = use letters, digits, `.`, `_` and `-`
b: { type: string, mode: read-only, nullable: true, scope: shelves }
                                                           ^^^^^^^ FP312: every caller has the scope of the API
c: { type: string, mode: read-only, nullable: true, scope: more }
d: { type: string, mode: read-only, nullable: true, scope: most }
                                                           ^^^^ FP312: one scope shows all members of a resource that not everybody sees
"#,
        );
    }
}
