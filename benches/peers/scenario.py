"""A scenario as the peers read it: PLAN.json of `export`, with everything that no path can change worked out in advance.

All events of the scenario but the shutdown have fixed dates and sizes, so the Fed's portfolio, dealers' inventory and
the needs of the calendar are series known before the first day. What is left to a path is what depends on its draws.
Amounts are in $bn, spreads in bp over IORB.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import numpy as np
from numpy.typing import NDArray

DAYS_PER_MONTH = 251 / 12
DAYS_PER_YEAR = 251
TAIL_EXPONENT = 4.93  # at which the convex tail of the curve is cut
WIDTH_BEND = 4.0  # bp over which the width of SOFR's trades begins to grow
LOWEST_PERCENTILE = -0.91  # of SOFR's trades, in widths from the median
LEAD = 5  # business days from the announcement of bills to their settlement

# What a close publishes, in the order of the peers' results.
VARIABLES = (
    "reserves",
    "tga",
    "on_rrp",
    "srf",
    "fed_assets",
    "net_liquidity",
    "sofr_iorb",
    "tgcr_iorb",
    "effr_iorb",
    "scarcity",
    "hoarding",
    "funding_gap",
    "primary_credit",
    "reserves_foreign_branches",
    "reserves_small_banks",
    "reserves_large_banks",
    "ample_reserves",
    "dealer_retreat",
    "sofr_p1_iorb",
    "sofr_p25_iorb",
    "sofr_width",
    "bill_4w_iorb",
)
SOFR = VARIABLES.index("sofr_iorb")
QUANTILES = (0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99)
SPIKES = (10.0, 20.0)  # bp of SOFR over IORB whose crossing is counted


@dataclass
class Scenario:
    """`p`: parameters; `survival`: shares that survive a day; `opening`: stocks and state; `day`: arrays by day."""

    name: str
    days: int
    p: SimpleNamespace
    survival: SimpleNamespace
    opening: SimpleNamespace
    day: SimpleNamespace
    iorb: NDArray[np.float64]
    dates: NDArray[np.datetime64]
    shutdown: dict
    correlation: SimpleNamespace


@dataclass
class Shutdown:
    """One value a path: the first day open again, outlays delayed a day, and the same over the days of catching up."""

    reopening: NDArray[np.float64]
    delayed: NDArray[np.float64]
    caught_up: NDArray[np.float64]


def load(path: str | Path) -> Scenario:
    """Reads PLAN.json."""
    plan = json.loads(Path(path).read_text())
    p = SimpleNamespace(**plan["parameters"])
    survival = SimpleNamespace(**plan["survival"])
    days = plan["days"]
    if any(day["on_rrp_limit"] is not None or day["mbs_cap"] is not None for day in days) or p.srf_limit < 5000:
        raise SystemExit("the peers know no limits on facilities or on MBS; export shutdown_cash_hoarding")
    dates = np.array([day["date"] for day in days], dtype="datetime64[D]")
    [shutdown] = [event for event in plan["events"] if event["kind"] == "shutdown"]
    opening = opening_state(plan)
    return Scenario(
        name=plan["scenario"],
        days=len(days),
        p=p,
        survival=survival,
        opening=opening,
        day=known_series(plan, p, survival, opening, dates),
        iorb=np.array([day["iorb"] for day in days]),
        dates=dates,
        shutdown=shutdown,
        correlation=correlations(plan["shocks"]),
    )


def opening_state(plan: dict) -> SimpleNamespace:
    books, state = plan["opening"]["books"], plan["opening"]["state"]
    fed = books["Fed"]
    return SimpleNamespace(
        reserves=books["banks"]["reserves"],
        tga=books["Treasury"]["TGA"],
        on_rrp=books["money funds"]["ON RRP"],
        srf=fed["standing repo"],
        loans=fed["Fed loans"],
        securities=fed["Treasury bills"] + fed["Treasury coupons"] + fed["agency MBS"] + plan["other_fed_assets"],
        foreign_rrp=books["foreign official"]["foreign RRP"],
        **state,
    )


def correlations(shocks: dict) -> SimpleNamespace:
    """The two correlations among the shocks that are drawn."""
    row = {name: dict(zip(shocks["names"], weights)) for name, weights in zip(shocks["names"], shocks["cholesky"])}
    fund, margin = row["FundCash"]["ForeignRrp"], row["SofrMargin"]["PaymentNeeds"]
    return SimpleNamespace(
        fund=fund, fund_own=row["FundCash"]["FundCash"], margin=margin, margin_own=row["SofrMargin"]["SofrMargin"]
    )


def known_series(plan: dict, p, survival, opening, dates) -> SimpleNamespace:
    """What is known of each day, as arrays by day."""
    rows = plan["days"]
    number = np.arange(len(rows))

    def of(key: str) -> NDArray:
        return np.array([float(row[key]) for row in rows])

    def need(key: str) -> NDArray:
        return np.array([row["needs"][key] for row in rows])

    def since(kind: str, size: str) -> NDArray:
        """Sum of the sizes of events of a kind that have begun."""
        total = np.zeros(len(rows))
        for event in plan["events"]:
            if event["kind"] == kind:
                total += np.where(number >= np.searchsorted(dates, np.datetime64(event["start"])), event[size], 0.0)
        return total

    def fading(share: float, added: NDArray, start: float = 0.0) -> NDArray:
        """x_d = share x_{d-1} + added_d."""
        level, levels = start, []
        for amount in added:
            level = share * level + amount
            levels.append(level)
        return np.array(levels)

    [runoff_end] = [
        np.searchsorted(dates, np.datetime64(e["start"])) for e in plan["events"] if e["kind"] == "runoff_end"
    ]
    running_off = number < runoff_end
    month_end, quarter_end, year_end = need("month_end"), need("quarter_end"), need("year_end")
    ends = quarter_end + year_end

    # The Fed.
    runoff = np.where(running_off, of("soma_share") * np.minimum(p.soma_maturities, of("runoff_cap")), 0.0)
    principal = np.where(running_off, of("mbs_principal") * p.mbs_principal, 0.0)
    bought = since("purchases", "pace") / DAYS_PER_MONTH
    currency = p.currency_growth / DAYS_PER_MONTH + p.currency_season * of("currency_season")

    # The Treasury.
    coupons = of("coupons")
    flow = of("foreseen_flow")
    gap_at_auction = np.array(
        [
            (
                row["auction"]["cash_target"]
                + p.cash_cushion
                + row["auction"]["months"] * (min(row["auction"]["runoff_cap"], p.soma_maturities) if running else 0.0)
                - row["auction"]["coupons"]
                - row["auction"]["foreseen_flow"]
                if row["auction"]
                else 0.0
            )
            for row, running in zip(rows, running_off)
        ]
    )

    # Dealers pass on what they hold beyond what leveraged investors keep; their repo falls by it.
    to_dealers = p.dealer_share_of_coupons * coupons
    inventory, distributed = 0.0, np.zeros(len(rows))
    for i, net in enumerate(coupons):
        inventory += to_dealers[i] - p.levered_share_of_coupons * net
        distributed[i] = (1 - survival.inventory) * inventory
        inventory -= distributed[i]
    inflow = p.fund_inflow / 5 + p.fund_season * of("fund_season")
    growth = since("levered_growth", "pace") / DAYS_PER_MONTH

    period_ends = month_end * p.need_month_end + quarter_end * p.need_quarter_end + year_end * p.need_year_end
    return SimpleNamespace(
        number=number.astype(float),
        flow=flow,
        flow_noise=np.where(of("large_payments") > 0, p.flow_noise_large, p.flow_noise),
        # What moves the TGA and reserves besides the operating flow and bills.
        tga=coupons - runoff,
        reserves=-coupons - principal + bought - p.fed_net_income / 5 - currency,
        securities=opening.securities + np.cumsum(bought - runoff - principal),
        bills_settle=of("bills_settle"),
        early_bills=np.where(number < LEAD, of("announced_bills"), 0.0) * of("bills_settle"),
        auction=np.array([float(row["auction"] is not None) for row in rows]),
        gap_at_auction=gap_at_auction,
        funding_gap=to_dealers - distributed + growth - inflow,
        needs=fading(p.period_end_carry, period_ends, opening.period_end_needs)
        + need("mid_month") * p.need_mid_month
        + need("tax_date") * p.need_tax_date,
        settlement=fading(survival.settlement, p.coupon_settlement_need * coupons),
        turned_away=month_end * p.on_rrp_month_end + quarter_end * p.on_rrp_quarter_end + year_end * p.on_rrp_year_end,
        floor=p.repo_floor + since("capacity_shift", "repo"),
        corridor_floor=of("corridor_floor"),
        corridor_ceiling=of("corridor_ceiling"),
        srf_start=of("corridor_ceiling") - p.srf_offset,
        sofr_margin=p.sofr_margin + month_end * p.sofr_month_end + since("capacity_shift", "sofr"),
        sofr_quarter_end=ends * p.sofr_quarter_end,
        effr=p.effr_floor + since("capacity_shift", "federal_funds"),
        width=1 + ends * (p.sofr_width_quarter_end - 1),
    )


def draw_shutdown(scenario: Scenario, rng: np.random.Generator, paths: int) -> Shutdown:
    """The shutdown of every path: its length and the outlays it delays are drawn once."""
    event, dates = scenario.shutdown, scenario.dates

    def draw(quantity) -> NDArray:
        if not isinstance(quantity, dict):
            return np.full(paths, float(quantity))
        of = quantity["distribution"]
        if "sigma" in of:
            drawn = rng.lognormal(np.log(of["median"]), of["sigma"], paths)
        else:
            drawn = rng.triangular(of["low"], of["mode"], of["high"], paths)
        return np.clip(drawn, *quantity["within"])

    start = np.datetime64(event["start"])
    reopening = start + np.rint(draw(event["duration"])).astype("timedelta64[D]")
    first = float(np.searchsorted(dates, start))
    # Beyond the run, five days of seven are business days: only the catching up depends on it.
    beyond = np.maximum((reopening - dates[-1]).astype(float), 0.0) * 5 / 7
    reopening = np.searchsorted(dates, reopening) + beyond
    delayed = draw(event["delayed_outlays"])
    return Shutdown(reopening, delayed, delayed * (reopening - first) / event["catch_up"])
