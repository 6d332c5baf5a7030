//! The tables of deliveries.

/// The tables, with an index for each query, and a count of open deliveries per watch, so that
/// metrics need not count rows.
pub(in crate::store::sqlite) const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS deliveries(
        id TEXT PRIMARY KEY,
        watch TEXT NOT NULL,
        object TEXT NOT NULL,
        number INTEGER NOT NULL,
        state INTEGER NOT NULL,
        head INTEGER NOT NULL,
        due INTEGER NOT NULL,
        failed INTEGER NOT NULL,
        owner TEXT,
        fence INTEGER NOT NULL,
        reason TEXT,
        created INTEGER NOT NULL,
        ended INTEGER
    ) STRICT;
    CREATE INDEX IF NOT EXISTS deliveries_line ON deliveries(watch, object, number) WHERE state = 0;
    CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries(watch, due, number) WHERE head = 1;
    CREATE INDEX IF NOT EXISTS deliveries_leased ON deliveries(watch, due) WHERE owner IS NOT NULL;
    CREATE INDEX IF NOT EXISTS deliveries_ended ON deliveries(ended) WHERE state <> 0;
    CREATE INDEX IF NOT EXISTS deliveries_number ON deliveries(watch, number);
    CREATE INDEX IF NOT EXISTS deliveries_age ON deliveries(watch, created) WHERE state = 0;
    CREATE TABLE IF NOT EXISTS health(
        watch TEXT PRIMARY KEY,
        failing INTEGER,
        disabled INTEGER,
        reason TEXT
    ) STRICT;
    CREATE TABLE IF NOT EXISTS tally(
        watch TEXT PRIMARY KEY,
        open INTEGER NOT NULL
    ) STRICT;
    INSERT INTO tally SELECT watch, count(*) FROM deliveries
        WHERE state = 0 AND NOT EXISTS (SELECT 1 FROM tally) GROUP BY watch;
    CREATE TRIGGER IF NOT EXISTS tally_new AFTER INSERT ON deliveries WHEN NEW.state = 0 BEGIN
        INSERT INTO tally VALUES(NEW.watch, 1) ON CONFLICT DO UPDATE SET open = open + 1;
    END;
    CREATE TRIGGER IF NOT EXISTS tally_more AFTER UPDATE OF state ON deliveries
    WHEN OLD.state <> 0 AND NEW.state = 0 BEGIN
        UPDATE tally SET open = open + 1 WHERE watch = NEW.watch;
    END;
    CREATE TRIGGER IF NOT EXISTS tally_less AFTER UPDATE OF state ON deliveries
    WHEN OLD.state = 0 AND NEW.state <> 0 BEGIN
        UPDATE tally SET open = open - 1 WHERE watch = NEW.watch;
    END;
    CREATE TRIGGER IF NOT EXISTS tally_gone AFTER DELETE ON deliveries WHEN OLD.state = 0 BEGIN
        UPDATE tally SET open = open - 1 WHERE watch = OLD.watch;
    END;
";
