//! A PostgreSQL server of its own for tests, with its data in a temporary folder. It is reached
//! only through a socket in that folder.

use std::fs;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, geteuid, kill_process};

/// What tests that lose nothing with the machine can do without.
pub(crate) const UNSYNCED: &[&str] = &["fsync=off"];

/// Whose programs they are when we are root, for which PostgreSQL does not run: nobody.
const NOBODY: u32 = 65_534;

/// A running server, which ends when it is dropped.
pub(crate) struct Cluster {
    server: Child,
    place: Place,
}

/// Where a server is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    folder: &'static Path,
    programs: &'static Path,
}

impl Cluster {
    /// Starts a server with these settings, if PostgreSQL's programs are there.
    pub(crate) fn start(settings: &[&str]) -> Option<Self> {
        let required = std::env::var("FIELDPROOF_POSTGRES").is_ok_and(|value| value == "required");
        let Some(programs) = programs() else {
            assert!(
                !required,
                "FIELDPROOF_POSTGRES=required, and `initdb` is nowhere"
            );
            return None;
        };
        // The path of a socket has at most 107 bytes.
        let folder = std::env::temp_dir().join(format!("fieldproof-pg-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).unwrap();
        let place = Place {
            folder: Box::leak(folder.into_boxed_path()),
            programs: Box::leak(programs.into_boxed_path()),
        };
        if geteuid().is_root() {
            chown(place.folder, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        let made = place
            .program("initdb")
            .args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"])
            .args(["--no-sync", "-D", "data"])
            .output()
            .unwrap();
        let why = String::from_utf8_lossy(&made.stderr);
        assert!(made.status.success(), "no cluster could be made: {why}");
        let server = place
            .program("postgres")
            .args(["-D", "data", "-c", "listen_addresses="])
            .args(settings.iter().flat_map(|setting| ["-c", setting]))
            .args(["-c", "max_connections=400", "-k"])
            .arg(place.folder)
            .stdout(Stdio::null())
            .stderr(fs::File::create(place.folder.join("log")).unwrap())
            .spawn()
            .unwrap();
        let mut cluster = Self { server, place };
        cluster.wait();
        Some(cluster)
    }

    /// Where it is.
    pub(crate) fn place(&self) -> Place {
        self.place
    }

    /// Waits until it takes connections.
    fn wait(&mut self) {
        let state = self.place.folder.join("data/postmaster.pid");
        let start = Instant::now();
        while !fs::read_to_string(&state).is_ok_and(|text| text.trim_end().ends_with("ready")) {
            let log = || fs::read_to_string(self.place.folder.join("log"));
            assert!(start.elapsed() < Duration::from_secs(60), "{:?}", log());
            assert!(self.server.try_wait().unwrap().is_none(), "{:?}", log());
            sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // It ends its connections and then itself.
        let pid = i32::try_from(self.server.id()).ok().and_then(Pid::from_raw);
        let _ = kill_process(pid.unwrap(), Signal::INT);
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(self.place.folder);
    }
}

impl Place {
    /// A URL of an empty database: a schema that nothing else uses.
    pub(crate) fn url(self) -> String {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("s{}", COUNT.fetch_add(1, Ordering::Relaxed));
        self.run(&format!("CREATE SCHEMA {name}"));
        let folder = self.folder.display();
        format!("postgres://postgres@/postgres?host={folder}&options=-c%20search_path%3D{name}")
    }

    /// Runs a statement as the owner of the database.
    pub(crate) fn run(self, sql: &str) -> String {
        let mut psql = self.program("psql");
        psql.args(["-U", "postgres", "-d", "postgres", "-qtAX", "-c", sql]);
        let run = psql.arg("-h").arg(self.folder).output().unwrap();
        let why = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{sql}: {why}");
        String::from_utf8(run.stdout).unwrap()
    }

    /// A program of PostgreSQL, in the folder of the cluster, as a user who may run it.
    fn program(self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        command.current_dir(self.folder).stdin(Stdio::null());
        if geteuid().is_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }
}

/// The folder with PostgreSQL's programs: where the path leads, or where Debian has them, which
/// keeps those of servers out of the path.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let debian = versions.flatten().map(|version| version.path().join("bin"));
    let has = |folder: &PathBuf| {
        let programs = ["initdb", "postgres", "psql"];
        programs.iter().all(|name| folder.join(name).is_file())
    };
    let mut folders = debian.chain(std::env::split_paths(&path));
    folders.find(has)
}
