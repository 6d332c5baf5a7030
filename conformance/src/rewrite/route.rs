//! Routes: paths with placeholders for identifiers, as written in a spec.

use std::collections::BTreeSet;

use fieldproof_spec::model::Api;

/// The routes of an API, recognized by the paths of its spec.
#[derive(Debug, Clone, Default)]
pub struct Routes {
    base: String,
    known: Vec<String>,
}

impl Routes {
    /// The routes of an API with the base path `base`.
    #[must_use]
    pub fn of(api: &Api, base: &str) -> Self {
        let mut known = BTreeSet::new();
        for resource in &api.resources {
            let mut paths = vec![resource.path.clone(), resource.item_path()];
            paths.push(resource.create_path().to_owned());
            let update = resource.update.as_ref();
            paths.extend(update.and_then(|update| update.also_path.clone()));
            known.extend(paths.iter().flat_map(|path| resource.spellings(path)));
        }
        let mut known: Vec<String> = known.into_iter().collect();
        // A literal path takes precedence over one with a parameter.
        known.sort_by_key(|route| route.matches('{').count());
        Self {
            base: base.trim_end_matches('/').to_owned(),
            known,
        }
    }

    /// The route of a path.
    #[must_use]
    pub fn route(&self, path: &str) -> String {
        let Some(below) = path.strip_prefix(&self.base) else {
            return plain(path);
        };
        let found = self.known.iter().find(|route| fits(route, below));
        found.cloned().unwrap_or_else(|| plain(below))
    }
}

fn fits(route: &str, path: &str) -> bool {
    let (mut parts, mut given) = (route.split('/'), path.split('/'));
    loop {
        match (parts.next(), given.next()) {
            (None, None) => return true,
            (Some(part), Some(one)) if part.starts_with('{') || part == one => {}
            _ => return false,
        }
    }
}

/// The route of a path that no row has; segments that look like identifiers become
/// placeholders.
fn plain(path: &str) -> String {
    let is_word = |part: &&str| {
        part.len() <= 24
            && part
                .chars()
                .all(|one| one.is_ascii_lowercase() || matches!(one, '-' | '_' | '.'))
    };
    let parts = path.split('/');
    let parts: Vec<&str> = parts
        .map(|part| if is_word(&part) { part } else { "{}" })
        .collect();
    parts.join("/")
}
