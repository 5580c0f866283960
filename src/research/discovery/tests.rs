//! Boxes against those of another implementation.

use super::*;
use crate::research::designs::grid;

/// What ema_workbench 2.5.3 (NumPy 2.4.6, pandas 3.1.1) says of a box: points, hits, restricted dimensions, and of the
/// limit by which it differs from the box before, the factor, whether it is the upper one, and its value.
type Step = (usize, usize, usize, usize, bool, f64);

/// The fraction of ½ + j √p.
fn fraction(j: usize, p: f64) -> f64 {
    (0.5 + j as f64 * p.sqrt()).fract()
}

/// Hits in a corner, with a fifth of them missing and a twentieth of the rest beside them.
fn marks(table: &[Vec<f64>], corner: (f64, f64)) -> Vec<bool> {
    let mark = |(row, x): (usize, &Vec<f64>)| {
        let luck = fraction(row + 1, 11.0);
        x[0] > corner.0 && x[1] < corner.1 && luck < 0.8 || luck > 0.95
    };
    table.iter().enumerate().map(mark).collect()
}

fn spread() -> (Vec<Vec<f64>>, Vec<bool>) {
    let table: Vec<Vec<f64>> = (1..=400).map(|j| [2.0, 3.0, 5.0, 7.0].map(|p| fraction(j, p)).to_vec()).collect();
    let hits = marks(&table, (0.55, 0.4));
    (table, hits)
}

fn levels() -> (Vec<Vec<f64>>, Vec<bool>) {
    let table = grid(&[6, 6, 6]).unwrap();
    let hits = marks(&table, (0.5, 0.5));
    (table, hits)
}

fn compare((table, hits): (Vec<Vec<f64>>, Vec<bool>), all_hits: usize, steps: &[Step]) -> Prim {
    let found = Prim::peel(&table, &hits, &PrimSettings::default()).unwrap();
    assert_eq!(found.trajectory.len(), steps.len() + 1);
    let first = &found.trajectory[0];
    assert_eq!((first.points, first.hits, first.restrictions.len()), (table.len(), all_hits, 0));
    let mut limits = first.limits.0.clone();
    for (found, &(points, hits, restricted, factor, is_upper, value)) in found.trajectory[1..].iter().zip(steps) {
        assert_eq!((found.points, found.hits, found.restrictions.len()), (points, hits, restricted));
        assert!((found.coverage - hits as f64 / all_hits as f64).abs() < 1e-10);
        assert!((found.density - hits as f64 / points as f64).abs() < 1e-10);
        assert!((found.mass - points as f64 / table.len() as f64).abs() < 1e-10);
        *(if is_upper { &mut limits[factor].1 } else { &mut limits[factor].0 }) = value;
        for (found, expected) in found.limits.0.iter().zip(&limits) {
            assert!((found.0 - expected.0).abs() < 1e-10 && (found.1 - expected.1).abs() < 1e-10, "{found:?}");
        }
    }
    found
}

fn check_limit(found: Option<Limit>, quasi_p: f64) {
    let found = found.expect("the factor is limited there").quasi_p;
    assert!((found / quasi_p - 1.0).abs() < 1e-9, "{found} against {quasi_p}");
}

/// ```python
/// frac = lambda j, p: math.modf(0.5 + j * math.sqrt(p))[0]
/// X = np.array([[frac(j, p) for p in (2, 3, 5, 7)] for j in range(1, 401)])
/// u = np.array([frac(j, 11) for j in range(1, 401)])
/// y = (X[:, 0] > .55) & (X[:, 1] < .4) & (u < .8) | (u > .95)
/// box = prim.Prim(pd.DataFrame(X, columns=list("abcd")), y, threshold=0.01).find_box()
/// print(box.peeling_trajectory, box.box_lims, box.qp[-1])
/// ```
///
/// The last three boxes are pasted.
#[test]
fn spread_points_have_the_boxes_of_ema_workbench() {
    let found = compare(spread(), 82, &SPREAD);
    let last = found.trajectory.last().unwrap();
    let [a, b, c] = last.restrictions[..] else { panic!("{last:?}") };
    check_limit(a.low, 1.148372063198781e-13);
    check_limit(b.high, 3.1018293489072566e-18);
    check_limit(c.low, 0.4684784918269812);
    assert_eq!(((a.factor, a.high), (b.factor, b.low), (c.factor, c.high)), ((0, None), (1, None), (2, None)));
    // (2 * coverage * density / (coverage + density)).idxmax()
    assert_eq!(found.recommended(), 31);
    assert!((found.trajectory[31].harmonic_mean - 0.8333333333333334).abs() < 1e-10);
}

/// The same with `X = np.array(list(itertools.product([i / 5 for i in range(6)], repeat=3)))` and the corner at ½.
#[test]
fn points_on_levels_have_the_boxes_of_ema_workbench() {
    let found = compare(levels(), 53, &LEVELS);
    let last = found.trajectory.last().unwrap();
    check_limit(last.restrictions[0].low, 3.0517578125e-05);
    check_limit(last.restrictions[1].high, 1.084180805951368e-05);
    check_limit(last.restrictions[2].low, 0.42427382963290805);
    assert_eq!(found.recommended(), 6);
}

