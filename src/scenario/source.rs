//! Files: finding them by name, reading them with care, and pointing into them.

use crate::scenario::codes;
use crate::scenario::diagnostic::{Diagnostic, listed, quoted};
use crate::scenario::shipped::{SCENARIOS, Shipped, VINTAGES};
use crate::scenario::suggestion::nearest;
use std::io::Read;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// The largest file read, in bytes: a hundred times the longest scenario anyone has written.
const LARGEST_FILE: u64 = 1 << 20;

/// A file that was read.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path as one would type it; for a shipped file, where it lives in the project.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// Whether it came with the program.
    pub ships: bool,
    /// Where the names in it are looked for first; none for a shipped file.
    folder: Option<PathBuf>,
    /// What tells it from every other file, however it was reached.
    identity: PathBuf,
}

/// Some words of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub source: Arc<Source>,
    /// The bytes of its text.
    pub span: Range<usize>,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noun {
    /// A scenario.
    Scenario,
    /// A balance sheet to start from.
    Vintage,
    /// What to fit, and to which part of history.
    Calibration,
    /// What a calibration found.
    ParameterFile,
}

impl Noun {
    fn word(self) -> &'static str {
        match self {
            Noun::Scenario => "scenario",
            Noun::Vintage => "vintage",
            Noun::Calibration => "calibration",
            Noun::ParameterFile => "parameter file",
        }
    }

    fn shipped(self) -> &'static [Shipped] {
        match self {
            Noun::Scenario => SCENARIOS,
            Noun::Vintage => VINTAGES,
            Noun::Calibration | Noun::ParameterFile => &[],
        }
    }
}

impl Place {
    /// Line and column of the first byte, both from one, the column in characters.
    pub fn line_and_column(&self) -> (usize, usize) {
        let before = &self.source.text[..self.within_text().start];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }

    /// The span, moved to whole characters inside the text.
    pub fn within_text(&self) -> Range<usize> {
        let text = &self.source.text;
        let mut start = self.span.start.min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = self.span.end.clamp(start, text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        start..end
    }

    /// The words themselves.
    pub fn words(&self) -> &str {
        &self.source.text[self.within_text()]
    }
}

impl Source {
    /// A text that came from elsewhere than a file, shown under `name`; names in it are looked for among what ships.
    pub fn from_text(name: &str, text: &str) -> Arc<Self> {
        let path = PathBuf::from(name);
        Arc::new(Source { identity: path.clone(), path, text: text.to_owned(), ships: false, folder: None })
    }

    /// A text as if it stood in a file of that name in `folder`, where the names in it are looked for first.
    pub fn in_folder(folder: &Path, name: &str, text: &str) -> Arc<Self> {
        // No path on disk can be equal to this identity, so that it may extend a file of its own name.
        let identity = PathBuf::from(format!("text {name}"));
        let folder = Some(folder.to_owned());
        Arc::new(Source { path: PathBuf::from(name), text: text.to_owned(), ships: false, folder, identity })
    }

