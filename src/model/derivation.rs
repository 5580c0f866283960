//! Published variables that follow from simulated ones and the day's plan.

use super::plan::{AdministeredRates, Plan};
use super::variables::{Simulated, Variable};

/// A published variable as `scale · simulated + shift`; the shift alone where nothing is simulated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Derivation {
    /// What it is made of, if anything.
    pub of: Option<Simulated>,
    /// Factor, positive.
    pub scale: f64,
    /// Addend, in the unit of the published variable.
    pub shift: f64,
}

impl Plan {
    /// How `variable` follows on a published day, of which the opening is the first.
    pub fn derivation(&self, variable: Variable, published_day: usize) -> Derivation {
        let same = |simulated| Derivation { of: Some(simulated), scale: 1.0, shift: 0.0 };
        let iorb = self.rates(published_day).iorb;
        // A spread in basis points over IORB becomes a rate in percent.
        let rate = |spread| Derivation { of: Some(spread), scale: 0.01, shift: iorb };
        match variable {
            Variable::Reserves => same(Simulated::Reserves),
            Variable::ReservesToGdp => {
                Derivation { of: Some(Simulated::Reserves), scale: 100.0 / self.gdp, shift: 0.0 }
            }
            Variable::Tga => same(Simulated::Tga),
            Variable::OnRrp => same(Simulated::OnRrp),
            Variable::Srf => same(Simulated::Srf),
            Variable::FedAssets => same(Simulated::FedAssets),
            Variable::NetLiquidity => same(Simulated::NetLiquidity),
            Variable::Sofr => rate(Simulated::SofrIorb),
            Variable::Tgcr => rate(Simulated::TgcrIorb),
            Variable::Effr => rate(Simulated::EffrIorb),
            Variable::Iorb => Derivation { of: None, scale: 1.0, shift: iorb },
            Variable::SofrIorb => same(Simulated::SofrIorb),
            Variable::TgcrIorb => same(Simulated::TgcrIorb),
            Variable::EffrIorb => same(Simulated::EffrIorb),
            Variable::Scarcity => same(Simulated::Scarcity),
            Variable::Hoarding => same(Simulated::Hoarding),
            Variable::FundingGap => same(Simulated::FundingGap),
        }
    }

    /// Administered rates on a published day, of which the opening is the first.
    pub fn rates(&self, published_day: usize) -> AdministeredRates {
        match published_day.checked_sub(1) {
            Some(day) => self.days[day].rates,
            None => self.opening_rates,
        }
    }

    /// Dates published: the opening and every simulated day.
    pub fn published_dates(&self) -> Vec<jiff::civil::Date> {
        std::iter::once(self.opening_date).chain(self.days.iter().map(|day| day.date)).collect()
    }
}
