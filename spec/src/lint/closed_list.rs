//! Lint FP320: closed lists with values that no request can match.

use super::context::{Context, Lint, Place};
use crate::diagnostic::Code;
use crate::syntax::Blank;
use crate::tree::{Kind, find};

/// Closed lists with values that no request can match.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP320",
        "closed list with a wrong value",
        "A closed list has at least one value, each stands in it once (in any case, where values are read in any case), and each is a text that the other keys of the field take: of min to max characters, not reserved, not blank where blanks are nothing or refused.",
        "write each value once, and only values that the other keys take",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    for place in context.fields() {
        let node = find(context.tree, &place.path("values")[..4]).get("values");
        if node.is_some_and(|node| node.kind == Kind::List(Vec::new())) {
            let help = "name its values, or leave the key out";
            let message = format!("`{}` has no value that could be sent", place.name);
            lint.report_with(context, &place.path("values"), message, help);
        }
        for (at, value) in place.field.values.iter().enumerate() {
            if let Some(message) = wrong(&place, at, value) {
                let at = at.to_string();
                let [group, owner, fields, name, key] = place.path("values");
                lint.report(context, &[group, owner, fields, name, key, &at], message);
            }
        }
    }
    let lists = context.spec.presets.iter().flat_map(|one| &one.lists);
    for (name, list) in lists {
        for (at, value) in list.values.iter().enumerate() {
            let message = match list.values[..at].contains(value) {
                true => format!("`{value}` stands twice"),
                false if value.contains('\0') => "no text can hold a zero character".to_owned(),
                false => continue,
            };
            let at = at.to_string();
            lint.report(context, &["presets", "lists", name, "values", &at], message);
        }
    }
}

/// The problem with a value of a closed list.
fn wrong(place: &Place<'_>, at: usize, value: &str) -> Option<String> {
    let field = place.field;
    let mut before = field.values[..at].iter();
    if before.clone().any(|other| other == value) {
        return Some(format!("`{value}` stands twice"));
    }
    if field.folded
        && let Some(other) = before.find(|other| other.eq_ignore_ascii_case(value))
    {
        return Some(format!(
            "`{value}` and `{other}` are one value in any case; leave out `folded` or one of them"
        ));
    }
    let length = value.chars().count() as f64;
    let blank = value.trim().is_empty();
    match () {
        () if field.max.as_ref().is_some_and(|max| length > max.as_f64()) => {
            Some(format!("`{value}` is longer than `max`"))
        }
        () if field.min.as_ref().is_some_and(|min| length < min.as_f64()) => {
            Some(format!("`{value}` is shorter than `min`"))
        }
        () if field.reserved.iter().any(|one| one == value) => {
            Some(format!("`{value}` is reserved"))
        }
        () if blank && field.blank == Blank::Nothing => Some("a blank value is nothing".to_owned()),
        () if blank && field.blank == Blank::Refused => Some("a blank value is refused".to_owned()),
        () if value.contains('\0') => Some("no text can hold a zero character".to_owned()),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, fields};

    #[test]
    fn a_closed_list_has_values_that_can_be_sent() {
        fields(
            r#"
a: { type: string, values: [] }
                   ^^^^^^ FP320: `a` has no value that could be sent
                   = name its values, or leave the key out
b: { type: string, values: [a, b, a] }
                                  ^ FP320: `a` stands twice
c: { type: string, folded: true, values: [mW, MW] }
                                              ^^ FP320: `MW` and `mW` are one value in any case; leave out `folded` or one of them
d: { type: string, max: 2, values: [abc] }
                                    ^^^ FP320: `abc` is longer than `max`
e: { type: string, min: 2, values: [abc, a] }
                                         ^ FP320: `a` is shorter than `min`
f: { type: string, reserved: [a], values: [a, b] }
                   ^^^^^^^^ FP306: `reserved` does not apply to the type of `f`
                                           ^ FP320: `a` is reserved
g: { type: string, nullable: true, blank: nothing, values: [a, ""] }
                                                               ^^ FP320: a blank value is nothing
h: { type: string, blank: refused, values: [a, " "] }
                                               ^^^ FP320: a blank value is refused
i: { type: [string], max: 2, values: [abc] }
                                      ^^^ FP320: `abc` is longer than `max`

c: { type: string, values: [mW, MW], max: 2 }
g: { type: string, values: ["", a] }
"#,
        );
    }

    #[test]
    fn a_preset_list_has_each_value_once() {
        check(
            "",
            r#"
presets: { path: /lists, lists: { tone: { values: [a, a] } } }
                                                      ^ FP320: `a` stands twice
"#,
        );
    }
}
