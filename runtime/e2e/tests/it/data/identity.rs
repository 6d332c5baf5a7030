//! A file that is not the database of this server.

use std::fs;

use super::{database, left, refused, start};
use crate::client::send;
use crate::server::{Server, complaint, program};

const SHELVES: &str = "/library/shelves";

#[test]
fn a_database_says_whose_it_is() {
    let data = left(Server::start(&[]));
    let database = database(&data);
    let pragma = |name| database.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    assert_eq!(pragma("application_id").unwrap(), 0x4650_4442);
    assert_eq!(pragma("user_version").unwrap(), 1);
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
        DROP TABLE seals; DROP TABLE shapes;";
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

#[test]
fn what_differs_from_the_spec_is_named() {
    let cases = [
        (
            "ALTER TABLE shelves_shelf ADD COLUMN c_size INTEGER",
            "the table `shelves_shelf` was made by another version of its spec; of columns it has `c_size INTEGER`",
        ),
        (
            "ALTER TABLE shelves_shelf DROP COLUMN c_dusted",
            "it lacks `c_dusted INTEGER`; start the version",
        ),
        (
            "UPDATE shapes SET shape = replace(shape, 'code External', 'code Folded')
             WHERE name = 'shelves_shelf'",
            "of values it has `code Folded` and lacks `code External`",
        ),
        (
            "DROP INDEX shelves_shelf_created;
             CREATE INDEX shelves_shelf_created ON shelves_shelf(tenant)",
            "the index `shelves_shelf_created` was made by another version: `CREATE INDEX shelves_shelf_created ON shelves_shelf(tenant)`",
        ),
    ];
    for (sql, reason) in cases {
        let data = left(Server::start(&[]));
        database(&data).execute_batch(sql).unwrap();
        let said = refused(&data, &[]);
        assert!(said.contains(reason), "{said}");
        assert!(
            said.contains("another data folder") || said.contains("drop it"),
            "{said}"
        );
        fs::remove_dir_all(data).unwrap();
    }
    let data = left(Server::start(&[]));
    let gone = "DROP INDEX shelves_shelf_created";
    database(&data).execute_batch(gone).unwrap();
    assert!(start(&data, &[]).0, "an index that is gone is made again");
    fs::remove_dir_all(data).unwrap();
}
