//! Numbers by two inputs: a cell for each pair of values, the darker the higher.
//!
//! Where some numbers are below zero, these have another hue and a line runs between the two signs: a grey print, in which hues
//! are alike, keeps the line, and signs stand in the cells or, where they have no room, as a stroke.

use plotters::style::RGBColor;

use super::axes;
use super::drawing::{Anchor, Lettering, Stroke};
use super::inputs;
use super::palette::{Palette, text_on};
use super::picture::{Caption, Chart, ChartError, all_finite, same_length};
use super::sheet::{LABEL, MARGIN, SMALL, Sheet, WIDTH};
use super::ticks::Scale;
use super::typeface::{CAP_HEIGHT, Weight};
use crate::report::numbers::{number, signed};

/// Values of the inputs that can be told apart on one sheet, across and down.
const MOST: (usize, usize) = (40, 24);
/// Largest cell, in pixels.
const CELL: (f64, f64) = (120.0, 62.0);
/// Steps of darkness.
const STEPS: f64 = 10.0;
/// How far the lightest and the darkest are from paper to ink.
const SHADES: (f64, f64) = (0.05, 0.82);
/// Size of a step in the legend, in pixels.
const SWATCH: (f64, f64) = (14.0, 12.0);

/// A number for each pair of values of two inputs. All numbers are in `unit`.
#[derive(Clone, Debug, Default)]
pub struct GridChart {
    /// Subject.
    pub title: String,
    /// What the reader should know.
    pub subtitle: String,
    /// Unit of every number.
    pub unit: String,
    /// Where the numbers come from.
    pub source: String,
    /// Decimals printed.
    pub decimals: usize,
    /// The input whose values are columns.
    pub across: InputAxis,
    /// The input whose values are rows, from the top.
    pub down: InputAxis,
    /// A row for each value of `down`, in it a number for each of `across`.
    pub values: Vec<Vec<f64>>,
}

/// An input along one side of a grid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InputAxis {
    /// What it is, with its unit.
    pub name: String,
    /// Its values, as they are written.
    pub values: Vec<String>,
}

impl Chart for GridChart {
    fn caption(&self) -> Caption<'_> {
        Caption { title: &self.title, subtitle: &self.subtitle, unit: &self.unit, source: &self.source }
    }

    fn description(&self) -> String {
        let told = |what: &str, (value, row, column): (f64, usize, usize)| {
            let at = [&self.across.values[column], &self.down.values[row]];
            format!("{what} {} at {} {} and {} {}", self.text(value), self.across.name, at[0], self.down.name, at[1])
        };
        let lowest = self.cells().reduce(|best, next| if next.0 < best.0 { next } else { best });
        let highest = self.cells().reduce(|best, next| if next.0 > best.0 { next } else { best });
        let ends = [lowest.map(|cell| told("Lowest", cell)), highest.map(|cell| told("highest", cell))];
        ends.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }

    fn check(&self) -> Result<(), ChartError> {
        let sides = [("columns", &self.across.values, MOST.0), ("rows", &self.down.values, MOST.1)];
        for (what, values, most) in sides {
            if values.is_empty() {
                return Err(ChartError::Empty { what });
            }
            if values.len() > most {
                return Err(ChartError::TooMany { what, found: values.len(), most });
            }
        }
        same_length("rows of numbers", self.values.len(), self.down.values.len())?;
        self.values.iter().try_for_each(|row| {
            same_length("numbers in a row", row.len(), self.across.values.len())?;
            all_finite("numbers in a row", row)
        })
    }

    fn draw(&self, sheet: &Sheet<'_>, header_bottom: f64) -> Result<(), ChartError> {
        let face = Weight::Regular.face();
        let grey = Lettering { colour: sheet.palette.muted, ..sheet.lettering(LABEL) };
        let names = self.down.values.iter().map(|name| face.width(&face.drawable(name), LABEL)).fold(0.0, f64::max);
        let left = MARGIN + names.clamp(20.0, 160.0) + 10.0;
        let top = header_bottom + 30.0;
        let room = sheet.footer("", &self.source)? - 92.0 - top;
        let (columns, rows) = (self.across.values.len() as f64, self.down.values.len() as f64);
        let cell = (((WIDTH - MARGIN - left) / columns).min(CELL.0), (room / rows).min(CELL.1));
        let (right, bottom) = (left + cell.0 * columns, top + cell.1 * rows);
        sheet.write(&face.fit(&self.down.name, LABEL, WIDTH - 2.0 * MARGIN), (MARGIN, header_bottom + 18.0), grey)?;
        for (row, name) in self.down.values.iter().enumerate() {
            let baseline = top + cell.1 * (row as f64 + 0.5) + CAP_HEIGHT * LABEL / 2.0;
            let right = Lettering { anchor: Anchor::End, ..grey };
            sheet.write(&face.fit(name, LABEL, 160.0), (left - 10.0, baseline), right)?;
        }
        let size = self.size_of_numbers(cell);
        for (value, row, column) in self.cells() {
            let corner = (left + cell.0 * column as f64, top + cell.1 * row as f64);
            self.draw_cell(sheet, value, (corner, cell), size)?;
        }
        self.draw_signs(sheet, (left, top), cell)?;
        let plot =
            sheet.plot(left..right, top..bottom, &Scale::exactly(-0.5, columns - 0.5, 1), &Scale::exactly(0.0, 1.0, 1));
        let words = inputs::thinned(&self.across.values, cell.0).into_iter();
        axes::base_line(sheet, &plot, words.map(|(place, word)| (place as f64, word)))?;
        inputs::name(sheet, &self.across.name, &plot.across, bottom + 40.0)?;
        self.legend(sheet, (left, bottom + 56.0))
    }
}

