//! Claims on the Treasury's account: the drain, what it does to rates, its return, and deficits.

use super::page::Claim;
use super::recorded::*;
use super::verdict::{Estimate, Test, plain};
use super::worlds::{by_hand, day, difference, mean, over, overlay, range, run, share, shipped};
use jiff::civil::{Date, date};
use tidegate::model::Variable;
use tidegate::research::{Hands, Over, Run};
use tidegate::scenario::{EventKind, Quantity};

/// The days of the shutdown of 2025.
const SHUTDOWN: (Date, Date) = (date(2025, 10, 2), date(2025, 11, 12));
const JUNE_2026: (Date, Date) = (date(2026, 6, 1), date(2026, 6, 30));

/// The same scenario with a shutdown that only delays outlays.
pub fn shutdown_without_hoarding() -> Run {
    let mut scenario = shipped("shutdown_cash_hoarding");
    for event in &mut scenario.events {
        if let EventKind::Shutdown { hoarding, .. } = &mut event.kind {
            *hoarding = Quantity::Fixed(0.0);
        }
    }
    run(scenario)
}

pub fn hoarding_drained_700bn(shutdown: &Run, delay_only: &Run, baseline: &Run, rebuild: &Run) -> Claim {
    let year_end = day(shutdown, date(2025, 12, 31));
    let effect = |run: &Run, to: usize| Hands::between(run, 0, to).less(&Hands::between(baseline, 0, to));
    let average = |to: &usize| mean(&effect(shutdown, *to).total).value;
    let low = (1..=year_end).min_by(|a, b| average(a).total_cmp(&average(b))).expect("there are days");
    let when = crate::claims::worded(shutdown, low);
    let drained = mean(&effect(shutdown, low).total).negated();
    let by_delay = mean(&effect(delay_only, low).total).negated();
    let to_november = (date(2025, 10, 2), date(2025, 11, 14));
    let reaches_1tn = |run: &Run| {
        let highest = over(run, Variable::Tga, Over::Highest, to_november);
        Estimate::percent(share(&highest, |tga| tga > 1_000.0)).show(1, "%")
    };
    let (from, to) = (day(rebuild, date(2025, 7, 9)), day(rebuild, date(2025, 9, 24)));
    let in_shutdown = 100.0 * (TGA_PEAK - TGA_BEFORE) / (TGA_PEAK - TGA_JULY);
    Claim {
        says: "Hoarding in the shutdown drained $700bn",
        number: format!("{} of 700bn at most, on {when}, with hoarding assumed", drained.show(0, "bn")),
        tests: vec![
            Test::above(
                "The shutdown, 100bn of hoarding included, takes half of the 700bn or more from reserves on the day it takes most, $bn above 350",
                drained,
                350.0,
                0,
                "",
            ),
            Test::record(
                "Half or more of the account's rise from 11 July to 30 October came in the shutdown",
                format!("{in_shutdown:.0}%"),
                in_shutdown >= 50.0,
            ),
        ],
        scenarios: &["shutdown_cash_hoarding", "baseline_2025q4", "debt_limit_and_rebuild"],
        compared: "The first against the second is the shutdown's own effect; the third has the summer before it."
            .into(),
        data: format!(
            "The amount is right, {TGA_JULY} on 11 July to {} on 30 October 2025 (+{:.0}; Daily Treasury Statement). \
             Of it {:+.0} came before the shutdown, when the account was refilled after the debt limit to an announced 850, \
             and {:+.0} in it; by reopening {:+.0} were left. CBO put delayed outlays at 54bn after six weeks. We know of no \
             publication in which the Treasury raised its cash target for the shutdown.",
            plain(TGA_PEAK, 1),
            TGA_PEAK - TGA_JULY,
            TGA_BEFORE - TGA_JULY,
            TGA_PEAK - TGA_BEFORE,
            TGA_REOPENING - TGA_BEFORE
        ),
        model: format!(
            "Against the same autumn without a shutdown reserves are lower by {} on {when}, {}. Delayed outlays alone, \
             without hoarding, are {} of it, since the model's Treasury sells fewer bills while its cash \
             is above target. The account exceeds 1tn by mid-November on {} of paths with the shutdown and \
             {} without.",
            drained.show(0, "bn"),
            range(&effect(shutdown, low).total, 0, "bn"),
            by_delay.show(0, "bn"),
            reaches_1tn(shutdown),
            reaches_1tn(baseline)
        ),
        hands: format!(
            "The shutdown's effect to {when}: {}. The same autumn without it: {}. The refill before, 9 July to 24 \
             September: {}.",
            by_hand(&effect(shutdown, low)),
            by_hand(&Hands::between(baseline, 0, low)),
            by_hand(&Hands::between(rebuild, from, to))
        ),
        fitted: "The calendar of receipts and outlays, on 2021 to 2026, this autumn among them. Not the effect of the shutdown: delayed outlays are CBO's, hoarding is the claim's.",
    }
}

