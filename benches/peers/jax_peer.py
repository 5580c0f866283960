"""The model in JAX: one compiled scan over days, an array over the paths of a chunk, its own threefry draws.

`--dtype f32` runs it in single precision; moments of a chunk are merged in double precision either way.
"""

from __future__ import annotations

import os

os.environ.update(
    OMP_NUM_THREADS="1",
    OPENBLAS_NUM_THREADS="1",
    XLA_FLAGS="--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    JAX_PLATFORMS="cpu",
)

from functools import partial
from types import SimpleNamespace

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from scenario import (
    DAYS_PER_MONTH,
    DAYS_PER_YEAR,
    LEAD,
    LOWEST_PERCENTILE,
    SPIKES,
    TAIL_EXPONENT,
    VARIABLES,
    WIDTH_BEND,
    Scenario,
    draw_shutdown,
)
from worker import Figures, Moments, quantiles_by_sorting, serve_or_run

CHUNK = 512
# Newton steps go on until all paths of a chunk are so near, in bp; the step from there leaves far less.
NEAR = 1e-2
NEWTON_STEPS, MOST_STEPS = 4, 40
SHOCKS, FAT_TAILED = 18, 3
NORMALS = SHOCKS + FAT_TAILED  # of a day: a fat tail takes one more


def softplus(x):
    """ln(1 + e^x). In single precision e^x overflows at 88, where the function has long become x."""
    return jnp.where(x > 30.0, x, jnp.log(1.0 + jnp.exp(jnp.minimum(x, 30.0))))


def softplus_and_slope(x):
    e = jnp.exp(jnp.minimum(x, 30.0))
    whole = 1.0 + e
    return jnp.where(x > 30.0, x, jnp.log(whole)), e / whole


@partial(jax.jit, static_argnums=(1, 2, 3))
def draw_shocks(key, days: int, paths: int, dtype):
    """The normals of all days, of which the first three are turned into Student's t with five degrees of freedom.

    A function of its own: inside the scan, XLA would draw a shock again for every place that reads it.
    """
    of_normals, of_uniforms = jax.random.split(key)
    z = jax.random.normal(of_normals, (days, NORMALS, paths), dtype)
    u = jax.random.uniform(of_uniforms, (2, days, FAT_TAILED, paths), dtype, minval=1e-18)
    chi = z[:, SHOCKS:] ** 2 - 2.0 * jnp.log(u[0] * u[1])
    return z[:, :SHOCKS].at[:, :FAT_TAILED].multiply(jnp.sqrt(3.0 / chi))


def clear(p, market, guess):
    """The spread at which banks lend what is wanted; steps that cycle between corners turn into bisection."""

    def excess(t):
        on_rrp, srf, drawn_in = facilities(p, market, t)
        shortfall = market.need_less_reserves + on_rrp - market.relief * srf
        exponent = (shortfall / market.ample - p.tail_start) / p.tail_width
        tail = p.tail_scale * jnp.exp(jnp.minimum(exponent, TAIL_EXPONENT))
        bend, slope = softplus_and_slope(shortfall / p.repo_smoothing)
        scale = 100.0 * p.repo_slope / market.ample
        slope = scale * slope + jnp.where(exponent < TAIL_EXPONENT, tail / (p.tail_width * market.ample), 0.0)
        return t - (market.floor + scale * p.repo_smoothing * bend + tail), 1.0 + slope * drawn_in

    def step(search):
        number, t, low, high, _ = search
        off, slope = excess(t)
        high = jnp.where(off > 0.0, t, high)
        low = jnp.where(off > 0.0, low, t)
        missed = jnp.abs(off)
        newton = t - off / slope
        bisect = (newton < low) | (newton > high) | ((number >= NEWTON_STEPS) & (missed > NEAR) & (number % 2 == 0))
        middle = jnp.where(high < 1e30, 0.5 * (low + high), t - off)
        return number + 1, jnp.where(bisect, middle, newton), low, high, missed.max()

    t = jnp.maximum(guess, market.floor)
    start = (0, t, market.floor, jnp.full_like(t, 1e31), jnp.asarray(jnp.inf, t.dtype))
    return lax.while_loop(lambda search: (search[4] > NEAR) & (search[0] < MOST_STEPS), step, start)[1]


def facilities(p, market, t):
    """ON RRP and the standing facility at a spread, and the reserves that a basis point more brings back."""
    height = p.on_rrp_response * (t + market.corridor_floor) + market.unmoved
    elastic = market.spare * jnp.exp(-jnp.maximum(height, 0.0) / market.decay)
    bend, opens = softplus_and_slope((t - market.srf_start) / p.srf_smoothing)
    srf = p.srf_slope * p.srf_smoothing * bend - p.srf_least
    drawn_in = jnp.where(height > 0.0, p.on_rrp_response * elastic / market.decay, 0.0)
    drawn_in += jnp.where(srf > 0.0, market.relief * p.srf_slope * opens, 0.0)
    return market.fixed + elastic, jnp.maximum(srf, 0.0), drawn_in