    /// The stem of its path: the scenario's name.
    pub fn name(&self) -> String {
        self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// The path by which the folder of `leaf` knows it; of what ships, the name of its file.
    pub fn below(&self, leaf: &Source) -> PathBuf {
        let folder = leaf.folder.as_deref().unwrap_or(Path::new(""));
        let inside = self.path.strip_prefix(folder).ok().filter(|_| !self.ships);
        inside.map_or_else(|| self.path.file_name().map(PathBuf::from).unwrap_or_default(), Path::to_owned)
    }

    /// A place in this file.
    pub fn place(self: &Arc<Self>, span: Range<usize>) -> Place {
        Place { source: Arc::clone(self), span }
    }

    /// Whether both are one file.
    pub fn is(&self, other: &Source) -> bool {
        self.identity == other.identity
    }

    /// Opens what was asked for on the command line: the name of something shipped, or a path to a `.toml` file.
    pub fn open(asked: &str, noun: Noun) -> Result<Arc<Self>, Diagnostic> {
        let path = Path::new(asked);
        let is_path = path.extension().is_some_and(|extension| extension == "toml") || path.components().count() > 1;
        if is_path {
            return Source::read(path).map_err(|trouble| trouble.diagnostic(path));
        }
        if let Some(shipped) = noun.shipped().iter().find(|shipped| shipped.name == asked) {
            return Ok(Source::shipped(shipped));
        }
        if path.is_dir() {
            return Err(Trouble::Directory.diagnostic(path));
        }
        let beside = path.with_extension("toml");
        let help = if beside.is_file() {
            format!("to run the file of this folder, type `{}`", beside.display())
        } else {
            advice(asked, noun, None)
        };
        let message = format!("no {} is called {}", noun.word(), quoted(asked));
        Err(Diagnostic::general(codes::UNKNOWN_NAME, message).help(help))
    }

    /// Opens what this file calls `name` at `place`: a file beside it or below, or else something shipped.
    ///
    /// A file never finds itself, so that a file of one's own may extend the shipped scenario of the same name.
    pub fn open_named(&self, name: &str, place: &Place, noun: Noun) -> Result<Arc<Self>, Diagnostic> {
        let outside = |label: &str| {
            Diagnostic::error(
                codes::OUTSIDE_FOLDER,
                place,
                format!("{} leads outside the scenario's folder", quoted(name)),
            )
            .label(label)
            .help(format!("copy the {0} into the folder and name it here, or name a shipped {0}", noun.word()))
        };
        let inside = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
        if !Path::new(name).components().all(inside) || name.contains('\\') {
            return Err(outside("only names and paths below the folder are taken"));
        }
        let stem = name.strip_suffix(".toml").unwrap_or(name);
        if let Some(folder) = self.folder.as_deref().filter(|_| !stem.is_empty()) {
            let path = folder.join(format!("{stem}.toml"));
            if path.symlink_metadata().is_ok() {
                let source = Source::read(&path).map_err(|trouble| {
                    let found = trouble.diagnostic(&path);
                    Diagnostic { place: Some(place.clone()), label: "named here".to_owned(), ..found }
                })?;
                let home = canonical(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
                if !source.identity.starts_with(home) {
                    return Err(outside("this is a link that leads elsewhere"));
                }
                if !source.is(self) {
                    return Ok(source);
                }
            }
        }
        let found = noun.shipped().iter().map(Source::shipped_if_named(stem)).find_map(|found| found);
        found.filter(|found| !found.is(self)).ok_or_else(|| {
            if stem == self.name() {
                return Diagnostic::error(codes::CIRCLE, place, format!("{} extends itself", quoted(stem)))
                    .label("this is the file's own name")
                    .help("name another scenario, or leave `extends` out".to_owned());
            }
            let message = format!("no {} is called {}", noun.word(), quoted(name));
            Diagnostic::error(codes::UNKNOWN_NAME, place, message)
                .label("neither a file in this folder nor shipped")
                .help(advice(stem, noun, self.folder.as_deref()))
        })
    }

    fn shipped_if_named(stem: &str) -> impl Fn(&Shipped) -> Option<Arc<Self>> {
        move |shipped| (shipped.name == stem).then(|| Source::shipped(shipped))
    }

    fn shipped(shipped: &Shipped) -> Arc<Self> {
        // No path on disk can be equal to this identity, because canonical paths are absolute.
        let identity = PathBuf::from(format!("shipped {}", shipped.path));
        Arc::new(Source {
            path: PathBuf::from(shipped.path),
            text: shipped.text.to_owned(),
            ships: true,
            folder: None,
            identity,
        })
    }

    fn read(path: &Path) -> Result<Arc<Self>, Trouble> {
        let metadata = std::fs::metadata(path).map_err(Trouble::Io)?;
        if metadata.is_dir() {
            return Err(Trouble::Directory);
        }
        // Devices and pipes may never end, or block.
        if !metadata.is_file() {
            return Err(Trouble::Special);
        }
        let mut bytes = Vec::new();
        let file = std::fs::File::open(path).map_err(Trouble::Io)?;
        file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(Trouble::Io)?;
        if bytes.len() as u64 > LARGEST_FILE {
            return Err(Trouble::TooLarge);
        }
        let text = String::from_utf8(bytes).map_err(|error| Trouble::NotText(error.utf8_error().valid_up_to()))?;
        if let Some(at) = text.find('\0') {
            return Err(Trouble::NotText(at));
        }
        Ok(Arc::new(Source {
            path: path.to_owned(),
            text,
            ships: false,
            folder: Some(path.parent().map(Path::to_owned).unwrap_or_default()),
            identity: canonical(path),
        }))
    }
}

/// Why a file was not read.
enum Trouble {
    Io(std::io::Error),
    Directory,
    Special,
    TooLarge,
    NotText(usize),
}

impl Trouble {
    fn diagnostic(self, path: &Path) -> Diagnostic {
        let shown = quoted(&path.to_string_lossy());
        let unreadable = |why: String| Diagnostic::general(codes::UNREADABLE, format!("cannot read {shown}: {why}"));
        let toml = "scenarios and vintages are TOML text in UTF-8, of at most 1 MiB".to_owned();
        match self {
            Trouble::Io(error) if error.kind() == std::io::ErrorKind::NotFound => unreadable(
                "there is no such file".to_owned(),
            )
            .help(advice(&path.to_string_lossy(), Noun::Scenario, None)),
            Trouble::Io(error) => unreadable(error.to_string()),
            Trouble::Directory => unreadable("it is a folder".to_owned()).help("name a `.toml` file in it".to_owned()),
            Trouble::Special => unreadable("it is not an ordinary file".to_owned()),
            Trouble::TooLarge => {
                let message = format!("{shown} is not a scenario file: it is larger than 1 MiB");
                Diagnostic::general(codes::NOT_TEXT, message).help(toml)
            }
            Trouble::NotText(at) => {
                let message = format!("{shown} is not a scenario file: byte {} is not text", at + 1);
                Diagnostic::general(codes::NOT_TEXT, message).help(toml)
            }
        }
    }
}

/// What to type instead of `asked`: a near name, and otherwise all that ship.
fn advice(asked: &str, noun: Noun, folder: Option<&Path>) -> String {
    let mut names: Vec<String> = noun.shipped().iter().map(|shipped| shipped.name.to_owned()).collect();
    let beside = folder.map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    for entry in beside.and_then(|folder| folder.read_dir().ok()).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            names.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        }
    }
    let stem = Path::new(asked).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    match nearest(&stem, names.iter().map(String::as_str)) {
        Some(name) => format!("did you mean `{name}`?"),
        None if noun.shipped().is_empty() => format!("name the path of a `.toml` file with a {}", noun.word()),
        None => {
            let shipped = listed(noun.shipped().iter().map(|shipped| shipped.name));
            format!(
                "shipped {}s are {}; a path to a `.toml` file works as well",
                noun.word(),
                shipped.replace(" or ", " and ")
            )
        }
    }
}

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}
