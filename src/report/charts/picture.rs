//! From a chart to a finished picture.

use std::fmt;

use super::drawing::{Drawing, Hex};
use super::palette::Theme;
use super::raster::rasterize;
use super::sheet::{HEIGHT, Sheet, WIDTH};

/// What every chart says about itself in words.
#[derive(Clone, Copy, Debug)]
pub struct Caption<'a> {
    /// Subject of the chart, set in bold.
    pub title: &'a str,
    /// What the reader should know to read it: paths, scenario, finding. May be empty.
    pub subtitle: &'a str,
    /// Unit of the values, set after the title.
    pub unit: &'a str,
    /// Where the numbers come from. May be empty.
    pub source: &'a str,
}

/// A value with a name, in the unit of its chart: a threshold, a mark, a start, an end.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// Name printed beside the value.
    pub label: String,
    /// Position on the chart's axis of values.
    pub value: f64,
}

impl Level {
    /// Names `value`.
    pub fn new(label: impl Into<String>, value: f64) -> Self {
        Self { label: label.into(), value }
    }
}

/// A kind of chart: it can be checked, described in a sentence and drawn.
///
/// The sheet is known to this room only, so that is where kinds of charts live.
pub trait Chart {
    /// The words around the drawing.
    fn caption(&self) -> Caption<'_>;

    /// The finding in words, for readers who do not see the picture.
    fn description(&self) -> String;

    /// Refuses numbers that cannot be drawn truthfully.
    ///
    /// # Errors
    ///
    /// Names what is empty, of unequal length, out of order, not finite or does not add up.
    fn check(&self) -> Result<(), ChartError>;

    /// Draws everything below the header.
    ///
    /// # Errors
    ///
    /// [`ChartError::Drawing`] if plotters refuses an element.
    fn draw(&self, sheet: &Sheet<'_>, header_bottom: f64) -> Result<(), ChartError>;
}

/// A finished chart in both formats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// A whole SVG document of 960 × 540 pixels whose letters are outlines.
    pub svg: String,
    /// The same picture as a PNG file of 1920 × 1080 pixels.
    pub png: Vec<u8>,
}

/// Why a chart could not be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChartError {
    /// There is nothing to draw.
    Empty {
        /// Which list has no entry.
        what: &'static str,
    },
    /// There is more than the sheet can show legibly.
    TooMany {
        /// Which list is too long.
        what: &'static str,
        /// Its length.
        found: usize,
        /// The most that fit.
        most: usize,
    },
    /// Two lists that belong together differ in length.
    Length {
        /// Which list is wrong.
        what: &'static str,
        /// Its length.
        found: usize,
        /// The length it must have.
        expected: usize,
    },
    /// A number is infinite or not a number.
    NotFinite {
        /// Where it stands.
        what: &'static str,
    },
    /// Dates, bin edges or quantiles do not rise.
    Order {
        /// Which list is out of order.
        what: &'static str,
    },
    /// The steps of an attribution do not lead from its start to its end.
    DoesNotAddUp {
        /// End minus start minus steps, as printed with six decimals.
        gap: String,
    },
    /// plotters refused an element.
    Drawing(String),
    /// The SVG could not be turned into pixels.
    Raster(String),
}

impl fmt::Display for ChartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty { what } => write!(f, "chart has no {what}"),
            Self::TooMany { what, found, most } => {
                write!(f, "chart has {found} {what}, at most {most} can be shown")
            }
            Self::Length { what, found, expected } => {
                write!(f, "chart has {found} {what}, expected {expected}")
            }
            Self::NotFinite { what } => write!(f, "a value in {what} is not a finite number"),
            Self::Order { what } => write!(f, "{what} of the chart do not rise"),
            Self::DoesNotAddUp { gap } => {
                write!(f, "attribution misses its end by {gap}")
            }
            Self::Drawing(reason) => write!(f, "chart could not be drawn: {reason}"),
            Self::Raster(reason) => write!(f, "chart could not be turned into pixels: {reason}"),
        }
    }
}

impl std::error::Error for ChartError {}

/// Draws `chart` as SVG and PNG.
///
/// # Errors
///
/// See [`Chart::check`]; nothing is drawn from numbers that fail it.
pub fn render(chart: &(impl Chart + ?Sized), theme: Theme) -> Result<Picture, ChartError> {
    let svg = draw_svg(chart, theme)?;
    let png = rasterize(&svg)?;
    Ok(Picture { svg, png })
}

/// Draws `chart` as SVG only, which takes a small fraction of the time of the PNG.
///
/// # Errors
///
/// See [`Chart::check`]; nothing is drawn from numbers that fail it.
pub fn draw_svg(chart: &(impl Chart + ?Sized), theme: Theme) -> Result<String, ChartError> {
    chart.check()?;
    let mut drawing = Drawing::default();
    {
        let sheet = Sheet::new(&mut drawing, theme.palette());
        let header_bottom = sheet.header(&chart.caption())?;
        chart.draw(&sheet, header_bottom)?;
    }
    Ok(document(chart, theme, &drawing.finish()))
}

