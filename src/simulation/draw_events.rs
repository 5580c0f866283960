//! What each path draws once, before its first day: sizes, dates and parameters.
//!
//! A draw belongs to the name of what is drawn, so that a scenario in which another event or another
//! random parameter is added gives every path the luck it had before.

use crate::model::{
    DrawnCapacityShift, DrawnEvents, DrawnPurchases, DrawnShutdown, DrawnSpread, Parameters, Plan, Real, TileParameters,
};
use crate::random::{AddressedStream, uniform};
use crate::scenario::fields::event_bounds;
use crate::scenario::{Distribution, EventKind, Quantity, Scenario, When};
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use rand::TryRng;
use rand_distr::Distribution as _;

/// The day under which draws made before the first day are addressed.
const BEFORE_THE_FIRST_DAY: u32 = u32::MAX;

/// Where a once-per-path draw is addressed: run, path and the name of what is drawn.
#[derive(Clone, Copy)]
pub struct Address<'a> {
    seed: u64,
    path: u64,
    name: &'a str,
}

impl Address<'_> {
    fn stream(&self) -> AddressedStream {
        AddressedStream::new(self.seed, self.path, BEFORE_THE_FIRST_DAY ^ fingerprint(self.name), 0)
    }
}

/// The FNV-1a hash of a name, 31 bits: the top half of the days belongs to draws by name.
fn fingerprint(name: &str) -> u32 {
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash >> 1
}

/// The value of a quantity on a path.
pub fn draw_quantity(quantity: &Quantity, seed: u64, path: u64, name: &str) -> f64 {
    match quantity {
        Quantity::Fixed(value) => *value,
        Quantity::Random(distribution) => sample(distribution, &mut Address { seed, path, name }.stream()),
    }
}

/// A draw from a distribution.
fn sample(distribution: &Distribution, stream: &mut AddressedStream) -> f64 {
    match distribution {
        Distribution::Normal { mean, sd } => mean + sd * standard_normal(stream),
        Distribution::Lognormal { median, sigma } => median * Real::exp(sigma * standard_normal(stream)),
        Distribution::Uniform { low, high } => low + (high - low) * next_uniform(stream),
        Distribution::Triangular { low, mode, high } => {
            let u = next_uniform(stream);
            let (rising, falling, width) = (mode - low, high - mode, high - low);
            if u * width < rising {
                low + (u * width * rising).sqrt()
            } else {
                high - ((1.0 - u) * width * falling).sqrt()
            }
        }
        Distribution::StudentT { centre, scale, degrees } => {
            let student = rand_distr::StudentT::new(*degrees).expect("degrees of freedom are checked when read");
            centre + scale * student.sample(stream)
        }
        Distribution::Choice { values, weights } => values[choose(weights, next_uniform(stream))],
    }
}

fn standard_normal(stream: &mut AddressedStream) -> f64 {
    let (first, second) = (next_word(stream), next_word(stream));
    crate::random::box_muller(first, second)[0]
}

fn next_uniform(stream: &mut AddressedStream) -> f64 {
    uniform(next_word(stream))
}

fn next_word(stream: &mut AddressedStream) -> u32 {
    let Ok(word) = stream.try_next_u32();
    word
}

/// The position that `u` falls on when the unit interval is divided by weights that sum to one.
fn choose(weights: &[f64], u: f64) -> usize {
    let mut reached = 0.0;
    for (position, weight) in weights.iter().enumerate() {
        reached += weight;
        if u < reached {
            return position;
        }
    }
    weights.len() - 1
}

fn draw_date(when: &When, seed: u64, path: u64, name: &str) -> Date {
    let u = || next_uniform(&mut Address { seed, path, name }.stream());
    match when {
        When::On(date) => *date,
        When::Between(first, last) => {
            let days = (*last - *first).get_days();
            let after = (u() * f64::from(days + 1)) as i32;
            first.saturating_add(after.days())
        }
        When::OneOf(dates, weights) => dates[choose(weights, u())],
    }
}

