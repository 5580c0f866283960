//! A requirement, and what the model says.

/// One requirement.
#[derive(Clone, Debug)]
pub struct Bar {
    /// What is measured, with its unit.
    pub of: String,
    /// The lowest figure that meets it; infinite where there is none.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// What the model says.
    pub found: f64,
    /// What happened, with its source where the page names none.
    pub history: &'static str,
}

impl Bar {
    /// Whether it is met.
    pub fn holds(&self) -> bool {
        (self.low..=self.high).contains(&self.found)
    }

    /// Its line in the table of the page.
    pub fn row(&self) -> String {
        let bounds = [self.low, self.high].map(f64::abs).into_iter().filter(|bound| bound.is_finite());
        let digits = match bounds.fold(0.0, f64::max) {
            shares if shares <= 1.0 => 2,
            small if small <= 100.0 => 1,
            _ => 0,
        };
        let show = |value: f64| format!("{value:.digits$}").replace('-', "−");
        let plain = |value: f64| format!("{value}").replace('-', "−");
        let wanted = match (self.low.is_finite(), self.high.is_finite()) {
            (true, true) => format!("{} to {}", plain(self.low), plain(self.high)),
            (true, false) => format!("{} or more", plain(self.low)),
            (false, _) => format!("{} or less", plain(self.high)),
        };
        let verdict = if self.holds() { "" } else { " **not met**" };
        format!("| {} | {wanted} | {}{verdict} | {} |", self.of, show(self.found), self.history)
    }
}

/// A requirement of a figure between two bounds.
pub fn bar(of: impl Into<String>, [low, high]: [f64; 2], found: f64, history: &'static str) -> Bar {
    Bar { of: of.into(), low, high, found, history }
}

/// Fails, with their figures, where requirements are not met.
pub fn hold(bars: &[Bar]) {
    for bar in bars {
        println!("{} {}", if bar.holds() { "holds" } else { "FAILS" }, bar.row());
    }
    let failed: Vec<String> = bars.iter().filter(|bar| !bar.holds()).map(Bar::row).collect();
    assert!(failed.is_empty(), "{failed:#?}");
}
