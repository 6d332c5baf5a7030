//! Renders findings as frames: path, line, column, the text, and advice.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::Diagnostic;

/// A position as people count it: line and column from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

/// The position of byte `offset` in `text`.
#[must_use]
pub fn position(text: &str, offset: usize) -> Position {
    let before = &text[..text.floor_char_boundary(offset)];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    Position {
        line: before.matches('\n').count() + 1,
        column: before[start..].chars().count() + 1,
    }
}

/// Renders one finding about the file at `path`, with colour if asked for.
#[must_use]
pub fn render(path: &str, text: &str, diagnostic: &Diagnostic, color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut snippet = Snippet::source(text)
        .line_start(1)
        .path(path)
        .annotation(AnnotationKind::Primary.span(visible(text, &diagnostic.span)));
    for (span, label) in &diagnostic.also {
        snippet = snippet.annotation(
            AnnotationKind::Context
                .span(visible(text, span))
                .label(label.as_str()),
        );
    }
    let mut group = Level::ERROR
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.id)
        .element(snippet);
    group = group.element(Level::HELP.message(diagnostic.advice()));
    renderer.decor_style(DecorStyle::Ascii).render(&[group])
}

/// The first line of a span, at least one character wide: a frame around a whole section
/// would hide the problem.
fn visible(text: &str, span: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    let start = text.floor_char_boundary(span.start);
    let end = text.floor_char_boundary(span.end.max(start));
    let line = text[start..end].find('\n').map_or(end, |at| start + at);
    start
        ..text
            .ceil_char_boundary(line.max(start + 1).min(text.len()))
            .max(start)
}

#[cfg(test)]
mod tests {
    use super::{Position, position};

    #[test]
    fn counts_lines_and_characters_from_one() {
        assert_eq!(position("é\nab", 4), Position { line: 2, column: 2 });
        assert_eq!(position("", 9), Position { line: 1, column: 1 });
    }
}
