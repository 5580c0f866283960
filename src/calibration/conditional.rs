//! The conditional free run: history's Treasury and Fed flows in, the model's ON RRP, spreads and reserves out.

use super::recorded::{STANDING_FACILITY, recorded_flows};
use crate::history::{AsKnown, HistoryError, rate_steps};
use crate::model::{
    DrawnEvents, DrawnStandingFacility, Instrument, Parameters, Plan, RecordedFlows, Same, Sector, State,
    TileParameters, live_recorded_day,
};
use crate::scenario::{self, Draws, Quantity, RateStep, Scenario, Vintage};
use crate::simulation::LeakFound;
use jiff::civil::Date;

/// What a day of the run came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Close {
    /// The day.
    pub date: Date,
    /// Take-up of ON RRP, $bn.
    pub on_rrp: f64,
    /// Reserves, $bn.
    pub reserves: f64,
    /// TGCR less IORB, bp.
    pub tgcr_iorb: f64,
    /// SOFR less IORB, bp.
    pub sofr_iorb: f64,
    /// EFFR less IORB, bp.
    pub effr_iorb: f64,
    /// Reserves that banks call ample, $bn.
    pub ample_reserves: f64,
}

/// A window of history, ready to be run with any parameters.
pub struct ConditionalRun {
    plan: Plan,
    flows: Vec<RecordedFlows>,
}

impl ConditionalRun {
    /// From the close of the vintage's day to `to`, on what was known of history.
    ///
    /// # Errors
    /// A series that is needed is absent or wrong.
    pub fn of(vintage: Vintage, known: &AsKnown<'_>, to: Date) -> Result<ConditionalRun, HistoryError> {
        let flows = recorded_flows(known, vintage.date, to)?;
        let rates = known.announced(rate_steps()).iter().map(|step| RateStep {
            date: step.from,
            iorb: step.iorb,
            on_rrp: step.on_rrp,
            srf: step.srf,
        });
        Ok(ConditionalRun::on(vintage, rates.collect(), flows, to))
    }

    /// From the close of the vintage's day to `to` on given flows, one for each business day.
    pub fn on(vintage: Vintage, rates: Vec<RateStep>, flows: Vec<RecordedFlows>, to: Date) -> ConditionalRun {
        let opening = Scenario {
            name: "conditional run".to_owned(),
            title: "Conditional run".to_owned(),
            claim: String::new(),
            sources: Vec::new(),
            look_at: Vec::new(),
            start: vintage.date,
            end: to,
            vintage,
            parameters: Parameters::from_fn(|_, info| Quantity::Fixed(info.default)),
            cash_target: Vec::new(),
            settlements: Vec::new(),
            rates,
            meetings: Vec::new(),
            runoff_caps: Vec::new(),
            mbs_caps: Vec::new(),
            on_rrp_limits: Vec::new(),
            events: Vec::new(),
            watches: Vec::new(),
            paths: 1,
            seed: 1,
            draws: Draws::Plain,
            typed: Vec::new(),
            files: [].into(),
        };
        ConditionalRun { plan: scenario::plan(&opening), flows }
    }

    /// The days of the run.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The recorded flows, one for each day.
    pub fn flows(&self) -> &[RecordedFlows] {
        &self.flows
    }

    /// The Fed's other liabilities less its other assets at the close of the first days, beyond the opening's, $bn.
    pub fn other_deposits(&self, days: usize) -> Vec<f64> {
        let flows = self.flows.iter().take(days);
        flows
            .scan(0.0, |level, flows| {
                *level += flows.other_deposits;
                Some(*level)
            })
            .collect()
    }

    /// Lives through the window, without shocks and without a look at what was published on the way.
    ///
    /// # Errors
    /// The books do not add up.
    pub fn live(&self, parameters: &Parameters<f64>) -> Result<Vec<Close>, LeakFound> {
        let mut position = 0;
        let values = parameters.values();
        let p = TileParameters::new(Parameters::from_fn(|_, _| {
            position += 1;
            Same(*values[position - 1])
        }));
        let events = self.facility(parameters);
        let mut state: State<f64, 1> = State::open(&self.plan, &p, &events);
        let mut closes = Vec::with_capacity(self.flows.len());
        for (day, flows) in self.plan.days.iter().zip(&self.flows) {
            live_recorded_day(&mut state, &p, &events, day, flows).map_err(|leak| LeakFound::of(leak, 0, day.date))?;
            let stock =
                |sector: Sector, instrument: Instrument| state.books.stock(sector as usize, instrument as usize)[0];
            closes.push(Close {
                date: day.date,
                on_rrp: stock(Sector::MoneyFunds, Instrument::OnRrp),
                reserves: stock(Sector::Banks, Instrument::Reserves),
                tgcr_iorb: state.tgcr_iorb[0],
                sofr_iorb: state.sofr_iorb[0],
                effr_iorb: state.effr_iorb[0],
                ample_reserves: state.ample_reserves[0],
            });
        }
        Ok(closes)
    }

    /// No standing repo facility before there was one.
    fn facility(&self, parameters: &Parameters<f64>) -> DrawnEvents<f64, 1> {
        let opens = self.plan.days.partition_point(|day| day.date < STANDING_FACILITY) as f64;
        let terms = |start, limit| DrawnStandingFacility {
            start: [start],
            limit: [limit],
            morning: [parameters.srf_morning_share],
        };
        let mut events = DrawnEvents::none();
        if opens > 0.0 {
            events.standing_facilities = vec![terms(0.0, 0.0), terms(opens, parameters.srf_limit)];
        }
        events
    }
}
