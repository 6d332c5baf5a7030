//! Operations of a resource.

use fieldproof_spec::model::Op;
use serde_json::{Map, Value, json};

use crate::source::Source;

/// Generates the list operation of a resource whose members are `names`.
pub(crate) fn list(source: &mut Source, names: &[String], id: &str) -> Value {
    let mut list = Map::new();
    if source.chance(75) {
        list.insert("page".to_owned(), page(source));
    }
    if source.chance(40) {
        list.insert("envelope".to_owned(), envelope(source));
    }
    if source.chance(55) {
        list.insert("sort".to_owned(), sort(source, names, id));
    }
    let filters = filters(source, names, id);
    if !filters.is_empty() && source.chance(8) {
        let keys: Vec<&String> = filters.keys().collect();
        let (from, to) = (source.pick(&keys), source.pick(&keys));
        list.insert("intervals".to_owned(), json!([{ "from": from, "to": to }]));
    }
    list.insert("filters".to_owned(), filters.into());
    list.into()
}

fn page(source: &mut Source) -> Value {
    let most = *source.pick(&[5, 20, 100, 500]);
    let default = source.within(1, most);
    match source.below(7) {
        0 | 1 => match source.chance(60) {
            true => json!({ "style": "limit-offset", "default": default, "max": most }),
            false => json!({ "style": "limit-offset", "max": most }),
        },
        2 => json!({ "style": "cursor", "by": "token" }),
        3 => json!({ "style": "id-after", "by": "idAfter" }),
        4 => {
            json!({ "style": "page-number", "by": "page", "size": "size", "cursor": "after", "default": default, "max": most })
        }
        5 => {
            json!({ "style": "after", "by": "behind", "size": "most", "default": default, "max": most })
        }
        _ => {
            json!({ "style": "page-number", "by": "page", "size": "per_page", "default": default, "max": most })
        }
    }
}

fn envelope(source: &mut Source) -> Value {
    let mut envelope = json!({ "items": *source.pick(&["items", "data", "things"]) });
    for key in ["total", "pages", "page"] {
        if source.chance(40) {
            envelope[key] = json!(key);
        }
    }
    if source.chance(30) {
        envelope["when"] = json!("paged");
    }
    envelope
}

fn sort(source: &mut Source, names: &[String], id: &str) -> Value {
    let mut keys = source.some(names, 4);
    if source.chance(30) {
        keys.push(id.to_owned());
    }
    let default = source.pick(&keys).clone();
    json!({
        "by": "sort_by", "order": "direction", "keys": keys, "default": default,
        "default-order": *source.pick(&["asc", "desc"]),
    })
}

fn filters(source: &mut Source, names: &[String], id: &str) -> Map<String, Value> {
    let mut filters = Map::new();
    for (at, name) in source.some(names, 5).iter().enumerate() {
        let mut filter = json!({ "field": name, "op": *source.pick(&Op::ALL) });
        if source.chance(12) {
            filter["or"] = json!(source.some(names, 2));
        }
        if source.chance(15) {
            filter["also"] = json!([format!("filter[{at}]")]);
        }
        let key = match source.below(3) {
            0 => name.clone(),
            1 => format!("filter[{name}]"),
            _ => format!("f{at}"),
        };
        filters.insert(key, filter);
    }
    if source.chance(50) {
        filters.insert(
            "idAfter".to_owned(),
            json!({ "field": id, "op": "greater" }),
        );
    }
    filters
}

/// Generates get, create, update, append and delete.
pub(crate) fn others(
    source: &mut Source,
    names: &[String],
    children: &[String],
    all: &mut Map<String, Value>,
) {
    if source.chance(90) {
        let mut get = json!({});
        if source.chance(15) {
            let op = *source.pick(&["equals", "equals-folded"]);
            get["also"] = json!({ source.pick(names).as_str(): op });
        }
        all.insert("get".to_owned(), get);
    }
    if source.chance(92) {
        let mut create = json!({});
        if source.chance(20) {
            create["status"] = json!(*source.pick(&[200, 201]));
        }
        if source.chance(10) {
            create["also"] = json!(["PUT"]);
        }
        all.insert("create".to_owned(), create);
    }
    if source.chance(85) {
        all.insert("update".to_owned(), update(source));
    }
    if source.chance(12) {
        all.insert(
            "append".to_owned(),
            json!({ "fields": source.some(names, 2) }),
        );
    }
    if source.chance(85) {
        let mut delete = json!({ "status": *source.pick(&[204, 204, 200]) });
        if source.chance(70) {
            delete["cascade"] = json!(children);
        }
        all.insert("delete".to_owned(), delete);
    }
}

fn update(source: &mut Source) -> Value {
    let verbs = ["PUT", "PATCH", "POST"];
    let verb = *source.pick(&verbs);
    let mut update =
        json!({ "verb": verb, "effect": *source.pick(&["merge", "merge", "replace"]) });
    let other = *source.pick(&verbs);
    if other != verb && source.chance(50) {
        update["also"] = json!([other]);
    }
    update
}
