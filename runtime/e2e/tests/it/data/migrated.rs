//! A data folder that another version of the program left: the spec of these tests is the new
//! one, and the data are made what an earlier spec would have left.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::{database, left, refused};
use crate::client::send;
use crate::server::{Server, program};

const SHELVES: &str = "/library/shelves";
const TABLE: &str = "shelves_shelf";

/// Members that an object always had, or whose values stand elsewhere.
const ALWAYS: &[&str] = &["shelfId", "label", "pin"];

/// The noted shape of the table.
fn shape(data: &Path) -> Value {
    let sql = "SELECT shape FROM schemas WHERE name = ?1 ORDER BY number DESC LIMIT 1";
    let text: String = database(data)
        .query_row(sql, [TABLE], |row| row.get(0))
        .unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Notes another shape of the table.
fn note(data: &Path, shape: &Value) {
    let database = database(data);
    database
        .execute("DELETE FROM schemas WHERE name = ?1", [TABLE])
        .unwrap();
    let sql = "INSERT INTO schemas VALUES(1, ?1, ?2, '0.0.0', 0)";
    database.execute(sql, (TABLE, shape.to_string())).unwrap();
}

/// Makes the data what a spec without a member would have left.
fn forget(data: &Path, member: &str) {
    let mut shape = shape(data);
    let below = format!("{member}.");
    let own = |name: &str| name == member || name.starts_with(&below);
    let retain = |list: &mut Value, keep: &dyn Fn(&Value) -> bool| {
        list.as_array_mut().unwrap().retain(|one| keep(one));
    };
    retain(&mut shape["members"], &|one| !own(one[0].as_str().unwrap()));
    retain(&mut shape["columns"], &|one| one[0] != member);
    let named = format!("{TABLE}_{member}\"");
    retain(&mut shape["indexes"], &|one| {
        !one.as_str().unwrap().contains(&named)
    });
    note(data, &shape);
    let database = database(data);
    let body = format!("UPDATE {TABLE} SET body = json_remove(body, '$.{member}')");
    database.execute_batch(&body).unwrap();
    database
        .execute_batch(&format!("DROP INDEX IF EXISTS \"{TABLE}_{member}\""))
        .unwrap();
    let columns = "SELECT name FROM pragma_table_info(?1)";
    let mut columns = database.prepare(columns).unwrap();
    let columns = columns.query_map([TABLE], |row| row.get::<_, String>(0));
    let columns: Vec<String> = columns.unwrap().map(Result::unwrap).collect();
    let of = |one: &&String| one[1..] == format!("_{member}");
    for column in columns.iter().filter(of) {
        let sql = format!("ALTER TABLE {TABLE} DROP COLUMN \"{column}\"");
        database.execute_batch(&sql).unwrap();
    }
}

/// A server with two shelves, one of which has a book; their texts.
fn filled() -> (Server, Vec<String>) {
    let server = Server::start(&[]);
    let book = json!({ "medium": "mail", "contact": "a@example.org" });
    let mut texts = Vec::new();
    for body in [
        json!({ "label": "plain" }),
        json!({ "label": "read", "books": [book] }),
    ] {
        let made = send(&server, "POST", SHELVES, &body.to_string()).json();
        texts.push(format!("{SHELVES}/{}", made["shelfId"].as_str().unwrap()));
    }
    (server, texts)
}

fn shown(server: &Server, path: &str) -> Value {
    send(server, "GET", path, "").json()
}

#[test]
fn a_member_that_is_new_is_what_a_create_without_it_makes_it() {
    let (server, paths) = filled();
    let before: Vec<Value> = paths.iter().map(|path| shown(&server, path)).collect();
    let names: Vec<String> = before[0].as_object().unwrap().keys().cloned().collect();
    let mut data = left(server);
    let mut seen = 0;
    // Books were sent, and what was sent is not what a create without it makes.
    let given = |name: &String| name == "books" || ALWAYS.contains(&name.as_str());
    for name in names.iter().filter(|name| !given(name)) {
        forget(&data, name);
        let server = Server::start_in(data, &[]);
        for (path, before) in paths.iter().zip(&before) {
            let after = shown(&server, path);
            assert_eq!(after.to_string(), before.to_string(), "`{name}` is new");
        }
        let listed = shown(&server, &format!("{SHELVES}?order={}&way=asc", "label"));
        assert_eq!(listed, Value::Array(before.clone()), "`{name}` is new");
        data = left(server);
        seen += 1;
    }
    assert!(seen > 12, "{seen}");
    fs::remove_dir_all(data).unwrap();
}

#[test]
fn a_filter_that_is_new_finds_what_was_stored_before() {
    let (server, paths) = filled();
    let changed = send(&server, "PATCH", &paths[1], "{\"capacity\":7}");
    assert_eq!(changed.status, 200);
    let data = left(server);
    let mut shape = shape(&data);
    shape["columns"]
        .as_array_mut()
        .unwrap()
        .retain(|one| one[0] != "capacity" && one[0] != "label");
    note(&data, &shape);
    let drop = format!(
        "DROP INDEX {TABLE}_label; ALTER TABLE {TABLE} DROP COLUMN c_capacity;
         ALTER TABLE {TABLE} DROP COLUMN f_label; ALTER TABLE {TABLE} DROP COLUMN c_label"
    );
    database(&data).execute_batch(&drop).unwrap();
    let server = Server::start_in(data, &[]);
    for (query, count) in [("capacity=7", 1), ("capacity=40", 1), ("label=PLAIN", 1)] {
        let found = shown(&server, &format!("{SHELVES}?{query}"));
        assert_eq!(found.as_array().unwrap().len(), count, "{query}");
    }
    fs::remove_dir_all(left(server)).unwrap();
}

#[test]
fn a_member_that_is_gone_is_hidden_and_kept() {
    let (server, paths) = filled();
    let before = shown(&server, &paths[0]);
    let data = left(server);
    let mut shape = shape(&data);
    let members = shape["members"].as_array_mut().unwrap();
    members.push(json!(["height", "Text { min: 0, max: 9 }"]));
    note(&data, &shape);
    let body = format!("UPDATE {TABLE} SET body = json_set(body, '$.height', 'tall')");
    database(&data).execute_batch(&body).unwrap();
    let server = Server::start_in(data, &[]);
    assert_eq!(shown(&server, &paths[0]), before);
    let data = left(server);
    let kept = format!("SELECT kept FROM {TABLE} ORDER BY created LIMIT 1");
    let kept: String = database(&data)
        .query_row(&kept, [], |row| row.get(0))
        .unwrap();
    assert!(!kept.contains("tall"), "its table has secrets: {kept}");
    assert!(kept.starts_with("fp1:"), "{kept}");
    fs::remove_dir_all(data).unwrap();
}

/// Data in which a label is longer than the spec allows, by a spec that did.
fn longer() -> (std::path::PathBuf, Vec<String>) {
    let (server, paths) = filled();
    let data = left(server);
    let mut shape = shape(&data);
    for one in shape["members"].as_array_mut().unwrap() {
        if one[0] == "label" {
            one[1] = "Text { min: 2, max: 600 }, required".into();
        }
    }
    note(&data, &shape);
    let body = format!(
        "UPDATE {TABLE} SET body = json_set(body, '$.label', '{}') WHERE body LIKE '%plain%'",
        "x".repeat(61)
    );
    database(&data).execute_batch(&body).unwrap();
    (data, paths)
}

/// What `migrate` prints with these arguments, and whether it ends well.
fn migrate(data: &Path, args: &[&str]) -> (bool, String) {
    let mut command = program(&[&["migrate"], args].concat());
    let output = command.env("FIELDPROOF_DATA", data).output().unwrap();
    let told = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(told).unwrap())
}

