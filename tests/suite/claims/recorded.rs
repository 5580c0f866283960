//! What really happened, typed from publications. $bn, Wednesday levels of the Federal Reserve's H.4.1.

use jiff::civil::{Date, date};

/// The balance sheet on a Wednesday.
#[derive(Clone, Copy)]
pub struct Wednesday {
    pub date: Date,
    /// Total assets (FRED WALCL).
    pub assets: f64,
    /// Reserve balances with Federal Reserve Banks (FRED WRBWFRBL).
    pub reserves: f64,
    /// Treasury General Account (FRED WDTGAL).
    pub tga: f64,
    /// Reverse repurchase agreements, others (FRED WLRRAOL).
    pub on_rrp: f64,
}

const fn wednesday(date: Date, assets: f64, reserves: f64, tga: f64, on_rrp: f64) -> Wednesday {
    Wednesday { date, assets, reserves, tga, on_rrp }
}

/// What is known of an episode and where the model tells it.
pub struct Recorded {
    pub name: &'static str,
    pub scenario: &'static str,
    pub from: Wednesday,
    pub to: Wednesday,
}

/// H.4.1 releases of the Thursdays after each date. The reserves of 25 March 2026 are from a public mirror of FRED and
/// its ON RRP is the New York Fed's operation of that day.
pub const EPISODES: [Recorded; 7] = [
    Recorded {
        name: "September 2019",
        scenario: "sept_2019_spike",
        from: wednesday(date(2019, 9, 11), 3769.7, 1458.7, 183.6, 3.6),
        to: wednesday(date(2019, 9, 18), 3844.7, 1385.4, 303.1, 18.9),
    },
    Recorded {
        name: "Drawdown of 2021",
        scenario: "tga_drawdown_2021",
        from: wednesday(date(2021, 2, 3), 7410.6, 3202.7, 1629.7, 0.2),
        to: wednesday(date(2021, 10, 13), 8480.9, 4204.5, 72.5, 1364.7),
    },
    Recorded {
        name: "Rebuild of 2023",
        scenario: "rebuild_2023",
        from: wednesday(date(2023, 5, 31), 8385.9, 3205.5, 48.5, 2254.9),
        to: wednesday(date(2023, 9, 27), 8002.1, 3168.5, 672.1, 1442.8),
    },
    Recorded {
        name: "Debt limit of 2025",
        scenario: "debt_limit_and_rebuild",
        from: wednesday(date(2025, 1, 15), 6834.1, 3359.0, 651.2, 120.0),
        to: wednesday(date(2025, 7, 9), 6661.9, 3342.0, 311.0, 227.3),
    },
    Recorded {
        name: "Rebuild of 2025",
        scenario: "debt_limit_and_rebuild",
        from: wednesday(date(2025, 7, 9), 6661.9, 3342.0, 311.0, 227.3),
        to: wednesday(date(2025, 9, 24), 6608.4, 2999.7, 758.0, 29.2),
    },
    Recorded {
        name: "Shutdown of 2025",
        scenario: "shutdown_then_reopening",
        from: wednesday(date(2025, 10, 1), 6587.1, 2979.6, 819.4, 10.2),
        to: wednesday(date(2025, 11, 12), 6580.5, 2883.3, 943.1, 5.9),
    },
    Recorded {
        name: "Purchases of 2025–26",
        scenario: "january_2026_purchases",
        from: wednesday(date(2025, 12, 10), 6539.3, 2973.8, 805.8, 5.0),
        to: wednesday(date(2026, 3, 25), 6657.2, 3036.0, 837.4, 0.8),
    },
];

impl Recorded {
    /// What Treasury, Fed, money funds and other depositors contributed to the change of reserves, $bn.
    pub fn by_hand(&self) -> [f64; 4] {
        let (from, to) = (&self.from, &self.to);
        let (treasury, fed, money_funds) = (from.tga - to.tga, to.assets - from.assets, from.on_rrp - to.on_rrp);
        [treasury, fed, money_funds, to.reserves - from.reserves - treasury - fed - money_funds]
    }
}

/// The Treasury's account at the close, Daily Treasury Statement: its low after the debt limit on 11 July 2025, on the
/// last day before the shutdown, at its peak on 30 October, on 12 November, on 12 December and at the end of 2025.
pub const TGA_JULY: f64 = 282.4;
pub const TGA_BEFORE: f64 = 890.8;
pub const TGA_PEAK: f64 = 1000.6;
pub const TGA_REOPENING: f64 = 943.1;
pub const TGA_MONTH_LATER: f64 = 792.0;
pub const TGA_YEAR_END: f64 = 872.9;

/// SOFR less IORB, mean of days, bp (New York Fed, FRED IORB): September, 1 October to 12 November, November and
/// December 2025, January 2026.
pub const SPREAD_SEPTEMBER: f64 = 0.7;
pub const SPREAD_SHUTDOWN: f64 = 7.4;
pub const SPREAD_NOVEMBER: f64 = 7.8;
pub const SPREAD_DECEMBER: f64 = 5.9;
pub const SPREAD_JANUARY: f64 = 0.7;

/// Returns from 12 November to 31 December 2025, percent: S&P 500, Russell 2000 (fund IWM), bitcoin; closing prices.
pub const RETURNS: [(&str, f64); 3] = [("large caps", -0.1), ("small caps", 1.4), ("bitcoin", -13.9)];

#[test]
fn hands_of_the_record_add_up_to_the_change_of_reserves() {
    for episode in &EPISODES {
        let sum: f64 = episode.by_hand().iter().sum();
        assert!((sum - (episode.to.reserves - episode.from.reserves)).abs() < 1e-9, "{}", episode.name);
        assert!(episode.from.date < episode.to.date, "{}", episode.name);
    }
    // Where a run opens on the record's first Wednesday, its vintage has the same figures to a rounding.
    for episode in EPISODES.iter().filter(|episode| episode.name != "Rebuild of 2025") {
        let scenario = super::worlds::shipped(episode.scenario);
        let (vintage, from) = (&scenario.vintage, &episode.from);
        assert_eq!(vintage.date, from.date, "{}", episode.name);
        let pairs = [
            (vintage.fed.total_assets.value, from.assets),
            (vintage.fed.reserves.value, from.reserves),
            (vintage.fed.tga.value, from.tga),
            (vintage.fed.on_rrp.value, from.on_rrp),
        ];
        for (opening, typed) in pairs {
            assert!((opening - typed).abs() <= 0.06, "{}: {opening} against {typed}", episode.name);
        }
    }
}