impl GridChart {
    /// All numbers with their row and column.
    fn cells(&self) -> impl Iterator<Item = (f64, usize, usize)> {
        let of_row = |(row, values): (usize, &Vec<f64>)| {
            values.iter().enumerate().map(|(column, &value)| (value, row, column)).collect::<Vec<_>>()
        };
        self.values.iter().enumerate().flat_map(of_row)
    }

    fn extent(&self) -> (f64, f64) {
        let ends = (f64::INFINITY, f64::NEG_INFINITY);
        self.cells().fold(ends, |(low, high), (value, ..)| (low.min(value), high.max(value)))
    }

    fn has_both_signs(&self) -> bool {
        let (low, high) = self.extent();
        low < 0.0 && high > 0.0
    }

    /// A number as it is written; with its sign, where signs differ.
    fn text(&self, value: f64) -> String {
        if self.has_both_signs() { signed(value, self.decimals) } else { number(value, self.decimals) }
    }

    /// Whether a number reads as one below zero.
    fn is_below(&self, value: f64) -> bool {
        value < 0.0 && number(value, self.decimals).starts_with('−')
    }

    /// How far on the scale a number is, from 0 to 1; both signs have the same scale.
    fn part(&self, value: f64) -> f64 {
        let (low, high) = self.extent();
        let part = match () {
            () if self.has_both_signs() => value.abs() / high.max(-low),
            () if high <= low => 0.3,
            () if high <= 0.0 => (high - value) / (high - low),
            () => (value - low) / (high - low),
        };
        (part * STEPS).round() / STEPS
    }

    fn colour(&self, palette: &Palette, value: f64) -> RGBColor {
        let part = SHADES.0 + (SHADES.1 - SHADES.0) * self.part(value);
        if self.is_below(value) { palette.shade_below(part) } else { palette.shade(part) }
    }

    /// The size in which all numbers have room in their cells; none if there is none.
    fn size_of_numbers(&self, cell: (f64, f64)) -> Option<f64> {
        let widest = |size: f64| {
            let width = |(value, ..): (f64, usize, usize)| Weight::Regular.face().width(&self.text(value), size);
            self.cells().map(width).fold(0.0, f64::max)
        };
        [LABEL, SMALL].into_iter().find(|&size| widest(size) + 5.0 <= cell.0 && size + 2.0 <= cell.1)
    }

    fn draw_cell(
        &self,
        sheet: &Sheet<'_>,
        value: f64,
        ((x, y), (width, height)): ((f64, f64), (f64, f64)),
        size: Option<f64>,
    ) -> Result<(), ChartError> {
        let fill = self.colour(sheet.palette, value);
        sheet.rectangle((x, y), (x + width - 1.0, y + height - 1.0), fill)?;
        match size {
            Some(size) => {
                let colour = text_on(fill);
                let lettering = Lettering { anchor: Anchor::Middle, colour, ..sheet.lettering(size) };
                let at = (x + (width - 1.0) / 2.0, y + (height - 1.0 + CAP_HEIGHT * size) / 2.0);
                sheet.write(&self.text(value), at, lettering)
            }
            None if self.is_below(value) => {
                let corners = [(x + 2.0, y + height - 3.0), (x + width - 3.0, y + 2.0)];
                sheet.line(&corners, Stroke::solid(text_on(fill), 0.7))
            }
            None => Ok(()),
        }
    }

    /// The line between cells that differ in sign.
    fn draw_signs(
        &self,
        sheet: &Sheet<'_>,
        (left, top): (f64, f64),
        (width, height): (f64, f64),
    ) -> Result<(), ChartError> {
        if !self.has_both_signs() {
            return Ok(());
        }
        let stroke = Stroke::solid(sheet.palette.ink, 1.8);
        let differ =
            |other: Option<&f64>, value| other.is_some_and(|&other| self.is_below(other) != self.is_below(value));
        for (value, row, column) in self.cells() {
            let (x, y) = (left + width * (column + 1) as f64 - 0.5, top + height * (row + 1) as f64 - 0.5);
            if differ(self.values[row].get(column + 1), value) {
                sheet.line(&[(x, y - height), (x, y)], stroke)?;
            }
            if differ(self.values.get(row + 1).and_then(|below| below.get(column)), value) {
                sheet.line(&[(x - width, y), (x, y)], stroke)?;
            }
        }
        Ok(())
    }

