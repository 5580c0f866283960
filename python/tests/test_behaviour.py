"""Errors, Ctrl-C, the interpreter's lock, and what a notebook shows."""

import os
import signal
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

import tidegate

BROKEN = """
title   = "Broken"
extends = "baseline_2025q4"

[parameters]
repo_slop = "1bp"

[[event]]
kind  = "shutdown"
start = 2025-13-01
"""


def test_a_scenario_that_is_wrong_is_told_as_the_command_line_tells_it(command, tmp_path, monkeypatch):
    (tmp_path / "broken.toml").write_text(BROKEN)
    monkeypatch.chdir(tmp_path)
    told = command("run", "broken.toml", cwd=tmp_path)
    with pytest.raises(tidegate.ScenarioError) as raised:
        tidegate.run("broken.toml")
    assert str(raised.value) == told.stderr.strip() and "repo_slope" in told.stderr
    assert all({"code", "message"} <= set(problem) for problem in raised.value.problems)
    assert isinstance(raised.value, ValueError)


@pytest.mark.parametrize(
    "arguments, keywords",
    [
        (["no_such_scenario"], {}),
        (["qt_end", "--draws", "sobol", "--paths", "1000"], {"draws": "sobol", "paths": 1000}),
        (["qt_end", "--until", "tag=1bn"], {"until": "tag=1bn"}),
        (["qt_end", "--draws", "sobol", "--until", "5bn"], {"draws": "sobol", "paths": None, "until": "5bn"}),
        (["qt_end", "--set", "parameters.repo_slop=1bp"], {"overrides": {"parameters.repo_slop": "1bp"}}),
        (["qt_end", "--set", "parameters.repo_slope=1bn"], {"overrides": {"parameters.repo_slope": "1bn"}}),
    ],
)
def test_arguments_that_are_wrong_have_the_words_of_the_command_line(arguments, keywords, command, tmp_path):
    told = command("run", *arguments, cwd=tmp_path)
    with pytest.raises(ValueError) as raised:
        tidegate.run(arguments[0], **keywords)
    assert told.stderr.strip().removeprefix("error: ") == str(raised.value).removeprefix("error: ")


def test_other_arguments_that_are_wrong_say_what_is_expected():
    with pytest.raises(ValueError, match="`draws` is 'plain' or 'sobol'; found 'sobl'"):
        tidegate.run("qt_end", draws="sobl")
    with pytest.raises(ValueError, match="`paths` is a number from 1 to 4000000000; found 0"):
        tidegate.run("qt_end", paths=0)
    with pytest.raises(ValueError, match="`threads` is a number from 1 to 1024"):
        tidegate.run("qt_end", threads=0)
    with pytest.raises(TypeError, match="at least two runs"):
        tidegate.compare("qt_end")
    with pytest.raises(ValueError, match="there are no days that all have: qt_end goes from 2025"):
        tidegate.compare("qt_end", "sept_2019_spike", paths=100)


def test_a_folder_that_is_no_run_is_not_replaced(run, tmp_path):
    (tmp_path / "thesis.tex").write_text("precious")
    with pytest.raises(OSError, match="no tidegate manifest.json"):
        run.write(tmp_path)
    with pytest.raises(OSError, match="no tidegate manifest.json"):
        tidegate.run("qt_end", out=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_an_unknown_variable_is_told_with_the_nearest(run):
    with pytest.raises(KeyError, match="did you mean `sofr_iorb`"):
        run.paths("sofr_iobr")
    with pytest.raises(KeyError, match="no chart is called"):
        run.chart("reserve")


LONG = """
import time, tidegate
print("begins", flush=True)
try:
    {work}
except KeyboardInterrupt:
    print(time.process_time(), flush=True)
    print(tidegate.run("qt_end", paths=200).number_of_paths, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGINT to send")
@pytest.mark.parametrize(
    "work",
    [
        'tidegate.run("shutdown_cash_hoarding", paths=50_000_000)',
        'tidegate.run("shutdown_cash_hoarding", paths=2**25, draws="sobol", threads=1)',
        'tidegate.compare("baseline_2025q4", "shutdown_cash_hoarding", paths=100_000)',
    ],
)
def test_ctrl_c_ends_long_work_and_the_next_run_is_whole(work):
    program = subprocess.Popen([sys.executable, "-c", LONG.format(work=work)], stdout=subprocess.PIPE, text=True)
    assert program.stdout.readline() == "begins\n"
    time.sleep(1.0)
    program.send_signal(signal.SIGINT)
    # In seconds of processors, which other programs do not prolong; to its end the work takes minutes of them.
    assert float(program.stdout.readline()) < 10
    assert program.stdout.readline() == "200\n"
    assert program.wait() == 0


def test_other_threads_run_meanwhile():
    ticks, ended = [], threading.Event()

    def tick():
        while not ended.wait(0.005):
            ticks.append(time.monotonic())

    ticker = threading.Thread(target=tick)
    ticker.start()
    begun = time.monotonic()
    tidegate.run("shutdown_cash_hoarding", paths=20_000)
    took = time.monotonic() - begun
    ended.set()
    ticker.join()
    during = [moment for moment in ticks if begun < moment < begun + took]
    # With the lock held there would be none, however long it takes.
    assert len(during) > 5


def test_runs_in_several_threads_do_not_disturb_each_other():
    found = {}

    def work(seed):
        found[seed] = tidegate.run("qt_end", paths=300, seed=seed).fingerprint

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {seed: tidegate.run("qt_end", paths=300, seed=seed, threads=1).fingerprint for seed in range(4)}
    assert len(set(found.values())) == 4


def test_a_notebook_shows_the_answer_and_two_fans(run):
    html = run._repr_html_()
    assert html.count("<svg") == 2 and run.title in html and "<script" not in html
    for name in run.chart_names:
        assert ElementTree.fromstring(run.chart(name).svg).tag.endswith("svg")
    assert run.chart("reserves").svg.partition(" ")[2] in html
    assert "<td>2025-10-01</td>" in run.fan._repr_html_()
    assert repr(run).startswith("<tidegate.Run shutdown_cash_hoarding: 1500 paths from 2025-10-01")


def test_text_from_elsewhere_is_shown_as_text(tmp_path):
    text = 'title = "<b>bold & brave</b>"\nextends = "qt_end"\n'
    (tmp_path / "bold.toml").write_text(text)
    html = tidegate.run(tmp_path / "bold.toml", paths=64)._repr_html_()
    assert "<b>bold" not in html and "&lt;b&gt;bold &amp; brave&lt;/b&gt;" in html


def test_a_comparison_of_runs_is_of_their_scenarios(run):
    calm = tidegate.run(run.scenario, paths=400, overrides={"event.shutdown": False})
    compared = tidegate.compare(calm, run, paths=400)
    assert len(compared.names) == 2
    table = compared.differences
    reserves = table["variable"] == "reserves"
    difference = table["difference"][reserves]
    expected = tidegate.run(run.scenario, paths=400).mean("reserves") - calm.mean("reserves")
    np.testing.assert_allclose(difference, expected, atol=1e-5)
    assert compared._repr_html_().count("<svg") == 2
