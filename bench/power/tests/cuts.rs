//! A small campaign, and what it has to notice.

use fieldproof_power::{Campaign, Control, Tally, missing};

/// Runs of `each` writes, and 40 power cuts for each; nothing where they cannot be made.
#[allow(clippy::print_stderr, reason = "whoever reads the tests is told")]
fn campaign(control: Option<Control>, runs: usize, each: usize) -> Option<Tally> {
    if let Some(why) = missing() {
        eprintln!("SKIPPED, no power is cut: {why}");
        return None;
    }
    let campaign = Campaign {
        program: env!("CARGO_BIN_EXE_fieldproof-power").into(),
        cuts: 40 * runs,
        writes: each * runs,
        each,
        clients: 16,
        seed: 7,
        chain: 2,
        serve: 20,
        control,
        keep: None,
    };
    Some(campaign.run(|_| ()).expect("a campaign that can be run"))
}

#[test]
#[allow(clippy::print_stdout, reason = "what a control has to see")]
fn nothing_acknowledged_is_lost_and_nothing_is_corrupt() {
    let Some(tally) = campaign(None, 2, 300) else {
        return;
    };
    println!("{tally}");
    assert_eq!((tally.lost, tally.corrupt), (0, 0), "{:#?}", tally.faults);
    assert_eq!((tally.writes, tally.cuts), (600, 80));
    assert!(tally.served >= 4, "{tally}");
}

#[test]
fn a_log_that_commits_do_not_sync_is_noticed() {
    let tally = campaign(Some(Control::Normal), 1, 300);
    assert!(tally.is_none_or(|tally| tally.lost > 0));
}

#[test]
fn a_database_that_checkpoints_do_not_sync_is_noticed() {
    let tally = campaign(Some(Control::Checkpoint), 1, 1_000);
    assert!(tally.is_none_or(|tally| tally.corrupt > 0));
}

#[test]
fn a_folder_that_nothing_syncs_is_noticed() {
    let tally = campaign(Some(Control::Folders), 1, 100);
    assert!(tally.is_none_or(|tally| tally.lost > 0));
}

#[test]
fn every_image_from_which_something_was_taken_is_noticed() {
    let tally = campaign(Some(Control::Oracle), 1, 200);
    assert!(tally.is_none_or(|tally| tally.spoilt > 0 && tally.lost == tally.spoilt));
}
