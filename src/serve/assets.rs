//! The files of the page: its own, and the charts of every page of tidegate.

macro_rules! charts {
    ($($name:literal),* $(,)?) => {
        concat!(
            "(()=>{\"use strict\";\n",
            $(include_str!(concat!("../report/page/assets/", $name, ".js")), "\n",)*
            "})()"
        )
    };
}

macro_rules! page {
    ($($name:literal),* $(,)?) => {
        concat!("(()=>{\"use strict\";\n", $(include_str!(concat!("page/", $name, ".js")), "\n",)* "})()")
    };
}

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Path, type and text of every file; scripts in the order in which the page runs them.
pub const FILES: [(&str, &str, &str); 6] = [
    ("/", HTML, include_str!("page/index.html")),
    ("/page.css", CSS, include_str!("../report/page/assets/page.css")),
    ("/serve.css", CSS, include_str!("page/serve.css")),
    ("/d3.js", SCRIPT, include_str!("../report/page/assets/d3.min.js")),
    (
        "/charts.js",
        SCRIPT,
        charts!(
            "format", "text", "timeline", "placing", "axes", "swatch", "tip", "marks", "frame", "table", "shell", "layers",
            "fan", "page",
        ),
    ),
    ("/serve.js", SCRIPT, page!("words", "state", "stream", "knobs", "figures", "charts", "runs", "save", "page")),
];
