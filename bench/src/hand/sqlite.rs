//! Profiles in SQLite: one thread writes, and commits those who wait as a group; reads are short
//! and made where they are asked for.

use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};

use axum::http::StatusCode;
use rusqlite::{Connection, Error, ErrorCode, OptionalExtension, params};
use tokio::sync::oneshot;

use super::profile::{Change, Profile, folded, now};
use super::{Asked, Page};

const TABLES: &str = "
CREATE TABLE profile(
    id TEXT PRIMARY KEY, text TEXT NOT NULL, uuid TEXT UNIQUE,
    first TEXT, middle TEXT, last TEXT, name TEXT NOT NULL,
    first_folded TEXT, middle_folded TEXT, last_folded TEXT, name_folded TEXT NOT NULL,
    created INTEGER NOT NULL, updated INTEGER NOT NULL
);
CREATE INDEX profile_created ON profile(created, id);
CREATE INDEX profile_updated ON profile(updated, id);
CREATE INDEX profile_first ON profile(first_folded, first, id);
CREATE INDEX profile_middle ON profile(middle_folded, middle, id);
CREATE INDEX profile_last ON profile(last_folded, last, id);
CREATE INDEX profile_name ON profile(name_folded, name, id);
CREATE TABLE contact(
    id TEXT PRIMARY KEY, profile TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, uuid TEXT UNIQUE,
    UNIQUE(profile, key, value)
);
CREATE TABLE count(profiles INTEGER NOT NULL);
INSERT INTO count VALUES(0);
";

/// The most writes of one commit.
const GROUP: usize = 256;

/// A file of profiles.
pub(super) struct Sqlite {
    writes: Sender<Write>,
    readers: Mutex<Vec<Connection>>,
}

/// A write that waits, and whom to answer.
enum Write {
    Create(
        Box<Profile>,
        String,
        oneshot::Sender<Result<(), StatusCode>>,
    ),
    Update(String, Change, oneshot::Sender<Result<String, StatusCode>>),
}

/// An answer that is sent once the group is committed.
type Answer = Box<dyn FnOnce(bool)>;

impl Sqlite {
    /// Opens a new file in this folder.
    pub(super) fn open(folder: &str) -> Self {
        let file = Path::new(folder).join("hand.sqlite3");
        let open = || {
            let connection = Connection::open(&file).expect("the database opens");
            for (name, value) in [("journal_mode", "wal"), ("synchronous", "full")] {
                let set = connection.pragma_update(None, name, value);
                set.expect("a setting");
            }
            connection
        };
        let mut writer = open();
        writer.execute_batch(TABLES).expect("the tables are made");
        let readers = Mutex::new((0..16).map(|_| open()).collect());
        let (writes, waiting) = channel();
        std::thread::spawn(move || while group(&mut writer, &waiting).is_some() {});
        Self { writes, readers }
    }

    pub(super) fn read(&self, id: &str) -> Result<Option<String>, StatusCode> {
        self.reading(|connection| {
            let mut query = connection.prepare_cached("SELECT text FROM profile WHERE id = ?1")?;
            query.query_row([id], |row| row.get(0)).optional()
        })
    }

    pub(super) fn list(&self, asked: &Asked) -> Result<Page, StatusCode> {
        self.reading(|connection| {
            let mut page = Page::new();
            match asked {
                Asked::ByName { limit, offset } => {
                    let mut query = connection.prepare_cached(
                        "SELECT text FROM profile ORDER BY name_folded, name, id LIMIT ?1 OFFSET ?2",
                    )?;
                    let mut rows = query.query([limit, offset])?;
                    while let Some(row) = rows.next()? {
                        page.push(row.get_ref(0)?.as_str()?);
                    }
                    let mut count = connection.prepare_cached("SELECT profiles FROM count")?;
                    page.total = count.query_row([], |row| row.get(0))?;
                }
                Asked::LastName(name) => {
                    let mut query = connection.prepare_cached(
                        "SELECT text FROM profile WHERE last_folded = ?1 ORDER BY created, id",
                    )?;
                    let mut rows = query.query([name])?;
                    while let Some(row) = rows.next()? {
                        page.push(row.get_ref(0)?.as_str()?);
                        page.total += 1;
                    }
                }
            }
            Ok(page.end())
        })
    }

    pub(super) async fn create(&self, profile: Profile, text: String) -> Result<(), StatusCode> {
        let (answer, answered) = oneshot::channel();
        self.write(Write::Create(Box::new(profile), text, answer))?;
        answered
            .await
            .unwrap_or(Err(StatusCode::INTERNAL_SERVER_ERROR))
    }

