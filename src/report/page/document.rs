//! A page as one HTML file that asks nothing of the network.

use super::chart::Drawing;
use super::{Block, Chart, Figure, Page, Section};
use crate::report::html::{escaped, table};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// How the page looks on a screen wide or narrow, light or dark, and on paper.
pub const STYLE: &str = include_str!("assets/page.css");

/// D3, of which `assets/LICENCES.txt` has the licences.
pub const D3: &str = include_str!("assets/d3.min.js");

/// Scripts, in the order in which they are run.
macro_rules! scripts {
    ($($name:literal),* $(,)?) => { concat!($(include_str!(concat!("assets/", $name, ".js")), "\n",)*) };
}
/// What draws the charts of runs and comparisons.
macro_rules! of_runs {
    () => {
        scripts!(
            "format",
            "text",
            "timeline",
            "placing",
            "elements",
            "axes",
            "tip",
            "marks",
            "frame",
            "table",
            "shell",
            "layers",
            "fan",
            "lines",
            "heat",
            "multiples",
            "items",
            "rows",
            "waterfall",
            "risk",
            "bars",
            "sankey",
        )
    };
}
/// The scripts as one, which gives the page `Tidegate`.
macro_rules! as_one {
    ($($scripts:expr),*) => { concat!("(()=>{\"use strict\";\n", $($scripts,)* scripts!("page"), "})()") };
}
/// The scripts of a page of runs.
pub const SCRIPTS: &str = as_one!(of_runs!());

/// The scripts of a page that has charts of inputs too, which others need not carry.
const SCRIPTS_OF_INPUTS: &str = as_one!(of_runs!(), scripts!("inputs", "curve", "grid", "tornado", "stack"));

/// What the scripts read.
#[derive(Serialize)]
struct Drawn<'a> {
    format: u32,
    dates: &'a [jiff::civil::Date],
    marks: &'a [super::Mark],
    charts: Vec<&'a Chart>,
}

impl Page {
    /// The page as an HTML document.
    pub fn html(&self) -> String {
        let drawn =
            Drawn { format: self.format, dates: &self.dates, marks: &self.marks, charts: self.charts().collect() };
        // Within a script, `<` could end it.
        let drawn = serde_json::to_string(&drawn).expect("a page is plain data").replace('<', "\\u003c");
        let own = if self.charts().any(is_of_inputs) { SCRIPTS_OF_INPUTS } else { SCRIPTS };
        let scripts: String = [D3, own].map(|script| format!("<script>{script}</script>\n")).concat();
        let hashes = [D3, own].map(|script| format!("'{}'", hash(script))).join(" ");
        let policy = format!("default-src 'none'; script-src {hashes}; style-src '{}'; img-src data:", hash(STYLE));
        let title = escaped(&self.title);
        [
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
            &format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n"),
            "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n",
            "<meta name=\"referrer\" content=\"no-referrer\">\n",
            &format!("<meta name=\"generator\" content=\"tidegate {}\">\n", escaped(&self.tidegate)),
            &format!("<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"),
            &self.header(&title),
            &contents(&self.sections),
            &self.sections.iter().map(section).collect::<String>(),
            "</main>\n<noscript><p class=\"note\">The charts need JavaScript; the words and tables do not.</p></noscript>\n",
            &format!("<script type=\"application/json\" id=\"page\">{drawn}</script>\n{scripts}</body>\n</html>\n"),
        ]
        .concat()
    }

    fn header(&self, title: &str) -> String {
        let paragraph = |class: &str, text: &str| match text {
            "" => String::new(),
            text => format!("<p class=\"{class}\" dir=\"auto\">{}</p>\n", escaped(text)),
        };
        format!(
            "<header>\n<h1 dir=\"auto\">{title}</h1>\n{}{}{}{}</header>\n<dl class=\"figures\">\n{}</dl>\n",
            paragraph("remark", &self.remark),
            paragraph("claim", &self.claim),
            paragraph("verdict", &self.verdict.join(" ")),
            paragraph("made", &self.made),
            self.figures.iter().map(figure).collect::<String>(),
        )
    }
}

fn is_of_inputs(chart: &Chart) -> bool {
    use Drawing::{Curve, Grid, Stack, Tornado};
    matches!(chart.drawing, Curve { .. } | Grid { .. } | Tornado { .. } | Stack { .. })
}

fn figure(figure: &Figure) -> String {
    let span = |class: &str, text: &str| match text {
        "" => String::new(),
        text => format!("<span class=\"{class}\">{}</span>", escaped(text)),
    };
    format!(
        "<div><dt>{}</dt><dd><b>{}</b> {}{}{}</dd></div>\n",
        escaped(&figure.name),
        escaped(&figure.value),
        span("unit", &figure.unit),
        span("band", &figure.band),
        span("note", &figure.note),
    )
}

fn contents(sections: &[Section]) -> String {
    let link = |section: &Section| format!("<a href=\"#{}\">{}</a>\n", section.id, escaped(&section.title));
    format!(
        "<nav class=\"contents\" aria-label=\"Sections\">\n{}</nav>\n",
        sections.iter().map(link).collect::<String>()
    )
}

fn section(section: &Section) -> String {
    format!(
        "<section id=\"{}\">\n<h2>{}</h2>\n{}</section>\n",
        section.id,
        escaped(&section.title),
        section.blocks.iter().map(block).collect::<String>()
    )
}

fn block(block: &Block) -> String {
    let plain = |_: &str| false;
    match block {
        Block::Text(text) => format!("<p dir=\"auto\">{}</p>\n", escaped(text)),
        Block::Facts(facts) => {
            let fact = |(name, words): &(String, String)| {
                format!("<div><dt>{}</dt><dd dir=\"auto\">{}</dd></div>\n", escaped(name), escaped(words))
            };
            format!("<dl class=\"facts\">\n{}</dl>\n", facts.iter().map(fact).collect::<String>())
        }
        Block::Code(text) => {
            let lines: Vec<String> = text.lines().map(escaped).collect();
            format!("<div class=\"scroll\" tabindex=\"0\"><pre>{}</pre></div>\n", lines.join("\n"))
        }
        Block::Table(words) => {
            let heading = match words.title.as_str() {
                "" => String::new(),
                title => format!("<h3>{}</h3>\n", escaped(title)),
            };
            heading + &table(words, plain)
        }
        Block::Appendix(words) => {
            format!("<details><summary>{}</summary>\n{}</details>\n", escaped(&words.title), table(words, plain))
        }
        Block::Chart(chart) => format!(
            "<figure class=\"chart\" data-chart=\"{}\"><figcaption><b>{}</b> <span>{}</span></figcaption>\
             <div class=\"plot\"></div></figure>\n",
            escaped(&chart.id),
            escaped(&chart.title),
            escaped(&chart.subtitle)
        ),
    }
}

/// The hash by which a content security policy allows a script or a style.
fn hash(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}
