//! Email addresses: an `addr-spec` (RFC 5322 section 3.4.1) without quoting.

/// Maximum length in bytes of the part before the `@` (RFC 5321 section 4.5.3.1.1).
const LONGEST_LOCAL: usize = 64;

/// Whether `text` is an address: dotted atoms, one `@` and host labels.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    local.len() <= LONGEST_LOCAL && local.split('.').all(is_atom) && domain.split('.').all(is_label)
}

fn is_atom(atom: &str) -> bool {
    let special = |byte| b"!#$%&'*+/=?^_`{|}~-".contains(&byte);
    !atom.is_empty()
        && atom
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || special(byte))
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::is_email;

    #[test]
    fn tells_addresses_from_other_text() {
        for good in [
            "a@b",
            "a.b+c@d-e.example",
            "x_y@10.example",
            "o'neil@example.org",
        ] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "", "a", "@", "a@", "@b", "a@b@c", "a b@c", "a@b c", ".a@b", "a..b@c", "a@-b", "a@b.",
            "a@b..c", "é@b",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
        for (label, fits) in [(63, true), (64, false)] {
            let address = format!("{}@{}.example", "a".repeat(64), "b".repeat(label));
            assert_eq!(is_email(&address), fits, "{label}");
        }
        assert!(!is_email(&format!("{}@b", "a".repeat(65))));
    }
}
