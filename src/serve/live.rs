//! Runs for the page: streamed in growing batches, one a tab, taking turns, and ended when nobody looks any more.

use super::answer::Refusal;
use super::catalogue::Catalogue;
use super::path_figures::PathFigures;
use super::picture::{picture, shown};
use super::setting::Setting;
use super::{MOST_PATH_DAYS, MOST_PATHS, MOST_RUNS};
use crate::model::Plan;
use crate::scenario::{self, Scenario};
use crate::simulation::simulate_columns;
use crate::statistics::{Columns, TILE};
use futures_util::stream::{self, Stream};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Settings whose figures are remembered, so that others can be compared with them.
const REMEMBERED: usize = 8;

/// The paths of the first picture: few enough that it is there at once.
const FIRST_BATCH: u64 = 512;

/// How long the browser, which is as a rule on this machine, has the processors to itself to draw that picture.
const TIME_TO_DRAW: Duration = Duration::from_millis(40);

/// What the page asks for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Which tab asks: a run of the same tab that is still under way ends.
    pub tab: String,
    /// What is run.
    pub setting: Setting,
    /// What it is compared with.
    #[serde(default)]
    pub against: Option<Setting>,
    /// The number of paths.
    pub paths: u64,
}

/// What all runs share.
pub struct Runs {
    open: Arc<Semaphore>,
    /// One batch is simulated at a time, with all threads.
    turn: Arc<Semaphore>,
    tabs: Mutex<HashMap<String, Arc<AtomicBool>>>,
    remembered: Mutex<VecDeque<(String, Arc<PathFigures>)>>,
}

/// A run that is open; it ends when this is dropped, which the server does when the tab is closed.
struct Open {
    runs: Arc<Runs>,
    tab: String,
    stop: Arc<AtomicBool>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let mut tabs = self.runs.tabs.lock().expect("no thread stops while it holds the tabs");
        if tabs.get(&self.tab).is_some_and(|latest| Arc::ptr_eq(latest, &self.stop)) {
            tabs.remove(&self.tab);
        }
    }
}

/// A scenario that is simulated, and the name under which its figures are remembered.
#[derive(Clone)]
struct Subject {
    scenario: Scenario,
    plan: Arc<Plan>,
    paths: u64,
    name: String,
}

impl Subject {
    fn of(setting: &Setting, paths: u64, catalogue: &Catalogue) -> Result<Subject, Refusal> {
        let (mut scenario, text) = setting.load(catalogue)?;
        let plan = scenario::plan(&scenario);
        let most = (MOST_PATH_DAYS / plan.days.len() as u64).clamp(1, MOST_PATHS);
        let paths = paths.clamp(1, most);
        // As set in the file the number of paths decides nothing here, but two settings are to be of the same.
        scenario.paths = paths;
        Ok(Subject { name: format!("{paths} {text}"), scenario, plan: Arc::new(plan), paths })
    }
}

impl Runs {
    /// None are under way.
    pub fn new() -> Runs {
        Runs {
            open: Arc::new(Semaphore::new(MOST_RUNS)),
            turn: Arc::new(Semaphore::new(1)),
            tabs: Mutex::default(),
            remembered: Mutex::default(),
        }
    }

    /// Ends all runs.
    pub fn stop(&self) {
        for stop in self.tabs.lock().expect("no thread stops while it holds the tabs").values() {
            stop.store(true, Ordering::Relaxed);
        }
    }

    /// Begins a run and ends the one of the same tab before it; the stream holds its pictures as server-sent events.
    ///
    /// # Errors
    /// The setting is wrong, or too many runs are open.
    pub fn begin(
        self: &Arc<Runs>,
        asked: &Asked,
        catalogue: &Catalogue,
    ) -> Result<impl Stream<Item = Result<String, Infallible>> + Send + use<>, Refusal> {
        if asked.tab.len() > 64 {
            return Err(Refusal::wrong("the name of a tab has at most 64 letters"));
        }
        let stop = Arc::new(AtomicBool::new(false));
        if let Some(before) = self.tabs.lock().expect("no thread stops while it holds the tabs").get(&asked.tab) {
            before.store(true, Ordering::Relaxed);
        }
        let subject = Subject::of(&asked.setting, asked.paths, catalogue)?;
        let against = asked.against.as_ref().map(|other| Subject::of(other, asked.paths, catalogue)).transpose()?;
        let permit = self.open.clone().try_acquire_owned().map_err(|_| Refusal {
            status: axum::http::StatusCode::SERVICE_UNAVAILABLE,
            message: format!("{MOST_RUNS} runs are under way already; close a tab, or wait a moment"),
        })?;
        self.tabs.lock().expect("no thread stops while it holds the tabs").insert(asked.tab.clone(), stop.clone());
        let open = Open { runs: self.clone(), tab: asked.tab.clone(), stop, _permit: permit };
        let run = UnderWay { open, subject, against, compared: None, columns: None };
        Ok(stream::unfold(Some(run), |run| async move {
            let (event, rest) = run?.next().await;
            Some((Ok(event), rest))
        }))
    }

    fn recall(&self, name: &str) -> Option<Arc<PathFigures>> {
        let mut remembered = self.remembered.lock().expect("no thread stops while it remembers");
        let position = remembered.iter().position(|(known, _)| known == name)?;
        let found = remembered.remove(position)?;
        let figures = found.1.clone();
        remembered.push_back(found);
        Some(figures)
    }

