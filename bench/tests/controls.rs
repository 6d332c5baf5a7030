//! The control patches, which break what campaigns check for, still apply.

use std::path::Path;
use std::process::Command;

#[test]
fn each_control_still_applies() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut patches = 0;
    for entry in std::fs::read_dir(root.join("bench/controls")).unwrap() {
        let patch = entry.unwrap().path();
        if patch.extension().is_none_or(|one| one != "patch") {
            continue;
        }
        patches += 1;
        let mut command = Command::new("git");
        command.args(["apply", "--check"]).arg(&patch);
        let Ok(output) = command.current_dir(root).output() else {
            // Without git nobody can apply them either.
            return;
        };
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}: {said}", patch.display());
    }
    assert!(patches >= 2, "{patches} patches");
}
