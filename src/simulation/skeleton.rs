//! The deterministic skeleton of a scenario: the one path on which nothing is left to luck.
//!
//! Every shock is nil, and whatever a path draws before its first day, a parameter, a date, a size, is at its median. It is
//! no forecast: the model bends, so that its median is not the median of paths. It is what another engine can repeat.

use super::draw_events::{draw_events, draw_parameters};
use super::luck::Luck;
use super::run::LeakFound;
use super::tile::{Desk, Tile, World};
use crate::model::{DrawnEvents, Parameters, Plan, SIMULATED, Variable};
use crate::scenario::Scenario;

/// The path without luck, and what it was given.
#[derive(Clone, Debug)]
pub struct Skeleton {
    /// The parameters, each at its median.
    pub parameters: Parameters<f64>,
    /// The events, with their dates and sizes at the median.
    pub events: DrawnEvents<f64, 1>,
    /// What every close published, the opening first.
    closes: Vec<[f64; SIMULATED]>,
}

impl Skeleton {
    /// Lives through the days of a plan without luck.
    ///
    /// # Errors
    /// The books do not add up.
    pub fn of(scenario: &Scenario, plan: &Plan) -> Result<Skeleton, LeakFound> {
        let luck = Luck::none();
        let of_path = luck.tile::<1>(0);
        let drawn = draw_parameters::<f64, 1>(scenario, &of_path);
        let values: Vec<f64> = drawn.values().into_iter().map(|value| value[0]).collect();
        let events = draw_events(scenario, plan, &of_path);

        let world: World<'_, f64> = World::with(Luck::none(), scenario, plan);
        let mut tile: Tile<f64, 1> = Tile::open(&world, 0, 1);
        let mut desk = Desk::new();
        tile.publish(&world, &mut desk.published);
        let mut closes = vec![desk.published.map(|[value]| value)];
        for day in 0..plan.days.len() {
            tile.live_day(&world, day, &mut desk)?;
            closes.push(desk.published.map(|[value]| value));
        }
        Ok(Skeleton { parameters: Parameters::from_fn(|position, _| values[position]), events, closes })
    }

    /// A variable on a published day, of which the opening is the first.
    pub fn value(&self, plan: &Plan, variable: Variable, published_day: usize) -> f64 {
        let close = &self.closes[published_day];
        plan.derivation(variable, published_day).value(|simulated| close[simulated as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PARAMETERS, Simulated};
    use crate::scenario::{self, Quantity};
    use crate::simulation::{Settings, simulate};

    fn skeleton(more: &str) -> (Skeleton, Plan) {
        let text = format!(
            "title = 't'\nextends = 'baseline_2025q4'\nremove = ['more repo capacity']\n[horizon]\nend = 2025-12-31\n{more}"
        );
        let scenario = scenario::load_text("t.toml", &text).unwrap_or_else(|problems| panic!("{problems}"));
        let plan = scenario::plan(&scenario);
        (Skeleton::of(&scenario, &plan).expect("the books balance"), plan)
    }

    #[test]
    fn neither_seed_nor_way_of_drawing_moves_it() {
        let (one, plan) = skeleton("");
        for other in ["[run]\nseed = 99\n", "[run]\ndraws = 'sobol'\npaths = 2048\n"] {
            assert!(one.closes == skeleton(other).0.closes, "{other}");
        }
        assert_eq!(one.closes.len(), plan.days.len() + 1);
    }

    #[test]
    fn it_is_a_path_whose_shocks_have_no_size() {
        let mut scenario = scenario::load("baseline_2025q4").expect("a shipped scenario");
        let plan = scenario::plan(&scenario);
        let skeleton = Skeleton::of(&scenario, &plan).unwrap();
        for info in PARAMETERS {
            if info.name.ends_with("_noise") || ["flow_noise_large", "on_rrp_taste"].contains(&info.name) {
                *scenario.parameters.get_mut(info.name).unwrap() = Quantity::Fixed(0.0);
            }
        }
        scenario.paths = 32;
        let quiet = simulate(&scenario, &plan, Settings::default(), &|_| ()).unwrap();
        for (day, close) in skeleton.closes.iter().enumerate() {
            for variable in [Simulated::Reserves, Simulated::OnRrp, Simulated::TgcrIorb, Simulated::Hoarding] {
                assert_eq!(quiet.column(day, variable)[7], close[variable as usize], "{variable:?} on day {day}");
            }
        }
    }

    #[test]
    fn what_is_drawn_stands_at_its_median() {
        let (found, plan) = skeleton(
            "[parameters]\nhoarding_half_life = { lognormal = ['20bd', 0.5] }\nsrf_slope = { student_t = ['3bn/bp', '1bn/bp', 4] }\n\
             [[event]]\nname = 'a'\nkind = 'treasury_flow'\ndate = { uniform = [2025-12-01, 2025-12-05] }\n\
             amount = { triangular = ['0bn', '0bn', '8bn'] }\n\
             [[event]]\nname = 'b'\nkind = 'treasury_flow'\ndate = 2025-12-01\n\
             amount = { choice = ['10bn', '20bn', '90bn'], weights = [0.4, 0.3, 0.3] }\n",
        );
        assert_eq!((found.parameters.hoarding_half_life, found.parameters.srf_slope), (20.0, 3.0));
        let [a, b] = found.events.treasury_flows.as_slice() else { panic!("two flows") };
        assert_eq!(plan.days[a.start[0] as usize].date, jiff::civil::date(2025, 12, 3));
        // The median of a triangle that falls from nil to b is b (1 − √½).
        assert!((a.amount[0] - 8.0 * (1.0 - 0.5_f64.sqrt())).abs() < 1e-12);
        assert_eq!(b.amount[0], 20.0);
    }
}
