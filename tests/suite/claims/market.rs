//! Claims on the market and the Fed: the end of runoff, the loop, the parallel of 2019, risk assets.

use super::page::Claim;
use super::recorded::*;
use super::verdict::{Estimate, Test, plain, signed};
use super::worlds::{by_hand, day, difference, mean, over, overlay, range, run, share, shipped};
use jiff::civil::{Date, date};
use tidegate::model::Variable;
use tidegate::research::{Amplification, Factor, Hands, Measure, Over, Run};
use tidegate::scenario::{Quantity, Scenario};

const DECEMBER: (Date, Date) = (date(2025, 12, 1), date(2025, 12, 31));
const MARCH: (Date, Date) = (date(2026, 3, 2), date(2026, 3, 31));
const SPIKE: (Date, Date) = (date(2019, 9, 16), date(2019, 9, 18));
const AUTUMN: (Date, Date) = (date(2025, 10, 2), date(2025, 12, 31));

pub fn ending_runoff_does_not_help(baseline: &Run) -> Claim {
    let (ends, goes_on) = (run(shipped("qt_end")), run(shipped("qt_goes_on")));
    let filling = run(overlay(
        "account_fills",
        "title = \"The account fills\"\nextends = \"qt_end\"\nclaim = \"The end of runoff does not help.\"\n\
         [[event]]\nname = \"account fills\"\nkind = \"cash_target_shift\"\nstart = 2025-12-01\nchange = \"150bn\"\nover = \"20bd\"\n",
    ));
    let spread = Variable::SofrIorb;
    let while_filling = difference(&filling, &goes_on, spread, Over::Mean, DECEMBER);
    let helped = difference(&ends, &goes_on, spread, Over::Mean, DECEMBER);
    let later = difference(&ends, &goes_on, spread, Over::Mean, MARCH);
    let purchases = difference(baseline, &ends, spread, Over::Mean, MARCH);
    let above = Estimate::percent(share(&over(&ends, spread, Over::Mean, DECEMBER), |average| average > 0.0));
    let (year_end, last) = (day(&ends, date(2025, 12, 31)), ends.outcomes.days - 1);
    let hands = |run: &Run, to: usize| Hands::between(run, 0, to);
    Claim {
        says: "Ending runoff does not help while the account fills",
        number: format!("SOFR − IORB of December changes by {}, and by {} if the account fills by 150bn", helped.show(1, "bp"), while_filling.show(1, "bp")),
        tests: vec![
            Test::above(
                "The end of runoff on 1 December lowers SOFR − IORB of December by less than 1, bp above −1",
                helped,
                -1.0,
                2,
                "",
            ),
            Test::above(
                "If the account is to fill by 150bn in December, SOFR − IORB of December is higher than with runoff and without the filling, bp above 0",
                while_filling,
                0.0,
                2,
                "",
            ),
            Test::above("SOFR stays above IORB on average in December on most paths, % above 50", above, 50.0, 1, ""),
            Test::record(
                "SOFR was above IORB on average in December 2025",
                format!("{SPREAD_DECEMBER:.1}bp"),
                SPREAD_DECEMBER > 0.0,
            ),
        ],
        scenarios: &["qt_end", "qt_goes_on", "baseline_2025q4"],
        compared: "The first has the end of runoff and no purchases, the second neither, the third both. The account that fills is the \
                   first with a `cash_target_shift` of 150bn over 20 business days from 1 December."
            .into(),
        data: format!(
            "SOFR − IORB averaged {SPREAD_NOVEMBER} in November, {SPREAD_DECEMBER} in December after runoff had ended and \
             {SPREAD_JANUARY} in January after purchases had begun (New York Fed). The account did not fill in that December: \
             899.7 on 26 November, {TGA_YEAR_END} on the 31st (H.4.1). So the record shows that the end of runoff was not enough, \
             and does not show what a filling account adds."
        ),
        model: format!(
            "The end of runoff changes SOFR − IORB by {} in December and {} in March; SOFR is above IORB on average in \
             December on {} of paths. With an account that fills by 150bn December changes by {}. Purchases of 40bn a month from 12 December change March by {}.",
            helped.show(2, "bp"),
            later.show(2, "bp"),
            above.show(1, "%"),
            while_filling.show(2, "bp"),
            purchases.show(2, "bp"),
        ),
        hands: format!(
            "What the end of runoff does to reserves by 31 December: {}; by 31 March: {}. What purchases add to that by 31 \
             March: {}.",
            by_hand(&hands(&ends, year_end).less(&hands(&goes_on, year_end))),
            by_hand(&hands(&ends, last).less(&hands(&goes_on, last))),
            by_hand(&hands(baseline, last).less(&hands(&ends, last)))
        ),
        fitted: "The price curve, on July 2024 to March 2026, and within it a step of −3.4bp on 14 January 2026 that all three scenarios have. Purchases and runoff are announced amounts.",
    }
}

