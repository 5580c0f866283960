//! Where labels go so that none covers another.

use std::ops::Range;

/// Moves label centres as little as needed, in the least-squares sense, so that neighbours are
/// `gap` apart and all lie in `room`; the order of the wanted positions is kept. When there are
/// more labels than fit, the gap shrinks to what there is.
///
/// Subtracting each label's rank times the gap turns the problem into an isotonic regression,
/// which pooling adjacent violators solves (Barlow et al. 1972, *Statistical Inference under
/// Order Restrictions*, ch. 1).
pub(super) fn spread(wanted: &[f64], gap: f64, room: Range<f64>) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    let steps = wanted.len().saturating_sub(1) as f64;
    let gap = if steps > 0.0 { gap.min((room.end - room.start) / steps) } else { gap };

    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (rank, &index) in order.iter().enumerate() {
        let mut pool = (wanted[index] - rank as f64 * gap, 1);
        while let Some(&(mean, count)) = pools.last() {
            if mean <= pool.0 {
                break;
            }
            let joined = count + pool.1;
            pool.0 = (mean * count as f64 + pool.0 * pool.1 as f64) / joined as f64;
            pool.1 = joined;
            pools.pop();
        }
        pools.push(pool);
    }

    let ceiling = (room.end - steps * gap).max(room.start);
    let mut placed = vec![0.0; wanted.len()];
    let shifts = pools.iter().flat_map(|&(mean, count)| std::iter::repeat_n(mean, count));
    for (rank, (shift, &index)) in shifts.zip(&order).enumerate() {
        placed[index] = shift.clamp(room.start, ceiling) + rank as f64 * gap;
    }
    placed
}

/// A label on a pole: a vertical line at `x` that carries a text of `width` above the plot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flag {
    pub x: f64,
    pub width: f64,
}

/// Where a flag hangs: rows count upward from the plot, `left` is where its text starts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Hung {
    pub row: usize,
    pub left: f64,
}

/// Space between a pole and its text, and the least between two texts.
const AIR: f64 = 5.0;

impl Hung {
    fn text(self, flag: Flag) -> Range<f64> {
        self.left..self.left + flag.width
    }

    /// Text and pole together: what no other text of the same row may touch.
    fn reach(self, flag: Flag) -> Range<f64> {
        self.left.min(flag.x)..(self.left + flag.width).max(flag.x)
    }
}

/// Hangs flags in the lowest rows in which no two texts meet and no pole runs through a text.
/// Text stands to the right of its pole, or to the left where no row has room at the right.
/// Flags for which `rows` rows do not suffice are `None`.
pub(super) fn hang(flags: &[Flag], room: Range<f64>, rows: usize) -> Vec<Option<Hung>> {
    let mut order: Vec<usize> = (0..flags.len()).collect();
    // From the right, a text always runs away from the poles still to come.
    order.sort_by(|&a, &b| flags[b].x.total_cmp(&flags[a].x).then(a.cmp(&b)));
    let mut hung: Vec<Option<Hung>> = vec![None; flags.len()];
    for &index in &order {
        let flag = flags[index];
        let right = flag.x + AIR;
        let left = flag.x - AIR - flag.width;
        let sides = [(right, right + flag.width <= room.end), (left, left >= room.start)];
        hung[index] = sides
            .into_iter()
            .filter(|&(_, fits)| fits)
            .flat_map(|(left, _)| (0..rows).map(move |row| Hung { row, left }))
            .find(|&place| {
                flags.iter().zip(&hung).all(|(&other, other_place)| {
                    other_place.is_none_or(|other_place| !collide(flag, place, other, other_place))
                })
            });
    }
    hung
}

