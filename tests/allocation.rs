//! A day allocates nothing: the model's inner loop must not wait for the allocator. A run takes memory for its counters and
//! little else, however many paths it counts.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use tidegate::model::{
    DrawnEvents, DrawnShutdown, Parameters, SHOCKS, SIMULATED, State, TileParameters, publish, simulate_day,
};
use tidegate::random::ShockSource;
use tidegate::scenario;
use tidegate::simulation::{Settings, tally};
use tidegate::statistics::{PILOT, TILE};

struct Counting;

thread_local! {
    /// Allocations of this thread: the test runner's own threads allocate when they like.
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

/// Bytes of all threads in use, and the most that ever were.
static IN_USE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is passed on to the system allocator unchanged; only counters are added.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.with(|count| count.set(count.get() + 1));
        PEAK.fetch_max(IN_USE.fetch_add(layout.size(), Relaxed) + layout.size(), Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn a_day_allocates_nothing() {
    const N: usize = 64;
    let scenario = scenario::load("shutdown_cash_hoarding").expect("a shipped scenario");
    let plan = scenario::plan(&scenario);
    let parameters: TileParameters<[f64; N]> = TileParameters::new(Parameters::from_fn(|_, info| [info.default; N]));
    let events = DrawnEvents {
        shutdowns: vec![DrawnShutdown {
            start: [0.0; N],
            reopening: [30.0; N],
            delayed_outlays: [1.2; N],
            catch_up: [15.0; N],
            hoarding: [100.0; N],
        }],
        runoff_end: [40.0; N],
        ..DrawnEvents::none()
    };
    let source = ShockSource::new(1);
    let mut state = State::open(&plan, &parameters, &events);
    let before = ALLOCATIONS.get();
    drop(std::hint::black_box(Box::new(before)));
    assert_eq!(ALLOCATIONS.get() - before, 1, "the count counts");
    let before = ALLOCATIONS.get();
    let mut checksum = 0.0;
    let (mut shocks, mut published) = ([[0.0; N]; SHOCKS], [[0.0; N]; SIMULATED]);
    for day in 0..plan.days.len() {
        source.draw(0, day as u32, &mut shocks);
        simulate_day(&mut state, &parameters, &events, &plan, &shocks).expect("no leak");
        publish(&state, &plan, &mut published);
        checksum += published[0][0];
    }
    let allocated = ALLOCATIONS.get() - before;
    assert!(checksum.is_finite());
    assert_eq!(allocated, 0, "allocations in {} days", plan.days.len());
}

#[test]
fn a_run_takes_memory_for_its_counters_whatever_the_number_of_paths() {
    const THREADS: usize = 2;
    let mut scenario = scenario::load("shutdown_cash_hoarding").expect("a shipped scenario");
    scenario.end = scenario.start.saturating_add(jiff::Span::new().days(60));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(THREADS).build().expect("threads");
    // The most that counting takes above what was there before, and the columns that it counts.
    let mut taken = |paths| {
        scenario.set_paths(paths);
        let plan = scenario::plan(&scenario);
        let before = IN_USE.load(Relaxed);
        PEAK.store(before, Relaxed);
        let tally = pool.install(|| tally(&scenario, &plan, Settings::default(), &|_| ())).expect("the books balance");
        (PEAK.load(Relaxed) - before, tally.layout().columns())
    };
    // The pilot, and whole groups on both threads.
    let group = (Settings::default().tiles_per_group * TILE) as u64;
    let of_groups = |groups: u64| PILOT + THREADS as u64 * groups * group;
    let (few, columns) = taken(of_groups(4));
    let (many, _) = taken(of_groups(16));
    // 512 counts of four bytes a column and thread; its sums, its bins, and tiles on their way.
    let counters = THREADS * columns * 512 * 4;
    let tiles = THREADS * Settings::default().tiles_per_group * 64_000;
    assert!(
        few < counters + columns * 600 + tiles + 1_000_000,
        "{few} bytes for {counters} of counters, {tiles} of tiles"
    );
    assert!(many < few + 1_000_000, "{many} bytes for four times the paths of {few}");
}
