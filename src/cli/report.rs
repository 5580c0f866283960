//! `tidegate report`: the page of a run again, with a remark, under another title, or as a note in Markdown.

use super::failure::Failure;
use super::print;
use crate::report::page::{PAGE_FORMAT, Page};
use crate::results::write_whole;
use crate::scenario::nearest;
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub struct ReportArguments {
    /// A run folder, or the name of one below output/
    #[arg(value_name = "RUN")]
    run: String,
    /// A remark at the head of the page: what you want its reader to know
    #[arg(long, value_name = "TEXT")]
    remark: Option<String>,
    /// A title in place of the scenario's
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Where the page is written [default: report.html in the run folder]
    #[arg(long, value_name = "FILE", conflicts_with = "markdown")]
    out: Option<PathBuf>,
    /// Print the page as Markdown, without its charts, in place of writing it
    #[arg(long)]
    markdown: bool,
}

/// Writes the page, and prints where it is.
pub fn report(arguments: &ReportArguments) -> Result<(), Failure> {
    let folder = run_folder(&arguments.run)?;
    let mut page = page_of(&folder)?;
    if let Some(remark) = &arguments.remark {
        page.remark.clone_from(remark);
    }
    if let Some(title) = &arguments.title {
        page.title.clone_from(title);
    }
    if arguments.markdown {
        return print(&page.markdown());
    }
    let place = arguments.out.clone().unwrap_or_else(|| folder.join("report.html"));
    write_whole(&place, page.html().as_bytes()).map_err(|error| Failure::File(place.clone(), error))?;
    print(&format!("Page in {}\n", place.display()))
}

/// The folder that is meant: as typed, or below `output/`.
fn run_folder(asked: &str) -> Result<PathBuf, Failure> {
    let output = Path::new("output");
    let candidates = [PathBuf::from(asked), output.join(asked)];
    if let Some(folder) = candidates.into_iter().find(|folder| folder.is_dir()) {
        return Ok(folder);
    }
    let runs: Vec<String> = fs::read_dir(output)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().join("report.json").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let name = asked.trim_end_matches(".toml");
    let help = match nearest(name, runs.iter().map(String::as_str)) {
        Some(near) if near != name => format!("did you mean `{near}`?"),
        _ => format!("a run is made by `tidegate run {asked}`"),
    };
    Err(Failure::Argument(format!("there is no run `{asked}`, neither here nor in output/\n\nhelp: {help}")))
}

fn page_of(folder: &Path) -> Result<Page, Failure> {
    let file = folder.join("report.json");
    let again = "make the run again with `tidegate run`";
    let bytes = fs::read(&file)
        .map_err(|error| Failure::Unreadable(format!("cannot read {}: {error}\n\nhelp: {again}", file.display())))?;
    let format = serde_json::from_slice::<serde_json::Value>(&bytes).ok().and_then(|page| page["format"].as_u64());
    match (format, serde_json::from_slice::<Page>(&bytes)) {
        (Some(format), _) if format != u64::from(PAGE_FORMAT) => Err(Failure::Unreadable(format!(
            "{} is of format {format}, and this version reads format {PAGE_FORMAT}\n\nhelp: {again}",
            file.display()
        ))),
        (_, Err(error)) => Err(Failure::Unreadable(format!("{} is damaged: {error}\n\nhelp: {again}", file.display()))),
        (_, Ok(page)) => Ok(page),
    }
}