#[test]
fn a_box_without_noise_is_found_to_a_slice_and_hardly_more_is_said() {
    let (table, _) = spread();
    let hits: Vec<bool> = table.iter().map(|x| x[2] > 0.6).collect();
    let found = Prim::peel(&table, &hits, &PrimSettings { mass_min: 0.3, ..PrimSettings::default() }).unwrap();
    let best = &found.trajectory[found.recommended()];
    let [only] = best.restrictions[..] else { panic!("{best:?}") };
    assert!(only.factor == 2 && only.high.is_none() && (only.low.unwrap().value - 0.6).abs() < 0.03, "{only:?}");
    assert!(best.harmonic_mean > 0.95);
    assert!(found.trajectory.iter().all(|found| found.mass >= 0.3));
}

#[test]
fn what_cannot_be_searched_is_refused() {
    let of = |table: &[Vec<f64>], hits: &[bool]| Prim::peel(table, hits, &PrimSettings::default()).unwrap_err();
    let table = vec![vec![0.0], vec![1.0]];
    assert_eq!(of(&table, &[true]), DiscoveryError::Marks { points: 2, marks: 1 });
    assert_eq!(of(&[], &[]), DiscoveryError::Never(0));
    assert_eq!(of(&table, &[false; 2]), DiscoveryError::Never(2));
    assert_eq!(of(&table, &[true; 2]), DiscoveryError::Always(2));
    assert_eq!(of(&[vec![0.0], vec![]], &[true, false]), DiscoveryError::Factors(1));
    assert_eq!(of(&[vec![], vec![]], &[true, false]), DiscoveryError::Factors(0));
    assert_eq!(of(&[vec![0.0], vec![f64::NAN]], &[true, false]), DiscoveryError::NotFinite(1));
    let settings = PrimSettings { peel_alpha: 0.5, ..PrimSettings::default() };
    let error = Prim::peel(&table, &[true, false], &settings).unwrap_err();
    assert!(error.to_string().contains("the share peeled off is 0.5; give a share above 0 and below 0.5"), "{error}");
}

const SPREAD: [Step; 37] = [
    (380, 81, 1, 1, true, 0.9505240657282172),
    (361, 81, 1, 1, true, 0.9031199586134591),
    (342, 81, 1, 1, true, 0.8569120214654617),
    (324, 81, 1, 1, true, 0.8120853024221333),
    (307, 81, 1, 1, true, 0.7684547533455657),
    (291, 81, 1, 1, true, 0.7287828104451037),
    (276, 81, 1, 1, true, 0.690307037511424),
    (262, 81, 1, 1, true, 0.6569860407206214),
    (248, 81, 1, 1, true, 0.6210876558583536),
    (235, 81, 1, 1, true, 0.5889628290343012),
    (223, 80, 1, 1, true, 0.5582192203149532),
    (211, 80, 2, 0, false, 0.054869889688911044),
    (200, 79, 2, 0, false, 0.10364312496797368),
    (190, 79, 2, 0, false, 0.14779900225224196),
    (180, 79, 2, 1, true, 0.5255888325764886),
    (171, 79, 2, 1, true, 0.49415461480479195),
    (162, 78, 3, 2, false, 0.04641122995545288),
    (153, 76, 3, 0, false, 0.19195487953652446),
    (145, 76, 3, 0, false, 0.23253941935261135),
    (137, 76, 3, 0, false, 0.28488399209985005),
    (130, 74, 3, 0, false, 0.3218971944477218),
    (123, 73, 3, 0, false, 0.3538597629122364),
    (116, 73, 3, 0, false, 0.39549032325486166),
    (110, 73, 3, 0, false, 0.42240225783604046),
    (104, 72, 3, 0, false, 0.4528855298854637),
    (98, 71, 3, 0, false, 0.48232278140829976),
    (93, 70, 3, 0, false, 0.5178566873410233),
    (88, 70, 3, 0, false, 0.547293938863902),
    (83, 68, 3, 0, false, 0.5670631985086629),
    (78, 65, 3, 1, true, 0.45825622994254545),
    (74, 65, 3, 1, true, 0.43128617926137736),
    (70, 63, 3, 1, true, 0.39607840345146883),
    (66, 60, 3, 0, false, 0.584307141211788),
    (62, 57, 3, 2, false, 0.12342555620847406),
    (63, 58, 3, 2, false, 0.10679774997899472),
    (64, 59, 3, 2, false, 0.08048651498612713),
    (65, 60, 3, 2, false, 0.06577808748213698),
];

const LEVELS: [Step; 9] = [
    (180, 52, 1, 1, true, 0.9),
    (150, 50, 2, 0, false, 0.1),
    (120, 49, 2, 0, false, 0.30000000000000004),
    (90, 48, 2, 0, false, 0.5),
    (72, 46, 2, 1, true, 0.7),
    (54, 45, 2, 1, true, 0.5),
    (45, 39, 3, 2, false, 0.1),
    (30, 27, 3, 1, true, 0.30000000000000004),
    (15, 15, 3, 1, true, 0.1),
];
