//! The scorecard as one page that needs nothing else: no scripts, no requests, pictures inside.

use super::markdown::made;
use super::pictures::pictures;
use super::tables;
use super::verdict::verdict;
use crate::backtest::Scorecard;
use crate::report::charts::{ChartError, Theme, dark_for_light, draw_svg};
use crate::report::html::{self, escaped};
use crate::report::table::Table;

/// How the page looks on a screen wide or narrow, light or dark, and on paper.
const STYLE: &str = include_str!("style.css");

/// The page as an HTML document.
///
/// # Errors
/// If a picture cannot be drawn, as from numbers that are not finite.
pub fn page(card: &Scorecard) -> Result<String, ChartError> {
    let mut figures = Vec::new();
    for picture in pictures(card) {
        figures.push((picture.name, figure(&draw_svg(&*picture.chart, Theme::Light)?)));
    }
    let figure = |wanted: &str| figures.iter().find(|(name, _)| *name == wanted).map_or("", |(_, svg)| svg.as_str());
    let verdict = verdict(card);
    let sentences: Vec<String> = verdict.iter().map(|sentence| escaped(sentence)).collect();
    let title = "How far to trust the model";
    let lines: String = made(&card.making).iter().map(|line| format!("<li>{}</li>", escaped(line))).collect();
    Ok([
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n",
        &format!("<title>{title}</title>\n<style>\n{STYLE}{}</style>\n</head>\n<body>\n<main>\n", dark_pictures()),
        &format!("<h1>{title}</h1>\n<p class=\"verdict\">{}</p>\n", sentences.join(" ")),
        &section(&tables::bars(card)),
        &section(&tables::regimes(card)),
        figure("hindsight"),
        &section(&tables::skill(card)),
        figure("skill"),
        &section(&tables::losses(card)),
        &section(&tables::coverage(card)),
        figure("coverage"),
        figure("pit"),
        &section(&tables::special_days(card)),
        &section(&tables::events(card)),
        figure("reliability"),
        &section(&tables::episodes(card)),
        &format!("<h2>How it was made</h2>\n<ul>{lines}</ul>\n</main>\n</body>\n</html>\n"),
    ]
    .concat())
}

