//! What moved reserves on single days, and what moved SOFR less IORB from the opening to one, path by path.
//!
//! ```text
//! SOFR − IORB = f(S; L) + noise + retreat + margin
//! S           = need − reserves = scarcity · L        f: the curve (market)
//! need        = L + hoarded + other needs             (reserve_demand)
//! Δf          = ∫ f_S dS + ∫ f_L dL  along a straight line from the opening
//! ```
//!
//! Along a straight line each part of ΔS has the share of ∫ f_S dS that it has of ΔS: Aumann and Shapley (1974, *Values of
//! Non-Atomic Games*); the order in which things happened plays no part. ΔS is what the hands of [`Hands`] took from
//! reserves, and what banks want more. The parts add up on every path.

use super::hands::Hands;
use super::run::{Run, stretches};
use crate::model::{Simulated, TileParameters, lending_curve};
use crate::scenario::Scenario;
use crate::simulation::{LeakFound, Luck, draw_parameters};
use crate::statistics::Distribution;

/// Parts of a move of SOFR less IORB, in the order of [`SpreadMove::parts`].
pub const SPREAD_PARTS: [&str; 10] = [
    Hands::NAMES[0],
    Hands::NAMES[1],
    Hands::NAMES[2],
    Hands::NAMES[3],
    "Ample level",
    "Hoarding",
    "Period ends, payments",
    "Dealers’ retreat",
    "SOFR over tri-party",
    "Noise, shifts",
];

/// The change of reserves on a published day from the one before, $bn.
#[derive(Clone, Debug, PartialEq)]
pub struct DayMove {
    /// The published day.
    pub day: usize,
    /// What each of [`Hands::WHOSE`] contributed.
    pub parts: [Distribution; 4],
    /// All of them.
    pub total: Distribution,
}

/// The change of SOFR less IORB from the opening to a published day, bp.
#[derive(Clone, Debug, PartialEq)]
pub struct SpreadMove {
    /// The published day.
    pub day: usize,
    /// The spread at the opening.
    pub start: f64,
    /// What each of [`SPREAD_PARTS`] contributed.
    pub parts: [Distribution; SPREAD_PARTS.len()],
    /// The spread on the day.
    pub end: Distribution,
}

/// Moves of reserves and of the spread.
#[derive(Clone, Debug, PartialEq)]
pub struct Moves {
    /// Paths that were looked at.
    pub paths: u64,
    /// Of reserves, day by day.
    pub days: Vec<DayMove>,
    /// Of the spread.
    pub spread: SpreadMove,
}

impl Moves {
    /// Simulates the paths of a scenario a few tiles at a time and looks at the moves of reserves on `days` and of the
    /// spread to `spread_day`, all of them published days after the opening.
    ///
    /// # Errors
    /// The books of a path do not add up.
    ///
    /// # Panics
    /// If a day is the opening or not published.
    pub fn measure(scenario: &Scenario, days: &[usize], spread_day: usize) -> Result<Moves, LeakFound> {
        let mut hands: Vec<Hands> = days.iter().map(|_| Hands::default()).collect();
        let mut parts: [Vec<f64>; SPREAD_PARTS.len()] = Default::default();
        let (mut start, mut end) = (0.0, Vec::new());
        for paths in stretches(scenario.paths) {
            let run = Run::simulate_paths(scenario.clone(), paths, &|_| ())?;
            for (hands, &day) in hands.iter_mut().zip(days) {
                hands.append(Hands::between(&run, day - 1, day));
            }
            let luck = Luck::of(&run.scenario, &run.plan);
            let moved = Hands::between(&run, 0, spread_day);
            for path in 0..run.outcomes.paths() {
                let p: TileParameters<[f64; 1]> =
                    draw_parameters(&run.scenario, &luck.tile(run.outcomes.first_path + path as u64));
                let moved_by = std::array::from_fn(|hand| moved.parts[hand][path]);
                let (before, after) = (Close::of(&run, 0, path), Close::of(&run, spread_day, path));
                for (all, part) in parts.iter_mut().zip(spread_parts(&p, &before, &after, moved_by)) {
                    all.push(part);
                }
                start = before.spread;
                end.push(after.spread);
            }
        }
        let distribution = |mut sample: Vec<f64>| Distribution::of(&mut sample);
        Ok(Moves {
            paths: scenario.paths,
            days: hands
                .into_iter()
                .zip(days)
                .map(|(Hands { parts, total }, &day)| DayMove {
                    day,
                    parts: parts.map(distribution),
                    total: distribution(total),
                })
                .collect(),
            spread: SpreadMove { day: spread_day, start, parts: parts.map(distribution), end: distribution(end) },
        })
    }
}

/// A path at a close, as far as the market of the day depended on it.
struct Close {
    spread: f64,
    tri_party: f64,
    retreat: f64,
    /// Ample level and hoarding as they stood when the market cleared: those of the close before.
    ample: f64,
    hoarded: f64,
    /// Reserves short of need.
    shortfall: f64,
}

impl Close {
    fn of(run: &Run, day: usize, path: usize) -> Close {
        let at = |day: usize, variable| run.outcomes.value(day, variable, path);
        let before = day.saturating_sub(1);
        let ample = at(before, Simulated::AmpleReserves);
        Close {
            spread: at(day, Simulated::SofrIorb),
            tri_party: at(day, Simulated::TgcrIorb),
            retreat: at(day, Simulated::DealerRetreat),
            ample,
            hoarded: at(before, Simulated::Hoarding),
            shortfall: at(day, Simulated::Scarcity) * ample,
        }
    }
}

