"""What Python writes is what the command line writes, to the last byte."""

import csv
import json
import os
import tomllib
from pathlib import Path

import pytest
from conftest import PATHS, SCENARIO, files

import tidegate

ROOT = Path(__file__).parents[2]


def test_the_folder_of_a_run_is_that_of_the_command_line(run, command, tmp_path):
    done = command("run", SCENARIO, "--paths", PATHS, "--out", "cli", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    run.write(tmp_path / "python")
    expected, found = files(tmp_path / "cli"), files(tmp_path / "python")
    assert len(expected) > 30 and expected == found


@pytest.mark.parametrize(
    "arguments, keywords",
    [
        (["--draws", "sobol", "--paths", "2048", "--seed", "7"], {"draws": "sobol", "paths": 2048, "seed": 7}),
        (["--exact", "--paths", "1100"], {"exact": True, "paths": 1100}),
        (["--preview", "--paths", "1100"], {"preview": True, "paths": 1100}),
        (["--until", "5bn", "--paths", "20000"], {"until": "5bn", "paths": 20_000}),
        (
            ["--paths", "1100", "--set", "event.shutdown=off", "--set", "parameters.repo_slope=1.3bp"],
            {"paths": 1100, "overrides": {"event.shutdown": False, "parameters.repo_slope": "1.3bp"}},
        ),
    ],
)
def test_so_it_is_with_every_option(arguments, keywords, command, tmp_path):
    done = command("run", SCENARIO, "--out", "cli", *arguments, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    tidegate.run(SCENARIO, out=tmp_path / "python", threads=1, **keywords)
    assert files(tmp_path / "cli") == files(tmp_path / "python")


def test_the_record_is_what_json_prints(run, command, tmp_path):
    done = command("run", SCENARIO, "--paths", PATHS, "--out", "cli", "--json", cwd=tmp_path)
    printed = json.loads(done.stdout)
    assert printed.pop("folder") == "cli"
    record = run.record
    assert record.pop("folder") == ""
    assert record == printed and run.headlines == printed["headlines"]


def test_a_comparison_is_that_of_the_command_line(command, tmp_path):
    names = ["baseline_2025q4", SCENARIO]
    done = command("compare", *names, "--paths", 600, "--out", "cli", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    compared = tidegate.compare(*names, paths=600)
    compared.write(tmp_path / "python")
    assert files(tmp_path / "cli") == files(tmp_path / "python")
    assert compared.differences.to_csv() == (tmp_path / "cli/differences.csv").read_text()


def test_shards_add_up_to_the_run(run, tmp_path):
    job = tidegate.plan(SCENARIO, shards=3, paths=PATHS, out=tmp_path / "job")
    for index in [2, 0, 1, 0]:
        assert tidegate.shard(job, index).exists()
    with pytest.raises(ValueError, match="there is no shard 3"):
        tidegate.shard(job, 3)
    folder = tidegate.merge(job, out=tmp_path / "merged")
    run.write(tmp_path / "whole")
    assert files(folder) == files(tmp_path / "whole")


def test_shards_are_merged_as_they_arrive(run, tmp_path):
    job = tidegate.plan(SCENARIO, shards=3, paths=PATHS, out=tmp_path / "job")

    def arriving():
        for index in [2, 0, 1]:
            tidegate.shard(job, index)
            yield index

    folder = tidegate.merge(job, out=tmp_path / "merged", arriving=arriving())
    run.write(tmp_path / "whole")
    assert files(folder) == files(tmp_path / "whole")

    def lost():
        yield 0
        raise KeyError("the scheduler")

    with pytest.raises(KeyError, match="the scheduler"):
        tidegate.merge(job, out=tmp_path / "none", arriving=lost())
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "name, arguments, study",
    [
        (
            "sweep",
            ["--vary", "event.shutdown.hoarding=0bn..100bn/3", "--vary", "event.shutdown=on,off"],
            lambda **keywords: tidegate.sweep(
                SCENARIO, {"event.shutdown.hoarding": "0bn..100bn/3", "event.shutdown": ["on", "off"]}, **keywords
            ),
        ),
        (
            "sensitivity",
            ["--vary", "parameters.repo_slope", "--vary", "event.shutdown.hoarding=0bn..100bn", "--output", "mean(reserves)"],
            lambda **keywords: tidegate.sensitivity(
                SCENARIO,
                {"parameters.repo_slope": None, "event.shutdown.hoarding": "0bn..100bn"},
                outputs=["mean(reserves)"],
                **keywords,
            ),
        ),
    ],
)
def test_a_study_is_that_of_the_command_line(name, arguments, study, command, tmp_path):
    done = command(name, SCENARIO, *arguments, "--paths", 64, "--out", "cli", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = study(paths=64, out=tmp_path / "python")
    assert files(tmp_path / "cli") == files(tmp_path / "python")
    with (tmp_path / "cli/points.csv").open() as points:
        header, *rows = csv.reader(points)
    assert found.points.column_names == header and len(found.points) == len(rows)


@pytest.mark.skipif("TIDEGATE_DATA" not in os.environ, reason="TIDEGATE_DATA names no folder of official series")
def test_a_backtest_is_that_of_the_command_line(command, tmp_path):
    days = ["--from", "2024-06-12", "--to", "2024-07-10"]
    done = command("backtest", *days, "--paths", 40, "--out", "cli", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    held = tidegate.backtest(first="2024-06-12", last="2024-07-10", paths=40, out=tmp_path / "python")
    assert files(tmp_path / "cli") == files(tmp_path / "python")
    assert set(held.forecasts["origin"].astype(str)) == {"2024-06-12", "2024-06-26", "2024-07-10"}


def test_both_are_built_from_the_same_versions_of_everything():
    def versions(lock):
        packages = tomllib.loads((ROOT / lock).read_text())["package"]
        return {(package["name"], package["version"]) for package in packages}

    missing = {name for name, _ in versions("Cargo.lock") - versions("python/Cargo.lock")}
    others = {name for name, _ in versions("python/Cargo.lock")}
    # What only tests of the main crate need is not in the other file.
    assert not missing & others