pub fn hidden_rate_rise(shutdown: &Run, delay_only: &Run, baseline: &Run) -> Claim {
    let rise = difference(shutdown, baseline, Variable::SofrIorb, Over::Mean, SHUTDOWN);
    let by_delay = difference(delay_only, baseline, Variable::SofrIorb, Over::Mean, SHUTDOWN);
    let paths: Vec<f64> = over(shutdown, Variable::SofrIorb, Over::Mean, SHUTDOWN)
        .iter()
        .zip(over(baseline, Variable::SofrIorb, Over::Mean, SHUTDOWN))
        .map(|(with, without)| with - without)
        .collect();
    let end = day(shutdown, SHUTDOWN.1);
    let of_a_move = Estimate::percent(share(&paths, |rise| rise >= 12.5)).show(1, "%");
    Claim {
        says: "The shutdown is a hidden rate rise",
        number: format!("SOFR − IORB higher by {} on average; a usual move is 25bp", rise.show(1, "bp")),
        tests: vec![
            Test::above("The shutdown raises SOFR − IORB of 2 October to 12 November, bp above 0", rise, 0.0, 2, ""),
            Test::above("It raises it by half of a usual move of the target or more, bp above 12.5", rise, 12.5, 2, ""),
        ],
        scenarios: &["shutdown_cash_hoarding", "baseline_2025q4"],
        compared: "100bn of hoarding is in the first.".into(),
        data: format!(
            "SOFR − IORB averaged {SPREAD_SEPTEMBER} in September, before the shutdown, and {SPREAD_SHUTDOWN} from 1 October to \
             12 November 2025: {:+.1}, for all reasons together (New York Fed). On 29 October the FOMC lowered all rates by 25.",
            SPREAD_SHUTDOWN - SPREAD_SEPTEMBER
        ),
        model: format!(
            "The shutdown's part is {} on average over these days, {}; on {of_a_move} of paths it is 12.5 or more. Delayed outlays \
             alone make {}.",
            rise.show(2, "bp"),
            range(&paths, 1, "bp"),
            by_delay.show(2, "bp")
        ),
        hands: format!(
            "The shutdown's effect on reserves to 12 November: {}.",
            by_hand(&Hands::between(shutdown, 0, end).less(&Hands::between(baseline, 0, end)))
        ),
        fitted: "The price curve, on July 2024 to March 2026: what 100bn of reserves are worth in that autumn was read off that autumn.",
    }
}