/// Number of the first simulated day on or after a date; a day that never comes if the run ends before.
fn day_number(plan: &Plan, date: Date) -> f64 {
    let number = plan.days.partition_point(|day| day.date < date);
    if number < plan.days.len() {
        return number as f64;
    }
    // Beyond the run, five days of seven are business days: only durations depend on it.
    let last = plan.days.last().map_or(plan.opening_date, |day| day.date);
    number as f64 + f64::from((date - last).get_days()) * 5.0 / 7.0
}

/// The parameters of the `N` paths from `first_path` on, within their bounds.
pub fn draw_parameters<T: Real, const N: usize>(scenario: &Scenario, first_path: u64) -> TileParameters<T, N> {
    let quantities = scenario.parameters.values();
    TileParameters::new(Parameters::from_fn(|position, info| {
        std::array::from_fn(|i| {
            let value = draw_quantity(quantities[position], scenario.seed, first_path + i as u64, info.name);
            T::of(value.clamp(info.low, info.high))
        })
    }))
}

/// The events of the `N` paths from `first_path` on.
pub fn draw_events<T: Real, const N: usize>(scenario: &Scenario, plan: &Plan, first_path: u64) -> DrawnEvents<T, N> {
    let never = T::of(f64::INFINITY);
    let mut drawn = DrawnEvents::none();
    for event in &scenario.events {
        let path = |i: usize| first_path + i as u64;
        let key = |field: &str| format!("{}.{field}", event.name);
        let date = |when: &When, field: &str, i: usize| draw_date(when, scenario.seed, path(i), &key(field));
        let start = |when: &When, field: &str| -> [T; N] {
            std::array::from_fn(|i| T::of(day_number(plan, date(when, field, i))))
        };
        let within_bounds = |value: f64, field: &str| {
            event_bounds(event.kind.word(), field).map_or(value, |bounds| value.clamp(bounds.low, bounds.high))
        };
        let draw = |quantity: &Quantity, field: &str, i: usize| {
            within_bounds(draw_quantity(quantity, scenario.seed, path(i), &key(field)), field)
        };
        let size =
            |quantity: &Quantity, field: &str| -> [T; N] { std::array::from_fn(|i| T::of(draw(quantity, field, i))) };
        let days = |quantity: &Quantity, field: &str| {
            size(quantity, field).map(|days: T| T::of(days.to_f64().round().max(1.0)))
        };
        match &event.kind {
            EventKind::Shutdown { start: first, duration, delayed_outlays, catch_up, hoarding } => {
                let reopening = std::array::from_fn(|i| {
                    let span: Span = (draw(duration, "duration", i).round() as i64).days();
                    T::of(day_number(plan, date(first, "start", i).saturating_add(span)))
                });
                drawn.shutdowns.push(DrawnShutdown {
                    start: start(first, "start"),
                    reopening,
                    delayed_outlays: size(delayed_outlays, "delayed_outlays"),
                    catch_up: days(catch_up, "catch_up"),
                    hoarding: size(hoarding, "hoarding"),
                });
            }
            EventKind::RunoffEnd { date } => {
                let ends: [T; N] = start(date, "date");
                for (earliest, end) in drawn.runoff_end.iter_mut().zip(ends) {
                    *earliest = earliest.min(end);
                }
            }
            EventKind::Purchases { start: first, end, pace }
            | EventKind::OpenMarketPurchases { start: first, end, pace } => {
                drawn.purchases.push(DrawnPurchases {
                    coupons: matches!(event.kind, EventKind::OpenMarketPurchases { .. }),
                    start: start(first, "start"),
                    end: end.as_ref().map_or([never; N], |end| start(end, "end")),
                    pace: size(pace, "pace"),
                });
            }
            EventKind::CashTargetShift { start: first, change, over } => drawn.target_shifts.push(DrawnSpread {
                start: start(first, "start"),
                amount: size(change, "change"),
                over: days(over, "over"),
            }),
            EventKind::CapacityShift { date, repo, federal_funds } => drawn.capacity_shifts.push(DrawnCapacityShift {
                start: start(date, "date"),
                repo: size(repo, "repo"),
                federal_funds: size(federal_funds, "federal_funds"),
            }),
            EventKind::TreasuryFlow { date, amount, over } => drawn.treasury_flows.push(DrawnSpread {
                start: start(date, "date"),
                amount: size(amount, "amount"),
                over: days(over, "over"),
            }),
        }
    }
    drawn
}