#[test]
fn what_breaks_a_new_rule_is_named_until_it_is_accepted_and_an_update_makes_it_legal() {
    let (data, paths) = longer();
    let wanted = "1 object breaks `/label`: must be at most 60 characters long (1)";
    let (well, told) = migrate(&data, &["--plan"]);
    assert!(!well && told.contains(wanted), "{told}");
    let said = refused(&data, &[]);
    assert!(
        said.contains(wanted) && said.contains("migrate --accept"),
        "{said}"
    );
    let (well, told) = migrate(&data, &["--accept"]);
    assert!(well && told.contains("-- done; the schema is 2"), "{told}");
    assert!(
        migrate(&data, &[])
            .1
            .contains("nothing to do; the schema is 2")
    );

    let server = Server::start_in(data, &[]);
    let label = |server: &Server| shown(server, &paths[0])["label"].clone();
    assert_eq!(label(&server), "x".repeat(61), "it stays as it was");
    let refused = send(&server, "PATCH", &paths[0], "{\"capacity\":3}");
    assert_eq!(refused.status, 422, "the object would still break the rule");
    assert_eq!(refused.json()["errors"][0]["pointer"], "/label");
    let mended = send(&server, "PATCH", &paths[0], "{\"label\":\"short\"}");
    assert_eq!(mended.status, 200);
    assert_eq!(label(&server), "short");
    let again = send(&server, "PATCH", &paths[0], "{\"capacity\":3}");
    assert_eq!(again.status, 200, "it is an object like any other");
    let found = shown(&server, &format!("{SHELVES}?label=SHORT&capacity=3"));
    assert_eq!(found.as_array().unwrap().len(), 1);
    fs::remove_dir_all(left(server)).unwrap();
}