fn amplification(scenario: Scenario) -> Amplification {
    Amplification::of(run(scenario), &|_| ()).expect("the same scenario twice").0
}

pub fn reflexive_loop(shutdown: &Run) -> Claim {
    let autumn = Amplification::of(shutdown.clone(), &|_| ()).expect("the same scenario twice").0;
    let strong = amplification({
        let mut scenario = shipped("shutdown_cash_hoarding");
        scenario.parameters.hoarding_gain = Quantity::Fixed(STRONG_GAIN);
        scenario
    });
    let september = amplification(shipped("sept_2019_spike"));
    let of = |found: &Amplification, measure| -> Factor { found.factor(measure).expect("rates rise in this story") };
    let percent = |factor: Factor| {
        let more = |times: f64| signed(100.0 * (times - 1.0), 1);
        format!("{}% [{}, {}]", more(factor.estimate), more(factor.interval.0), more(factor.interval.1))
    };
    let peak = of(&autumn, Measure::Peak);
    let place = |found: &Amplification| match (found.feeds_itself, found.feeds_itself_without_facility) {
        (Some(place), _) => format!(
            "from reserves {:.0}bn below ample, where SOFR would be {:.0}bp above IORB",
            place.shortfall, place.sofr_iorb
        ),
        (None, Some(place)) => format!(
            "nowhere with the standing facility, and without it from reserves {:.0}bn below ample, where SOFR would be {:.0}bp \
             above IORB",
            place.shortfall, place.sofr_iorb
        ),
        (None, None) => "nowhere, with the standing facility or without".to_owned(),
    };
    let reached = Estimate::percent(autumn.reached.paths).show(1, "%");
    Claim {
        says: "Stress feeds itself: the reflexive loop",
        number: format!("mean peak of SOFR over calm {}; in September 2019 {}", percent(peak), percent(of(&september, Measure::Peak))),
        tests: vec![
            Test::above("The loop raises the mean peak of SOFR over calm in autumn 2025, factor above 1", Estimate::factor(peak), 1.0, 3, ""),
            Test::above(
                "It raises it by a quarter or more in autumn 2025, factor above 1.25",
                Estimate::factor(peak),
                1.25,
                3,
                "",
            ),
            Test::above(
                "It does so in September 2019, without a standing facility, factor above 1.25",
                Estimate::factor(of(&september, Measure::Peak)),
                1.25,
                3,
                "",
            ),
        ],
        scenarios: &["shutdown_cash_hoarding", "sept_2019_spike"],
        compared: "Each against itself with the loop between stress, hoarding and dealers' retreat cut: `tidegate amplification \
                   shutdown_cash_hoarding`."
            .into(),
        data: "We know of no measurement of the loop. The worst of that autumn was short: SOFR − IORB 32 on 31 October, 23 on the \
               next business day and 10 on the one after (New York Fed). **The loop's constants are assumptions**, so \
               this verdict is one on the model at its defaults."
            .into(),
        model: format!(
            "The mean peak of SOFR over calm is {} with the loop and {} without: {}; its 99% quantile {}. With a gain of \
             {STRONG_GAIN}bn per bp, two standard deviations above the default, {}. In September 2019 without a standing facility, {}. The loop \
             feeds itself {}; on {reached} of the autumn's paths its gain exceeds one on some day, for {} days on average.",
            plain(peak.with, 1) + "bp",
            plain(peak.without, 1) + "bp",
            percent(peak),
            percent(of(&autumn, Measure::PeakTail)),
            percent(of(&strong, Measure::Peak)),
            percent(of(&september, Measure::Peak)),
            place(&autumn),
            plain(autumn.reached.days, 1),
        ),
        hands: format!(
            "None of the four: banks hoard reserves from each other. A lasting basis point of stress adds {}bn to what they \
             want. The largest fall of reserves less hoarding is {} against the same without the loop, that of all reserves {}.",
            plain(autumn.lasting_demand, 1),
            percent(of(&autumn, Measure::AvailableFall)),
            percent(of(&autumn, Measure::Fall)),
        ),
        fitted: "Nothing of the loop itself. The curve it works on was fitted, its tail to September 2019.",
    }
}