    pub(super) async fn update(&self, id: String, change: Change) -> Result<String, StatusCode> {
        let (answer, answered) = oneshot::channel();
        self.write(Write::Update(id, change, answer))?;
        answered
            .await
            .unwrap_or(Err(StatusCode::INTERNAL_SERVER_ERROR))
    }

    fn write(&self, write: Write) -> Result<(), StatusCode> {
        let sent = self.writes.send(write);
        sent.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn reading<T>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StatusCode> {
        let readers = || self.readers.lock().expect("readers");
        let connection = readers().pop().ok_or(StatusCode::SERVICE_UNAVAILABLE)?;
        let done = read(&connection);
        readers().push(connection);
        done.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// Waits for writes and commits those that wait; `None` when nobody can write any more.
fn group(writer: &mut Connection, waiting: &Receiver<Write>) -> Option<()> {
    let first = waiting.recv().ok()?;
    let mut transaction = writer.transaction().ok()?;
    let mut answers: Vec<Answer> = Vec::new();
    for write in std::iter::once(first).chain(waiting.try_iter().take(GROUP - 1)) {
        let savepoint = transaction.savepoint().ok()?;
        match write {
            Write::Create(profile, text, answer) => {
                let made = insert(&savepoint, &profile, &text).map_err(status);
                settle(savepoint, made.is_ok())?;
                answers.push(sending(made, answer));
            }
            Write::Update(id, change, answer) => {
                let changed = change_of(&savepoint, &id, change);
                settle(savepoint, changed.is_ok())?;
                answers.push(sending(changed, answer));
            }
        }
    }
    let committed = transaction.commit().is_ok();
    answers.into_iter().for_each(|answer| answer(committed));
    Some(())
}

/// Keeps what a write did, or drops it.
fn settle(mut savepoint: rusqlite::Savepoint<'_>, keep: bool) -> Option<()> {
    if !keep {
        savepoint.rollback().ok()?;
    }
    savepoint.commit().ok()
}

fn sending<T: 'static>(
    done: Result<T, StatusCode>,
    answer: oneshot::Sender<Result<T, StatusCode>>,
) -> Answer {
    Box::new(move |committed| {
        let _ = match committed {
            true => answer.send(done),
            false => answer.send(Err(StatusCode::INTERNAL_SERVER_ERROR)),
        };
    })
}

fn insert(connection: &Connection, profile: &Profile, text: &str) -> rusqlite::Result<()> {
    let fold = |text: &Option<String>| text.as_deref().map(folded);
    let mut insert = connection.prepare_cached(
        "INSERT INTO profile VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12)",
    )?;
    insert.execute(params![
        profile.profile_id,
        text,
        profile.uuid,
        profile.first_name,
        profile.middle_name,
        profile.last_name,
        profile.name,
        fold(&profile.first_name),
        fold(&profile.middle_name),
        fold(&profile.last_name),
        folded(&profile.name),
        now()
    ])?;
    for contact in &profile.contacts {
        let mut insert =
            connection.prepare_cached("INSERT INTO contact VALUES(?1, ?2, ?3, ?4, ?5)")?;
        insert.execute(params![
            contact.contact_id,
            profile.profile_id,
            contact.key,
            contact.value,
            contact.uuid
        ])?;
    }
    let mut count = connection.prepare_cached("UPDATE count SET profiles = profiles + 1")?;
    count.execute([]).map(|_| ())
}

fn change_of(connection: &Connection, id: &str, change: Change) -> Result<String, StatusCode> {
    let mut query = connection
        .prepare_cached("SELECT text FROM profile WHERE id = ?1")
        .map_err(status)?;
    let stored = query.query_row([id], |row| row.get(0)).optional();
    let stored: String = stored.map_err(status)?.ok_or(StatusCode::NOT_FOUND)?;
    let profile = Profile::update(&stored, change)?;
    let (text, fold) = (profile.text(), |text: &Option<String>| {
        text.as_deref().map(folded)
    });
    let mut update = connection
        .prepare_cached(
            "UPDATE profile SET text = ?2, first = ?3, middle = ?4, last = ?5, name = ?6,
             first_folded = ?7, middle_folded = ?8, last_folded = ?9, name_folded = ?10, updated = ?11
             WHERE id = ?1",
        )
        .map_err(status)?;
    let values = params![
        id,
        text,
        profile.first_name,
        profile.middle_name,
        profile.last_name,
        profile.name,
        fold(&profile.first_name),
        fold(&profile.middle_name),
        fold(&profile.last_name),
        folded(&profile.name),
        now()
    ];
    update.execute(values).map_err(status)?;
    Ok(text)
}

fn status(error: Error) -> StatusCode {
    match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) => StatusCode::CONFLICT,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