/// The SVG document around a drawing, with its accessible name and description.
fn document(chart: &(impl Chart + ?Sized), theme: Theme, body: &str) -> String {
    let Caption { title, subtitle, unit, source } = chart.caption();
    let name = [title, unit].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let name = escape(&name.join(", "));
    let finding = chart.description();
    let sentences = [subtitle, &finding, source].into_iter().filter(|part| !part.is_empty());
    let description = escape(&sentences.collect::<Vec<_>>().join(". ").replace("..", "."));
    // Several pictures may stand in one page, so their names must differ; a hash of the content
    // differs when the content does and never between two runs.
    let id = fingerprint(&[name.as_bytes(), body.as_bytes()]);
    let paper = Hex(theme.palette().paper);
    let (w, h) = (WIDTH, HEIGHT);
    let names = format!(r#"role="img" aria-labelledby="t{id:016x} d{id:016x}""#);
    [
        r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" "#,
        &format!(r#"width="{w}" height="{h}" viewBox="0 0 {w} {h}" {names}>"#),
        &format!(r#"<title id="t{id:016x}">{name}</title>"#),
        &format!(r#"<desc id="d{id:016x}">{description}</desc>"#),
        &format!(r#"<rect width="{w}" height="{h}" fill="{paper}"/>{body}</svg>"#),
        "\n",
    ]
    .concat()
}

/// Text as XML character data: markup escaped, what XML 1.0 forbids and what reverses the
/// reading direction of its surroundings left out.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            c if c.is_whitespace() => escaped.push(' '),
            c if c.is_control() => {}
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}' => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// FNV-1a, 64 bits (Fowler, Noll and Vo; RFC 9923): names, not security.
fn fingerprint(parts: &[&[u8]]) -> u64 {
    parts
        .concat()
        .iter()
        .fold(0xCBF2_9CE4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3))
}

/// Refuses infinities and NaN.
pub(super) fn all_finite(what: &'static str, values: &[f64]) -> Result<(), ChartError> {
    if values.iter().all(|value| value.is_finite()) { Ok(()) } else { Err(ChartError::NotFinite { what }) }
}

/// Refuses lists of unequal length.
pub(super) fn same_length(what: &'static str, found: usize, expected: usize) -> Result<(), ChartError> {
    if found == expected { Ok(()) } else { Err(ChartError::Length { what, found, expected }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::Histogram;

    #[test]
    fn markup_controls_and_direction_marks_cannot_leave_the_title() {
        let hostile = "</title><script>alert(1)</script> & \u{202E}evil\u{0}\u{1b}[31m";
        let escaped = escape(hostile);
        assert_eq!(escaped, "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; evil[31m");
    }

    #[test]
    fn the_fingerprint_is_fnv_1a() {
        // Test vectors of the reference implementation: "" and "foobar".
        assert_eq!(fingerprint(&[]), 0xCBF2_9CE4_8422_2325);
        assert_eq!(fingerprint(&[b"foo", b"bar"]), 0x8594_4171_F739_67E8);
    }

    fn hostile() -> Histogram {
        Histogram {
            title: "</title><script>x</script> שלום 🏦 &amp; \u{202E}\u{0}".repeat(20),
            subtitle: "<text>'\"]]>".repeat(99),
            unit: "&unit;".to_owned(),
            source: "W".repeat(4_000),
            edges: vec![0.0, 1.0, 2.0],
            weights: vec![0.25, 0.75],
            marks: (0..40).map(|i| Level::new("<b>mark</b>", 0.05 * f64::from(i))).collect(),
            note: "<!-- note".to_owned(),
        }
    }

    #[test]
    fn the_same_chart_gives_the_same_bytes() {
        let pictures = [(); 2].map(|()| render(&hostile(), Theme::Light).expect("drawable"));
        assert_eq!(pictures[0], pictures[1]);
        let dark = draw_svg(&hostile(), Theme::Dark).expect("drawable");
        assert_ne!(pictures[0].svg, dark);
    }

    #[test]
    fn hostile_words_stay_words_and_no_letter_needs_a_font() {
        let svg = draw_svg(&hostile(), Theme::Light).expect("drawable");
        for markup in ["<text", "<script", "<b>", "<!--", "font-family", "&unit;", "href=\"http"] {
            assert!(!svg.contains(markup), "{markup}");
        }
        assert_eq!(svg.matches("<title").count(), 1);
        resvg::usvg::Tree::from_str(&svg, &resvg::usvg::Options::default()).expect("well-formed SVG");
    }

    #[test]
    fn every_letter_used_is_defined_in_the_same_document() {
        let svg = draw_svg(&hostile(), Theme::Light).expect("drawable");
        let used = svg.split("xlink:href=\"#").skip(1).filter_map(|rest| rest.split('"').next());
        for id in used.collect::<std::collections::BTreeSet<_>>() {
            assert_eq!(svg.matches(&format!("<path id=\"{id}\"")).count(), 1, "{id}");
        }
    }

    #[test]
    fn the_png_is_twice_the_size_on_the_paper_of_its_theme() {
        for (theme, paper) in [(Theme::Light, [255, 255, 255]), (Theme::Dark, [16, 22, 29])] {
            let picture = render(&hostile(), theme).expect("drawable");
            let mut reader = png::Decoder::new(std::io::Cursor::new(picture.png)).read_info().expect("a PNG header");
            let mut pixels = vec![0; reader.output_buffer_size().expect("a size that fits")];
            let frame = reader.next_frame(&mut pixels).expect("whole pixels");
            assert_eq!((frame.width, frame.height), (1920, 1080));
            assert_eq!(pixels[..3], paper);
            let drawn = pixels.chunks_exact(3).filter(|pixel| *pixel != paper).count();
            assert!(drawn > 50_000, "the picture is not blank: {drawn} pixels differ");
        }
    }

    #[test]
    fn the_accessible_name_is_subject_and_unit() {
        let chart = Histogram { title: "SOFR".into(), unit: "bp".into(), ..hostile() };
        let svg = draw_svg(&chart, Theme::Light).expect("drawable");
        assert!(svg.contains("role=\"img\"") && svg.contains(">SOFR, bp</title>"));
        let ids = svg.split("aria-labelledby=\"").nth(1).and_then(|rest| rest.split('"').next());
        for id in ids.expect("names of the name").split(' ') {
            assert!(svg.contains(&format!("id=\"{id}\"")), "{id}");
        }
    }
}
