//! A run shared out among processes: the same bytes as one process writes, whatever happens to processes and files.

use crate::command_line::files_below;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use tidegate::history::Fingerprint;

fn tidegate(place: &Path, words: &str) -> Output {
    let arguments = words.split_whitespace();
    Command::new(env!("CARGO_BIN_EXE_tidegate")).args(arguments).current_dir(place).output().unwrap()
}

/// The exit code of a command, and what it said on standard error.
fn said(place: &Path, words: &str) -> (Option<i32>, String) {
    let done = tidegate(place, words);
    (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
}

/// Runs a command that must end well; what it said on standard output.
fn done(place: &Path, words: &str) -> String {
    let done = tidegate(place, words);
    assert!(done.status.success(), "{words}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// A story of four months in a folder of its own, with a parent and a vintage below it.
fn own_story(place: &Path) {
    let write = |name: &str, text: &str| {
        let path = place.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let vintage = tidegate::scenario::shipped::VINTAGES.iter().find(|shipped| shipped.name == "2025-10-01").unwrap();
    write("stories/parts/books.toml", vintage.text);
    write("stories/parts/parent.toml", "extends = 'baseline_2025q4'\n[vintage]\nfile = 'books'\n");
    write(
        "stories/own.toml",
        "title = 'Four months'\nextends = './parts/parent'\n[horizon]\nend = 2026-01-30\n[parameters]\n\
         hoarding_gain = { normal = ['2bn/bp', '0.5bn/bp'] }\n[run]\npaths = 2_500\n",
    );
}

/// A job of four shards of that story, planned and counted; and the folder that one process writes.
fn counted_job(place: &Path) {
    own_story(place);
    done(place, "run stories/own.toml --out whole");
    done(place, "plan stories/own.toml --shards 4 --out job");
    done(place, "shard job 0-3");
}

fn same(place: &Path, one: &str, other: &str) {
    let [left, right] = [one, other].map(|folder| files_below(&place.join(folder)));
    let names =
        |files: &[(std::path::PathBuf, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&left), names(&right));
    assert!(left.len() > 20, "{} files", left.len());
    for ((name, left), (_, right)) in left.iter().zip(&right) {
        assert!(left == right, "{} of {one} and {other} differ", name.display());
    }
}

#[test]
fn any_number_of_shards_in_any_order_gives_the_bytes_of_one_process() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    own_story(here);
    let asked = "stories/own.toml --paths 4200 --seed 7";
    done(here, &format!("run {asked} --out whole"));
    for (shards, counts) in [(1, &["0"][..]), (7, &["6 2-3", "5", "0-1 4"]), (64, &["40-63", "1-39", "0"])] {
        done(here, &format!("plan {asked} --shards {shards} --out job{shards}"));
        for (threads, indices) in counts.iter().enumerate() {
            done(here, &format!("shard job{shards} {indices} --threads {}", threads + 1));
        }
    }
    // The folder of a job is all that is needed.
    fs::remove_dir_all(here.join("stories")).unwrap();
    for shards in [1, 7, 64] {
        done(here, &format!("merge job{shards} --out merged{shards}"));
        same(here, "whole", &format!("merged{shards}"));
    }
}

#[test]
fn what_ships_previews_and_evenly_spread_draws_are_shared_out_as_well() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    for (name, options) in
        [("plain", "--paths 1500"), ("preview", "--paths 1500 --preview"), ("sobol", "--draws sobol --paths 2048")]
    {
        let asked = format!("sept_2019_spike {options}");
        done(here, &format!("run {asked} --out whole_{name}"));
        done(here, &format!("plan {asked} --shards 3 --out {name}"));
        done(here, &format!("shard {name} 2 0-1"));
        done(here, &format!("merge {name} --out merged_{name}"));
        same(here, &format!("whole_{name}"), &format!("merged_{name}"));
    }
    let (code, words) = said(here, "plan sept_2019_spike --draws sobol --paths 2048 --shards 17");
    assert_eq!(code, Some(2));
    assert!(words.contains("type `--shards` with a number from 1 to 16"), "{words}");
}

/// Puts something in the place of the file of shard 2, which a merge must then name and refuse, and which a count must
/// name and put right.
fn must_be_found(here: &Path, in_its_place: &[u8], fault: &str) {
    let file = here.join("job/shards/00002.tally");
    let right = fs::read(&file).unwrap();
    fs::write(&file, in_its_place).unwrap();
    let (code, words) = said(here, "merge job --out merged");
    assert_eq!(code, Some(3), "{words}");
    let expected = format!(
        "error: 3 of 4 shards of job are there and sound\n  shards/00002.tally {fault}\n\nhelp: tidegate shard job 2\n"
    );
    assert_eq!(words, expected);
    assert!(!here.join("merged").exists(), "nothing is merged in part");
    let (code, words) = said(here, "shard job 0-3");
    assert_eq!((code, words), (Some(0), format!("note: job/shards/00002.tally {fault}; it was counted again\n")));
    assert!(fs::read(&file).unwrap() == right, "{fault}");
}

#[test]
fn a_file_that_does_not_count_is_named_refused_and_counted_again() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    counted_job(here);
    let shard = |job: &str, index: u32| fs::read(here.join(format!("{job}/shards/0000{index}.tally"))).unwrap();
    let right = shard("job", 2);

    let damaged = "is damaged: bytes are missing or changed";
    must_be_found(here, &right[..right.len() / 2], damaged);
    must_be_found(here, b"", damaged);
    for place in [3, right.len() / 3, right.len() - 1] {
        let mut changed = right.clone();
        changed[place] ^= 1;
        must_be_found(here, &changed, damaged);
    }
    must_be_found(here, &shard("job", 3), "is that of shard 3 under another name");

    done(here, "plan stories/own.toml --seed 2 --shards 4 --out other");
    done(here, "shard other 2");
    must_be_found(here, &shard("other", 2), "is of another plan");

    // Of another version, and whole.
    let (version, text) = (env!("CARGO_PKG_VERSION"), String::from_utf8_lossy(&right).into_owned());
    assert!(text.starts_with(&format!("{{\"tidegate\":\"{version}\",")), "{}", &text[..80]);
    let at = "{\"tidegate\":\"".len();
    let mut older = [&right[..at], b"0.0.7", &right[at + version.len()..right.len() - 8]].concat();
    older.extend(Fingerprint::EMPTY.with(&older).0.to_le_bytes());
    must_be_found(here, &older, "was counted by tidegate 0.0.7");

    done(here, "merge job --out merged");
    same(here, "whole", "merged");
}

#[test]
fn what_is_missing_is_named_and_nothing_is_counted_or_merged_twice() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    own_story(here);
    done(here, "run stories/own.toml --out whole");
    done(here, "plan stories/own.toml --shards 4 --out job");
    let left = "0 of 4 shards of job are there and sound\n  not counted yet: 0-3\n\nhelp: tidegate shard job 0-3\n";
    assert_eq!(done(here, "merge job --status"), left);
    done(here, "shard job 1 2");
    let (code, words) = said(here, "merge job --out merged");
    let left =
        "error: 2 of 4 shards of job are there and sound\n  not counted yet: 0 3\n\nhelp: tidegate shard job 0 3\n";
    assert_eq!((code, words.as_str()), (Some(3), left));

    let written = |index: u32| fs::metadata(here.join(format!("job/shards/0000{index}.tally"))).unwrap().modified();
    let before = [1, 2].map(|index| written(index).unwrap());
    let counted = done(here, "shard job 0-3");
    assert!(counted.contains("shard 1 is there: job/shards/00001.tally\n"), "{counted}");
    assert!(counted.contains("shard 3, paths 1888 to 2499: job/shards/00003.tally\n"), "{counted}");
    assert_eq!([1, 2].map(|index| written(index).unwrap()), before);
    assert_eq!(
        done(here, "merge job --status"),
        "4 of 4 shards of job are there and sound\n\nhelp: tidegate merge job\n"
    );
    // What stands beside the files of the job's shards is none of them.
    fs::copy(here.join("job/shards/00001.tally"), here.join("job/shards/00004.tally")).unwrap();
    fs::write(here.join("job/shards/00001.tally.77.0.partial"), "half").unwrap();
    for _ in 0..2 {
        done(here, "merge job --out merged");
        same(here, "whole", "merged");
    }
}

