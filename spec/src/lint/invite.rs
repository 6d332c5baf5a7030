//! Lint FP315: invitations that cannot be followed.

use super::context::{Context, Lint};
use crate::diagnostic::Code;
use crate::model::{Type, field_type};
use crate::syntax::{FieldType, Mode};

/// Invitations that cannot be followed.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP315",
        "invitation that cannot be followed",
        "An invitation goes out when a boolean field that clients write becomes true, to an email field that always has a value, and its link sets a field of type password that an update takes.",
        "name fields of the types that an invitation needs",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    for (name, resource) in &spec.resources {
        let Some(invite) = &resource.invite else {
            continue;
        };
        let mut judge = |key: &str, field: &str, fits: fn(&Type) -> bool, what: &str| {
            let Some(field) = resource.fields.get(field) else {
                return;
            };
            let single = !matches!(field.ty, FieldType::List(_)) && !field.nullable;
            let written = field.mode != Mode::ReadOnly;
            let ty = field_type(spec, field);
            if ty.is_ok_and(|ty| !fits(&ty)) || !single || !written {
                let message = format!("`{key}` is to name {what}");
                lint.report(context, &["resources", name, "invite", key], message);
            }
        };
        let flag = |ty: &Type| *ty == Type::Boolean;
        let mail = |ty: &Type| matches!(ty, Type::Email { .. });
        let password = |ty: &Type| matches!(ty, Type::Password { .. });
        judge(
            "when",
            &invite.when,
            flag,
            "a boolean field that clients write",
        );
        judge(
            "to",
            &invite.to,
            mail,
            "an email field that always has a value",
        );
        judge("sets", &invite.sets, password, "a field of type `password`");
        if resource.update.is_none() || resource.parent.is_some() {
            let message = "only a resource without a parent that has an update invites";
            lint.report(context, &["resources", name, "invite"], message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn an_invitation_has_a_flag_an_address_and_a_password() {
        check(
            "resources.Shelf",
            r#"
invite: { when: label, to: label, sets: label }
^^^^^^ FP315: only a resource without a parent that has an update invites
                ^^^^^ FP315: `when` is to name a boolean field that clients write
                           ^^^^^ FP315: `to` is to name an email field that always has a value
                                        ^^^^^ FP315: `sets` is to name a field of type `password`

fields:
  open: { type: boolean }
  mail: { type: email, required: true }
  word: { type: password, mode: write-only, required: true }
update: {}
invite: { when: open, to: mail, sets: word }
"#,
        );
    }
}
