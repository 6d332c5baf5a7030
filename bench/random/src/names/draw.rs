//! Generates names that careless code stumbles over.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::name;
use crate::source::Source;

/// Words of the language, its prelude and generated files.
const WORDS: &[&str] = &[
    "Self",
    "Some",
    "None",
    "Ok",
    "Err",
    "Option",
    "Result",
    "String",
    "Vec",
    "Box",
    "Default",
    "Create",
    "Update",
    "Append",
    "COLUMNS",
    "TABLE",
    "API",
    "APIS",
    "ALL",
    "KEY",
    "abstract",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "struct",
    "super",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "union",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
    "_",
    "__",
    "i64",
    "bool",
    "str",
    "u8",
    "usize",
    "std",
    "core",
    "alloc",
    "serde",
    "serde_json",
    "axum",
    "main",
    "lib",
    "bin",
    "tests",
    "handlers",
    "model",
    "resource",
    "table",
    "validate",
    "own",
    "members",
    "update",
    "create",
    "context",
    "append",
    "relations",
    "reading",
    "pointer",
    "now",
    "zone",
    "by",
    "rule",
    "value",
    "set",
    "merge",
    "settle",
    "touch",
    "values",
    "related",
    "id",
    "new",
    "read",
];

/// Separators between the words of a name.
const BETWEEN: &[&str] = &["", "_", "-", ".", " ", "/", "~", "__", ":", "$"];

/// Prefixes and suffixes.
const BESIDE: &[&str] = &[
    "Create", "Update", "Append", "rule_of_", "BY_", "r#", "_", "__", "1", "2", "0x", "Members",
    "_changed", "Changed", "Values", "s", "$", "@", "{", "}", "\"", "'", "\\", "//", "/*", "#",
];

/// Characters of many scripts.
const SCRIPTS: &[&str] = &[
    "éàüßñøåæœ",
    "ΑΒΓαβγς",
    "АБВабв",
    "日本語中文",
    "한국어",
    "עברית",
    "عربي",
    "हिन्दी",
    "ไทย",
    "🙂🚀",
    "ǅİıſK",
    "𝐀𝒃𝓒",
    "ªº²½",
    "\u{301}\u{200d}\u{feff}",
];

/// Generates `count` distinct names.
#[must_use]
pub fn draw(root: &Path, seed: u64, count: usize) -> Vec<String> {
    let mut known: Vec<String> = WORDS.iter().map(|word| (*word).to_owned()).collect();
    known.extend(name::known().map(str::to_owned));
    items(&root.join("runtime/src"), &mut known);
    let (mut all, mut seen) = (Vec::new(), BTreeSet::new());
    for number in 0.. {
        let name = one(&mut Source::new(seed, number), &known);
        if seen.insert(name.clone()) {
            all.push(name);
        }
        if all.len() == count {
            break;
        }
    }
    all
}

fn one(source: &mut Source, known: &[String]) -> String {
    let word = |source: &mut Source| source.pick(known).clone();
    match source.below(8) {
        0 | 1 => word(source),
        2 => {
            let name = word(source);
            respelled(source, &name)
        }
        3 => {
            let (left, between, right) = (word(source), *source.pick(BETWEEN), word(source));
            format!("{left}{between}{right}")
        }
        4 => format!("{}{}", source.pick(BESIDE), word(source)),
        5 => format!("{}{}", word(source), source.pick(BESIDE)),
        6 => foreign(source),
        _ => long(source, known),
    }
}

/// The same letters in another case, or with other separators.
fn respelled(source: &mut Source, name: &str) -> String {
    match source.below(5) {
        0 => name.to_uppercase(),
        1 => name.to_lowercase(),
        2 => name.replace('_', "-"),
        3 => name.replace(['_', '-'], ""),
        _ => {
            let either = |c: char| match source.chance(50) {
                true => c.to_ascii_uppercase(),
                false => c.to_ascii_lowercase(),
            };
            name.chars().map(either).collect()
        }
    }
}

/// Letters of any script, digits and symbols.
fn foreign(source: &mut Source) -> String {
    let mut name = String::new();
    for _ in 0..=source.below(6) {
        name.push(match source.below(3) {
            0 => char::from(b'!' + u8::try_from(source.below(94)).unwrap_or_default()),
            1 => char::from(*source.pick(b"aZ09_bQ7")),
            _ => {
                let script: Vec<char> = source.pick(SCRIPTS).chars().collect();
                *source.pick(&script)
            }
        });
    }
    name
}

/// A name of up to 150 characters.
fn long(source: &mut Source, known: &[String]) -> String {
    let most = source.below(150);
    let mut name = source.pick(known).clone();
    while name.len() < most {
        let between = source.pick(BETWEEN);
        name = format!("{name}{between}{}", source.pick(known));
    }
    name.chars().take(150).collect()
}

/// Collects names of public items of the runtime.
fn items(folder: &Path, names: &mut Vec<String>) {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            items(&path, names);
        }
        let text = fs::read_to_string(&path).unwrap_or_default();
        for line in text.lines() {
            let mut words = line
                .trim_start()
                .split(|c: char| !c.is_alphanumeric() && c != '_');
            let public = words.next() == Some("pub");
            let kinds = [
                "struct", "enum", "trait", "fn", "const", "static", "type", "mod",
            ];
            if let (true, Some(kind), Some(name)) = (public, words.next(), words.next())
                && kinds.contains(&kind)
                && !name.is_empty()
            {
                names.push(name.to_owned());
            }
        }
    }
}