/// The default of 0.7bn per bp and two standard deviations of 0.5.
const STRONG_GAIN: f64 = 1.7;

pub fn parallel_of_2019(september: &Run, shutdown: &Run) -> Claim {
    let facility = run(shipped("sept_2019_with_facility"));
    let unprotected = run(overlay(
        "autumn_2025_without_facility",
        "title = \"Autumn of 2025 without a standing facility\"\nextends = \"shutdown_cash_hoarding\"\nclaim = \"As in 2019.\"\n\
         [[event]]\nname = \"no standing facility\"\nkind = \"standing_facility\"\ndate = 2025-10-02\nlimit = \"0bn\"\n",
    ));
    let peak = |run: &Run, window| over(run, Variable::SofrIorb, Over::Highest, window);
    let above_100 = |sample: &[f64]| Estimate::percent(share(sample, |peak| peak > 100.0));
    let [then, then_with, now, now_without] =
        [peak(september, SPIKE), peak(&facility, SPIKE), peak(shutdown, AUTUMN), peak(&unprotected, AUTUMN)];
    let saved = difference(september, &facility, Variable::SofrIorb, Over::Highest, SPIKE);
    let scarcity = |run: &Run, window| {
        let sample: Vec<f64> =
            over(run, Variable::Scarcity, Over::Highest, window).iter().map(|share| 100.0 * share).collect();
        (mean(&sample), sample)
    };
    let ((then_scarce, _), (now_scarce, _)) = (scarcity(september, SPIKE), scarcity(shutdown, AUTUMN));
    // The two are different runs, so their errors add in squares.
    let half = (0.5 * (then_scarce.high - then_scarce.low)).hypot(0.5 * (now_scarce.high - now_scarce.low));
    let gap = now_scarce.value - then_scarce.value;
    let (end, low) = (day(september, date(2019, 9, 18)), day(shutdown, date(2025, 10, 31)));
    Claim {
        says: "Autumn 2025 is September 2019 again",
        number: format!(
            "P(SOFR 100bp above IORB): {} then, {} now",
            above_100(&then).show(1, "%"),
            above_100(&now).show(1, "%")
        ),
        tests: vec![
            Test::above(
                "Reserves are as scarce at the worst of autumn 2025 as on 16–18 September 2019, difference in % of ample above 0",
                Estimate { value: gap, low: gap - half, high: gap + half },
                0.0,
                1,
                "",
            ),
            Test::above(
                "SOFR exceeds IORB by 100bp on some day of the quarter on one path in ten or more, as then, % above 10",
                above_100(&now),
                10.0,
                1,
                "",
            ),
            Test::above(
                "It would without the standing facility, % above 10",
                above_100(&now_without),
                10.0,
                1,
                "",
            ),
        ],
        scenarios: &["sept_2019_spike", "sept_2019_with_facility", "shutdown_cash_hoarding"],
        compared: "2019 with and without the facility of 2021 on the same draws; autumn 2025 as told by the note, and the same \
                   with a facility limit of nil. Three days then, a quarter with its year-end now."
            .into(),
        data: "SOFR − IOER 315 on 17 September 2019 with reserves of 1,385 on the 18th and no standing facility; SOFR − IORB 32 at \
               the worst of autumn 2025, with reserves of 2,828 on 29 October and 50bn drawn at the facility on the 31st (New York Fed, H.4.1)."
            .into(),
        model: format!(
            "16–18 September 2019: peak {}; over 100bp on {} of paths. With the facility on the same draws: peak {}, over 100bp on \
             {}; it lowers the mean peak by {}. Autumn 2025: peak {}; without its facility {}, over 100bp on {}. Mean of the highest \
             scarcity, in percent of ample reserves: {} then, {} now.",
            range(&then, 0, "bp"),
            above_100(&then).show(1, "%"),
            range(&then_with, 0, "bp"),
            above_100(&then_with).show(1, "%"),
            saved.show(1, "bp"),
            range(&now, 0, "bp"),
            range(&now_without, 0, "bp"),
            above_100(&now_without).show(1, "%"),
            then_scarce.show(1, "%"),
            now_scarce.show(1, "%"),
        ),
        hands: format!(
            "11 to 18 September 2019: {}. With the facility: {}. 1 to 31 October 2025: {}.",
            by_hand(&Hands::between(september, 0, end)),
            by_hand(&Hands::between(&facility, 0, end)),
            by_hand(&Hands::between(shutdown, 0, low))
        ),
        fitted: "Ample reserves of 2019, on that summer; the tail of the curve, cut at what was paid that month. So 2019 is no test of the model, and what autumn 2025 would have been without a facility is 2019's tail on 2025's reserves.",
    }
}

