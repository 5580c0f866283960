//! Published variables that follow from simulated ones and the day's plan.

use super::plan::{AdministeredRates, Plan};
use super::rate_distribution::{BGCR_SHARE, UPPER_PERCENTILES};
use super::variables::{Simulated, Variable};
use jiff::civil::{Date, date};

/// OBFR stood this much below EFFR until [`OBFR_MEETS_EFFR`], bp: the mean gap was 1.08 from July 2021 to August 2024.
const OBFR_BELOW_EFFR: f64 = 1.0;

/// Since when the two have been equal on most days (New York Fed, mean gap .08).
const OBFR_MEETS_EFFR: Date = date(2024, 9, 1);

/// A published variable as a weighted sum of simulated ones and a shift.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Derivation {
    /// What it is made of, each with its weight; an absent term adds nothing.
    pub terms: [Option<(Simulated, f64)>; 3],
    /// Addend, in the unit of the published variable.
    pub shift: f64,
}

impl Derivation {
    fn of(simulated: Simulated, weight: f64) -> Derivation {
        Derivation { terms: [Some((simulated, weight)), None, None], shift: 0.0 }
    }

    /// The terms that are there.
    pub fn present(&self) -> impl Iterator<Item = (Simulated, f64)> {
        self.terms.into_iter().flatten()
    }

    /// Its value, given those of the simulated variables.
    pub fn value(&self, simulated: impl Fn(Simulated) -> f64) -> f64 {
        self.present().fold(self.shift, |sum, (variable, weight)| sum + weight * simulated(variable))
    }
}

impl Plan {
    /// How `variable` follows on a published day, of which the opening is the first.
    pub fn derivation(&self, variable: Variable, published_day: usize) -> Derivation {
        let same = |simulated| Derivation::of(simulated, 1.0);
        let iorb = self.rates(published_day).iorb;
        // A spread in basis points over IORB becomes a rate in percent, and moves with IORB.
        let moved = self.rates_may_move.then_some((Simulated::RatesMoved, 0.01));
        let rate = |spread, and: Option<(Simulated, f64)>| Derivation {
            terms: [Some((spread, 0.01)), and.map(|(of, weight)| (of, 0.01 * weight)), moved],
            shift: iorb,
        };
        let percentile =
            |which: usize| rate(Simulated::SofrIorb, Some((Simulated::SofrWidth, UPPER_PERCENTILES[which])));
        match variable {
            Variable::Reserves => same(Simulated::Reserves),
            Variable::ReservesToGdp => Derivation::of(Simulated::Reserves, 100.0 / self.gdp),
            Variable::Tga => same(Simulated::Tga),
            Variable::OnRrp => same(Simulated::OnRrp),
            Variable::Srf => same(Simulated::Srf),
            Variable::FedAssets => same(Simulated::FedAssets),
            Variable::NetLiquidity => same(Simulated::NetLiquidity),
            Variable::Sofr => rate(Simulated::SofrIorb, None),
            Variable::Tgcr => rate(Simulated::TgcrIorb, None),
            Variable::Effr => rate(Simulated::EffrIorb, None),
            Variable::Iorb => Derivation { terms: [moved, None, None], shift: iorb },
            Variable::SofrIorb => same(Simulated::SofrIorb),
            Variable::TgcrIorb => same(Simulated::TgcrIorb),
            Variable::EffrIorb => same(Simulated::EffrIorb),
            Variable::Scarcity => same(Simulated::Scarcity),
            Variable::Hoarding => same(Simulated::Hoarding),
            Variable::FundingGap => same(Simulated::FundingGap),
            Variable::Bgcr => {
                let toward_sofr = 0.01 * BGCR_SHARE;
                Derivation {
                    terms: [
                        Some((Simulated::TgcrIorb, 0.01 - toward_sofr)),
                        Some((Simulated::SofrIorb, toward_sofr)),
                        moved,
                    ],
                    shift: iorb,
                }
            }
            Variable::Obfr => {
                let effr = rate(Simulated::EffrIorb, None);
                let below = if self.published_date(published_day) < OBFR_MEETS_EFFR { OBFR_BELOW_EFFR } else { 0.0 };
                Derivation { shift: effr.shift - 0.01 * below, ..effr }
            }
            Variable::SofrP1 => rate(Simulated::SofrP1Iorb, None),
            Variable::SofrP25 => rate(Simulated::SofrP25Iorb, None),
            Variable::SofrP75 => percentile(0),
            Variable::SofrP99 => percentile(1),
            Variable::FourWeekBill => rate(Simulated::BillIorb, None),
            Variable::BillIorb => same(Simulated::BillIorb),
            Variable::TemporaryRepo => same(Simulated::TemporaryRepo),
            Variable::PrimaryCredit => same(Simulated::PrimaryCredit),
            Variable::ForeignBranchReserves => same(Simulated::ForeignBranches),
            Variable::SmallBankReserves => same(Simulated::SmallBanks),
            Variable::LargeBankReserves => same(Simulated::LargeBanks),
            Variable::AmpleReserves => same(Simulated::AmpleReserves),
            Variable::DealerRetreat => same(Simulated::DealerRetreat),
            Variable::DebtRoom => same(Simulated::DebtRoom),
            Variable::UnpaidOutlays => same(Simulated::UnpaidOutlays),
            Variable::Equities => same(Simulated::Equities),
            Variable::SmallCaps => same(Simulated::SmallCaps),
            Variable::Bitcoin => same(Simulated::Bitcoin),
        }
    }

    /// Whether `variable` can move in this run: a room under no debt limit and risk assets that are off cannot.
    pub fn publishes(&self, variable: Variable) -> bool {
        match variable {
            Variable::DebtRoom => self.debt_limit,
            Variable::Equities | Variable::SmallCaps | Variable::Bitcoin => self.risk_assets,
            _ => true,
        }
    }

    /// Administered rates on a published day, of which the opening is the first.
    pub fn rates(&self, published_day: usize) -> AdministeredRates {
        match published_day.checked_sub(1) {
            Some(day) => self.days[day].rates,
            None => self.opening_rates,
        }
    }

    fn published_date(&self, published_day: usize) -> Date {
        published_day.checked_sub(1).map_or(self.opening_date, |day| self.days[day].date)
    }

    /// Dates published: the opening and every simulated day.
    pub fn published_dates(&self) -> Vec<Date> {
        std::iter::once(self.opening_date).chain(self.days.iter().map(|day| day.date)).collect()
    }
}