/// A picture that takes the width it is given.
fn figure(svg: &str) -> String {
    format!("<figure>{}</figure>\n", svg.trim_end().replacen(r#" width="960" height="540""#, "", 1))
}

/// Rules that show light pictures in dark colours on dark screens; on paper they stay light.
fn dark_pictures() -> String {
    let rules: String = dark_for_light()
        .iter()
        .map(|(light, dark)| format!("svg [fill=\"{light}\"]{{fill:{dark}}}svg [stroke=\"{light}\"]{{stroke:{dark}}}"))
        .collect();
    format!("@media screen and (prefers-color-scheme:dark){{{rules}}}\n")
}

/// A table under its heading; nothing if it has no rows.
fn section(table: &Table) -> String {
    if table.rows.is_empty() {
        return String::new();
    }
    format!(
        "<h2>{}</h2>\n{}",
        escaped(&table.title),
        html::table(table, |cell| { cell == "NO" || cell == "LOST" || cell.starts_with("× ") })
    )
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::backtest::{
        BenchmarkScore, Cell, Coverage, DayScore, Episode, EventScore, EventTrial, Forecaster, Hindsight, Making,
        REGIMES, Regime, SpecialDay, Subject, uniforms,
    };
    use crate::calendar::fedwire::business_days;
    use crate::forecast::{ForecastEvent, Target};
    use crate::statistics::scores::{Estimate, Pit, PitHistogram};
    use jiff::civil::date;

    fn estimate(value: f64, half_width: f64) -> Estimate {
        Estimate { value, low: value - half_width, high: value + half_width }
    }

    fn both(found: Estimate) -> Coverage {
        Coverage { spread: found, closed: found }
    }

    fn cell(subject: Subject, horizon: usize, number: u64) -> Cell {
        let draw = |k: u64| uniforms(70)(100 * number + k);
        let skill = |place: u64| estimate(0.5 * draw(place) - 0.15, 0.05 + 0.4 * draw(10 + place));
        let benchmark = |benchmark: Forecaster| {
            let skill = skill(benchmark as u64 - 1);
            BenchmarkScore { benchmark, forecasts: 118, model: 10.0 * (1.0 - skill.value), crps: 10.0, skill }
        };
        let transforms: Vec<Pit> = (0..118)
            .map(|k| {
                let low = 0.999 * uniforms(71)(1_000 * number + k).powf(0.7 + 0.6 * draw(20));
                Pit { low, high: low + 0.001 }
            })
            .collect();
        Cell {
            subject,
            horizon,
            forecasts: 118,
            crps: 10.0 * (1.0 - skill(0).value),
            benchmarks: Forecaster::BENCHMARKS.map(benchmark).to_vec(),
            half: both(estimate(0.4 + 0.2 * draw(30), 0.09)),
            ninety: both(Estimate { value: 0.8 + 0.18 * draw(31), low: 0.77, high: 1.0 }),
            pit: PitHistogram::of(&transforms, 10, 118.0 * 10.0 / horizon.max(10) as f64),
        }
    }

    fn event(event: ForecastEvent, base: f64, number: u64) -> EventScore {
        let trials: Vec<EventTrial> = (0..118)
            .map(|k| {
                let draw = 1_000 * number + k;
                let probability = (base * 2.0 * uniforms(80)(draw)).powi(2).min(0.97);
                let happened = uniforms(81)(draw) < probability;
                EventTrial { origin: date(2021, 7, 7), event, probability, climatology: base, happened }
            })
            .collect();
        EventScore::of(event, &trials.iter().collect::<Vec<_>>()).expect("forecasts")
    }

    fn fan(target: Target, level: f64, width: f64) -> Hindsight {
        let days = business_days(date(2025, 9, 2), date(2025, 12, 31));
        let (before, dates) = days.split_at(15);
        let mut walk = level;
        let observed: Vec<_> = days
            .iter()
            .zip(0..)
            .map(|(&day, k)| {
                walk += width * (uniforms(90 + target as u32)(k) - 0.5) * 0.8;
                (day, walk)
            })
            .collect();
        let centre = observed[before.len()].1;
        let band =
            |z: f64| dates.iter().zip(1..).map(|(_, k)| centre + z * width * 0.3 * f64::from(k).sqrt()).collect();
        Hindsight {
            target,
            origin: days[before.len() - 1],
            dates: dates.to_vec(),
            bands: [-1.64, -0.67, 0.0, 0.67, 1.64].map(band),
            observed,
        }
    }

    /// A scorecard of made-up numbers, for pictures and tables.
    pub(in crate::report::scorecard) fn card() -> Scorecard {
        let horizons = [1, 5, 20, 60];
        let cells = Subject::ALL.into_iter().flat_map(|subject| horizons.map(|horizon| (subject, horizon)));
        let base = [0.5, 0.3, 0.12, 0.25, 0.4, 0.2];
        let days = SpecialDay::ALL.into_iter().flat_map(|days| [Target::Tga, Target::SofrIorb].map(|of| (days, of)));
        let episode = |regime: Regime, target, crps| Episode {
            regime,
            target,
            horizon: 20,
            forecasts: 8,
            crps,
            benchmark: Forecaster::RandomWalk,
            benchmark_crps: 41.0,
        };
        let episodes = REGIMES.into_iter().zip(0..).flat_map(|(regime, row)| {
            let crps = |target: Target| 30.0 + f64::from((7 * row + 5 * target as i32) % 23);
            Target::ALL.map(|target| episode(regime, target, crps(target)))
        });
        let foreign = Regime { name: "Rebuild <of> 2023 & after", ..REGIMES[2] };
        Scorecard {
            making: Making {
                version: "0.1.0".to_owned(),
                origins: Some((date(2021, 7, 1), date(2026, 2, 12))),
                number_of_origins: 118,
                every: 10,
                horizons: horizons.to_vec(),
                paths: 1_000,
                seed: 1,
                parameters: vec!["Origins to 30 June 2022: parameters fitted on 2018-04-03 to 2021-06-30.".to_owned()],
                parameter_files: Vec::new(),
                fingerprint: "3f9a0c41d2".to_owned(),
            },
            cells: cells.zip(0..).map(|((subject, horizon), number)| cell(subject, horizon, number)).collect(),
            events: ForecastEvent::ALL
                .into_iter()
                .zip(base)
                .zip(0..)
                .map(|((of, base), k)| event(of, base, k))
                .collect(),
            special_days: days
                .map(|(days, target)| {
                    let ninety = both(estimate(0.84, 0.12));
                    DayScore { days, subject: Subject::of(target), forecasts: 19, ninety }
                })
                .collect(),
            episodes: episodes.chain([episode(foreign, Target::OnRrp, 44.5)]).collect(),
            fans: vec![
                fan(Target::Tga, 820.0, 60.0),
                fan(Target::Reserves, 3_100.0, 60.0),
                fan(Target::SofrIorb, 2.0, 6.0),
                fan(Target::OnRrp, 90.0, 20.0),
            ],
        }
    }

    #[test]
    fn the_page_needs_nothing_but_itself() {
        let page = page(&card()).expect("finite numbers");
        assert_eq!(page.matches("<svg").count(), 5);
        for foreign in ["<script", "<link", "<img", "src=", "url(", "@import", "javascript:"] {
            assert!(!page.contains(foreign), "{foreign}");
        }
        // Addresses are the names of SVG's vocabularies and nothing else.
        let addresses = page.matches("http").count();
        let names =
            page.matches("http://www.w3.org/2000/svg").count() + page.matches("http://www.w3.org/1999/xlink").count();
        assert_eq!(addresses, names);
    }

    #[test]
    fn names_cannot_become_markup() {
        let page = page(&card()).expect("finite numbers");
        assert!(page.contains("Rebuild &lt;of&gt; 2023 &amp; after") && !page.contains("<of>"));
    }

    #[test]
    fn lost_regimes_are_marked() {
        let card = card();
        let page = page(&card).expect("finite numbers");
        let lost = card.episodes.iter().filter(|episode| episode.is_lost()).count();
        assert!(lost > 1);
        assert_eq!(page.matches("<td class=\"no\">LOST</td>").count(), lost);
        // The one regime of an unknown name has no row at a glance.
        assert_eq!(page.matches("<td class=\"no\">× ").count(), lost - 1);
    }

    #[test]
    fn the_rules_turn_a_light_picture_into_the_dark_one() {
        let colours = dark_for_light();
        let body = |svg: &str| svg[svg.find("<rect").expect("the paper")..].to_owned();
        for picture in pictures(&card()) {
            let light = draw_svg(&*picture.chart, Theme::Light).expect("finite numbers");
            let mut recoloured = String::new();
            for piece in body(&light).split_inclusive("=\"") {
                let (colour, rest) = piece.split_at_checked(7).unwrap_or((piece, ""));
                let dark = colours.iter().find(|(light, _)| light == colour).map_or(colour, |(_, dark)| dark);
                recoloured.extend([dark, rest]);
            }
            let dark = draw_svg(&*picture.chart, Theme::Dark).expect("finite numbers");
            assert!(recoloured == body(&dark), "{}", picture.name);
        }
    }

    #[test]
    fn an_empty_scorecard_is_a_page_without_pictures() {
        let page = page(&Scorecard::default()).expect("nothing to draw");
        assert!(page.contains("No forecast was scored.") && !page.contains("<svg"));
    }
}
