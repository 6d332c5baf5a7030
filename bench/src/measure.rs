//! The six workloads, asked of both servers in turns.

use std::time::Duration;

use clap::ValueEnum;

use crate::arguments::{Arguments, Store};
use crate::cluster::Cluster;
use crate::load::{Load, Sample};
use crate::median;
use crate::server::{Role, Server};
use crate::workload::Workload;

/// Runs the workloads and prints a line for each.
#[allow(clippy::print_stdout, reason = "a measurement is printed")]
pub(crate) fn measure(arguments: &Arguments) {
    let start = || Cluster::start(&[]).expect("PostgreSQL's programs are here");
    let cluster = (arguments.store == Store::Postgres).then(start);
    for &processes in &arguments.processes {
        assert!(
            processes == 1 || cluster.is_some(),
            "a folder is for one process: ask for --store postgres"
        );
        let start = |role, program| {
            let url = cluster.as_ref().map(|cluster| cluster.place().url());
            Server::start(role, program, url.as_deref(), processes)
        };
        let generated = start(Role::Generated, None);
        let other = start(Role::Hand, arguments.beside.as_deref());
        let loads = [&generated, &other].map(|server| Load::fill(server, arguments.rows));
        for workload in [Workload::List, Workload::Filter, Workload::Create] {
            let [own, other] = loads.each_ref().map(|load| load.objects(workload));
            assert_eq!(own, other, "both answer alike");
        }
        let other = match &arguments.beside {
            Some(_) => "beside it",
            None => "by hand",
        };
        println!(
            "{} profiles, processes: {processes}, median of {} rounds of {} s, requests per second and per second of CPU time",
            arguments.rows, arguments.rounds, arguments.seconds
        );
        println!(
            "{:<8} {:>7} {:>10} {other:>10} {:>6}   {:>10} {other:>10} {:>6}",
            "workload", "clients", "generated", "ratio", "generated", "ratio"
        );
        for &workload in Workload::value_variants() {
            let asked = arguments.only.is_empty() || arguments.only.contains(&workload);
            for &clients in arguments.clients.iter().filter(|_| asked) {
                let [own, other] = rounds(arguments, &loads, workload, clients);
                let name = workload.to_possible_value();
                println!(
                    "{:<8} {clients:>7} {:>10.0} {:>10.0} {:>6.2}   {:>10.0} {:>10.0} {:>6.2}",
                    name.as_ref().map_or("", |value| value.get_name()),
                    own.rate,
                    other.rate,
                    own.rate / other.rate,
                    own.per_cpu,
                    other.per_cpu,
                    own.per_cpu / other.per_cpu,
                );
            }
        }
    }
}

/// The medians of each server, which take turns so that both run under the same conditions.
fn rounds(
    arguments: &Arguments,
    loads: &[Load<'_>; 2],
    workload: Workload,
    clients: usize,
) -> [Sample; 2] {
    let time = Duration::from_secs_f64(arguments.seconds);
    let mut samples = [Vec::new(), Vec::new()];
    for _ in 0..arguments.rounds {
        for (load, samples) in loads.iter().zip(&mut samples) {
            samples.push(load.run(workload, clients, time));
        }
    }
    samples.map(|all| Sample {
        rate: median(all.iter().map(|one| one.rate).collect()),
        per_cpu: median(all.iter().map(|one| one.per_cpu).collect()),
    })
}
