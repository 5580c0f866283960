"""The model in numba: a compiled loop over paths and days, scalar by scalar, in which each path stops at its own root.

Parameters are frozen into the compiled code, as constants. Draws are those of NumPy's generator, which numba inlines;
numba's own Mersenne twister takes five times as long.
"""

from __future__ import annotations

import os

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

from collections import namedtuple
from math import exp, log, sqrt

import numpy as np
from numba import njit

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
from worker import Figures, quantiles_by_sorting, serve_or_run

TOLERANCE = 1e-4  # bp, of the step before the last; the last one leaves far less
NEWTON_STEPS, MOST_STEPS = 8, 60

compiled = njit(fastmath=True, error_model="numpy")


def constants(name: str, values) -> tuple:
    """A namespace as a named tuple, which numba freezes into compiled code."""
    return namedtuple(name, vars(values).keys())(**vars(values))


@compiled
def softplus(x):
    return log(1.0 + exp(x))


@compiled
def fat_tailed(rng):
    """Student's t with five degrees of freedom and variance one; its chi-squared is two exponentials and a normal."""
    z = rng.standard_normal()
    chi = 2.0 * (rng.standard_exponential() + rng.standard_exponential()) + z * z
    return rng.standard_normal() * sqrt(3.0 / chi)


def compile_paths(scenario: Scenario):
    """The compiled loop over paths: fills sums, squares and spikes, and the values where they are wanted."""
    p, survival = constants("Parameters", scenario.p), constants("Survival", scenario.survival)
    opening, rho = constants("Opening", scenario.opening), constants("Correlation", scenario.correlation)
    days, variables, catch_up = scenario.days, len(VARIABLES), float(scenario.shutdown["catch_up"])
    cash_hoarding = float(scenario.shutdown["hoarding"])
    early = tuple(scenario.day.early_bills[:LEAD].tolist())
    early_sum = sum(early)
    relief = p.srf_morning_share + (1 - p.srf_morning_share) * p.srf_afternoon_relief
    payment_size = sqrt(1 - p.payment_persistence**2) * p.payment_noise
    opening_bank_repo = opening.funding_gap + opening.on_rrp - opening.srf
    month = 1 / DAYS_PER_MONTH

    @compiled
    def facilities(t, fixed, spare, decay, unmoved, corridor_floor, srf_start):
        """ON RRP and the standing facility at a spread, and the reserves that a basis point more brings back."""
        height = p.on_rrp_response * (t + corridor_floor) + unmoved
        drawn_in = 0.0
        elastic = spare
        if height > 0.0:
            elastic = spare * exp(-height / decay)
            drawn_in = p.on_rrp_response * elastic / decay
        e = exp((t - srf_start) / p.srf_smoothing)
        srf = p.srf_slope * p.srf_smoothing * log(1.0 + e) - p.srf_least
        if srf > 0.0:
            drawn_in += relief * p.srf_slope * e / (1.0 + e)
        else:
            srf = 0.0
        return fixed + elastic, srf, drawn_in

    @compiled
    def clear(guess, need_less_reserves, ample, floor, fixed, spare, decay, unmoved, corridor_floor, srf_start):
        """The spread at which banks lend what is wanted: Newton steps, within a bracket that is halved if they cycle."""
        t = max(guess, floor)
        low, high = floor, np.inf
        scale = 100.0 * p.repo_slope / ample
        for step in range(MOST_STEPS):
            on_rrp, srf, drawn_in = facilities(t, fixed, spare, decay, unmoved, corridor_floor, srf_start)
            shortfall = need_less_reserves + on_rrp - relief * srf
            exponent = (shortfall / ample - p.tail_start) / p.tail_width
            tail = p.tail_scale * exp(min(exponent, TAIL_EXPONENT))
            e = exp(shortfall / p.repo_smoothing)
            slope = scale * e / (1.0 + e)
            if exponent < TAIL_EXPONENT:
                slope += tail / (p.tail_width * ample)
            excess = t - (floor + scale * p.repo_smoothing * log(1.0 + e) + tail)
            if excess > 0.0:
                high = t
            else:
                low = t
            next_t = t - excess / (1.0 + slope * drawn_in)
            if abs(excess) < TOLERANCE:
                return next_t
            if next_t < low or next_t > high or (step >= NEWTON_STEPS and step % 2 == 0):
                next_t = 0.5 * (low + high) if high < np.inf else t - excess
            t = next_t
        return t

    @compiled
    def live(rng, known, reopening, delayed, caught_up, sums, squares, spikes, values, keep):
        row, announced = np.empty(variables), np.empty(LEAD)
        for path in range(len(reopening)):
            reserves, tga, loans, foreign_rrp = opening.reserves, opening.tga, opening.loans, opening.foreign_rrp
            on_rrp, srf, other_change = opening.on_rrp, opening.srf, 0.0
            gap, scarcity, ample = opening.funding_gap, opening.scarcity, opening.ample_reserves
            flow_drift = deficit_cash = bills_to_resell = settlement = 0.0
            payments = repo_drift = sofr_drift = hoarding = bill_rest = 0.0
            repo_noise, usual_height, price = opening.repo_noise, opening.usual_height, opening.tgcr_iorb
            reserves_average, stress = opening.reserves_average, opening.stress
            foreign, small = opening.foreign_branch_reserves, opening.small_bank_reserves
            tgcr_month, bills_month = opening.tgcr_over_month, opening.bills_over_month
            last_announced, outstanding, last_reserves = opening.last_announced, early_sum, opening.reserves
            for slot in range(LEAD):
                announced[slot] = early[slot]
            highest = -np.inf

            for day in range(days):
                # Morning: the Treasury's flows, bills that settle, deposits at the Fed.
                flow_drift = survival.flow_drift * flow_drift + p.flow_drift_noise * rng.standard_normal()
                flow = known.flow[day] + known.flow_noise[day] * fat_tailed(rng) + flow_drift
                shut = day < reopening[path]
                if shut:
                    flow += delayed[path]
                elif day < reopening[path] + catch_up:
                    flow -= caught_up[path]
                settlement *= survival.settlement
                bills = 0.0
                if known.bills_settle[day] > 0.0:
                    bills = announced[day % LEAD]
                    outstanding -= bills
                    settlement += p.bill_settlement_need * bills
                    bills_to_resell += p.bill_share_of_funds_later * bills
                tga += flow + bills + known.tga[day]
                z_foreign = rng.standard_normal()
                foreign_in = (1 - survival.foreign_rrp) * (p.foreign_rrp_mean - foreign_rrp)
                foreign_in = max(foreign_in + p.foreign_rrp_noise * z_foreign, -foreign_rrp)
                foreign_rrp += foreign_in
                other_in = (survival.other_deposits - 1) * other_change + p.other_deposits_noise * rng.standard_normal()
                other_change += other_in
                reserves += known.reserves[day] - flow - bills - foreign_in - other_in
                reserves -= p.currency_noise * rng.standard_normal()

                # Midday: the funding gap, what banks need, and the price.
                bank_repo = gap + on_rrp - srf - opening_bank_repo
                cash = deficit_cash - p.fund_share_of_deficit * (flow + p.usual_deficit)
                deficit_cash = survival.fund_deficit * cash
                gap += (
                    known.funding_gap[day] - (p.gap_reversion / 5) * max(gap, 0.0) - (1 - survival.fund_deficit) * cash
                )
                gap += p.bill_share_of_funds * bills + (1 - survival.bill_resale) * bills_to_resell
                gap -= p.fund_noise * (rho.fund * z_foreign + rho.fund_own * rng.standard_normal())
                gap += p.levered_noise * rng.standard_normal() - p.deleveraging_gain * stress
                bills_to_resell *= survival.bill_resale

                z_payment = fat_tailed(rng)
                strained = min(max(scarcity, 0.0), p.payment_noise_range)
                payments *= p.payment_persistence
                payments += payment_size * exp(p.payment_noise_growth * strained) * z_payment
                need = ample * (1.0 + known.needs[day] + payments) + hoarding + settlement + known.settlement[day]
                need += p.bank_repo_need * bank_repo
                repo_drift = survival.rate_drift * repo_drift + p.repo_drift_noise * rng.standard_normal()
                z_take_up = rng.standard_normal()
                spare = p.on_rrp_smoothing * softplus(-gap / p.on_rrp_smoothing)
                fixed = p.on_rrp_inelastic * exp(p.on_rrp_noise * z_take_up)
                if known.turned_away[day] > 0.0:
                    spared = 1.0 - exp(-spare / p.on_rrp_end_scale)
                    turned_away = known.turned_away[day] * (p.on_rrp_end_floor + (1 - p.on_rrp_end_floor) * spared)
                    fixed += turned_away * exp(p.on_rrp_month_end_noise * z_take_up)
                decay = p.on_rrp_decay * exp(-p.on_rrp_taste * rng.standard_normal())
                unmoved = (1 - p.on_rrp_response) * usual_height
                corridor, srf_start = known.corridor_floor[day], known.srf_start[day]
                floor = known.floor[day] + repo_drift
                reserves += on_rrp - srf
                price = clear(
                    price, need - reserves, ample, floor, fixed, spare, decay, unmoved, corridor, srf_start
                )  # fmt: skip
                on_rrp, srf, _ = facilities(price, fixed, spare, decay, unmoved, corridor, srf_start)
                scarcity = (need - reserves + on_rrp - relief * srf) / ample
                reserves += srf - on_rrp
                usual_height = survival.on_rrp * usual_height + (1 - survival.on_rrp) * (price + corridor)

                # Close: the rates, what is remembered, and the next bills.
                freedom = p.rate_noise_pinned + (1 - p.rate_noise_pinned) * exp(-on_rrp / p.rate_pin_scale)
                repo_noise = p.repo_noise_persistence * repo_noise + freedom * p.repo_noise * fat_tailed(rng)
                tgcr = price + repo_noise
                dearer = max(tgcr - known.corridor_ceiling[day] - p.primary_credit_stigma, 0.0)
                wanted = p.primary_credit_normal + p.primary_credit_slope * dearer
                borrowed = (1 - survival.primary_credit) * (wanted - loans)
                loans += borrowed
                reserves += borrowed

                retreat = min(p.dealer_retreat_gain * stress, p.dealer_retreat_limit)
                sofr_drift = survival.rate_drift * sofr_drift + p.sofr_drift_noise * rng.standard_normal()
                z_sofr = rho.margin * z_payment + rho.margin_own * rng.standard_normal()
                height = min(max(tgcr - p.repo_floor, 0.0), p.sofr_margin_range)
                sofr = tgcr + known.sofr_margin[day] + p.sofr_margin_slope * height + retreat + sofr_drift
                sofr += freedom * (known.sofr_quarter_end[day] + p.sofr_noise * z_sofr)
                highest = max(highest, sofr)

                above = WIDTH_BEND * softplus((sofr - p.sofr_width_start) / WIDTH_BEND)
                width = (p.sofr_width + p.sofr_width_slope * above) * known.width[day]
                width *= exp(p.sofr_width_noise * (rng.standard_normal() - 0.5 * p.sofr_width_noise))

                reserves_average = survival.effr * reserves_average + (1 - survival.effr) * reserves
                bend = softplus((ample - p.effr_ample_gap - reserves_average) / p.effr_smoothing)
                effr = known.effr[day] + 0.01 * p.effr_slope * p.effr_smoothing * bend
                effr += p.effr_noise * rng.standard_normal()

                tgcr_month += month * (tgcr - tgcr_month)
                bills_month += bills - month * bills_month
                bill_rest = p.bill_yield_persistence * bill_rest + p.bill_yield_noise * rng.standard_normal()
                bill = p.bill_yield_margin + p.bill_yield_pass_through * tgcr_month + bill_rest
                bill += 0.01 * p.bill_yield_supply * bills_month

                strain = min(max(sofr - p.stress_threshold, 0.0), p.stress_range)
                stress = survival.stress * stress + (1 - survival.stress) * strain
                hoarded = min(p.hoarding_gain * stress / p.hoarding_limit, 1.0) * (p.hoarding_limit - hoarding)
                hoarding = survival.hoarding * (hoarding + hoarded)

                change = reserves - last_reserves
                last_reserves = reserves
                foreign = min(max(foreign + p.foreign_branch_margin * change, 0.0), reserves)
                small = min(max(small + p.small_bank_margin * change, 0.0), reserves - foreign)

                beyond = reserves - ample
                ratchet = (p.ample_ratchet_up if beyond > 0.0 else p.ample_ratchet_down) * beyond
                ample += (0.01 * p.ample_growth * ample + ratchet) / DAYS_PER_YEAR

                if known.auction[day] > 0.0:
                    missing = known.gap_at_auction[day] - tga - outstanding
                    if shut:
                        missing += cash_hoarding
                    net = p.bill_inertia * last_announced + (1 - p.bill_inertia) * p.bill_response * missing
                    net += p.bill_noise * rng.standard_normal()
                    last_announced = min(max(net, -p.bill_pace_limit), p.bill_pace_limit)
                    announced[day % LEAD] = last_announced
                    outstanding += last_announced

                assets = known.securities[day] + srf + loans
                quarter = min(tgcr, sofr)
                row[0], row[1], row[2], row[3] = reserves, tga, on_rrp, srf
                row[4], row[5] = assets, assets - tga - on_rrp
                row[6], row[7], row[8], row[9], row[10], row[11] = sofr, tgcr, effr, scarcity, hoarding, gap
                row[12], row[13], row[14], row[15] = loans, foreign, small, reserves - foreign - small
                row[16], row[17] = ample, retreat
                row[18], row[19] = min(sofr + LOWEST_PERCENTILE * width, quarter), quarter
                row[20], row[21] = width, bill
                for variable in range(variables):
                    x = row[variable]
                    sums[day, variable] += x
                    squares[day, variable] += x * x
                if keep:
                    for variable in range(variables):
                        values[day, variable, path] = row[variable]
            for line in range(len(SPIKES)):
                spikes[line] += highest > SPIKES[line]

    return live


def prepare(scenario: Scenario, arguments):
    live, known = compile_paths(scenario), constants("Known", scenario.day)
    shape = (scenario.days, len(VARIABLES))
    kept = np.empty((*shape, 0))

    def run(level: str, paths: int, seed: int) -> Figures:
        nonlocal kept
        rng = np.random.Generator(np.random.SFC64(seed))
        if level == "fan" and kept.shape[2] != paths:
            kept = np.empty((*shape, paths))
        shutdown = draw_shutdown(scenario, rng, paths)
        sums, squares, spikes = np.zeros(shape), np.zeros(shape), np.zeros(len(SPIKES), dtype=np.int64)
        live(
            rng, known, shutdown.reopening, shutdown.delayed, shutdown.caught_up, sums, squares, spikes, kept,
            level == "fan",
        )  # fmt: skip
        mean = sums / paths
        sd = np.sqrt(np.maximum(squares - paths * mean * mean, 0.0) / (paths - 1))
        figures = Figures(mean, sd, spikes.tolist())
        if level == "fan":
            figures.quantiles, figures.values = quantiles_by_sorting(kept), kept
        return figures

    return run


if __name__ == "__main__":
    serve_or_run("numba", ["numba", "numpy"], prepare)
