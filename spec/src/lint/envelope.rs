//! Envelopes that cannot be filled.

use super::context::{Context, Lint};
use crate::diagnostic::Code;
use crate::paging::{PageRole, PageStyle};
use crate::syntax::EnvelopeWhen;

/// Envelopes that cannot be filled.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP326",
        "envelope that cannot be filled",
        "The members of an envelope stand side by side, each with a name of its own: an envelope inside an envelope has no words here. pages and page count pages, so they need a style whose pages have numbers, and an envelope that is there only when a page is asked for needs pages.",
        "name members of one object, each with a meaning of its own",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    for (name, resource) in &context.spec.resources {
        let Some(list) = &resource.list else { continue };
        let Some(envelope) = &list.envelope else {
            continue;
        };
        let at = |key| ["resources", name, "list", "envelope", key];
        let members = [
            ("items", Some(&envelope.items)),
            ("total", envelope.total.as_ref()),
            ("pages", envelope.pages.as_ref()),
            ("page", envelope.page.as_ref()),
        ];
        let mut seen: Vec<&String> = Vec::new();
        for (key, member) in members {
            let Some(member) = member else { continue };
            if member.is_empty() || member.contains(['.', '/']) {
                let message = format!("`{member}` is no member of the object around the list");
                let help = "name a member of that object itself, without `.` and `/`";
                lint.report_with(context, &at(key), message, help);
            }
            if seen.contains(&member) {
                let message = format!("the member `{member}` has another meaning already");
                lint.report(context, &at(key), message);
            }
            seen.push(member);
        }
        let style = list.page.as_ref().map(|page| page.style.facts());
        let numbered = style.is_some_and(|style| style.has(PageRole::Number));
        let counted = [("pages", &envelope.pages), ("page", &envelope.page)];
        for (key, member) in counted {
            if member.is_some() && !numbered {
                let message = format!("`{key}` counts pages of the style {}", with_numbers());
                lint.report(context, &at(key), message);
            }
        }
        let page = list.page.iter();
        let asked = page
            .flat_map(|page| page.parameters())
            .any(|one| one.asks());
        if envelope.when == EnvelopeWhen::Paged && !asked {
            let message = "a client cannot ask for a page of this list";
            lint.report_with(context, &at("when"), message, "leave out `when`");
        }
    }
}

/// The styles whose pages have numbers.
fn with_numbers() -> String {
    let all = PageStyle::ALL.iter().map(|style| style.facts());
    let numbered = all.filter(|style| style.has(PageRole::Number));
    let names: Vec<String> = numbered.map(|style| format!("`{}`", style.name)).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn an_envelope_has_members_of_its_own() {
        check(
            "resources.Shelf.list",
            r#"
envelope: { items: all, total: meta.total }
                               ^^^^^^^^^^ FP326: `meta.total` is no member of the object around the list
                               = name a member of that object itself, without `.` and `/`

envelope: { items: "" }
                   ^^^ FP326: `` is no member of the object around the list
                   = name a member of that object itself, without `.` and `/`

envelope: { items: all, total: all }
                               ^^^ FP326: the member `all` has another meaning already

envelope: { items: all, pages: pages }
                               ^^^^^ FP326: `pages` counts pages of the style `page-number`

envelope: { items: all, when: paged }
                              ^^^^^ FP326: a client cannot ask for a page of this list
                              = leave out `when`

envelope: { items: all, total: total }
"#,
        );
    }
}