#[test]
#[cfg(unix)]
fn a_full_disk_leaves_no_file_and_is_told() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    own_story(here);
    done(here, "plan stories/own.toml --shards 4 --out job");
    // No file may grow beyond 32 blocks of 512 bytes, as if the disk were full then.
    let limited = "trap '' XFSZ; ulimit -f 32; exec \"$0\" shard job 1";
    let full =
        Command::new("sh").args(["-c", limited, env!("CARGO_BIN_EXE_tidegate")]).current_dir(here).output().unwrap();
    let words = String::from_utf8_lossy(&full.stderr);
    assert_eq!(full.status.code(), Some(3), "{words}");
    assert!(words.starts_with("error: cannot write job/shards/00001.tally: File too large"), "{words}");
    assert_eq!(fs::read_dir(here.join("job/shards")).unwrap().count(), 0, "nothing is left of it");
    done(here, "shard job 1");
}

#[test]
#[cfg(unix)]
fn a_process_that_is_killed_leaves_nothing_that_counts() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    let asked = "shutdown_cash_hoarding --paths 20000";
    done(here, &format!("run {asked} --out whole"));
    done(here, &format!("plan {asked} --shards 2 --out job"));
    done(here, "shard job 1");
    let file = here.join("job/shards/00000.tally");
    let mut kills = 0;
    while !file.exists() && kills < 5 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tidegate"))
            .args(["shard", "job", "0"])
            .current_dir(here)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(100 + 60 * kills));
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;
        let (_, words) = said(here, "merge job --out merged");
        assert!(file.exists() || words.contains("not counted yet: 0\n"), "{words}");
    }
    assert!(kills > 1, "the shard was there before its process could be killed");
    done(here, "shard job 0");
    done(here, "merge job --out merged");
    same(here, "whole", "merged");
}

