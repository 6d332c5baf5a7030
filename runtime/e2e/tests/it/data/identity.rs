//! A file that is not the database of this server.

use std::fs;

use super::{database, left, refused};
use crate::client::send;
use crate::server::{Server, complaint, program};

const SHELVES: &str = "/library/shelves";

#[test]
fn a_database_says_whose_it_is() {
    let data = left(Server::start(&[]));
    let database = database(&data);
    let pragma = |name| database.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    assert_eq!(pragma("application_id").unwrap(), 0x4650_4442);
    assert_eq!(pragma("user_version").unwrap(), 2);
    drop(database);
    fs::remove_dir_all(data).unwrap();
}

#[test]
fn what_belongs_to_another_program_is_named_and_left_as_it_is() {
    let cases = [
        (
            "CREATE TABLE notes(text)",
            "application_id 0, tables: notes",
        ),
        (
            "PRAGMA application_id = 252006; CREATE TABLE notes(text)",
            "application_id 252006, tables: notes",
        ),
        (
            "PRAGMA application_id = 1179665474; PRAGMA user_version = 9; CREATE TABLE clock(one)",
            "a later version of the server made it (layout 9",
        ),
        ("CREATE TABLE clock(hands)", "belongs to another program"),
    ];
    for (sql, reason) in cases {
        let data = left(Server::start(&[]));
        let file = data.join("fieldproof.sqlite3");
        fs::remove_file(&file).unwrap();
        database(&data).execute_batch(sql).unwrap();
        let own = fs::read(&file).unwrap();
        super::modes::write(&file, &own);
        let before = fs::read(&file).unwrap();
        let said = refused(&data, &[]);
        assert!(said.contains(reason), "{said}");
        assert!(said.contains(&*file.to_string_lossy()), "{said}");
        let mut create = program(&["token", "create", "--scope", "shelves"]);
        create.env("FIELDPROOF_DATA", &data);
        assert!(complaint(create).1.contains(reason));
        assert!(fs::read(&file).unwrap() == before, "{sql}: it was changed");
        fs::remove_dir_all(data).unwrap();
    }
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let data = left(Server::start(&[]));
    fs::write(data.join("fieldproof.sqlite3"), "x".repeat(8_192)).unwrap();
    let said = refused(&data, &[]);
    assert!(
        said.contains("not a database; if it is damaged, restore it from a backup"),
        "{said}"
    );
    fs::remove_dir_all(data).unwrap();
}

#[test]
fn a_database_from_before_it_said_so_is_adopted() {
    let server = Server::start(&[]);
    let made = send(&server, "POST", SHELVES, "{\"label\":\"kept\"}").json();
    let path = format!("{SHELVES}/{}", made["shelfId"].as_str().unwrap());
    let data = left(server);
    let unmark = "PRAGMA application_id = 0; PRAGMA user_version = 0;
        DROP TABLE seals; DROP TABLE schemas;";
    database(&data).execute_batch(unmark).unwrap();
    // A command for tokens may be the first to see it.
    let mut list = program(&["token", "list"]);
    list.env("FIELDPROOF_DATA", &data);
    assert!(complaint(list).0);
    let server = Server::start_in(data, &[]);
    assert_eq!(send(&server, "GET", &path, "").json()["label"], "kept");
    let data = left(server);
    let count = |sql| database(&data).query_row(sql, [], |row| row.get::<_, i64>(0));
    assert_eq!(count("SELECT count(*) FROM seals").unwrap(), 1);
    assert_eq!(count("PRAGMA application_id").unwrap(), 0x4650_4442);
    fs::remove_dir_all(data).unwrap();
}