fn collide(a: Flag, a_place: Hung, b: Flag, b_place: Hung) -> bool {
    let touch = |a: Range<f64>, b: Range<f64>| a.start < b.end + AIR && b.start < a.end + AIR;
    let through = |pole: Flag, pole_row: usize, text: Range<f64>, text_row: usize| {
        pole_row > text_row && touch(pole.x..pole.x, text)
    };
    (a_place.row == b_place.row && touch(a_place.reach(a), b_place.reach(b)))
        || through(a, a_place.row, b_place.text(b), b_place.row)
        || through(b, b_place.row, a_place.text(a), a_place.row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_with_room_stay_where_they_are() {
        assert_eq!(spread(&[10.0, 50.0, 90.0], 14.0, 0.0..100.0), [10.0, 50.0, 90.0]);
        assert!(spread(&[], 14.0, 0.0..100.0).is_empty());
    }

    #[test]
    fn a_crowd_is_spread_around_its_mean() {
        // Three labels wanted at 50 sit at 50 and one gap to either side.
        let placed = spread(&[50.0, 50.0, 50.0], 14.0, 0.0..100.0);
        assert_eq!(placed, [36.0, 50.0, 64.0]);
    }

    #[test]
    fn spread_labels_never_meet_and_stay_in_the_room() {
        // A fixed multiplicative congruence stands in for many shapes of crowd.
        let mut state = 12_345_u64;
        for count in 1..24 {
            let wanted: Vec<f64> = (0..count)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    (state >> 40) as f64 / 16_777_216.0 * 400.0 - 30.0
                })
                .collect();
            let mut placed = spread(&wanted, 14.0, 0.0..340.0);
            placed.sort_by(f64::total_cmp);
            assert!(placed.windows(2).all(|pair| pair[1] - pair[0] >= 14.0 - 1e-9));
            assert!(placed[0] >= -1e-9 && placed[count - 1] <= 340.0 + 1e-9);
        }
    }

    fn assert_clear(flags: &[Flag], hung: &[Option<Hung>]) {
        for (i, a) in hung.iter().enumerate() {
            for (j, b) in hung.iter().enumerate() {
                let (Some(a), Some(b)) = (a, b) else { continue };
                let (end_a, end_b) = (a.left + flags[i].width, b.left + flags[j].width);
                let meet = i != j && a.row == b.row && a.left < end_b && b.left < end_a;
                assert!(!meet, "texts {i} and {j} meet");
                let crossed = a.row > b.row && b.left < flags[i].x && flags[i].x < end_b;
                assert!(!crossed, "pole {i} runs through text {j}");
            }
        }
    }

    #[test]
    fn flags_share_a_row_until_they_would_meet() {
        let flag = |x| Flag { x, width: 80.0 };
        let apart = [flag(0.0), flag(100.0), flag(200.0)];
        let rows = hang(&apart, 0.0..300.0, 4).into_iter().flatten().map(|place| place.row);
        assert_eq!(rows.collect::<Vec<_>>(), [0, 0, 0]);
        let close = [flag(0.0), flag(40.0), flag(50.0), flag(60.0)];
        let hung = hang(&close, 0.0..300.0, 4);
        assert!(hung.iter().all(Option::is_some));
        assert_clear(&close, &hung);
    }

    #[test]
    fn a_flag_at_the_right_edge_turns_left() {
        let hung = hang(&[Flag { x: 290.0, width: 80.0 }], 0.0..300.0, 4);
        assert_eq!(hung, [Some(Hung { row: 0, left: 205.0 })]);
    }

    #[test]
    fn crowds_never_collide_and_what_does_not_fit_is_said() {
        let mut state = 7_u64;
        for count in 1..20 {
            let flags: Vec<Flag> = (0..count)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    let unit = (state >> 40) as f64 / 16_777_216.0;
                    Flag { x: unit * 700.0, width: 30.0 + 90.0 * (1.0 - unit) }
                })
                .collect();
            assert_clear(&flags, &hang(&flags, 0.0..700.0, 5));
        }
        let same_day = [Flag { x: 10.0, width: 50.0 }; 6];
        let hung = hang(&same_day, 0.0..300.0, 4);
        assert_clear(&same_day, &hung);
        assert!(hung.iter().flatten().count() < 6);
    }
}
