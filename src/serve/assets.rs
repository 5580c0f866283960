//! The files of the page: its own, and the charts of every page of tidegate.

use crate::report::page::{D3, SCRIPTS, STYLE};

macro_rules! page {
    ($($name:literal),* $(,)?) => {
        concat!("(()=>{\"use strict\";\n", $(include_str!(concat!("page/", $name, ".js")), "\n",)* "})()")
    };
}

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Path, type and text of every file; scripts in the order in which the page runs them.
pub const FILES: [(&str, &str, &str); 7] = [
    ("/", HTML, include_str!("page/index.html")),
    // The page has its icon within; pages of runs have none, and browsers ask here.
    ("/favicon.ico", "image/svg+xml", include_str!("page/icon.svg")),
    ("/page.css", CSS, STYLE),
    ("/serve.css", CSS, include_str!("page/serve.css")),
    ("/d3.js", SCRIPT, D3),
    ("/charts.js", SCRIPT, SCRIPTS),
    ("/serve.js", SCRIPT, page!("words", "state", "stream", "knobs", "figures", "charts", "runs", "save", "page")),
];
