//! Syntax of addresses and numbers, as small state machines.

/// Whether `text` is an email address: dotted atoms, `@`, host labels.
pub(super) fn is_email(text: &str) -> bool {
    let Some(at) = text.find('@') else {
        return false;
    };
    let (local, domain) = (&text[..at], &text[at + 1..]);
    if local.len() > 64 || !text.is_ascii() {
        return false;
    }
    let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c);
    let atoms = local
        .split('.')
        .all(|part| !part.is_empty() && part.chars().all(atom));
    let label = |part: &str| {
        let inner = part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        inner
            && !part.is_empty()
            && part.len() < 64
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    atoms && domain.split('.').all(label)
}

/// A telephone number in its one form.
pub(super) fn phone(text: &str) -> Option<String> {
    let mut digits = String::new();
    for (at, c) in text.chars().filter(|c| !" .-()".contains(*c)).enumerate() {
        match c {
            '+' if at == 0 => {}
            '1'..='9' if at == 1 => digits.push(c),
            '0'..='9' if at > 1 => digits.push(c),
            _ => return None,
        }
    }
    (7..=15)
        .contains(&digits.len())
        .then(|| format!("+{digits}"))
}

/// Whether `text` has the shape of a UUID.
pub(super) fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12] && text.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}