def compile_chunk(scenario: Scenario, paths: int, dtype, keep: bool):
    """The compiled function (shocks, shutdown) → means and sums of squares by day, spikes, and the values if wanted."""
    p, survival, opening, rho = scenario.p, scenario.survival, scenario.opening, scenario.correlation
    known = {name: jnp.asarray(series, dtype) for name, series in vars(scenario.day).items()}
    catch_up, cash_hoarding = scenario.shutdown["catch_up"], scenario.shutdown["hoarding"]
    relief = p.srf_morning_share + (1 - p.srf_morning_share) * p.srf_afternoon_relief
    payment_size = np.sqrt(1 - p.payment_persistence**2).item() * p.payment_noise
    opening_bank_repo = opening.funding_gap + opening.on_rrp - opening.srf

    def at(value):
        return jnp.full(paths, value, dtype)

    def opened():
        early = scenario.day.early_bills[:LEAD]
        of_the_opening = {name: at(getattr(opening, name)) for name in (
            "reserves", "tga", "loans", "foreign_rrp", "on_rrp", "srf", "funding_gap", "scarcity", "ample_reserves",
            "repo_noise", "usual_height", "reserves_average", "stress", "foreign_branch_reserves",
            "small_bank_reserves", "tgcr_over_month", "bills_over_month", "last_announced",
        )}  # fmt: skip
        nil = {name: at(0.0) for name in (
            "other_change", "flow_drift", "deficit_cash", "bills_to_resell", "settlement", "payments", "repo_drift",
            "sofr_drift", "hoarding", "bill_rest",
        )}  # fmt: skip
        more = {
            "price": at(opening.tgcr_iorb),
            "announced": tuple(at(bills) for bills in early),
            "outstanding": at(early.sum()),
            "highest": at(-1e30),
        }
        return of_the_opening | nil | more

    def live(shutdown, state, inputs):
        """A day: the state at the close, and what it publishes."""
        known = SimpleNamespace(**inputs[0])
        s = SimpleNamespace(**state)
        reopening, delayed, caught_up = shutdown
        (
            z_flow, z_payment, z_repo, z_drift, z_currency, z_foreign, z_other, z_fund, z_levered, z_sofr, z_effr,
            z_take_up, z_bills, z_width, z_yield, z_repo_drift, z_sofr_drift, z_taste,
        ) = inputs[1]  # fmt: skip
        z_fund = rho.fund * z_foreign + rho.fund_own * z_fund
        z_sofr = rho.margin * z_payment + rho.margin_own * z_sofr

        # Morning: the Treasury's flows, bills that settle, deposits at the Fed.
        flow_drift = survival.flow_drift * s.flow_drift + p.flow_drift_noise * z_drift
        shut = known.number < reopening
        catching_up = ~shut & (known.number < reopening + catch_up)
        flow = known.flow + known.flow_noise * z_flow + flow_drift
        flow += jnp.where(shut, delayed, 0.0) - jnp.where(catching_up, caught_up, 0.0)
        bills = known.bills_settle * s.announced[0]
        settlement = survival.settlement * s.settlement + p.bill_settlement_need * bills
        to_resell = s.bills_to_resell + p.bill_share_of_funds_later * bills
        tga = s.tga + flow + bills + known.tga
        foreign_in = (1 - survival.foreign_rrp) * (p.foreign_rrp_mean - s.foreign_rrp) + p.foreign_rrp_noise * z_foreign
        foreign_in = jnp.maximum(foreign_in, -s.foreign_rrp)
        other_in = (survival.other_deposits - 1) * s.other_change + p.other_deposits_noise * z_other
        reserves = s.reserves + known.reserves - flow - bills - foreign_in - other_in - p.currency_noise * z_currency

        # Midday: the funding gap, what banks need, and the price.
        bank_repo = s.funding_gap + s.on_rrp - s.srf - opening_bank_repo
        cash = s.deficit_cash - p.fund_share_of_deficit * (flow + p.usual_deficit)
        gap = s.funding_gap - (p.gap_reversion / 5) * jnp.maximum(s.funding_gap, 0.0) + known.funding_gap
        gap += p.bill_share_of_funds * bills + (1 - survival.bill_resale) * to_resell
        gap += p.levered_noise * z_levered - p.deleveraging_gain * s.stress
        gap -= p.fund_noise * z_fund + (1 - survival.fund_deficit) * cash
        strained = jnp.clip(s.scarcity, 0.0, p.payment_noise_range)
        payments = p.payment_persistence * s.payments
        payments += payment_size * jnp.exp(p.payment_noise_growth * strained) * z_payment
        need = s.ample_reserves * (1.0 + known.needs + payments) + s.hoarding + settlement + known.settlement
        need += p.bank_repo_need * bank_repo
        repo_drift = survival.rate_drift * s.repo_drift + p.repo_drift_noise * z_repo_drift
        spare = p.on_rrp_smoothing * softplus(-gap / p.on_rrp_smoothing)
        spared = 1.0 - jnp.exp(-spare / p.on_rrp_end_scale)
        turned_away = known.turned_away * (p.on_rrp_end_floor + (1 - p.on_rrp_end_floor) * spared)
        without_facilities = reserves + s.on_rrp - s.srf
        market = SimpleNamespace(
            need_less_reserves=need - without_facilities,
            ample=s.ample_reserves,
            floor=known.floor + repo_drift,
            fixed=p.on_rrp_inelastic * jnp.exp(p.on_rrp_noise * z_take_up)
            + turned_away * jnp.exp(p.on_rrp_month_end_noise * z_take_up),
            spare=spare,
            decay=p.on_rrp_decay * jnp.exp(-p.on_rrp_taste * z_taste),
            unmoved=(1 - p.on_rrp_response) * s.usual_height,
            corridor_floor=known.corridor_floor,
            srf_start=known.srf_start,
            relief=relief,
        )
        price = clear(p, market, s.price)
        on_rrp, srf, _ = facilities(p, market, price)
        scarcity = (market.need_less_reserves + on_rrp - relief * srf) / s.ample_reserves
        reserves = without_facilities - on_rrp + srf
        usual_height = survival.on_rrp * s.usual_height + (1 - survival.on_rrp) * (price + known.corridor_floor)

        # Close: the rates, what is remembered, and the next bills.
        freedom = p.rate_noise_pinned + (1 - p.rate_noise_pinned) * jnp.exp(-on_rrp / p.rate_pin_scale)
        repo_noise = p.repo_noise_persistence * s.repo_noise + freedom * p.repo_noise * z_repo
        tgcr = price + repo_noise
        dearer = jnp.maximum(tgcr - known.corridor_ceiling - p.primary_credit_stigma, 0.0)
        wanted = p.primary_credit_normal + p.primary_credit_slope * dearer
        borrowed = (1 - survival.primary_credit) * (wanted - s.loans)
        loans = s.loans + borrowed
        reserves += borrowed

        retreat = jnp.minimum(p.dealer_retreat_gain * s.stress, p.dealer_retreat_limit)
        sofr_drift = survival.rate_drift * s.sofr_drift + p.sofr_drift_noise * z_sofr_drift
        height = jnp.clip(tgcr - p.repo_floor, 0.0, p.sofr_margin_range)
        sofr = tgcr + known.sofr_margin + p.sofr_margin_slope * height + retreat + sofr_drift
        sofr += freedom * (known.sofr_quarter_end + p.sofr_noise * z_sofr)
        above = WIDTH_BEND * softplus((sofr - p.sofr_width_start) / WIDTH_BEND)
        width = (p.sofr_width + p.sofr_width_slope * above) * known.width
        width *= jnp.exp(p.sofr_width_noise * (z_width - 0.5 * p.sofr_width_noise))

        reserves_average = survival.effr * s.reserves_average + (1 - survival.effr) * reserves
        bend = softplus((s.ample_reserves - p.effr_ample_gap - reserves_average) / p.effr_smoothing)
        effr = known.effr + 0.01 * p.effr_slope * p.effr_smoothing * bend + p.effr_noise * z_effr

        tgcr_month = s.tgcr_over_month + (tgcr - s.tgcr_over_month) / DAYS_PER_MONTH
        bills_month = s.bills_over_month * (1 - 1 / DAYS_PER_MONTH) + bills
        bill_rest = p.bill_yield_persistence * s.bill_rest + p.bill_yield_noise * z_yield
        bill = p.bill_yield_margin + p.bill_yield_pass_through * tgcr_month + bill_rest
        bill += 0.01 * p.bill_yield_supply * bills_month

        strain = jnp.clip(sofr - p.stress_threshold, 0.0, p.stress_range)
        stress = survival.stress * s.stress + (1 - survival.stress) * strain
        hoarded = jnp.minimum(p.hoarding_gain * stress / p.hoarding_limit, 1.0) * (p.hoarding_limit - s.hoarding)
        hoarding = survival.hoarding * (s.hoarding + hoarded)

        change = reserves - s.last_reserves
        foreign = jnp.clip(s.foreign_branch_reserves + p.foreign_branch_margin * change, 0.0, reserves)
        small = jnp.clip(s.small_bank_reserves + p.small_bank_margin * change, 0.0, reserves - foreign)
        beyond = reserves - s.ample_reserves
        ratchet = jnp.where(beyond > 0.0, p.ample_ratchet_up, p.ample_ratchet_down) * beyond
        ample = s.ample_reserves + (0.01 * p.ample_growth * s.ample_reserves + ratchet) / DAYS_PER_YEAR

        outstanding = s.outstanding - bills
        missing = known.gap_at_auction + jnp.where(shut, cash_hoarding, 0.0) - tga - outstanding
        net = p.bill_inertia * s.last_announced + (1 - p.bill_inertia) * p.bill_response * missing
        net = jnp.clip(net + p.bill_noise * z_bills, -p.bill_pace_limit, p.bill_pace_limit)
        net *= known.auction
        last_announced = jnp.where(known.auction > 0, net, s.last_announced)

        assets = known.securities + srf + loans
        quarter = jnp.minimum(tgcr, sofr)
        published = jnp.stack([
            reserves, tga, on_rrp, srf, assets, assets - tga - on_rrp, sofr, tgcr, effr, scarcity, hoarding, gap,
            loans, foreign, small, reserves - foreign - small, ample, retreat,
            jnp.minimum(sofr + LOWEST_PERCENTILE * width, quarter), quarter, width, bill,
        ])  # fmt: skip
        close = {
            "reserves": reserves, "last_reserves": reserves, "tga": tga, "loans": loans,
            "foreign_rrp": s.foreign_rrp + foreign_in, "on_rrp": on_rrp, "srf": srf, "funding_gap": gap,
            "scarcity": scarcity, "ample_reserves": ample, "repo_noise": repo_noise, "usual_height": usual_height,
            "reserves_average": reserves_average, "stress": stress, "foreign_branch_reserves": foreign,
            "small_bank_reserves": small, "tgcr_over_month": tgcr_month, "bills_over_month": bills_month,
            "last_announced": last_announced, "other_change": s.other_change + other_in, "flow_drift": flow_drift,
            "deficit_cash": survival.fund_deficit * cash, "bills_to_resell": survival.bill_resale * to_resell,
            "settlement": settlement, "payments": payments, "repo_drift": repo_drift, "sofr_drift": sofr_drift,
            "hoarding": hoarding, "bill_rest": bill_rest, "price": price, "announced": (*s.announced[1:], net),
            "outstanding": outstanding + net, "highest": jnp.maximum(s.highest, sofr),
        }  # fmt: skip
        mean = published.mean(axis=1)
        squares = ((published - mean[:, None]) ** 2).sum(axis=1)
        return close, (mean, squares, published if keep else None)

    @jax.jit
    def chunk(shocks, shutdown):
        state = opened()
        state["last_reserves"] = state["reserves"]
        close, (mean, squares, values) = lax.scan(partial(live, shutdown), state, (known, shocks))
        return mean, squares, jnp.stack([(close["highest"] > line).sum() for line in SPIKES]), values

    return chunk


