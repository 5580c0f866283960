//! Instructions of the parts of a day, counted by callgrind, so that a regression shows on a noisy machine.
//!
//! ```console
//! $ cargo bench --bench instructions              # compares with benches/instructions.csv, fails beyond 5 %
//! $ cargo bench --bench instructions -- --record  # writes it anew
//! ```
//!
//! Every part does its work once and three times; the difference halved has no start-up in it. Valgrind shows programs a
//! machine with AVX2, whatever it runs on. Where there is no valgrind, or another compiler than the recorded one, nothing is
//! compared, and the last line says so.

mod parts;

use parts::{Draws, NUMBERS, Nothing, OfNumbers, shutdown};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::process::{Command, ExitCode};
use tidegate::model::Real;
use tidegate::random::ShockSource;
use tidegate::simulation::{Settings, Vectors, add_up, tally_paths, tally_pilot};
use tidegate::statistics::{Layout, PILOT, TILE};

/// The largest change that passes, as a share.
const TOLERANCE: f64 = 0.05;

/// Where counts are recorded.
const RECORD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/instructions.csv");

/// A part's name, what it is counted per, and its work, done so many times: the number of units.
type Part = (&'static str, &'static str, fn(u64) -> u64);

/// Every part.
const PARTS: [Part; 6] = [
    ("draws", "path-day", draws),
    ("day", "path-day", day),
    ("day with fans", "path-day", day_with_fans),
    ("exp", "number", exp),
    ("ln", "number", ln),
    ("plan and pilot", "run", plan_and_pilot),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some([part, times]) =
        arguments.iter().position(|word| word == "--do").and_then(|at| arguments.get(at + 1..at + 3))
    {
        let work = PARTS.iter().find(|(name, ..)| name == part).expect("a part").2;
        println!("{}", work(times.parse().expect("a number")));
        return ExitCode::SUCCESS;
    }
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("instructions: not counted, since there is no valgrind here");
        return ExitCode::SUCCESS;
    }
    let counted: Vec<(&str, &str, f64)> = PARTS.iter().map(|(name, unit, _)| (*name, *unit, count(name))).collect();
    let compiler = compiler();
    if arguments.iter().any(|word| word == "--record") {
        let rows = counted.iter().map(|(name, unit, count)| format!("{name},{unit},{count:.1}\n"));
        let text = format!("part,per,instructions\ncompiler,{compiler},\n{}", rows.collect::<String>());
        std::fs::write(RECORD, text).expect("benches/ can be written");
    }
    compare(&counted, &compiler)
}

/// Instructions of a unit of work of a part.
fn count(part: &str) -> f64 {
    let [once, thrice] = [1, 3].map(|times: u64| {
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(std::env::current_exe().expect("a program has a path"))
            .args(["--do", part, &times.to_string()])
            // One thread, whatever the machine has.
            .env("RAYON_NUM_THREADS", "1")
            .output()
            .expect("valgrind runs");
        let (units, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let collected = errors.lines().find_map(|line| line.split_once("Collected :"));
        let instructions: f64 = collected.and_then(|(_, number)| number.trim().parse().ok()).unwrap_or_else(|| {
            panic!("valgrind counts instructions of `{part}`; it says: {errors}");
        });
        (units.trim().parse::<f64>().expect("a number of units"), instructions)
    });
    (thrice.1 - once.1) / (thrice.0 - once.0)
}

fn compiler() -> String {
    let version = Command::new("rustc").arg("--version").output().expect("cargo has a rustc");
    String::from_utf8_lossy(&version.stdout).trim().to_owned()
}

fn compare(counted: &[(&str, &str, f64)], compiler: &str) -> ExitCode {
    let text = std::fs::read_to_string(RECORD).unwrap_or_default();
    let recorded: BTreeMap<&str, &str> = text.lines().filter_map(|line| line.split_once(',')).collect();
    println!("{:16} {:>14} {:>14} {:>8}", "part", "instructions", "recorded", "change");
    let mut worse = Vec::new();
    for (name, unit, count) in counted {
        let before = recorded.get(name).and_then(|rest| rest.rsplit_once(',')?.1.parse::<f64>().ok());
        let change = before.map(|before| count / before - 1.0);
        let column = |value: Option<f64>, suffix| value.map_or("–".to_owned(), |value| format!("{value:.1}{suffix}"));
        let percent = column(change.map(|change| 100.0 * change), "%");
        println!("{name:16} {count:14.1} {:>14} {percent:>8}  per {unit}", column(before, ""));
        if change.is_none_or(|change| change.abs() > TOLERANCE) {
            worse.push(*name);
        }
    }
    if recorded.get("compiler").is_none_or(|rest| rest.trim_end_matches(',') != compiler) {
        println!("instructions: not compared, since they were recorded with another compiler than {compiler}");
        return ExitCode::SUCCESS;
    }
    if worse.is_empty() {
        println!("instructions: all within {:.0}% of those recorded", 100.0 * TOLERANCE);
        return ExitCode::SUCCESS;
    }
    println!("instructions: {} differ by more than {:.0}%", worse.join(", "), 100.0 * TOLERANCE);
    println!("if that is meant, record them: cargo bench --bench instructions -- --record");
    ExitCode::FAILURE
}

fn draws(times: u64) -> u64 {
    let days = 200 * times;
    Vectors::widest().run(Draws { source: &ShockSource::new(1), days: 0..days as u32 });
    days * TILE as u64
}

fn day(times: u64) -> u64 {
    let (scenario, plan) = shutdown(times * 4 * TILE as u64);
    let layout = Layout::begin(&plan, &[]);
    let run = add_up(&scenario, &plan, &layout, || Nothing, 0..scenario.paths, Settings::default(), &|_| ());
    run.expect("the books balance");
    scenario.paths * plan.days.len() as u64
}

fn day_with_fans(times: u64) -> u64 {
    let (scenario, plan) = shutdown(times * PILOT);
    let pilot = tally_pilot(&scenario, &plan, Settings::default()).expect("the books balance");
    let run = tally_paths(&scenario, &plan, pilot.layout(), 0..scenario.paths, Settings::default(), &|_| ());
    black_box(run.expect("the books balance").paths());
    scenario.paths * plan.days.len() as u64
}

fn exp(times: u64) -> u64 {
    of_numbers(times, Real::exp)
}

fn ln(times: u64) -> u64 {
    of_numbers(times, Real::ln)
}

fn of_numbers(times: u64, function: impl Fn(f64) -> f64) -> u64 {
    let times = 32 * times;
    Vectors::widest().run(OfNumbers { function, times });
    times * NUMBERS as u64
}

fn plan_and_pilot(times: u64) -> u64 {
    for _ in 0..times {
        let (scenario, plan) = shutdown(PILOT);
        black_box(tally_pilot(&scenario, &plan, Settings::default()).expect("the books balance").paths());
    }
    times
}
