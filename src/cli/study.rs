//! What all studies of a scenario are asked: what is varied, what is asked, how it is simulated.

use super::failure::Failure;
use super::interrupt;
use super::overrides::{Set, complaint, use_threads};
use super::{print, terminal};
use crate::report::study::{Findings, STUDY_FOLDER, again};
use crate::research::study::{Input, Kept, Output, Study, StudyError, check_draws};
use crate::results::{Answer, Journal, check_place, write_folder};
use crate::scenario::{Base, ChangeError};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

#[derive(Args)]
pub struct StudyArguments {
    /// Name of a shipped scenario (see `tidegate list`), or path to a scenario file
    #[arg(value_name = "SCENARIO")]
    scenario: String,
    /// Varies a key: KEY=LOW..HIGH, KEY=LOW..HIGH/5 for five values, KEY=A,B,C; of a parameter the name alone is enough, for
    /// two standard deviations of its prior to either side; may be given more than once
    #[arg(long, value_name = "KEY=VALUES")]
    vary: Vec<String>,
    /// Asks for a figure: lowest_reserves for a median, mean(…), p95(…), the name of a watch, or a condition such as
    /// "min(reserves) < 2.8tn" for its probability; may be given more than once
    #[arg(long, value_name = "FIGURE")]
    output: Vec<String>,
    #[command(flatten)]
    set: Set,
    /// Number of paths at every point
    #[arg(long, value_name = "N", default_value_t = 2_000, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    paths: u64,
    /// Seed of all draws, in place of the scenario's
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Folder of the results [default: output/COMMAND_SCENARIO]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Threads to use; the results are the same for any number [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Begin anew where an interrupted study of the same would be gone on with
    #[arg(long)]
    restart: bool,
    /// Print the result as JSON instead of text
    #[arg(long)]
    pub json: bool,
    /// Print the page as Markdown instead of text
    #[arg(long, conflicts_with = "json")]
    pub markdown: bool,
}

impl StudyArguments {
    /// The scenario.
    ///
    /// # Errors
    /// It is none.
    pub fn base(&self) -> Result<Base, Failure> {
        Ok(Base::load(&self.scenario)?)
    }

    /// The seed of all draws, and of the points.
    pub fn seed_of(&self, base: &Base) -> u64 {
        self.seed.unwrap_or(base.scenario.seed)
    }

    /// What is varied, as it is typed.
    ///
    /// # Errors
    /// An input is none of the scenario's, or is named twice.
    pub fn inputs(&self, base: &Base) -> Result<Vec<Input>, Failure> {
        let mut inputs: Vec<Input> = Vec::new();
        for text in &self.vary {
            let input = Input::parse(&base.scenario, text).map_err(|why| complaint("--vary", &why))?;
            if inputs.iter().any(|earlier| earlier.key == input.key) {
                let help = "name each key once, with all its values";
                return Err(Failure::Argument(format!("--vary: `{}` is named twice\n\nhelp: {help}", input.key)));
            }
            inputs.push(input);
        }
        Ok(inputs)
    }

    /// The study of these inputs; where no output is named, of the lowest reserves, the highest SOFR − IORB and all watches.
    ///
    /// # Errors
    /// An output is none of the scenario's, or its draws are spread evenly, whose errors are not known at a point.
    pub fn study(&self, base: Base, inputs: Vec<Input>) -> Result<Study, Failure> {
        check_draws(&base.scenario).map_err(Failure::Argument)?;
        let outputs = Output::all(&self.output, &base.scenario).map_err(|why| complaint("--output", &why))?;
        use_threads(self.threads);
        let changes = self.set.changes()?;
        let seed = self.seed_of(&base);
        Ok(Study { base, changes, inputs, outputs, kept: Kept::Number, paths: self.paths, seed })
    }

    /// Where the results of a command go.
    ///
    /// # Errors
    /// Something else is in the way.
    pub fn folder(&self, command: &str, study: &Study) -> Result<PathBuf, Failure> {
        let default = || Path::new("output").join(format!("{command}_{}", study.base.scenario.name));
        let folder = self.out.clone().unwrap_or_else(default);
        check_place(&folder, STUDY_FOLDER)?;
        Ok(folder)
    }

    /// Simulates all points, from where an earlier study of the same broke off.
    ///
    /// # Errors
    /// A point cannot be simulated, or the study is interrupted.
    pub fn simulate(
        &self,
        study: &Study,
        points: &[Vec<f64>],
        folder: &Path,
    ) -> Result<(Vec<Answer>, Journal), Failure> {
        let interrupted = interrupt::listen();
        let mut journal = Journal::beside(folder, study.fingerprint(points), points.len(), self.restart);
        let bar = points_bar(points.len() as u64);
        let stop = || interrupted.load(Ordering::Relaxed);
        let found = study.answers(points, &mut journal, &|points| bar.inc(points), &stop);
        bar.finish_and_clear();
        match found.map_err(failure)? {
            Some(answers) => Ok((answers, journal)),
            None => Err(Failure::StudyInterrupted { points: journal.answers().len(), of: points.len() }),
        }
    }

    /// Writes the folder, and says what was found.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn tell(&self, findings: &Findings, folder: &Path) -> Result<(), Failure> {
        write_folder(folder, STUDY_FOLDER, &findings.files())?;
        if self.json {
            return print(&findings.json());
        }
        if self.markdown {
            return print(&findings.page.markdown());
        }
        let mut text = format!("{}\n\n", findings.page.title);
        for (number, sentence) in findings.page.verdict.iter().enumerate() {
            text.push_str(&terminal::wrapped(if number == 0 { "In short" } else { "        " }, sentence));
        }
        text.push_str(&terminal::wrapped("Made    ", &findings.page.made));
        for table in &findings.tables {
            text.push('\n');
            text.push_str(&table.terminal());
        }
        print(&format!("{text}\nResults in {}; the page to forward is report.html\n", folder.display()))
    }

    /// What to type to have the same again, but for what only one command takes.
    pub fn typed(&self, command: &str, study: &Study) -> String {
        again(command, &self.scenario, study, &self.vary, &self.output)
    }
}

/// What a study could not do, as a command tells it.
pub fn failure(error: StudyError) -> Failure {
    match error {
        StudyError::Point(at, why) => match *why {
            ChangeError::Change(why) => complaint(&format!("with {at}"), &why),
            ChangeError::Scenario(problems) => Failure::Scenario(problems),
        },
        StudyError::Leak(leak) => Failure::Leak(leak),
        StudyError::Journal(error) => Failure::Unreadable(error.to_string()),
    }
}

/// A bar of points on standard error, if that is a terminal.
fn points_bar(points: u64) -> ProgressBar {
    let template = "points {bar:30} {human_pos} of {human_len}, {eta} left";
    ProgressBar::new(points).with_style(ProgressStyle::with_template(template).expect("the template is valid"))
}
