//! Where a study looks: the values of its inputs at the points of a design.

use super::input::Input;
use crate::research::designs::{
    DesignError, grid, latin_hypercube, morris_trajectories, one_at_a_time, saltelli, sobol_points,
};

/// How the points of a study are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Design {
    /// Every value of each input with every value of the others.
    Grid,
    /// So many points of a Latin hypercube.
    Latin(usize),
    /// So many points of a scrambled Sobol' sequence.
    Sobol(usize),
    /// Each input low and high, all others in the middle.
    OneAtATime,
    /// So many of Morris's trajectories on four levels.
    Morris(usize),
    /// So many base rows of Saltelli's crossed design.
    Saltelli(usize),
}

/// Levels of Morris's trajectories, the usual number.
const MORRIS_LEVELS: usize = 4;

impl Design {
    /// The points in the unit cube, seeded by `seed`.
    ///
    /// # Errors
    /// There are none, or too many.
    pub fn unit_points(self, inputs: &[Input], seed: u64) -> Result<Vec<Vec<f64>>, DesignError> {
        let factors = inputs.len();
        match self {
            Design::Grid => grid(&inputs.iter().map(Input::levels).collect::<Vec<_>>()),
            Design::Latin(points) => latin_hypercube(points, factors, seed),
            Design::Sobol(points) => sobol_points(points, factors, seed),
            Design::OneAtATime => one_at_a_time(factors, 0.0, 1.0),
            Design::Morris(trajectories) => morris_trajectories(trajectories, factors, MORRIS_LEVELS, seed),
            Design::Saltelli(base) => saltelli(base, factors, seed),
        }
    }
}

/// The values of the inputs at points of the unit cube.
pub fn values_at(inputs: &[Input], unit: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let value = |(input, &place): (&Input, &f64)| input.at(place);
    unit.iter().map(|point| inputs.iter().zip(point).map(value).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;

    #[test]
    fn a_grid_has_every_value_with_every_other() {
        let base = scenario::load("shutdown_cash_hoarding").expect("it ships");
        let input = |text: &str| Input::parse(&base, text).expect("an input");
        let inputs = [input("event.shutdown.hoarding=0bn,50bn,200bn"), input("event.shutdown=on,off")];
        let unit = Design::Grid.unit_points(&inputs, 1).expect("a grid");
        let found = values_at(&inputs, &unit);
        assert_eq!(found, [[0.0, 1.0], [0.0, 0.0], [50.0, 1.0], [50.0, 0.0], [200.0, 1.0], [200.0, 0.0]]);
    }
}