/// The satellite of risk assets, its response drawn on every path.
pub const SATELLITE: &str = "[parameters]\nrisk_assets = \"1\"\nequity_beta = { normal = [\"0.2%\", \"0.7%\"] }\n\
    small_cap_beta = { normal = [\"0.2%\", \"0.7%\"] }\nbitcoin_beta = { normal = [\"1%\", \"3%\"] }\n";

pub fn risk_assets_rally(reopening: &Run, baseline: &Run) -> Claim {
    let (from, to) = (day(reopening, date(2025, 11, 12)), day(reopening, date(2025, 12, 31)));
    let gain = |run: &Run, variable| -> Vec<f64> {
        run.published(variable, to).iter().zip(run.published(variable, from)).map(|(end, start)| end - start).collect()
    };
    let effect = |variable| -> Vec<f64> {
        gain(reopening, variable).iter().zip(gain(baseline, variable)).map(|(with, without)| with - without).collect()
    };
    let assets = [Variable::Equities, Variable::SmallCaps, Variable::Bitcoin];
    let rises = assets.map(|asset| share(&effect(asset), |rise| rise > 0.0));
    let told: Vec<String> = assets
        .into_iter()
        .zip(RETURNS)
        .map(|(asset, (name, _))| {
            format!(
                "{name} {} of reopening's own, {} in all",
                mean(&effect(asset)).show(2, "%"),
                range(&gain(reopening, asset), 1, "%")
            )
        })
        .collect();
    let recorded: Vec<String> =
        RETURNS.iter().map(|(name, gained)| format!("{name} {}%", signed(*gained, 1))).collect();
    let rose = RETURNS.iter().filter(|(_, gained)| *gained > 0.0).count();
    let hands = Hands::between(reopening, from, to).less(&Hands::between(baseline, from, to));
    Claim {
        says: "Risk assets then rally",
        number: format!("reopening lifts large caps on {} of paths", Estimate::percent(rises[0]).show(0, "%")),
        tests: vec![
            Test::agreed("Reopening raises large caps by the end of the year", rises[0]),
            Test::agreed("Reopening raises bitcoin by the end of the year", rises[2]),
            Test::record(
                "Large caps, small caps and bitcoin rose from 12 November to 31 December 2025",
                format!("{rose} of 3 did"),
                rose == 3,
            ),
        ],
        scenarios: &["shutdown_then_reopening", "baseline_2025q4"],
        compared: format!(
            "Both with the satellite of risk assets on, which moves nothing else and is off by default:\n\n```toml\n{SATELLITE}```"
        ),
        data: format!(
            "12 November to 31 December 2025: {} (closing prices). **The sign of the response is unstable**: the correlation of \
             the levels of net liquidity and of the S&P 500 is +.79 in 2020–22 and −.50 in 2023–26, and R² of changes at most .17 \
             (FRED, own estimate). No forecast is claimed.",
            recorded.join(", ")
        ),
        model: format!(
            "The response to net liquidity is drawn on every path, positive or negative. To the end of the year: {}. Reopening's own part is small \
             beside what it does not explain.",
            told.join("; ")
        ),
        hands: format!("Reopening's effect on reserves over these weeks: {}.", by_hand(&hands)),
        fitted: "The distributions of the response, from own regressions on 2016 to 2026, these weeks among them.",
    }
}
