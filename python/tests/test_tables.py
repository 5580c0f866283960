"""Tables reach pyarrow, polars, pandas, DuckDB and numpy as they are, without a copy of their numbers."""

import csv
import io

import duckdb
import numpy as np
import pandas
import polars
import pyarrow
import pyarrow.parquet
import pytest
from conftest import PATHS

import tidegate


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_a_fan_is_the_same_everywhere(run):
    fan = run.fan
    expected = rows(fan.to_csv())
    as_arrow = pyarrow.table(fan)
    as_polars, as_pandas = polars.DataFrame(fan), pandas.DataFrame.from_arrow(fan)
    as_duckdb = duckdb.sql("select * from fan").fetchall()
    assert len(fan) == len(expected) == as_arrow.num_rows == len(as_polars) == len(as_pandas) == len(as_duckdb)
    medians = [float(row["q50"]) for row in expected]
    for found in [fan["q50"], as_arrow["q50"].to_numpy(), as_polars["q50"].to_numpy(), as_pandas["q50"].to_numpy()]:
        np.testing.assert_allclose(found, medians, atol=5.1e-7)
        assert (found == fan["q50"]).all()
    at = as_arrow.column_names.index("q50")
    assert [row[at] for row in as_duckdb] == fan["q50"].tolist()
    assert as_arrow.schema.field("date").type == pyarrow.date32()
    assert [str(day) for day in fan["date"]] == [row["date"] for row in expected]
    assert as_polars["variable"].to_list() == [row["variable"] for row in expected] == fan["variable"].tolist()


def test_numbers_are_lent_and_not_copied(run):
    fan = run.fan
    array = fan["mean"]
    address = array.__array_interface__["data"][0]
    assert pyarrow.table(fan)["mean"].chunk(0).buffers()[1].address == address
    assert fan["mean"].__array_interface__["data"][0] == address
    assert not array.flags.writeable
    expected = array.copy()
    arrow = pyarrow.table(fan)["mean"]
    del fan
    # Both outlive the table they were lent from.
    np.testing.assert_array_equal(arrow.to_numpy(), expected)
    np.testing.assert_array_equal(array, expected)


def test_a_run_is_its_fan(run):
    assert pyarrow.table(run).equals(pyarrow.table(run.fan))


def test_units_and_what_the_run_was_stand_in_the_metadata(run):
    paths = run.paths(["reserves", "sofr_iorb"], first=3)
    schema = pyarrow.table(paths).schema
    assert schema.metadata[b"scenario"] == b"shutdown_cash_hoarding"
    assert schema.metadata[b"seed"] == b"1"
    assert schema.field("reserves").metadata == {b"unit": b"bn"}
    assert paths.units == {"reserves": "bn", "sofr_iorb": "bp"}


def test_what_is_not_known_is_null(run):
    table = pyarrow.table(run.watches)
    assert table["limit"].null_count + np.isfinite(run.watches["limit"]).sum() == len(run.watches)
    assert table["first_q50"].null_count == np.isnat(run.watches["first_q50"]).sum()
    hits, paths = run.watches["hits"], run.watches["paths"]
    np.testing.assert_array_equal(hits / paths, run.watches["probability"])
    assert (paths == PATHS).all()


def test_flows_add_up_to_the_change_in_reserves(run):
    attribution = polars.DataFrame(run.attribution)
    flows, total = attribution[:-1], attribution[-1]
    assert flows["mean"].sum() == pytest.approx(total["mean"].item(), abs=1e-6)
    mean = run.mean("reserves")
    assert mean[-1] - mean[0] == pytest.approx(total["mean"].item(), abs=1e-6)


def test_paths_are_those_of_the_fan(run):
    reserves = run.paths("reserves")
    assert reserves.shape == (PATHS, len(run.dates)) and reserves.dtype == np.float64
    np.testing.assert_allclose(reserves.mean(axis=0), run.mean("reserves"), rtol=1e-9)
    # A quantile of the fan lies within the bound that the fan tells of its error.
    errors = polars.DataFrame(run.fan_errors).filter(polars.col("variable") == "reserves")
    exact = np.quantile(reserves, 0.05, axis=0, method="hazen")
    away = np.abs(run.quantiles("reserves")[:, 1] - exact)
    step = np.abs(np.diff(np.sort(reserves, axis=0), axis=0))[PATHS // 20 - 2 : PATHS // 20 + 2].max(axis=0)
    assert (away <= errors["q05_bound"].to_numpy() + step).all()


def test_several_variables_of_paths_are_a_table(run):
    table = polars.DataFrame(run.paths(["tga", "sofr"], first=40))
    assert table.columns == ["path", "date", "tga", "sofr"]
    assert table.height == 40 * len(run.dates)
    seventh = table.filter(polars.col("path") == 7)
    np.testing.assert_array_equal(seventh["tga"].to_numpy(), run.paths("tga", first=40)[7])
    assert seventh["date"].to_list() == run.dates.tolist()


def test_paths_do_not_depend_on_how_many_are_asked_for(run):
    np.testing.assert_array_equal(run.paths("sofr_iorb")[:50], run.paths("sofr_iorb", first=50))


def test_parquet_is_read_back_by_duckdb_and_polars_to_the_last_bit(run, tmp_path):
    fan, paths = tmp_path / "fan.parquet", tmp_path / "paths.parquet"
    run.fan.to_parquet(fan)
    run.write_paths(paths, ["reserves", "tga"])
    assert pyarrow.parquet.read_table(fan).equals(pyarrow.table(run.fan))
    assert polars.read_parquet(fan).equals(polars.DataFrame(run.fan))
    reserves = run.paths("reserves")
    read = polars.read_parquet(paths)
    np.testing.assert_array_equal(read["reserves"].to_numpy().reshape(reserves.shape), reserves)
    query = f"select date, max(reserves), count(*) from '{paths}' group by date order by date"
    days, highest, counts = zip(*duckdb.sql(query).fetchall(), strict=True)
    assert list(days) == run.dates.tolist() and set(counts) == {PATHS}
    np.testing.assert_array_equal(highest, reserves.max(axis=0))
    about = pyarrow.parquet.ParquetFile(paths).metadata.metadata
    assert about[b"unit.tga"] == b"bn" and about[b"seed"] == b"1"
    assert about[b"command"] == b"tidegate run shutdown_cash_hoarding --paths 1500 --seed 1"


def test_the_command_line_writes_the_same_parquet(run, command, tmp_path):
    done = command("run", run.scenario, "--paths", PATHS, "--out", "cli", "--parquet=reserves,tga", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    run.write_paths(tmp_path / "paths.parquet", ["reserves", "tga"])
    run.fan.to_parquet(tmp_path / "fan.parquet")
    for name in ["fan.parquet", "paths.parquet"]:
        assert (tmp_path / "cli" / name).read_bytes() == (tmp_path / name).read_bytes()


def test_what_there_is_can_be_listed(run):
    assert run.scenario in tidegate.scenarios()["name"]
    variables = polars.DataFrame(tidegate.variables())
    assert variables.filter(polars.col("name") == "sofr_iorb")["unit"].item() == "bp"
    assert "repo_slope" in tidegate.parameters()["name"]
    with pytest.raises(KeyError):
        run.fan["q42"]
