//! A small campaign.

use fieldproof_histories::{Tally, World, walk};

#[test]
fn every_store_answers_the_same() {
    let mut world = World::start();
    let mut tally = Tally::default();
    for number in 0..24 {
        if let Err(why) = walk(&mut world, (2, number), 60, &mut tally) {
            panic!("{} told apart: {why}", world.stores().join(", "));
        }
    }
    let done = tally.0.iter().filter(|((_, status), _)| *status < 300);
    let done: u64 = done.map(|(_, count)| count).sum();
    assert!(done > 400, "{done} requests were carried out");
}