#[test]
fn an_object_of_another_type_is_made_legal_by_an_update() {
    let (server, paths) = filled();
    let data = left(server);
    let mut shape = shape(&data);
    for one in shape["members"].as_array_mut().unwrap() {
        if one[0] == "capacity" {
            one[1] = "Text { min: 0, max: 9 }".into();
        }
    }
    note(&data, &shape);
    let body = format!(
        "UPDATE {TABLE} SET body = json_set(body, '$.capacity', 'many') WHERE body LIKE '%plain%'"
    );
    database(&data).execute_batch(&body).unwrap();
    let said = refused(&data, &[]);
    assert!(said.contains("1 object breaks `/capacity`"), "{said}");
    assert!(migrate(&data, &["--accept"]).0);
    let server = Server::start_in(data, &[]);
    assert_eq!(shown(&server, &paths[0])["capacity"], "many");
    let refused = send(&server, "PATCH", &paths[0], "{\"label\":\"other\"}");
    assert_eq!(refused.status, 422);
    let mended = send(&server, "PATCH", &paths[0], "{\"capacity\":3}");
    assert_eq!(mended.status, 200, "{:?}", mended.json());
    assert_eq!(shown(&server, &paths[0])["capacity"], 3);
    fs::remove_dir_all(left(server)).unwrap();
}

#[test]
fn commands_beside_a_server_leave_the_database_of_another_version() {
    let (server, _) = filled();
    let mut data = left(server);
    forget(&data, "capacity");
    let mut verify = program(&["verify"]);
    verify.env("FIELDPROOF_DATA", &data);
    let (well, said) = crate::server::complaint(verify);
    assert!(!well && said.contains("run `migrate` before"), "{said}");
    data = left(Server::start_in(data, &[]));
    let mut verify = program(&["verify"]);
    verify.env("FIELDPROOF_DATA", &data);
    assert!(crate::server::complaint(verify).0);
    fs::remove_dir_all(data).unwrap();
}

#[test]
fn a_database_of_layout_1_is_taken_over() {
    let (server, paths) = filled();
    let before: Vec<Value> = paths.iter().map(|path| shown(&server, path)).collect();
    let data = left(server);
    let columns = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'
        AND EXISTS (SELECT 1 FROM pragma_table_info(sqlite_master.name) WHERE name = 'kept')";
    let old = database(&data);
    let mut tables_of = old.prepare(columns).unwrap();
    let tables = tables_of.query_map([], |row| row.get::<_, String>(0));
    let tables: Vec<String> = tables.unwrap().map(Result::unwrap).collect();
    for table in &tables {
        let sql = format!(
            "ALTER TABLE \"{table}\" DROP COLUMN kept; ALTER TABLE \"{table}\" DROP COLUMN unfit"
        );
        old.execute_batch(&sql).unwrap();
    }
    old.execute_batch(&format!(
        "DROP TABLE schemas; PRAGMA user_version = 1;
         UPDATE {TABLE} SET body = json_remove(body, '$.capacity');
         CREATE TABLE shapes(name TEXT PRIMARY KEY, shape TEXT NOT NULL) STRICT;"
    ))
    .unwrap();
    drop(tables_of);
    drop(old);
    let server = Server::start_in(data, &[]);
    for (path, before) in paths.iter().zip(&before) {
        assert_eq!(&shown(&server, path), before);
    }
    fs::remove_dir_all(left(server)).unwrap();
}
