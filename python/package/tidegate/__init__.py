"""Scenario simulation of US dollar funding liquidity.

    import tidegate

    run = tidegate.run("shutdown_cash_hoarding", paths=2_000)
    run.headlines["closing_reserves"]        # {'low': …, 'median': …, 'high': …} in billions of dollars
    run.quantiles("sofr_iorb")               # numpy, (days, 9), basis points
    polars.DataFrame(run.fan)                # Arrow, without a copy

Every number is the one that the command line gives; `Run.write` writes the folder that `tidegate run` writes.
"""

from ._tidegate import (
    Backtest,
    Chart,
    Comparison,
    Run,
    ScenarioError,
    Study,
    Table,
    __version__,
    backtest,
    compare,
    merge,
    parameters,
    plan,
    run,
    scenarios,
    sensitivity,
    shard,
    sweep,
    variables,
)

__all__ = [
    "Backtest",
    "Chart",
    "Comparison",
    "Run",
    "ScenarioError",
    "Study",
    "Table",
    "__version__",
    "backtest",
    "compare",
    "merge",
    "parameters",
    "plan",
    "run",
    "scenarios",
    "sensitivity",
    "shard",
    "sweep",
    "variables",
]
