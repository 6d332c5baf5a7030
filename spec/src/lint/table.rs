//! Lint FP207: tables that cannot be read.

use super::context::{Context, Lint};
use crate::diagnostic::Code;

/// Tables that cannot be read.
pub(super) static LINT: Lint = Lint {
    code: &Code::new(
        "FP207",
        "table that cannot be read",
        "The file of a reference table is missing, or its header does not have every column that the spec shows, or a cell is empty in a column that is not nullable.",
        "put the file beside the spec, with a header line and a cell for each column",
    ),
    run,
};

fn run(lint: &Lint, context: &mut Context<'_>) {
    let spec = context.spec;
    for (name, table) in &spec.tables {
        let Some(data) = context.tables.get(name) else {
            let message = format!("cannot read `{}`", table.file);
            lint.report(context, &["tables", name, "file"], message);
            continue;
        };
        for (column, field) in &table.fields {
            let path = ["tables", name, "fields", column];
            if !data.header.contains(column) {
                let message = format!("`{}` has no column `{column}`", table.file);
                lint.report_with(
                    context,
                    &path,
                    message,
                    format!("its columns: {}", data.header.join(", ")),
                );
            } else if !field.nullable && data.column(column).count() < data.rows.len() {
                lint.report(
                    context,
                    &path,
                    format!("`{column}` has empty cells and is not nullable"),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_table_has_a_file() {
        check(
            "tables.Language",
            r#"
file: nowhere.tsv
      ^^^^^^^^^^^ FP207: cannot read `nowhere.tsv`
"#,
        );
    }
}