#[test]
fn a_plan_that_was_changed_or_is_of_another_version_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    own_story(here);
    done(here, "plan stories/own.toml --shards 4 --out job");
    let again = done(here, "plan stories/own.toml --shards 4 --out job");
    assert!(again.starts_with("job is planned already: 2,500 paths of own, seed 1, in 4 shards"), "{again}");
    let (code, words) = said(here, "plan stories/own.toml --shards 5 --out job");
    assert_eq!(code, Some(2));
    assert!(words.contains("job holds another plan: 2500 paths of `own` in 4 shards, seed 1"), "{words}");

    let edit = |file: &str, from: &str, to: &str| {
        let path = here.join("job").join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{text}");
        fs::write(&path, text.replace(from, to)).unwrap();
        let found = said(here, "shard job 0");
        fs::write(&path, text).unwrap();
        found
    };
    for (file, from, to) in [
        ("job.json", "\"paths\": 2500", "\"paths\": 2600"),
        ("job.json", "\"shards\": 4", "\"shards\": 0"),
        ("job.json", "\"precision\": \"double\"", "\"precision\": \"single\""),
        ("job.json", "\"folder\": \"stories\"", "\"folder\": \"tales\""),
        ("scenario/own.toml", "'2bn/bp'", "'3bn/bp'"),
        ("scenario/parts/books.toml", "3190.000", "3191.000"),
    ] {
        let (code, words) = edit(file, from, to);
        assert_eq!(code, Some(3), "{file}: {words}");
        assert!(words.contains("was changed since it was planned\n\nhelp: put it back as it was"), "{words}");
    }
    let (code, words) = edit("job.json", "{", "[");
    assert_eq!(code, Some(3));
    assert!(words.starts_with("error: job/job.json is no plan of tidegate: "), "{words}");
    let (code, words) =
        edit("job.json", &format!("\"tidegate\": \"{}\"", env!("CARGO_PKG_VERSION")), "\"tidegate\": \"9.9\"");
    assert_eq!(code, Some(2));
    assert!(words.starts_with("error: job was planned by tidegate 9.9, and this is "), "{words}");
    done(here, "shard job 0");
}

#[test]
fn what_cannot_be_asked_for_is_told_with_what_to_type() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    own_story(here);
    done(here, "plan stories/own.toml --shards 4 --out job");
    for (words, expected) in [
        (
            "plan stories/own.toml --shards 80",
            "help: type `--shards` with a number from 1 to 79; a shard counts whole tiles",
        ),
        ("plan stories/own.toml --shards 0", "help: type `--shards` with a number from 1 to 79"),
        ("plan stories/own.toml --shards 4 --exact", "tidegate run stories/own.toml --exact"),
        ("plan stories/own.toml --shards 4 --until 1bn", "tidegate run stories/own.toml --until 1bn"),
        ("shard job 4", "error: job has the shards 0 to 3; there is no shard 4"),
        ("shard job 2-9", "there is no shard 9"),
        ("shard job 3-1", "3 comes after 1; type 1-3"),
        ("shard job two", "expected the index of a shard, such as 7, or several, such as 0-15"),
        ("shard job", "<INDEX>"),
        ("shard stories 0", "error: stories is no job: there is no stories/job.json\n\nhelp: `tidegate plan"),
        ("shard job --index-from NO_SUCH_VARIABLE", "there is no environment variable NO_SUCH_VARIABLE; set it"),
        ("merge stories", "error: stories is no job"),
    ] {
        let (code, found) = said(here, words);
        assert_eq!(code, Some(2), "{words}: {found}");
        assert!(found.contains(expected), "{words}: {found}");
    }
    let from = |value: &str| {
        Command::new(env!("CARGO_BIN_EXE_tidegate"))
            .args(["shard", "job", "--index-from", "JOB_COMPLETION_INDEX"])
            .env("JOB_COMPLETION_INDEX", value)
            .current_dir(here)
            .output()
            .unwrap()
    };
    assert!(from("2").status.success() && here.join("job/shards/00002.tally").exists());
    assert!(String::from_utf8_lossy(&from("two").stderr).contains("JOB_COMPLETION_INDEX is `two`: expected the index"));
}