def prepare(scenario: Scenario, arguments):
    dtype = jnp.float64 if arguments.dtype == "f64" else jnp.float32
    jax.config.update("jax_enable_x64", arguments.dtype == "f64")
    width = arguments.chunk or CHUNK
    chunks = {}
    kept = np.empty((scenario.days, len(VARIABLES), 0), dtype)

    def run(level: str, paths: int, seed: int) -> Figures:
        nonlocal kept
        if paths % width:
            raise SystemExit(f"the jax peer takes paths in whole chunks of {width}")
        keep = level == "fan"
        if keep not in chunks:
            chunks[keep] = compile_chunk(scenario, width, dtype, keep)
        if keep and kept.shape[2] != paths:
            kept = np.empty((scenario.days, len(VARIABLES), paths), dtype)
        rng, key = np.random.default_rng(seed), jax.random.key(seed)
        moments, spikes = Moments(scenario.days), np.zeros(len(SPIKES), dtype=int)
        for first in range(0, paths, width):
            drawn = draw_shutdown(scenario, rng, width)
            shutdown = tuple(jnp.asarray(x, dtype) for x in (drawn.reopening, drawn.delayed, drawn.caught_up))
            shocks = draw_shocks(jax.random.fold_in(key, first), scenario.days, width, dtype)
            mean, squares, above, values = chunks[keep](shocks, shutdown)
            moments.add(width, np.asarray(mean, float), np.asarray(squares, float))
            spikes += np.asarray(above)
            if keep:
                kept[:, :, first : first + width] = values
        figures = Figures(moments.mean, moments.sd(), spikes.tolist())
        if keep:
            figures.quantiles, figures.values = quantiles_by_sorting(kept), kept
        return figures

    return run


if __name__ == "__main__":
    serve_or_run("jax", ["jax", "jaxlib", "numpy"], prepare)
