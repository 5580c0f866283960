"""The model in NumPy: an array over paths for every quantity, chunks of paths that fit the cache, a loop over days."""

from __future__ import annotations

import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import numpy as np
from numpy.typing import NDArray

from scenario import (
    DAYS_PER_MONTH,
    DAYS_PER_YEAR,
    LEAD,
    LOWEST_PERCENTILE,
    SOFR,
    SPIKES,
    TAIL_EXPONENT,
    VARIABLES,
    WIDTH_BEND,
    Scenario,
    Shutdown,
    draw_shutdown,
)
from worker import Figures, Moments, quantiles_by_sorting, serve_or_run

CHUNK = 4096
# A Newton step from so near, in bp, leaves less than a thousandth of a basis point.
NEAR = 0.02
STEPS_FOR_ALL, STEPS_FOR_FEW, BISECTIONS = 2, 5, 40

Lanes = NDArray[np.float64]


def softplus(x: Lanes) -> Lanes:
    """ln(1 + e^x), in place; nothing here comes near the 709 at which e^x overflows."""
    np.exp(x, out=x)
    x += 1.0
    return np.log(x, out=x)


def softplus_and_slope(x: Lanes) -> tuple[Lanes, Lanes]:
    """ln(1 + e^x) and its derivative, from one exponential, in place."""
    np.exp(x, out=x)
    whole = x + 1.0
    x /= whole
    return np.log(whole, out=whole), x


class Market:
    """What the paths bring to the market of a day; clears by Newton steps."""

    # The arrays with one value a path.
    LANES = ("need_less_reserves", "ample", "floor", "fixed", "spare", "decay", "unmoved")

    def __init__(self, p, corridor_floor: float, srf_start: float, relief: float):
        self.p, self.corridor_floor, self.srf_start, self.relief = p, corridor_floor, srf_start, relief

    def part(self, lanes: NDArray) -> Market:
        """The market of some of the paths."""
        part = Market(self.p, self.corridor_floor, self.srf_start, self.relief)
        for name in self.LANES:
            setattr(part, name, getattr(self, name)[lanes])
        return part

    def facilities(self, t: Lanes) -> tuple[Lanes, Lanes, Lanes]:
        """ON RRP and the standing facility at a spread, and the reserves that a basis point more brings back."""
        p = self.p
        height = t + self.corridor_floor
        height *= p.on_rrp_response
        height += self.unmoved
        leaves = height > 0.0
        np.maximum(height, 0.0, out=height)
        height /= self.decay
        elastic = np.exp(np.negative(height, out=height), out=height)
        elastic *= self.spare
        srf, opens = softplus_and_slope((t - self.srf_start) / p.srf_smoothing)
        srf *= p.srf_slope * p.srf_smoothing
        srf -= p.srf_least
        drawn_in = elastic / self.decay
        drawn_in *= leaves
        drawn_in *= p.on_rrp_response
        opens *= srf > 0.0
        opens *= self.relief * p.srf_slope
        drawn_in += opens
        np.maximum(srf, 0.0, out=srf)
        elastic += self.fixed
        return elastic, srf, drawn_in

    def shortfall(self, on_rrp: Lanes, srf: Lanes) -> Lanes:
        return self.need_less_reserves + on_rrp - self.relief * srf

    def excess(self, t: Lanes) -> tuple[Lanes, Lanes]:
        """The spread less that at which banks lend, and its derivative."""
        p = self.p
        on_rrp, srf, drawn_in = self.facilities(t)
        shortfall = self.shortfall(on_rrp, srf)
        exponent = shortfall / self.ample
        exponent -= p.tail_start
        exponent /= p.tail_width
        uncut = exponent < TAIL_EXPONENT
        np.minimum(exponent, TAIL_EXPONENT, out=exponent)
        tail = np.exp(exponent, out=exponent)
        tail *= p.tail_scale
        shortfall /= p.repo_smoothing
        bend, slope = softplus_and_slope(shortfall)
        scale = 100.0 * p.repo_slope / self.ample
        slope *= scale
        slope += uncut * tail / (p.tail_width * self.ample)
        slope *= drawn_in
        slope += 1.0
        bend *= scale
        bend *= p.repo_smoothing
        bend += tail
        bend += self.floor
        return t - bend, slope

    def clear(self, guess: Lanes) -> Lanes:
        """The spread at which banks lend what is wanted: some steps on all paths, then on those that need more."""
        t = np.maximum(guess, self.floor)
        for _ in range(STEPS_FOR_ALL):
            missed = self.newton(t)
        left = np.flatnonzero(missed > NEAR)
        if left.size:
            t[left] = self.part(left).search(t[left])
        return t

    def newton(self, t: Lanes) -> Lanes:
        """A step toward the root, in place; returns how far from the equation it started."""
        excess, slope = self.excess(t)
        slope = np.divide(excess, slope, out=slope)
        t -= slope
        np.maximum(t, self.floor, out=t)
        return np.abs(excess, out=excess)

    def search(self, t: Lanes) -> Lanes:
        """The same to the end; what still moves after some steps cycles between corners and is bisected."""
        for _ in range(STEPS_FOR_FEW):
            missed = self.newton(t)
            if missed.max() < NEAR:
                return t
        left = np.flatnonzero(missed > NEAR)
        t[left] = self.part(left).bisect()
        return t

    def bisect(self) -> Lanes:
        low = self.floor.copy()
        high = low - self.excess(low)[0]
        for _ in range(BISECTIONS):
            middle = 0.5 * (low + high)
            above = self.excess(middle)[0] > 0.0
            high = np.where(above, middle, high)
            low = np.where(above, low, middle)
        return 0.5 * (low + high)


