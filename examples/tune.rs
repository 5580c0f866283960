use jiff::ToSpan;
use jiff::civil::Date;
use rayon::prelude::*;
use std::path::Path;
use tidegate::statistics::scores::*;
use tidegate::{
    as_of,
    backtest::*,
    calendar::fedwire,
    forecast::*,
    history::*,
    scenario::{Distribution, Quantity, Scenario},
};
fn ov(p: &Pit, a: f64, b: f64) -> f64 {
    (p.high.min(b) - p.low.max(a)).max(0.0) / (p.high - p.low)
}
struct Case<'h> {
    known: AsKnown<'h>,
    scenario: Scenario,
    measured: Measured,
}
fn apply(s: &mut Scenario, sets: &[(String, f64)]) {
    for (n, v) in sets {
        if let Some(n) = n.strip_suffix("~") {
            let q = s.parameters.get_mut(n).unwrap_or_else(|| panic!("{n}"));
            *q = Quantity::Random(Distribution::Normal { mean: q.typical(), sd: *v });
        } else if let Some(n) = n.strip_suffix("*") {
            let q = s.parameters.get_mut(n).unwrap_or_else(|| panic!("{n}"));
            let t = q.typical();
            *q = Quantity::Fixed(t * *v);
        } else if let Some(n) = n.strip_suffix("%") {
            let q = s.parameters.get_mut(n).unwrap_or_else(|| panic!("{n}"));
            let t = q.typical();
            *q = Quantity::Random(Distribution::Lognormal { median: t, sigma: *v });
        } else {
            let q = s.parameters.get_mut(n).unwrap_or_else(|| panic!("{n}"));
            *q = Quantity::Fixed(*v);
        }
    }
}
fn main() {
    let a: Vec<String> = std::env::args().collect();
    // tune FROM TO EVERY PATHS EVALS name=value[:step] ...   ( step => tuned in logs )
    let (from, to): (Date, Date) = (a[1].parse().unwrap(), a[2].parse().unwrap());
    let every: usize = a[3].parse().unwrap();
    let paths: u64 = a[4].parse().unwrap();
    let evals: usize = a[5].parse().unwrap();
    let mut names = vec![];
    let mut x0 = vec![];
    let mut step = vec![];
    for s in &a[6..] {
        let (n, v) = s.rsplit_once('=').unwrap();
        let (v, st) = v.split_once(':').map(|(v, s)| (v, s.parse::<f64>().unwrap())).unwrap_or((v, 0.0));
        names.push(n.to_string());
        x0.push(v.parse::<f64>().unwrap());
        step.push(st);
    }
    let h = History::open(Path::new("/work/shared/data")).unwrap();
    let first = jiff::civil::date(2018, 4, 3);
    let came =
        Measured::read(&h.as_known(to.saturating_add(110.days()).min(jiff::civil::date(2026, 4, 1))), first).unwrap();
    let cases: Vec<Case> = origins(from, to)
        .into_iter()
        .step_by(every)
        .map(|o| {
            let known = h.as_known(fedwire::next_business_day(o));
            let mut s = as_of::scenario(&known, o, o.saturating_add(100.days())).unwrap();
            s.set_paths(paths);
            s.seed = o.to_string().replace('-', "").parse().unwrap();
            Case { measured: Measured::read(&known, first).unwrap(), known, scenario: s }
        })
        .collect();
    let eval = |x: &[f64], show: bool| -> f64 {
        let sets: Vec<(String, f64)> = names.iter().cloned().zip(x.iter().copied()).collect();
        let trials: Vec<Trials> = cases
            .par_iter()
            .map(|c| {
                let mut s = c.scenario.clone();
                apply(&mut s, &sets);
                as_of::start_at_levels(&c.known, &mut s).unwrap();
                let f = forecast(&s).unwrap();
                hold_model_to_account(&f, &c.measured, &came)
            })
            .collect();
        let mut obj = 0.0;
        for t in Target::ALL {
            for hz in HORIZONS {
                let v: Vec<&Trial> = trials
                    .iter()
                    .flat_map(|t| &t.at_horizons)
                    .filter(|r| r.target == t && r.horizon == hz && (t != Target::OnRrp || r.at_origin > 20.0))
                    .collect();
                if v.len() < 5 {
                    continue;
                }
                let n = v.len() as f64;
                let m = |f: &dyn Fn(&Said) -> f64| v.iter().map(|r| f(r.said[0].as_ref().unwrap())).sum::<f64>() / n;
                let (c90, c50, cr, pm) = (
                    m(&|s| ov(&s.pit, 0.05, 0.95)),
                    m(&|s| ov(&s.pit, 0.25, 0.75)),
                    m(&|s| s.crps),
                    m(&|s| 0.5 * (s.pit.low + s.pit.high)),
                );
                if show {
                    println!("{:18} {hz:3} c90 {c90:.3} c50 {c50:.3} crps {cr:8.3} pit {pm:.2} n {n}", t.name());
                }
                if matches!(t, Target::EffrIorb | Target::StandingRepo) {
                    continue;
                }
                obj += 6.0 * cr.ln() + ((c90 - 0.9) / 0.04).powi(2) * 0.3 + ((c50 - 0.5) / 0.06).powi(2) * 0.2;
            }
        }
        for k in tidegate::backtest::TrialDay::ALL {
            for t in Target::ALL {
                let v: Vec<&Trial> = trials
                    .iter()
                    .flat_map(|t| &t.on_special_days)
                    .filter(|r| r.target == t && k.is(r.date) && (t != Target::OnRrp || r.at_origin > 20.0))
                    .collect();
                if v.len() < 4 {
                    continue;
                }
                let c =
                    v.iter().map(|r| ov(&r.said[0].as_ref().unwrap().pit, 0.05, 0.95)).sum::<f64>() / v.len() as f64;
                if show {
                    println!("   {:16} {:18} {c:.3} n {}", k.name(), t.name(), v.len());
                }
                if matches!(t, Target::EffrIorb | Target::StandingRepo) {
                    continue;
                }
                obj += ((c - 0.89) / 0.05).powi(2) * 0.1;
            }
        }
        for e in ForecastEvent::ALL {
            let v: Vec<&EventTrial> = trials.iter().flat_map(|t| &t.events).filter(|x| x.event == e).collect();
            let b = v.iter().map(|t| (t.probability - f64::from(u8::from(t.happened))).powi(2)).sum::<f64>()
                / v.len() as f64;
            let c = v.iter().map(|t| (t.climatology - f64::from(u8::from(t.happened))).powi(2)).sum::<f64>()
                / v.len() as f64;
            if show {
                println!("   {} brier {b:.4} clim {c:.4}", e.name());
            }
        }
        obj
    };
    let free: Vec<usize> = (0..names.len()).filter(|i| step[*i] > 0.0).collect();
    let full = |z: &[f64]| {
        let mut x = x0.clone();
        for (k, &i) in free.iter().enumerate() {
            x[i] = x0[i] * z[k].exp();
        }
        x
    };
    let t = std::time::Instant::now();
    let mut best = eval(&x0, evals == 0);
    println!("start {best:.3} {:.1}s", t.elapsed().as_secs_f64());
    // coordinate pattern search
    let mut z = vec![0.0; free.len()];
    let mut st: Vec<f64> = free.iter().map(|i| step[*i]).collect();
    let mut n = 0;
    while n < evals {
        for k in 0..free.len() {
            if n >= evals {
                break;
            }
            let mut moved = false;
            for sgn in [1.0, -1.0] {
                let mut y = z.clone();
                y[k] += sgn * st[k];
                let v = eval(&full(&y), false);
                n += 1;
                if v < best - 1e-3 {
                    best = v;
                    z = y;
                    moved = true;
                    st[k] *= sgn * 1.3;
                    break;
                }
            }
            if !moved {
                st[k] *= 0.5;
            }
        }
        println!(
            "{n} {best:.3} {}",
            free.iter()
                .zip(full(&z).iter().enumerate().filter(|(i, _)| step[*i] > 0.0).map(|(_, v)| *v))
                .map(|(i, v)| format!("{}={v:.4}", names[*i]))
                .collect::<Vec<_>>()
                .join(" ")
        );
    }
    eval(&full(&z), true);
}
