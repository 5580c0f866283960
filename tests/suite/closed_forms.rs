//! Moments of linear special cases against their closed forms.

use tidegate::model::{DrawnEvents, Flow, Parameters, Plan, SHOCKS, State, TileParameters, simulate_day};
use tidegate::random::ShockSource;
use tidegate::scenario::{self, Quantity, Scenario};
use tidegate::simulation::{Settings, simulate};
use tidegate::statistics::{Distribution, Outcomes, Summary, Tally};

fn scenario_with(parameters: &[(&str, f64)]) -> (Scenario, Plan) {
    let mut scenario = scenario::load("baseline_2025q4").expect("a shipped scenario");
    for (name, value) in parameters {
        *scenario.parameters.get_mut(name).expect("a parameter") = Quantity::Fixed(*value);
    }
    scenario.end = jiff::civil::date(2026, 9, 30);
    let plan = scenario::plan(&scenario);
    (scenario, plan)
}

fn run(scenario: &Scenario, plan: &Plan) -> Outcomes {
    simulate(scenario, plan, Settings::default(), &|_| ()).expect("no leak")
}

#[test]
fn a_first_order_autoregression_has_its_stationary_distribution() {
    // ρ = .97 and σ = 12: sd σ/√(1 − ρ²) = 49.3614; the same from Dynare 5.3's stoch_simul. After 250 days
    // ρ^500 is 2e-7, so the start no longer matters to the variance.
    let half_life = 0.5_f64.ln() / 0.97_f64.ln();
    let (mean, opening) = (1000.0, 374.593);
    let (scenario, plan) =
        scenario_with(&[("foreign_rrp_half_life", half_life), ("foreign_rrp_noise", 12.0), ("foreign_rrp_mean", mean)]);
    let outcomes = run(&scenario, &plan);
    let days = plan.days.len() as i32;
    assert!(days >= 249, "{days}");
    let mut change = outcomes.gather(|tile| tile.flow(Flow::ForeignRrp as usize));
    let n = change.len() as f64;
    let found = Distribution::of(&mut change);
    let expected_mean = (mean - opening) * (1.0 - 0.97_f64.powi(days));
    let sd = 49.3614;
    // Three standard errors of a mean, of a standard deviation, and of a 95 % quantile.
    assert!((found.mean - expected_mean).abs() < 3.0 * sd / n.sqrt(), "mean {} against {expected_mean}", found.mean);
    assert!((found.sd - sd).abs() < 3.0 * sd / (2.0 * n).sqrt(), "sd {}", found.sd);
    let upper = expected_mean + 1.644_854 * sd;
    assert!((found.high() - upper).abs() < 3.0 * 2.11 * sd / n.sqrt(), "q95 {} against {upper}", found.high());
}

#[test]
fn currency_without_noise_grows_by_its_trend_alone() {
    let (mut scenario, plan) =
        scenario_with(&[("currency_noise", 0.0), ("currency_season", 0.0), ("currency_growth", 4.0)]);
    scenario.paths = 3;
    let outcomes = run(&scenario, &plan);
    let expected = 4.0 * plan.days.len() as f64 / (251.0 / 12.0);
    for grown in outcomes.gather(|tile| tile.flow(Flow::Currency as usize)) {
        assert!((grown - expected).abs() < 1e-9, "{grown} against {expected}");
    }
}

#[test]
fn unusual_payment_needs_have_the_spread_their_parameter_states() {
    // An AR(1) with innovations of variance σ²(1 − ρ²) has the stationary standard deviation σ.
    let (_, plan) = scenario_with(&[]);
    // Without the growth of the noise with scarcity, which has no closed form.
    let value = |name: &str, default| if name == "payment_noise_growth" { 0.0 } else { default };
    let parameters: TileParameters<[f64; 64]> =
        TileParameters::new(Parameters::from_fn(|_, info| [value(info.name, info.default); 64]));
    let events = DrawnEvents { runoff_end: [0.0; 64], ..DrawnEvents::none() };
    let source = ShockSource::new(5);
    let mut sample = Vec::new();
    for tile in 0..40 {
        let mut state = State::open(&plan, &parameters, &events);
        let mut shocks = [[0.0; 64]; SHOCKS];
        for day in 0..40 {
            source.draw(tile * 64, day, &mut shocks);
            simulate_day(&mut state, &parameters, &events, &plan, &shocks).expect("no leak");
        }
        sample.extend(state.payment_needs);
    }
    let expected = Parameters::defaults().payment_noise;
    let found = Distribution::of(&mut sample).sd;
    // 2,560 independent values with fat tails: a standard error of about three percent.
    assert!((found / expected - 1.0).abs() < 0.1, "{found} against {expected}");
}

#[test]
fn attribution_adds_up_on_every_path() {
    let (mut scenario, plan) = scenario_with(&[]);
    scenario.paths = 640;
    let outcomes = run(&scenario, &plan);
    let summary = Summary::of(&Tally::of(&outcomes, &plan, &[]), &plan);
    assert!(summary.attribution.largest_gap < 1e-9, "{:e}", summary.attribution.largest_gap);
    let causes: f64 = summary.attribution.causes.iter().map(|cause| cause.contribution.mean).sum();
    assert!((causes - summary.attribution.total.mean).abs() < 1e-9);
}