def fat_tailed(rng: np.random.Generator, z: Lanes) -> Lanes:
    """Turns normals into Student's t with five degrees of freedom and variance one.

    A chi-squared with five degrees of freedom is twice the sum of two exponentials plus a squared normal; that is three
    ziggurat draws, faster than `standard_t`.
    """
    chi = rng.standard_normal(len(z))
    chi *= chi
    exponentials = rng.standard_exponential((2, len(z)))
    exponentials[0] += exponentials[1]
    exponentials[0] *= 2.0
    chi += exponentials[0]
    np.divide(3.0, chi, out=chi)
    z *= np.sqrt(chi, out=chi)
    return z


def live(scenario: Scenario, rng: np.random.Generator, shutdown: Shutdown, values: NDArray) -> None:
    """Lives through all days on the paths of a chunk; fills `values`, by day, variable and path."""
    p, survival, opening, known, rho = (
        scenario.p,
        scenario.survival,
        scenario.opening,
        scenario.day,
        scenario.correlation,
    )
    paths = len(shutdown.reopening)

    def at(value: float) -> Lanes:
        return np.full(paths, value)

    reserves, tga, loans, foreign_rrp = map(at, (opening.reserves, opening.tga, opening.loans, opening.foreign_rrp))
    on_rrp, srf, other_change = at(opening.on_rrp), at(opening.srf), at(0.0)
    gap, scarcity, ample = at(opening.funding_gap), at(opening.scarcity), at(opening.ample_reserves)
    flow_drift, deficit_cash, bills_to_resell, settlement = at(0.0), at(0.0), at(0.0), at(0.0)
    payments, repo_drift, sofr_drift, repo_noise = at(0.0), at(0.0), at(0.0), at(opening.repo_noise)
    usual_height, price = at(opening.usual_height), at(opening.tgcr_iorb)
    reserves_average, stress, hoarding = at(opening.reserves_average), at(opening.stress), at(0.0)
    foreign, small = at(opening.foreign_branch_reserves), at(opening.small_bank_reserves)
    tgcr_month, bills_month, bill_rest = at(opening.tgcr_over_month), at(opening.bills_over_month), at(0.0)
    last_announced, announced = at(opening.last_announced), [at(bills) for bills in known.early_bills[:LEAD]]
    outstanding = at(known.early_bills[:LEAD].sum())
    last_reserves = reserves.copy()
    opening_bank_repo = opening.funding_gap + opening.on_rrp - opening.srf

    relief = p.srf_morning_share + (1 - p.srf_morning_share) * p.srf_afternoon_relief
    payment_size = np.sqrt(1 - p.payment_persistence**2) * p.payment_noise
    month, catch_up = 1 / DAYS_PER_MONTH, scenario.shutdown["catch_up"]
    effr_scale = 0.01 * p.effr_slope * p.effr_smoothing
    no_bills = at(0.0)
    draws = np.empty((18, paths))

    for day in range(scenario.days):
        (
            z_flow, z_drift, z_currency, z_foreign, z_other, z_fund, z_levered, z_payment, z_repo, z_sofr, z_effr,
            z_take_up, z_bills, z_width, z_yield, z_repo_drift, z_sofr_drift, z_taste,
        ) = rng.standard_normal(out=draws)  # fmt: skip
        fat_tailed(rng, z_flow)
        fat_tailed(rng, z_payment)
        fat_tailed(rng, z_repo)
        z_fund *= rho.fund_own
        z_fund += rho.fund * z_foreign
        z_sofr *= rho.margin_own
        z_sofr += rho.margin * z_payment

        # Morning: the Treasury's flows, bills that settle, deposits at the Fed.
        flow_drift *= survival.flow_drift
        flow_drift += p.flow_drift_noise * z_drift
        flow = known.flow_noise[day] * z_flow
        flow += known.flow[day]
        flow += flow_drift
        shut = shutdown.reopening > day
        flow += shut * shutdown.delayed
        flow -= (~shut & (shutdown.reopening + catch_up > day)) * shutdown.caught_up
        bills = announced[day % LEAD] if known.bills_settle[day] else no_bills
        settlement *= survival.settlement
        paid_in = flow + known.tga[day]
        if known.bills_settle[day]:
            outstanding -= bills
            settlement += p.bill_settlement_need * bills
            bills_to_resell += p.bill_share_of_funds_later * bills
            paid_in += bills
            gap_bills = p.bill_share_of_funds * bills
        else:
            gap_bills = 0.0
        tga += paid_in
        reserves -= flow
        reserves -= bills
        reserves += known.reserves[day]
        reserves -= p.currency_noise * z_currency
        change = (1 - survival.foreign_rrp) * (p.foreign_rrp_mean - foreign_rrp)
        change += p.foreign_rrp_noise * z_foreign
        np.maximum(change, -foreign_rrp, out=change)
        foreign_rrp += change
        reserves -= change
        change = (survival.other_deposits - 1) * other_change
        change += p.other_deposits_noise * z_other
        other_change += change
        reserves -= change

        # Midday: the funding gap, what banks need, and the price.
        bank_repo = gap + on_rrp
        bank_repo -= srf
        bank_repo -= opening_bank_repo
        deficit_cash -= p.fund_share_of_deficit * (flow + p.usual_deficit)
        gap -= (p.gap_reversion / 5) * np.maximum(gap, 0.0)
        gap += known.funding_gap[day]
        gap += gap_bills
        gap -= (1 - survival.fund_deficit) * deficit_cash
        deficit_cash *= survival.fund_deficit
        gap -= p.fund_noise * z_fund
        gap += p.levered_noise * z_levered
        gap -= p.deleveraging_gain * stress
        gap += (1 - survival.bill_resale) * bills_to_resell
        bills_to_resell *= survival.bill_resale

        size = np.maximum(scarcity, 0.0)
        np.minimum(size, p.payment_noise_range, out=size)
        size *= p.payment_noise_growth
        np.exp(size, out=size)
        size *= z_payment
        size *= payment_size
        payments *= p.payment_persistence
        payments += size
        need = payments + (1.0 + known.needs[day])
        need *= ample
        need += hoarding
        need += settlement
        need += known.settlement[day]
        bank_repo *= p.bank_repo_need
        need += bank_repo
        repo_drift *= survival.rate_drift
        repo_drift += p.repo_drift_noise * z_repo_drift

        market = Market(p, known.corridor_floor[day], known.srf_start[day], relief)
        reserves += on_rrp
        reserves -= srf
        market.need_less_reserves = need - reserves
        market.ample = ample
        market.floor = repo_drift + known.floor[day]
        market.spare = spare = p.on_rrp_smoothing * softplus(gap / -p.on_rrp_smoothing)
        market.fixed = p.on_rrp_inelastic * np.exp(p.on_rrp_noise * z_take_up)
        if known.turned_away[day] > 0:
            spared = 1.0 - np.exp(spare / -p.on_rrp_end_scale)
            turned_away = known.turned_away[day] * (p.on_rrp_end_floor + (1 - p.on_rrp_end_floor) * spared)
            market.fixed += turned_away * np.exp(p.on_rrp_month_end_noise * z_take_up)
        market.decay = p.on_rrp_decay * np.exp(-p.on_rrp_taste * z_taste)
        market.unmoved = (1 - p.on_rrp_response) * usual_height
        price = market.clear(price)
        on_rrp, srf, _ = market.facilities(price)
        scarcity = market.shortfall(on_rrp, srf)
        scarcity /= ample
        reserves -= on_rrp
        reserves += srf
        usual_height *= survival.on_rrp
        usual_height += (1 - survival.on_rrp) * (price + known.corridor_floor[day])

        # Close: the rates, what is remembered, and the next bills.
        freedom = np.exp(on_rrp / -p.rate_pin_scale)
        freedom *= 1 - p.rate_noise_pinned
        freedom += p.rate_noise_pinned
        repo_noise *= p.repo_noise_persistence
        z_repo *= p.repo_noise
        z_repo *= freedom
        repo_noise += z_repo
        tgcr = price + repo_noise
        dearer = np.maximum(tgcr - (known.corridor_ceiling[day] + p.primary_credit_stigma), 0.0)
        dearer *= p.primary_credit_slope
        dearer += p.primary_credit_normal
        dearer -= loans
        dearer *= 1 - survival.primary_credit
        loans += dearer
        reserves += dearer

        retreat = np.minimum(p.dealer_retreat_gain * stress, p.dealer_retreat_limit)
        sofr_drift *= survival.rate_drift
        sofr_drift += p.sofr_drift_noise * z_sofr_drift
        sofr = tgcr - p.repo_floor
        np.maximum(sofr, 0.0, out=sofr)
        np.minimum(sofr, p.sofr_margin_range, out=sofr)
        sofr *= p.sofr_margin_slope
        sofr += tgcr
        sofr += known.sofr_margin[day]
        sofr += retreat
        sofr += sofr_drift
        z_sofr *= p.sofr_noise
        z_sofr += known.sofr_quarter_end[day]
        z_sofr *= freedom
        sofr += z_sofr

        width = softplus((sofr - p.sofr_width_start) / WIDTH_BEND)
        width *= p.sofr_width_slope * WIDTH_BEND
        width += p.sofr_width
        width *= known.width[day]
        z_width *= p.sofr_width_noise
        z_width -= 0.5 * p.sofr_width_noise**2
        width *= np.exp(z_width, out=z_width)

        reserves_average *= survival.effr
        reserves_average += (1 - survival.effr) * reserves
        effr = ample - reserves_average
        effr -= p.effr_ample_gap
        effr /= p.effr_smoothing
        effr = softplus(effr)
        effr *= effr_scale
        effr += known.effr[day]
        effr += p.effr_noise * z_effr

        tgcr_month += month * (tgcr - tgcr_month)
        bills_month *= 1 - month
        bills_month += bills
        bill_rest *= p.bill_yield_persistence
        bill_rest += p.bill_yield_noise * z_yield

        strain = sofr - p.stress_threshold
        np.maximum(strain, 0.0, out=strain)
        np.minimum(strain, p.stress_range, out=strain)
        stress *= survival.stress
        strain *= 1 - survival.stress
        stress += strain
        hoarded = np.minimum(stress * (p.hoarding_gain / p.hoarding_limit), 1.0)
        hoarded *= p.hoarding_limit - hoarding
        hoarding += hoarded
        hoarding *= survival.hoarding

        change = reserves - last_reserves
        foreign += p.foreign_branch_margin * change
        np.maximum(foreign, 0.0, out=foreign)
        np.minimum(foreign, reserves, out=foreign)
        change *= p.small_bank_margin
        small += change
        np.maximum(small, 0.0, out=small)
        np.minimum(small, reserves - foreign, out=small)
        last_reserves[:] = reserves

        beyond = reserves - ample
        ample *= 1 + 0.01 * p.ample_growth / DAYS_PER_YEAR
        beyond *= p.ample_ratchet_down / DAYS_PER_YEAR
        ample += beyond
        # The ratchet turns up faster than down.
        np.maximum(beyond, 0.0, out=beyond)
        beyond *= p.ample_ratchet_up / p.ample_ratchet_down - 1
        ample += beyond

        if known.auction[day]:
            wanted = known.gap_at_auction[day] - tga
            wanted -= outstanding
            wanted += shut * scenario.shutdown["hoarding"]
            wanted *= (1 - p.bill_inertia) * p.bill_response
            last_announced *= p.bill_inertia
            last_announced += wanted
            last_announced += p.bill_noise * z_bills
            np.maximum(last_announced, -p.bill_pace_limit, out=last_announced)
            np.minimum(last_announced, p.bill_pace_limit, out=last_announced)
            announced[day % LEAD] = last_announced.copy()
            outstanding += last_announced

        row = values[day]
        (
            row[0], row[1], row[2], row[3], row[6], row[7], row[8], row[9], row[10], row[11], row[12], row[13], row[14],
            row[16], row[17], row[20],
        ) = (
            reserves, tga, on_rrp, srf, sofr, tgcr, effr, scarcity, hoarding, gap, loans, foreign, small,
            ample, retreat, width,
        )  # fmt: skip
        assets = np.add(srf, loans, out=row[4])
        assets += known.securities[day]
        np.subtract(assets, tga, out=row[5])
        row[5] -= on_rrp
        np.subtract(reserves, foreign, out=row[15])
        row[15] -= small
        quarter = np.minimum(tgcr, sofr, out=row[19])
        width *= LOWEST_PERCENTILE
        width += sofr
        np.minimum(width, quarter, out=row[18])
        np.multiply(p.bill_yield_pass_through, tgcr_month, out=row[21])
        row[21] += (0.01 * p.bill_yield_supply) * bills_month
        row[21] += bill_rest
        row[21] += p.bill_yield_margin


