//! What becomes of the members of a table's objects, in words.

use super::shape::{Shape, renamed_path};

impl Shape {
    /// The members that `now` has and this shape has not, those that are gone, and those with
    /// another name or other rules; nothing where one of the two does not note its members.
    pub(super) fn told(&self, now: &Self, renamed: &[(&str, &str)]) -> Vec<String> {
        let (Some(before), Some(now)) = (&self.members, &now.members) else {
            return Vec::new();
        };
        let before: Vec<(&str, String, &str)> = before
            .iter()
            .map(|(path, form)| (path.as_str(), renamed_path(path, renamed), form.as_str()))
            .collect();
        let form = |path: &str| now.iter().find(|(own, _)| own == path);
        let was_there = |path: &str| before.iter().any(|(_, new, _)| new == path);
        let (mut told, mut gone, mut new) = (Vec::new(), false, false);
        for (old, path, rules) in &before {
            match form(path) {
                // What is below one that is gone went with it.
                None if above(path).is_some_and(|above| form(above).is_none()) => {}
                None => {
                    gone = true;
                    told.push(format!("`{old}` is hidden, its values are kept"));
                }
                Some(_) if last(old) != last(path) => {
                    told.push(format!("`{old}` is called `{path}` now"));
                }
                Some((_, now)) if now != rules => told.push(format!("`{path}` has other rules")),
                Some(_) => {}
            }
        }
        for (path, _) in now.iter().filter(|(path, _)| !was_there(path)) {
            if above(path).is_none_or(was_there) {
                new = true;
                told.push(format!("`{path}` is new, or back"));
            }
        }
        if gone && new {
            told.push(
                "if one of them is another one under a new name, say so with `was` before this \
                 is done: afterwards it is too late"
                    .to_owned(),
            );
        }
        told
    }
}

/// The path of the object that a member belongs to.
fn above(path: &str) -> Option<&str> {
    path.rsplit_once('.').map(|(above, _)| above)
}

/// The name of a member without its path.
fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::Shape;

    fn shape(members: &[(&str, &str)]) -> Shape {
        let members = members.iter();
        let members = members.map(|(path, form)| ((*path).to_owned(), (*form).to_owned()));
        Shape {
            identifiers: String::new(),
            parent: None,
            columns: Vec::new(),
            secrets: Vec::new(),
            unique: Vec::new(),
            members: Some(members.collect()),
            indexes: Vec::new(),
        }
    }

    #[test]
    fn members_that_come_go_or_change_are_named() {
        let before = shape(&[
            ("total", "number"),
            ("note", "text 10"),
            ("lines", "list"),
            ("lines.article", "text"),
            ("place", "object"),
            ("place.street", "text"),
        ]);
        let now = shape(&[
            ("amount", "number"),
            ("note", "text 5"),
            ("items", "list"),
            ("items.article", "text"),
            ("items.count", "number"),
            ("stamp", "object"),
            ("stamp.by", "text"),
        ]);
        let told = before.told(&now, &[("items", "lines")]);
        let [hint] = &told[7..] else {
            panic!("{told:?}")
        };
        assert!(hint.contains("`was`"), "{hint}");
        assert_eq!(
            told[..7],
            [
                "`total` is hidden, its values are kept",
                "`note` has other rules",
                "`lines` is called `items` now",
                "`place` is hidden, its values are kept",
                "`amount` is new, or back",
                "`items.count` is new, or back",
                "`stamp` is new, or back",
            ]
            .map(str::to_owned)
        );
    }
}
