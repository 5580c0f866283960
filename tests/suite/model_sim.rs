//! The ledger runs a model that is not ours: SIM of Godley and Lavoie (2007), *Monetary Economics*,
//! chapter 3, the simplest economy with government money.

use tidegate::model::ledger::{Books, ChartOfAccounts, Entry, FlowDeclaration, Ledger, Nature};

const HOUSEHOLDS: usize = 0;
const PRODUCTION: usize = 1;
const GOVERNMENT: usize = 2;
const MONEY: usize = 0;

const CONSUMPTION: usize = 0;
const GOVERNMENT_SPENDING: usize = 1;
const WAGES: usize = 2;
const TAXES: usize = 3;

const FLOWS: &[FlowDeclaration] = &[
    payment("consumption", HOUSEHOLDS, PRODUCTION, &[leg(HOUSEHOLDS, -1), leg(PRODUCTION, 1)]),
    payment("government spending", GOVERNMENT, PRODUCTION, &[leg(GOVERNMENT, -1), leg(PRODUCTION, 1)]),
    payment("wages", PRODUCTION, HOUSEHOLDS, &[leg(PRODUCTION, -1), leg(HOUSEHOLDS, 1)]),
    payment("taxes", HOUSEHOLDS, GOVERNMENT, &[leg(HOUSEHOLDS, -1), leg(GOVERNMENT, 1)]),
];

const fn leg(sector: usize, sign: i8) -> Entry {
    Entry { sector, instrument: MONEY, sign }
}

const fn payment(name: &'static str, from: usize, to: usize, entries: &'static [Entry]) -> FlowDeclaration {
    FlowDeclaration { name, meaning: "", nature: Nature::Transfer { from, to }, entries }
}

struct Sim;

impl ChartOfAccounts for Sim {
    const LEDGER: Ledger = match Ledger::declare(&["households", "production", "government"], &["money"], FLOWS) {
        Ok(ledger) => ledger,
        Err(_) => panic!("a flow does not balance"),
    };
}

#[test]
fn model_sim_of_godley_and_lavoie_runs_on_the_ledger() {
    let mut books: Books<Sim, f64, 1> = Books::open(&[0.0; 3]);
    let (g, theta, alpha1, alpha2) = (20.0, 0.2, 0.6, 0.4);
    let (mut income, mut wealth) = (Vec::new(), Vec::new());
    for _ in 0..100 {
        let [money] = books.stock(HOUSEHOLDS, MONEY);
        // Y = C + G with C = α₁(1 − θ)Y + α₂H₋₁, solved for Y.
        let y = (g + alpha2 * money) / (1.0 - alpha1 * (1.0 - theta));
        books.post(GOVERNMENT_SPENDING, &[g]);
        books.post(CONSUMPTION, &[y - g]);
        books.post(WAGES, &[y]);
        books.post(TAXES, &[theta * y]);
        books.audit().expect("no leak");
        income.push(y);
        wealth.push(books.stock(HOUSEHOLDS, MONEY)[0]);
        assert!(books.stock(PRODUCTION, MONEY)[0].abs() < 1e-12, "production keeps nothing");
        assert!(
            (wealth.last().unwrap() + books.stock(GOVERNMENT, MONEY)[0]).abs() < 1e-9,
            "money is owed by the government"
        );
    }
    // Book table 3.4, one decimal (38.5, 47.9; 12.3, 22.7); three decimals by two independent solvers,
    // sfc_models 1.0.3 and pysolve 0.1.5.
    for (found, expected) in income.iter().zip([38.462, 47.929, 55.940, 62.718, 68.454]) {
        assert!((found - expected).abs() < 5e-4, "Y {found} against {expected}");
    }
    for (found, expected) in wealth.iter().zip([12.31, 22.72, 31.54]) {
        assert!((found - expected).abs() < 7e-3, "H {found} against {expected}");
    }
    // The steady state is Y* = G/θ and H* = (1 − α₁)(1 − θ)Y*/α₂.
    assert!((income.last().unwrap() - 100.0).abs() < 1e-4 && (wealth.last().unwrap() - 80.0).abs() < 1e-4);
}