def prepare(scenario: Scenario, arguments):
    chunk = arguments.chunk or CHUNK
    kept = np.empty(0)

    def run(level: str, paths: int, seed: int) -> Figures:
        nonlocal kept
        rng = np.random.Generator(np.random.SFC64(seed))
        moments, spikes = Moments(scenario.days), np.zeros(len(SPIKES), dtype=int)
        size = (scenario.days, len(VARIABLES), paths if level == "fan" else chunk)
        if kept.shape != size:
            kept = np.empty(size)
        for first in range(0, paths, chunk):
            width = min(chunk, paths - first)
            values = kept[:, :, first : first + width] if level == "fan" else kept[:, :, :width]
            live(scenario, rng, draw_shutdown(scenario, rng, width), values)
            mean = np.mean(values, axis=2)
            squares = np.einsum("dvn,dvn->dv", values, values) - width * mean * mean
            moments.add(width, mean, np.maximum(squares, 0.0))
            highest = values[:, SOFR].max(axis=0)
            spikes += [np.count_nonzero(highest > line) for line in SPIKES]
        figures = Figures(moments.mean, moments.sd(), spikes.tolist())
        if level == "fan":
            figures.quantiles, figures.values = quantiles_by_sorting(kept), kept
        return figures

    return run


if __name__ == "__main__":
    serve_or_run("numpy", ["numpy"], prepare)
