//! Command lines that repeat a request.

use super::{Exchange, VARIABLES};

/// The longest body passed as an argument, in bytes: systems limit the length of arguments.
const ARGUMENT: usize = 64 << 10;

impl Exchange {
    /// A POSIX shell command that repeats the request, provided that the variables of its
    /// tokens are set.
    #[must_use]
    pub fn curl(&self) -> String {
        // Turns off what curl does on its own: waiting for a body, expanding braces,
        // resolving dots.
        let mut line = match self.method.as_str() {
            "HEAD" => "curl -i -g --path-as-is -I".to_owned(),
            method => format!("curl -i -g --path-as-is -X {method}"),
        };
        line.push_str(&format!(" {}", word(&self.url)));
        for (name, value) in &self.headers {
            if let Some(variable) = value.strip_prefix("Basic $") {
                line.push_str(&format!(" -u \"${variable}\""));
                continue;
            }
            let header = match value.is_empty() {
                true => format!("{name};"),
                false => format!("{name}: {value}"),
            };
            line.push_str(&format!(" -H {}", word(&header)));
        }
        let Some(body) = &self.body else { return line };
        let labelled = |(name, _): &(String, String)| name.eq_ignore_ascii_case("content-type");
        if !self.headers.iter().any(labelled) {
            line.push_str(" -H 'content-type:'");
        }
        match &self.bytes {
            Some(bytes) => {
                format!("printf %s {bytes} | base64 -d | {line} --data-binary @-")
            }
            None if body.len() > ARGUMENT => {
                format!("printf %s {} | {line} --data-binary @-", plain(body))
            }
            None => format!("{line} --data-raw {}", plain(body)),
        }
    }
}

/// A quoted word of the shell, without expansions.
fn plain(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A quoted word of the shell in which only variables of tokens are expanded.
fn word(text: &str) -> String {
    let piece = |piece: Piece<'_>| match piece {
        Piece::Plain(text) => plain(text),
        Piece::Variable(name) => format!("\"${name}\""),
    };
    pieces(text).into_iter().map(piece).collect()
}

/// A part of a text that an exchange shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    /// Text that stands for itself.
    Plain(&'t str),
    /// The variable of a token.
    Variable(&'static str),
}

/// The parts of a text, at least one.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let Some((at, name)) = first(rest) {
        if at > 0 {
            pieces.push(Piece::Plain(&rest[..at]));
        }
        pieces.push(Piece::Variable(name));
        rest = &rest[at + 1 + name.len()..];
    }
    if !rest.is_empty() || pieces.is_empty() {
        pieces.push(Piece::Plain(rest));
    }
    pieces
}

/// The first variable in a text, and its offset.
fn first(text: &str) -> Option<(usize, &'static str)> {
    let places = VARIABLES.iter().filter_map(|name| {
        let at = text.find(&format!("${name}"))?;
        Some((at, *name))
    });
    places.min()
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::Exchange;

    /// The arguments and input of curl that a shell makes of the command.
    fn understood(exchange: &Exchange) -> (Vec<String>, Vec<u8>) {
        let script = format!(
            "curl() {{ for one; do printf '%s\\0' \"$one\"; done; printf '\\0\\0'; \
             case \" $* \" in *' @- '*) cat;; esac; }}\n{}",
            exchange.curl()
        );
        // The script would be too long for an argument.
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), script).unwrap();
        let output = Command::new("sh")
            .arg(file.path())
            .env("TOKEN", "a 'b' $c")
            .env("CLIENT_ID", "me")
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        let end = output.stdout.windows(3).position(|three| three == [0; 3]);
        let (words, input) = output.stdout.split_at(end.unwrap());
        let words = String::from_utf8(words.to_vec()).unwrap();
        let words = words.split('\0').map(str::to_owned).collect();
        (words, input[3..].to_vec())
    }

    fn exchange(method: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Exchange {
        let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let mut exchange = Exchange {
            method: method.to_owned(),
            url: "http://h/a'b?x={1}&y=$HOME&id=$CLIENT_ID".to_owned(),
            headers: headers.iter().map(pair).collect(),
            ..Exchange::default()
        };
        if let Some(body) = body {
            exchange.set_body(body);
        }
        exchange
    }

    #[test]
    fn variables_of_tokens_alone_are_replaced() {
        let json = ("content-type", "application/json");
        let bearer = ("authorization", "Bearer $TOKEN");
        let body = "{\"a\":\"it's $TOKEN `x` \\\\ 😀\"}";
        let one = exchange(
            "POST",
            &[bearer, json, ("if-match", "")],
            Some(body.as_bytes()),
        );
        let (words, input) = understood(&one);
        let expected = [
            "-i",
            "-g",
            "--path-as-is",
            "-X",
            "POST",
            "http://h/a'b?x={1}&y=$HOME&id=me",
            "-H",
            "authorization: Bearer a 'b' $c",
            "-H",
            "content-type: application/json",
            "-H",
            "if-match;",
            "--data-raw",
            body,
        ];
        assert_eq!(words, expected);
        assert_eq!(input, b"");
        let (words, _) = understood(&exchange("HEAD", &[], None));
        assert_eq!(words[3..4], ["-I"]);
    }

    #[test]
    fn a_body_is_whole_however_long_and_whatever_is_in_it() {
        let long = "ä".repeat(600_000);
        for body in [long.as_bytes(), b"{\"a\":\"\xff\"}", b"a\0b"] {
            let (words, input) = understood(&exchange("POST", &[], Some(body)));
            assert_eq!(words[words.len() - 2..], ["--data-binary", "@-"]);
            assert!(
                words.contains(&"content-type:".to_owned()),
                "no label of curl's own"
            );
            assert!(input == body, "{} bytes came", input.len());
        }
    }
}