    /// What the colours mean.
    fn legend(&self, sheet: &Sheet<'_>, (left, top): (f64, f64)) -> Result<(), ChartError> {
        let (low, high) = self.extent();
        if low >= high {
            return Ok(());
        }
        let most = high.max(-low);
        let (from, to) = if self.has_both_signs() { (-most, most) } else { (low, high) };
        let steps = if self.has_both_signs() { 2.0 * STEPS } else { STEPS };
        let grey = Lettering { colour: sheet.palette.muted, ..sheet.lettering(SMALL) };
        let baseline = top + SWATCH.1 - 2.0;
        sheet.write(&self.text(from), (left, baseline), grey)?;
        let mut x = left + Weight::Regular.face().width(&self.text(from), SMALL) + 8.0;
        for step in 0..=steps as usize {
            let value = from + (to - from) * step as f64 / steps;
            sheet.rectangle((x, top), (x + SWATCH.0, top + SWATCH.1), self.colour(sheet.palette, value))?;
            x += SWATCH.0;
        }
        let words = format!("{} {}", self.text(to), self.unit);
        sheet.write(&Weight::Regular.face().fit(&words, SMALL, 200.0), (x + 8.0, baseline), grey)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::{Theme, draw_svg};

    fn grid(values: [[f64; 3]; 2]) -> GridChart {
        let side = |name: &str, values: &[&str]| InputAxis {
            name: name.to_owned(),
            values: values.iter().copied().map(str::to_owned).collect(),
        };
        GridChart {
            title: "Change".into(),
            unit: "bp".into(),
            across: side("slope", &["0", "5", "10"]),
            down: side("pace", &["40", "0"]),
            values: values.map(|row| row.to_vec()).to_vec(),
            ..GridChart::default()
        }
    }

    #[test]
    fn darkness_follows_the_number_and_both_signs_have_one_scale() {
        let one = grid([[0.0, 5.0, 10.0], [2.0, 4.0, 6.0]]);
        assert_eq!([0.0, 2.0, 5.0, 10.0].map(|value| one.part(value)), [0.0, 0.2, 0.5, 1.0]);
        let both = grid([[-5.0, 0.0, 10.0], [-1.0, 4.0, 6.0]]);
        assert_eq!([-5.0, 0.0, 5.0, 10.0].map(|value| both.part(value)), [0.5, 0.0, 0.5, 1.0]);
        let palette = Theme::Light.palette();
        assert_ne!(both.colour(palette, -5.0), both.colour(palette, 5.0));
        // What reads as nothing has no sign.
        assert!(!both.is_below(-0.4) && both.is_below(-0.6));
    }

    #[test]
    fn a_line_runs_where_the_sign_changes_and_every_cell_is_drawn() {
        let lines = |chart: &GridChart| {
            let svg = draw_svg(chart, Theme::Light).expect("a plain chart");
            let border = svg.split("<path").find(|path| path.contains("stroke-width=\"1.8\""));
            border.map_or(0, |path| path.matches('M').count())
        };
        // Beside -5, and between -1 and 10 as well as under -5 nothing: two borders down, none across.
        assert_eq!(lines(&grid([[-5.0, 1.0, 10.0], [-1.0, 4.0, 6.0]])), 2);
        assert_eq!(lines(&grid([[5.0, 1.0, 10.0], [1.0, 4.0, 6.0]])), 0);
        let svg = draw_svg(&grid([[5.0, 1.0, 10.0], [1.0, 4.0, 6.0]]), Theme::Light).expect("a plain chart");
        // The paper, six cells and the legend.
        assert_eq!(svg.matches("<rect").count(), 1 + 6 + 11);
    }

    #[test]
    fn the_description_names_the_lowest_and_the_highest() {
        assert_eq!(
            grid([[5.0, 1.0, 10.0], [1.5, 4.0, 6.0]]).description(),
            "Lowest 1 at slope 5 and pace 40; highest 10 at slope 10 and pace 40"
        );
    }

    #[test]
    fn untrue_input_is_refused_by_name() {
        let refused = |spoil: fn(&mut GridChart)| {
            let mut chart = grid([[0.0; 3]; 2]);
            spoil(&mut chart);
            chart.check().expect_err("spoiled on purpose")
        };
        assert_eq!(refused(|c| c.across.values.clear()), ChartError::Empty { what: "columns" });
        assert_eq!(refused(|c| c.values[0][0] = f64::NAN), ChartError::NotFinite { what: "numbers in a row" });
        assert_eq!(
            refused(|c| c.values[1].truncate(1)),
            ChartError::Length { what: "numbers in a row", found: 1, expected: 3 }
        );
        assert_eq!(
            refused(|c| c.down.values = vec![String::new(); 25]),
            ChartError::TooMany { what: "rows", found: 25, most: 24 }
        );
    }
}