pub fn stealth_qe(reopening: &Run, baseline: &Run) -> Claim {
    let (from, to) = (day(reopening, date(2025, 11, 12)), day(reopening, date(2025, 12, 31)));
    let month = day(reopening, date(2025, 12, 12));
    let with = Hands::between(reopening, from, to);
    let effect = with.less(&Hands::between(baseline, from, to));
    let gained = mean(&effect.total);
    let a_month = |run: &Run| Hands::between(run, from, month).parts[0].clone();
    let pays_200 = Estimate::percent(share(&a_month(reopening), |paid| paid >= 200.0));
    let pays_200_anyway = Estimate::percent(share(&a_month(baseline), |paid| paid >= 200.0));
    let december = (date(2025, 12, 1), date(2025, 12, 31));
    let easing = difference(reopening, baseline, Variable::SofrIorb, Over::Mean, december);
    let before = difference(reopening, baseline, Variable::SofrIorb, Over::Mean, SHUTDOWN);
    let released = TGA_REOPENING - TGA_YEAR_END;
    Claim {
        says: "Reopening is stealth QE",
        number: format!(
            "{} more reserves by year-end; the account really fell by {released:.0}bn",
            gained.show(0, "bn")
        ),
        tests: vec![
            Test::above("Reopening adds to reserves by the end of the year, $bn above 0", gained, 0.0, 0, ""),
            Test::above("It adds hundreds of billions, $bn above 200", gained, 200.0, 0, ""),
            Test::record(
                "The account paid out 200bn or more from 12 November to 31 December",
                format!("{released:.0}bn"),
                released >= 200.0,
            ),
        ],
        scenarios: &["shutdown_then_reopening", "baseline_2025q4"],
        compared:
            "43 days as they were; hoarding between 0 and 100bn. The change after 12 November, less the same change \
                   without a shutdown."
                .into(),
        data: format!(
            "The account went from {TGA_REOPENING} on 12 November to 956 on the 28th, {TGA_MONTH_LATER} on 12 December and {TGA_YEAR_END} at the \
             end of the year: −{released:.0} (Daily Treasury Statement). Reserves of H.4.1 went from 2,883 on 12 November to 2,974 on \
             10 December and 2,853 on the 31st, when 106 went into ON RRP and the Fed lent 75. SOFR − IORB averaged \
             {SPREAD_NOVEMBER} in November and {SPREAD_DECEMBER} in December."
        ),
        model: format!(
            "From 12 November to the end of the year reopening itself gives reserves {}, {}. The account pays out 200bn or \
             more in the month after on {} of paths, and on {} without a shutdown. SOFR − IORB, raised by {} while it lasted, is \
             in December {} against no shutdown. For scale: the Fed's purchases from 12 December are 40bn a month.",
            gained.show(0, "bn"),
            range(&effect.total, 0, "bn"),
            pays_200.show(1, "%"),
            pays_200_anyway.show(1, "%"),
            before.show(2, "bp"),
            easing.show(2, "bp"),
        ),
        hands: format!(
            "Reopening's own effect to 31 December: {}. All that happens on its paths: {}.",
            by_hand(&effect),
            by_hand(&with)
        ),
        fitted: "The calendar of receipts and outlays, on 2021 to 2026, this quarter among them. Not the effect of reopening.",
    }
}

pub fn deficits_bring_it_back() -> Claim {
    let heavy = run(shipped("heavy_issuance"));
    let usual = run(overlay(
        "usual_deficit",
        "title = \"The usual deficit\"\nextends = \"heavy_issuance\"\nclaim = \"Nothing comes back.\"\n\
         remove = [\"a larger deficit\"]\n",
    ));
    let rise = difference(&heavy, &usual, Variable::SofrIorb, Over::Mean, JUNE_2026);
    let june = |run: &Run| {
        let average = over(run, Variable::SofrIorb, Over::Mean, JUNE_2026);
        (Estimate::percent(share(&average, |spread| spread > 0.0)), range(&average, 1, "bp"))
    };
    let ((heavy_above, heavy_june), (usual_above, usual_june)) = (june(&heavy), june(&usual));
    let end = heavy.outcomes.days - 1;
    let (hands, usual_hands) = (Hands::between(&heavy, 0, end), Hands::between(&usual, 0, end));
    let low = difference(&heavy, &usual, Variable::Reserves, Over::Lowest, (date(2026, 4, 15), date(2026, 6, 30)));
    Claim {
        says: "Large deficits bring it back",
        number: format!(
            "SOFR above IORB in June 2026 on {} of paths with them, {} without",
            heavy_above.show(0, "%"),
            usual_above.show(0, "%")
        ),
        tests: vec![
            Test::above("60bn a month more of deficit raises SOFR − IORB of June 2026, bp above 0", rise, 0.0, 2, ""),
            Test::above(
                "With it SOFR is above IORB on average in June on most paths, % above 50",
                heavy_above,
                50.0,
                1,
                "",
            ),
            Test::above(
                "Without it SOFR is not, on most paths, % above 50",
                Estimate { value: 100.0 - usual_above.value, low: 100.0 - usual_above.high, high: 100.0 - usual_above.low },
                50.0,
                1,
                "",
            ),
        ],
        scenarios: &["heavy_issuance"],
        compared: "Against the same file with `remove = [\"a larger deficit\"]`. The size, 40bn to 80bn a month, is hypothetical."
            .into(),
        data: "No test yet: the size is hypothetical. As things went, SOFR − IORB averaged −1.8 from 17 June to 7 July 2026 with \
               reserves near 3.0tn (New York Fed, H.4.1). In 2023 bills of 1.2tn in four months left SOFR where it was while ON \
               RRP held 2tn (Daily Treasury Statement); since September 2025 it has held next to nothing between quarter-ends."
            .into(),
        model: format!(
            "The deficit adds {} to SOFR − IORB in June and takes {} from the lowest reserves after April's taxes. SOFR is above \
             IORB on average in June on {} of paths with it, {heavy_june}; on {} without, {usual_june}.",
            rise.show(2, "bp"),
            low.negated().show(0, "bn"),
            heavy_above.show(1, "%"),
            usual_above.show(1, "%"),
        ),
        hands: format!(
            "The deficit's effect on reserves from 10 December 2025 to 30 June 2026: {}. All that happens on its paths: {}. The \
             bills that pay for it move deposits rather than reserves; they act on the rate through what money funds have left to \
             lend.",
            by_hand(&hands.less(&usual_hands)),
            by_hand(&hands)
        ),
        fitted: "Nothing. The price curve, fitted to July 2024 to March 2026, is used on months it has not seen.",
    }
}

