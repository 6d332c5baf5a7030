//! A database that another version of the program left: the spec of these tests is the new one,
//! and the database is made what an earlier spec would have left.

use serde_json::{Value, json};

use super::client::{raw, request, send};
use super::cluster::Place;
use super::server::TOKEN;
use super::shared::{on, server};

const SHELVES: &str = "/library/shelves";
const TABLE: &str = "shelves_shelf";

/// A schema of a cluster, in which statements run.
struct Schema<'a>(Place, &'a str);

impl Schema<'_> {
    fn run(&self, sql: &str) -> String {
        let Self(place, url) = self;
        let (_, name) = url.split_once("search_path%3D").unwrap();
        let sql = format!("SET search_path = {name}; {sql}");
        place.run(&sql).trim().to_owned()
    }

    /// Makes it what a spec would have left that had no capacity and longer labels.
    fn make_earlier(&self) {
        let noted = "SELECT shape FROM schemas WHERE name = 'shelves_shelf'";
        let mut shape: Value = serde_json::from_str(&self.run(noted)).unwrap();
        for list in ["members", "columns"] {
            let list = shape[list].as_array_mut().unwrap();
            list.retain(|one| one[0] != "capacity");
        }
        for one in shape["members"].as_array_mut().unwrap() {
            if one[0] == "label" {
                one[1] = "Text { min: 2, max: 600 }, required".into();
            }
        }
        let mut body: Value = serde_json::from_str(&self.body()).unwrap();
        body.as_object_mut().unwrap().shift_remove("capacity");
        body["label"] = "x".repeat(61).into();
        self.run(&format!(
            "UPDATE schemas SET shape = '{shape}' WHERE name = '{TABLE}'; \
             UPDATE {TABLE} SET body = '{body}'; ALTER TABLE {TABLE} DROP COLUMN c_capacity"
        ));
    }

    fn body(&self) -> String {
        self.run(&format!("SELECT body FROM {TABLE}"))
    }
}

/// What `migrate` prints with these arguments, and whether it ends well.
fn migrate(url: &str, args: &[&str]) -> (bool, String) {
    let output = on(url, &[&["migrate"], args].concat()).output().unwrap();
    let told = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(told).unwrap())
}

/// The database follows the spec, and a server that was started before writes nothing more.
pub(super) fn follows(place: Place) {
    let url = place.url();
    let before = server(&url, &[]);
    let made = send(&before, "POST", SHELVES, "{\"label\":\"plain\"}");
    let path = format!("{SHELVES}/{}", made.json()["shelfId"].as_str().unwrap());
    let schema = Schema(place, &url);
    schema.make_earlier();
    let earlier = schema.body();

    let wanted = "1 object breaks `/label`: must be at most 60 characters long";
    let (well, told) = migrate(&url, &["--plan"]);
    assert!(!well && told.contains(wanted), "{told}");
    let column = "ALTER TABLE \"shelves_shelf\" ADD COLUMN \"c_capacity\" BIGINT;";
    assert!(told.contains(column), "{told}");
    let (well, told) = migrate(&url, &[]);
    assert!(!well && told.contains("`migrate --accept`"), "{told}");
    assert_eq!(schema.body(), earlier, "nothing was changed");
    let (well, told) = migrate(&url, &["--accept"]);
    assert!(well && told.contains("-- done; the schema is 2"), "{told}");
    let (well, told) = migrate(&url, &[]);
    assert!(well && told.contains("nothing to do"), "{told}");

    let refused = send(&before, "POST", SHELVES, "{\"label\":\"more\"}");
    assert_eq!(refused.status, 503, "it is of the version before");
    let ready = raw(&before, request(TOKEN, "GET", "/readyz", "").as_bytes()).unwrap();
    assert_eq!(ready.status, 503, "{}", ready.body);

    let after = server(&url, &[]);
    let shown = send(&after, "GET", &path, "").json();
    assert_eq!(shown["label"], "x".repeat(61), "it stays as it was");
    let capacity = json!({ "capacity": 3 }).to_string();
    assert_eq!(send(&after, "PATCH", &path, &capacity).status, 422);
    let mended = json!({ "label": "short", "capacity": 4 }).to_string();
    assert_eq!(send(&after, "PATCH", &path, &mended).status, 200);
    assert_eq!(send(&after, "PATCH", &path, &capacity).status, 200);
    let found = send(&after, "GET", &format!("{SHELVES}?capacity=3"), "").json();
    assert_eq!(found.as_array().unwrap().len(), 1);
}
