//! The length of functions in lines, as formatted by `rustfmt`.
//!
//! The files are read as text, since `syn` only gives lines if it and its dependencies are
//! built with span locations.

use std::path::{Path, PathBuf};

/// Functions with their number of lines, from `fn` to the closing brace; functions of tests
/// are left out.
pub(crate) fn functions(text: &str) -> Vec<(String, usize)> {
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines: Vec<&str> = code.lines().collect();
    let mut all = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(name) = name(line) else { continue };
        let indent = depth(line);
        // A brace at the same depth ends the function; a semicolon there, or another
        // function, shows that it has no body.
        let is_over = |one: &&str| -> bool {
            depth(one) <= indent && (one.ends_with([';', '}']) || self::name(one).is_some())
        };
        let is_one_line = line.ends_with([';', '}']);
        let rest = &lines[at + 1..];
        let last = rest.iter().position(is_over);
        let last = last.filter(|last| depth(rest[*last]) == indent && !is_one_line);
        if let Some(last) = last.filter(|last| rest[*last].trim() == "}") {
            all.push((name, last + 2));
        }
    }
    all
}

fn depth(line: &str) -> usize {
    match line.trim().is_empty() {
        true => usize::MAX,
        false => line.len() - line.trim_start().len(),
    }
}

/// The name of the function that begins in a line.
fn name(line: &str) -> Option<String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let at = words.iter().position(|word| *word == "fn")?;
    let before = ["async", "const", "unsafe", "extern", "\"C\""];
    let is_head = |word: &&str| word.starts_with("pub") || before.contains(word);
    let inside = |word: &&str| *word == "in" || word.ends_with(')');
    let name = words.get(at + 1)?.split(['(', '<']).next()?;
    let head = words[..at].iter().all(|word| is_head(word) || inside(word));
    head.then(|| name.to_owned())
}

/// Functions of `files` that are longer than `most` lines, with their files.
pub(crate) fn longer(files: &[PathBuf], root: &Path, most: usize) -> Vec<(String, String, usize)> {
    let mut all = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        let own = file.strip_prefix(root).unwrap().display().to_string();
        let long = functions(&text).into_iter().filter(|one| one.1 > most);
        all.extend(long.map(|(name, lines)| (own.clone(), name, lines)));
    }
    all
}

#[test]
fn lengths_are_those_of_the_text() {
    let text = "pub(crate) fn one() {}\n\nimpl X {\n    async fn two(\n        a: u8,\n    ) -> u8 {\n\n        \
                a\n    }\n\n    fn three(\n        a: u8,\n    );\n}\n\n#[cfg(test)]\nmod tests {\n    fn four() {\n    }\n}\n";
    assert_eq!(functions(text), [("two".to_owned(), 6)]);
}