/// Which hand moved reserves most, of seven episodes; `model` has the medians by hand.
pub fn hand_on_the_switch(model: &[[f64; 4]], shutdown: &Run) -> Claim {
    const NAMES: [&str; 4] = ["Treasury", "Fed", "money funds", "other depositors"];
    let largest = |parts: &[f64; 4]| {
        (0..4).max_by(|&a, &b| parts[a].abs().total_cmp(&parts[b].abs())).expect("there are four hands")
    };
    let recorded: Vec<usize> = EPISODES.iter().map(|episode| largest(&episode.by_hand())).collect();
    let simulated: Vec<usize> = model.iter().map(largest).collect();
    let treasury = |found: &[usize]| found.iter().filter(|&&hand| hand == 0).count();
    let all = EPISODES.len();
    let count = |found: &[usize]| format!("{} of {all}", treasury(found));
    let list = |found: &[usize]| {
        let told = EPISODES.iter().zip(found).map(|(episode, &hand)| format!("{}: {}", episode.name, NAMES[hand]));
        told.collect::<Vec<_>>().join("; ")
    };
    Claim {
        says: "The Treasury, not the Fed, has its hand on the switch",
        number: format!("largest hand in {} episodes of the record, {} in the model", count(&recorded), count(&simulated)),
        tests: vec![
            Test::record(
                "The Treasury is the largest hand in most episodes of the record",
                count(&recorded),
                2 * treasury(&recorded) > all,
            ),
            Test::record("It is in every episode of the record", count(&recorded), treasury(&recorded) == all),
            Test::record(
                "It is in most episodes of the model, by medians",
                count(&simulated),
                2 * treasury(&simulated) > all,
            ),
        ],
        scenarios: &[
            "sept_2019_spike",
            "tga_drawdown_2021",
            "rebuild_2023",
            "debt_limit_and_rebuild",
            "shutdown_then_reopening",
            "january_2026_purchases",
        ],
        compared: "The seven episodes of the picture above.".into(),
        data: format!("Largest part of the change of reserves between Wednesdays of H.4.1. {}.", list(&recorded)),
        model: format!(
            "{}. Within the autumn of 2025, from one Wednesday to the next, the Treasury's account explains {}% of the variance \
             of reserves. ON RRP decides how much of it banks feel: full, as in 2021 and 2023, it takes most; empty, as in \
             autumn 2025, nothing.",
            list(&simulated),
            plain(100.0 * weekly_share(shutdown), 0)
        ),
        hands: "The picture has all of them; its numbers are medians of each part for the model and changes of H.4.1 for what \
                happened."
            .into(),
        fitted: "The Treasury's part is nearly given: cash targets, auction sizes and operating flows of each episode are typed in its scenario, the Fed's amounts likewise. Money funds' part is the model's, with one set of parameters fitted to 2021, 2023 and 2025 together.",
    }
}

/// The part of the variance of weekly changes of reserves that goes with the Treasury's, over all paths and weeks.
fn weekly_share(run: &Run) -> f64 {
    let dates = run.plan.published_dates();
    let wednesdays: Vec<usize> =
        (0..dates.len()).filter(|&day| dates[day].weekday() == jiff::civil::Weekday::Wednesday).collect();
    let weeks = wednesdays.windows(2).map(|week| Hands::between(run, week[0], week[1]));
    let pairs: Vec<(f64, f64)> = weeks.flat_map(|week| week.parts[0].clone().into_iter().zip(week.total)).collect();
    let n = pairs.len() as f64;
    let (treasury, total) =
        (pairs.iter().map(|pair| pair.0).sum::<f64>() / n, pairs.iter().map(|pair| pair.1).sum::<f64>() / n);
    let covariance: f64 = pairs.iter().map(|pair| (pair.0 - treasury) * (pair.1 - total)).sum();
    let variance: f64 = pairs.iter().map(|pair| (pair.1 - total).powi(2)).sum();
    covariance / variance
}
