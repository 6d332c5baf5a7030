//! Databases that an earlier layout of the store itself left, and later ones.

use fieldproof_runtime::auth::PostgresTokens;
use fieldproof_runtime::store::Extent;

use super::Test;
use super::home::{Home, Kind};
use super::objects::check;

pub(super) const ALL: &[(&str, Test)] = &[
    ("a_database_of_layout_1_is_taken_up", first),
    ("a_database_of_a_later_layout_is_refused", later),
];

/// Makes a database of the first version what layout 1 was.
fn lower(home: &Home) {
    for sql in [
        "ALTER TABLE clocks RENAME TO clock",
        "ALTER TABLE clock DROP COLUMN schema",
        "DROP TABLE schemas",
        "DELETE FROM settings WHERE name = 'schema'",
        "UPDATE settings SET value = '1' WHERE name = 'layout'",
        "INSERT INTO settings SELECT '', 'table books', concat('identifiers Increasing', chr(10), \
         'title Text', chr(10), 'code External', chr(10), 'pages Number')",
    ] {
        home.run(sql);
    }
    for table in home.run(
        "SELECT table_name FROM information_schema.columns \
         WHERE table_schema = 'public' AND column_name = 'unfit'",
    ) {
        home.run(&format!("ALTER TABLE \"{table}\" DROP COLUMN unfit"));
        home.run(&format!("ALTER TABLE \"{table}\" DROP COLUMN kept"));
    }
}

fn first(kind: Kind) {
    for version in 0..3 {
        let home = Home::first(kind);
        lower(&home);
        let before = home.picture();
        let Err(said) = home.open(version, Extent::NewTables) else {
            panic!("it was opened");
        };
        let said = said.to_string();
        assert!(said.contains("(layout 1); start the server"), "{said}");
        drop(PostgresTokens::open(&home.text()).unwrap());
        assert!(before == home.picture(), "tokens change no tables");
        let plan = home.migrate(version, (Extent::Additive, true), &mut |_| Ok(()));
        assert!(!plan.unwrap().script.is_empty());
        assert!(before == home.picture(), "nothing was to be changed");
        check(&*home.open(version, Extent::Additive).unwrap(), version);
        check(&*home.open(version, Extent::NewTables).unwrap(), version);
        assert_eq!(
            home.run("SELECT count(*) FROM pg_tables WHERE tablename = 'clock'"),
            ["0"]
        );
    }
}

fn later(kind: Kind) {
    let home = Home::first(kind);
    home.run("UPDATE settings SET value = '3' WHERE name = 'layout'");
    let Err(said) = home.open(0, Extent::Additive) else {
        panic!("it was opened");
    };
    let said = said.to_string();
    assert!(said.contains("layout 3, this one knows 2"), "{said}");
}
