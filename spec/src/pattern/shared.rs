//! The language that all engines share, and its translation to Rust.

use regex_syntax::ast::{
    AssertionKind, Ast, ClassPerl, ClassPerlKind, ClassSet, ClassSetItem, GroupKind,
    HexLiteralKind, Literal, LiteralKind, Span, SpecialLiteralKind,
};

use super::Stranger;

/// An expression for Rust.
pub(super) struct Shared {
    /// The whole expression.
    pub(super) rust: String,
    /// The expression without anchors at its ends.
    pub(super) core: String,
    /// Whether it has to match from the beginning.
    pub(super) begins: bool,
    /// Whether it has to match to the end.
    pub(super) ends: bool,
}

/// Replacements in the text, in order.
type Changes = Vec<(Span, String)>;

/// Checks and translates an expression.
pub(super) fn shared(text: &str, ast: &Ast) -> Result<Shared, Stranger> {
    let parts = match ast {
        Ast::Concat(concat) => concat.asts.as_slice(),
        one => std::slice::from_ref(one),
    };
    let is = |part: Option<&Ast>, kind: AssertionKind| matches!(part, Some(Ast::Assertion(one)) if one.kind == kind);
    let begins = is(parts.first(), AssertionKind::StartLine);
    let inner = &parts[usize::from(begins)..];
    let ends = is(inner.last(), AssertionKind::EndLine);
    let inner = &inner[..inner.len() - usize::from(ends)];
    let mut changes = Changes::new();
    for part in inner {
        judge(part, &mut changes)?;
    }
    let core = usize::from(begins)..text.len() - usize::from(ends);
    let core = rewritten(text, core, &changes);
    let anchor = |there: bool, text: &'static str| if there { text } else { "" };
    Ok(Shared {
        rust: format!("{}{core}{}", anchor(begins, "^"), anchor(ends, "$")),
        core,
        begins,
        ends,
    })
}

/// A part of the text with its replacements applied.
fn rewritten(text: &str, part: std::ops::Range<usize>, changes: &Changes) -> String {
    let mut written = String::new();
    let mut at = part.start;
    for (span, other) in changes {
        written.push_str(&text[at..span.start.offset]);
        written.push_str(other);
        at = span.end.offset;
    }
    written.push_str(&text[at..part.end]);
    written
}

fn stranger(span: &Span, message: &str) -> Stranger {
    Stranger {
        at: span.start.offset..span.end.offset,
        message: message.to_owned(),
    }
}

fn judge(ast: &Ast, changes: &mut Changes) -> Result<(), Stranger> {
    match ast {
        Ast::Empty(_) => Ok(()),
        Ast::Flags(flags) => Err(stranger(&flags.span, "engines disagree on flags")),
        Ast::Literal(one) => literal(one, false, changes),
        Ast::Dot(span) => {
            let other = "[^\\n\\r\\u{2028}\\u{2029}]";
            changes.push((**span, other.to_owned()));
            Ok(())
        }
        Ast::Assertion(one) => Err(stranger(
            &one.span,
            "`^` stands at the beginning and `$` at the end of the whole, and nothing else looks around",
        )),
        Ast::ClassUnicode(one) => Err(stranger(&one.span, "engines disagree on properties")),
        Ast::ClassPerl(one) => {
            let inner = perl(one)?;
            let not = if one.negated { "^" } else { "" };
            changes.push((one.span, format!("[{not}{inner}]")));
            Ok(())
        }
        Ast::ClassBracketed(class) => set(&class.kind, changes),
        Ast::Repetition(one) => judge(&one.ast, changes),
        Ast::Group(group) => match &group.kind {
            GroupKind::CaptureIndex(_) => judge(&group.ast, changes),
            GroupKind::NonCapturing(flags) if flags.items.is_empty() => judge(&group.ast, changes),
            GroupKind::NonCapturing(_) => Err(stranger(&group.span, "engines disagree on flags")),
            GroupKind::CaptureName { .. } => Err(stranger(&group.span, "a group needs no name")),
        },
        Ast::Alternation(one) => one.asts.iter().try_for_each(|one| judge(one, changes)),
        Ast::Concat(one) => one.asts.iter().try_for_each(|one| judge(one, changes)),
    }
}

/// Checks a character, inside or outside a class.
fn literal(one: &Literal, inside: bool, changes: &mut Changes) -> Result<(), Stranger> {
    let known = match &one.kind {
        LiteralKind::Verbatim => !matches!(one.c, '}' | ']'),
        LiteralKind::Meta | LiteralKind::Superfluous => {
            "^$\\.*+?()[]{}|/".contains(one.c) || inside && one.c == '-'
        }
        LiteralKind::Special(kind) => matches!(
            kind,
            SpecialLiteralKind::Tab
                | SpecialLiteralKind::LineFeed
                | SpecialLiteralKind::CarriageReturn
                | SpecialLiteralKind::FormFeed
                | SpecialLiteralKind::VerticalTab
        ),
        LiteralKind::HexFixed(kind) => *kind != HexLiteralKind::UnicodeLong,
        LiteralKind::HexBrace(_) | LiteralKind::Octal => false,
    };
    if one.c == '/' && one.kind == LiteralKind::Superfluous {
        changes.push((one.span, "/".to_owned()));
    }
    match known {
        true => Ok(()),
        false => Err(stranger(&one.span, "engines disagree on what this is")),
    }
}

/// The meaning of `\d` and `\w` in ECMA-262.
fn perl(one: &ClassPerl) -> Result<&'static str, Stranger> {
    match one.kind {
        ClassPerlKind::Digit => Ok("0-9"),
        ClassPerlKind::Word => Ok("0-9A-Za-z_"),
        ClassPerlKind::Space => Err(stranger(
            &one.span,
            "engines disagree on which characters are blanks",
        )),
    }
}

fn set(set: &ClassSet, changes: &mut Changes) -> Result<(), Stranger> {
    match set {
        ClassSet::Item(one) => item(one, changes),
        ClassSet::BinaryOp(one) => Err(stranger(
            &one.span,
            "engines do not all reckon with classes",
        )),
    }
}

fn item(one: &ClassSetItem, changes: &mut Changes) -> Result<(), Stranger> {
    match one {
        ClassSetItem::Empty(_) => Ok(()),
        ClassSetItem::Literal(one) => literal(one, true, changes),
        ClassSetItem::Range(range) => {
            literal(&range.start, true, changes)?;
            literal(&range.end, true, changes)
        }
        ClassSetItem::Ascii(one) => {
            Err(stranger(&one.span, "engines disagree on names of classes"))
        }
        ClassSetItem::Unicode(one) => Err(stranger(&one.span, "engines disagree on properties")),
        ClassSetItem::Perl(one) if one.negated => Err(stranger(
            &one.span,
            "write what the class has, not what it lacks",
        )),
        ClassSetItem::Perl(one) => {
            changes.push((one.span, perl(one)?.to_owned()));
            Ok(())
        }
        ClassSetItem::Bracketed(one) => Err(stranger(&one.span, "engines do not all nest classes")),
        ClassSetItem::Union(union) => union.items.iter().try_for_each(|one| item(one, changes)),
    }
}
