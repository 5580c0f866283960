//! A fan drawn in characters: legible in any terminal, without colour.

use crate::calendar::names;
use crate::report::numbers::number;
use crate::statistics::Distribution;
use jiff::civil::Date;
use std::fmt::Write;

/// Columns of the plot.
const WIDTH: usize = 66;
/// Rows of the plot.
const HEIGHT: usize = 9;

/// Which of the days that share a column is drawn: the one that a reader must not miss.
#[derive(Clone, Copy, Debug)]
pub enum Extreme {
    /// The day with the highest 95 % quantile.
    High,
    /// The day with the lowest 5 % quantile.
    Low,
}

/// Draws a fan: `·` holds 90 % of paths, `▒` half of them, `━` is the median.
pub fn fan(title: &str, dates: &[Date], days: &[Distribution], extreme: Extreme) -> String {
    let columns: Vec<Distribution> = (0..WIDTH)
        .map(|column| {
            let first = column * days.len() / WIDTH;
            let end = ((column + 1) * days.len() / WIDTH).max(first + 1);
            let shared = days[first..end].iter();
            let drawn = match extreme {
                Extreme::High => shared.max_by(|a, b| a.high().total_cmp(&b.high())),
                Extreme::Low => shared.min_by(|a, b| a.low().total_cmp(&b.low())),
            };
            *drawn.expect("a column has at least one day")
        })
        .collect();
    let lowest = columns.iter().map(Distribution::low).fold(f64::INFINITY, f64::min);
    let highest = columns.iter().map(Distribution::high).fold(f64::NEG_INFINITY, f64::max);
    let step = round_step((highest - lowest) / (HEIGHT - 1) as f64);
    let bottom = (lowest / step).floor() * step;
    let rows = (((highest - bottom) / step).ceil() as usize + 1).min(HEIGHT + 2);

    let mut text = format!("{title}\n");
    for row in (0..rows).rev() {
        let level = bottom + step * row as f64;
        let _ = write!(text, "{:>9} ┤", label(level));
        let line: String = columns.iter().map(|day| symbol(day, level, step)).collect();
        text.push_str(line.trim_end());
        text.push('\n');
    }
    let _ = writeln!(text, "{:>9} └{}", "", "─".repeat(WIDTH));
    text.push_str(&date_axis(dates));
    text.push('\n');
    text
}

/// What stands in a row that is `step` high around `level`.
fn symbol(day: &Distribution, level: f64, step: f64) -> char {
    let (low, high) = (level - step / 2.0, level + step / 2.0);
    let overlaps = |from: f64, to: f64| from < high && to >= low;
    if overlaps(day.median(), day.median()) {
        '━'
    } else if overlaps(day.quantiles[3], day.quantiles[5]) {
        '▒'
    } else if overlaps(day.low(), day.high()) {
        '·'
    } else {
        ' '
    }
}

/// The first of 1, 2, 2.5, 5, 10, … times a power of ten that is not smaller.
fn round_step(step: f64) -> f64 {
    let power = 10_f64.powf(step.max(1e-9).log10().floor());
    let multiple = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().find(|multiple| multiple * power >= step * 0.999);
    multiple.unwrap_or(10.0) * power
}

fn label(level: f64) -> String {
    let digits = if level.fract().abs() > 1e-9 { 1 } else { 0 };
    number(level, digits)
}

/// Names of months under the columns in which they begin.
fn date_axis(dates: &[Date]) -> String {
    let mut axis = vec![' '; WIDTH + 8];
    let mut free_from = 0;
    let mut last_month = None;
    for column in 0..WIDTH {
        let date = dates[column * dates.len() / WIDTH];
        let month = (date.year(), date.month());
        if last_month != Some(month) && column >= free_from {
            let name = &names::month(date)[..3];
            let name =
                if last_month.is_none() || date.month() == 1 { format!("{name} {}", date.year()) } else { name.into() };
            for (offset, letter) in name.chars().enumerate() {
                axis[column + offset] = letter;
            }
            free_from = column + name.len() + 1;
        }
        last_month = Some(month);
    }
    let axis: String = axis.into_iter().collect();
    format!("{:>9}  {}", "", axis.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_line_fits_in_eighty_columns_and_shows_the_median() {
        let dates: Vec<Date> = (1..=28).map(|day| date(2025, 10, day)).collect();
        let days: Vec<Distribution> = (0..28)
            .map(|day| {
                let spread = f64::from(day);
                Distribution {
                    quantiles: [-2.3, -1.6, -1.3, -0.7, 0.0, 0.7, 1.3, 1.6, 2.3].map(|z| 2900.0 + z * spread * 5.0),
                    ..Distribution::certain(2900.0, 100)
                }
            })
            .collect();
        let drawn = fan("Reserves, $bn", &dates, &days, Extreme::Low);
        assert!(drawn.lines().all(|line| line.chars().count() <= 80), "{drawn}");
        assert!(drawn.contains('━') && drawn.contains('▒') && drawn.contains('·'), "{drawn}");
        assert!(drawn.contains("Oct 2025"), "{drawn}");
    }

    #[test]
    fn a_flat_line_can_be_drawn() {
        let drawn =
            fan("Flat", &[date(2025, 10, 1), date(2025, 10, 2)], &[Distribution::certain(0.0, 100); 2], Extreme::High);
        assert!(drawn.contains('━'));
    }
}
