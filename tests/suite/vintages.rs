//! A vintage is not a one-off: every shipped one starts a run whose books hold.

use tidegate::model::Variable;
use tidegate::scenario::{self, shipped};
use tidegate::simulation::{Settings, simulate};
use tidegate::statistics::{Summary, Tally};

#[test]
fn a_run_starts_from_every_shipped_balance_sheet() {
    assert_eq!(shipped::VINTAGES.len(), 10);
    for vintage in shipped::VINTAGES {
        let text = format!(
            "title = \"A month from the close of {0}\"\n\
             [horizon]\nstart = {0}\nend = {1}\n\
             [vintage]\nfile = \"{0}\"\n\
             [treasury]\ncash_target = [ {{ date = {0}, level = \"500bn\" }} ]\n\
             [run]\npaths = 128\n",
            vintage.name,
            vintage.name.parse::<jiff::civil::Date>().unwrap().saturating_add(jiff::Span::new().months(1)),
        );
        let scenario = scenario::load_text("vintage_test", &text).unwrap_or_else(|problems| panic!("{problems}"));
        let plan = scenario::plan(&scenario);
        let outcomes = simulate(&scenario, &plan, Settings::default(), &|_| ()).unwrap_or_else(|leak| panic!("{leak}"));
        let summary = Summary::of(&Tally::of(&outcomes, &plan, &[]), &plan);
        let fed = &scenario.vintage.fed;
        for (variable, published) in [
            (Variable::Reserves, fed.reserves.value),
            (Variable::Tga, fed.tga.value),
            (Variable::OnRrp, fed.on_rrp.value),
            (Variable::FedAssets, fed.total_assets.value),
        ] {
            let opening = summary.fan(variable).days[0].mean;
            assert!((opening - published).abs() < 1e-6, "{}: {} {opening}", vintage.name, variable.info().name);
        }
        let spread = summary.fan(Variable::SofrIorb).days[0].mean;
        let rates = &scenario.vintage.rates;
        assert!((spread - 100.0 * (rates.sofr.value - rates.iorb.value)).abs() < 1e-9);
        // The first days go on where the vintage stood: nothing jumps, in any era, but at the ends of months and the day
        // after. On 28 February 2019, a day after that vintage, SOFR did rise by 21bp (New York Fed).
        let ends = |day: usize| {
            let needs = &plan.days[day].needs;
            needs.month_end + needs.quarter_end + needs.year_end > 0.0
        };
        let ordinary = (0..plan.days.len()).filter(|&day| !ends(day) && (day == 0 || !ends(day - 1)));
        for day in ordinary.take(2) {
            let day = &summary.fan(Variable::SofrIorb).days[day + 1];
            assert!((day.median() - spread).abs() < 8.0, "{}: {} after {spread}", vintage.name, day.median());
        }
    }
}