/// The parts of the change of the spread between two closes of a path, of which `moved_by` is what each hand added to
/// reserves.
fn spread_parts(
    p: &TileParameters<[f64; 1]>,
    before: &Close,
    after: &Close,
    moved_by: [f64; 4],
) -> [f64; SPREAD_PARTS.len()] {
    let (short, ample) = (after.shortfall - before.shortfall, after.ample - before.ample);
    let [by_shortfall, by_level] = mean_slopes(p, before, after);
    let hands = moved_by.map(|added| -by_shortfall * added);
    let hoarded = after.hoarded - before.hoarded;
    let other_needs = short + moved_by.iter().sum::<f64>() - ample - hoarded;
    let on_curve = |close: &Close| lending_curve(p, 0, close.ample).at(close.shortfall)[0];
    let retreat = after.retreat - before.retreat;
    let margin = |close: &Close| close.spread - close.tri_party - close.retreat;
    let noise = |close: &Close| close.tri_party - on_curve(close);
    [
        hands[0],
        hands[1],
        hands[2],
        hands[3],
        by_shortfall * ample + by_level * ample,
        by_shortfall * hoarded,
        by_shortfall * other_needs,
        retreat,
        margin(after) - margin(before),
        noise(after) - noise(before),
    ]
}

/// The mean slope of the curve in the shortfall and in the ample level, along a straight line between two closes, bp per
/// $bn, such that both together give exactly the change of the curve.
fn mean_slopes(p: &TileParameters<[f64; 1]>, before: &Close, after: &Close) -> [f64; 2] {
    /// Stretches of the line; the curve bends over a tenth of a move at the most.
    const STRETCHES: usize = 32;
    let (short, ample) = (after.shortfall - before.shortfall, after.ample - before.ample);
    let along = |share: f64| (before.shortfall + share * short, before.ample + share * ample);
    let mut slope = 0.0;
    for stretch in 0..STRETCHES {
        let (shortfall, level) = along((stretch as f64 + 0.5) / STRETCHES as f64);
        slope += lending_curve(p, 0, level).at(shortfall)[1] / STRETCHES as f64;
    }
    let change = lending_curve(p, 0, after.ample).at(after.shortfall)[0]
        - lending_curve(p, 0, before.ample).at(before.shortfall)[0];
    // The ample level moves little; what it does to the curve itself is what the shortfall leaves.
    if ample == 0.0 {
        let exact = if short == 0.0 { slope } else { change / short };
        return [exact, 0.0];
    }
    [slope, (change - slope * short) / ample]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Parameters;
    use crate::scenario;
    use jiff::civil::date;

    fn autumn(paths: u64) -> Scenario {
        let mut scenario = scenario::load("shutdown_cash_hoarding").expect("a shipped scenario");
        scenario.end = date(2025, 11, 28);
        scenario.set_paths(paths);
        scenario
    }

    #[test]
    fn the_parts_add_up_to_the_change_of_the_spread_whatever_the_number_of_stretches_of_paths() {
        // 300 paths are two stretches.
        let found = Moves::measure(&autumn(300), &[1, 22], 22).expect("no leak");
        let sum: f64 = found.spread.parts.iter().map(|part| part.mean).sum();
        assert!((found.spread.start + sum - found.spread.end.mean).abs() < 1e-9, "{found:?}");
        let run = Run::simulate(autumn(300), &|_| ()).expect("no leak");
        let spreads = Distribution::of(&mut run.outcomes.column(22, Simulated::SofrIorb));
        assert_eq!(found.spread.end, spreads);
        for moved in &found.days {
            let total: f64 = moved.parts.iter().map(|part| part.mean).sum();
            assert!((total - moved.total.mean).abs() < 1e-9);
        }
        let [before, after] = [21, 22].map(|day| run.outcomes.column(day, Simulated::Reserves));
        let change: f64 = after.iter().zip(before).map(|(after, before)| after - before).sum::<f64>() / 300.0;
        assert!((found.days[1].total.mean - change).abs() < 1e-9);
    }

    #[test]
    fn on_a_straight_stretch_of_the_curve_a_dollar_costs_its_slope() {
        // Far above the bend and below the tail the curve has the slope 100 repo_slope / ample and nothing else.
        let p = TileParameters::new::<f64>(Parameters::from_fn(|_, info| match info.name {
            "tail_scale" => [0.0],
            "repo_smoothing" => [1.0],
            _ => [info.default],
        }));
        let close = |shortfall: f64| Close {
            spread: 0.0,
            tri_party: 0.0,
            retreat: 0.0,
            ample: 3_000.0,
            hoarded: 0.0,
            shortfall,
        };
        let parts = spread_parts(&p, &close(100.0), &close(160.0), [-50.0, 20.0, 0.0, -10.0]);
        let slope = p.repo_slope[0] * 100.0 / 3_000.0;
        let expected = [50.0 * slope, -20.0 * slope, 0.0, 10.0 * slope, 0.0, 0.0, 20.0 * slope];
        for (found, expected) in parts.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-9, "{parts:?}");
        }
        // Nothing moved tri-party, so noise has taken back what the curve asked.
        assert!((parts[9] + 60.0 * slope).abs() < 1e-9);
    }
}