    fn remember(&self, name: &str, figures: &Arc<PathFigures>) {
        let mut remembered = self.remembered.lock().expect("no thread stops while it remembers");
        remembered.retain(|(known, _)| known != name);
        remembered.push_back((name.to_owned(), figures.clone()));
        if remembered.len() > REMEMBERED {
            remembered.pop_front();
        }
    }
}

/// A run between two batches.
struct UnderWay {
    open: Open,
    subject: Subject,
    against: Option<Subject>,
    compared: Option<Arc<PathFigures>>,
    columns: Option<Columns>,
}

impl UnderWay {
    /// The next event, and the run if there is more to come.
    async fn next(mut self) -> (String, Option<UnderWay>) {
        if self.columns.as_ref().is_some_and(|columns| columns.paths() as u64 == FIRST_BATCH) {
            tokio::time::sleep(TIME_TO_DRAW).await;
        }
        let turn =
            self.open.runs.turn.clone().acquire_owned().await.expect("turns are taken as long as the server runs");
        // Should the tab be closed meanwhile, this future is dropped: the flag goes up, and the batch ends by itself.
        let stop = self.open.stop.clone();
        let runs = self.open.runs.clone();
        let Self { subject, against, compared, columns, .. } = &mut self;
        let (subject, against) = (subject.clone(), against.clone());
        let (compared_before, columns_before) = (compared.take(), columns.take());
        let batch = move || {
            let _turn = turn;
            let stop = || stop.load(Ordering::Relaxed);
            simulate_batch(&runs, &subject, against.as_ref(), compared_before, columns_before, &stop)
        };
        match tokio::task::spawn_blocking(batch).await {
            Ok(Ok(Some(Batch { picture, columns, compared, done }))) => {
                let event = event("picture", &picture);
                self.columns = Some(columns);
                self.compared = compared;
                (event, (!done).then_some(self))
            }
            Ok(Ok(None)) => (event("stopped", &json!({})), None),
            Ok(Err(message)) => (event("failed", &json!({ "error": message })), None),
            Err(_) => (event("failed", &json!({ "error": "the run broke off; this is a bug in tidegate" })), None),
        }
    }
}

/// What a batch adds to a run.
struct Batch {
    picture: Value,
    columns: Columns,
    compared: Option<Arc<PathFigures>>,
    done: bool,
}

/// Simulates the next batch of a run and makes the picture of all paths so far; nothing if it is stopped.
fn simulate_batch(
    runs: &Runs,
    subject: &Subject,
    against: Option<&Subject>,
    compared: Option<Arc<PathFigures>>,
    columns: Option<Columns>,
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<Option<Batch>, String> {
    let compared = match (compared, against) {
        (None, Some(other)) => match runs.recall(&other.name) {
            Some(figures) => Some(figures),
            None => {
                let Some(columns) = simulate(other, 0, other.paths, stop)? else { return Ok(None) };
                let figures = Arc::new(PathFigures::of(&other.scenario, &columns, other.plan.days.len()));
                runs.remember(&other.name, &figures);
                Some(figures)
            }
        },
        (known, _) => known,
    };
    let begin = columns.as_ref().map_or(0, |columns| columns.paths() as u64);
    let end = batch_end(begin, subject.paths);
    let Some(more) = simulate(subject, begin, end, stop)? else { return Ok(None) };
    let columns = match columns {
        Some(mut columns) => {
            columns.append(more);
            columns
        }
        None => more,
    };
    let own = Arc::new(PathFigures::of(&subject.scenario, &columns, subject.plan.days.len()));
    let done = end == subject.paths;
    if done {
        runs.remember(&subject.name, &own);
    }
    let picture = picture(&subject.scenario, &subject.plan, &columns, &own, subject.paths, compared.as_deref());
    Ok(Some(Batch { picture, columns, compared, done }))
}

fn simulate(
    subject: &Subject,
    begin: u64,
    end: u64,
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<Option<Columns>, String> {
    simulate_columns(&subject.scenario, &subject.plan, &shown(), begin..end, stop).map_err(|leak| leak.to_string())
}

/// Where the batch that begins with path `begin` ends: a first one that is there at once, then each four times as many in all;
/// one that would leave little takes the rest.
fn batch_end(begin: u64, paths: u64) -> u64 {
    const { assert!(FIRST_BATCH.is_multiple_of(TILE as u64), "a batch begins with a tile") };
    let end = if begin == 0 { FIRST_BATCH } else { 4 * begin };
    if 2 * end > paths { paths } else { end }
}

/// A server-sent event.
fn event(name: &str, data: &Value) -> String {
    format!("event: {name}\ndata: {data}\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_grow_and_take_little_rests_with_them() {
        let ends = |paths: u64| {
            let mut ends = vec![0];
            while ends[ends.len() - 1] < paths {
                ends.push(batch_end(ends[ends.len() - 1], paths));
            }
            ends[1..].to_vec()
        };
        assert_eq!(ends(10_000), [512, 2_048, 10_000]);
        assert_eq!(ends(20_000), [512, 2_048, 8_192, 20_000]);
        assert_eq!(ends(700), [700]);
        assert_eq!(ends(1), [1]);
    }
}
