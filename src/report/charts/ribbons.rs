//! Where hands, their flows and the ribbons between them lie.

/// Height of a line of the name of a hand, in pixels.
pub(super) const HAND_LINE: f64 = 15.0;
/// Least height of the row of a flow, so that its name is clear of others, in pixels.
const FLOW_ROW: f64 = 15.0;
/// Space between two flows of a hand, and between two hands, in pixels.
const GAPS: (f64, f64) = (3.0, 12.0);
/// Straight pieces of the edge of a ribbon: shorter than a pixel of print turns.
const PIECES: usize = 20;

/// A hand: its flows, and the height that its name needs.
pub(super) struct Block {
    pub flows: Vec<f64>,
    pub label: f64,
}

/// Where a hand and its flows lie: the middles of their nodes.
pub(super) struct Placed {
    pub middle: f64,
    pub flows: Vec<f64>,
}

/// The hands of one side.
pub(super) struct Side(Vec<Block>);

impl Side {
    pub fn of(blocks: Vec<Block>) -> Self {
        Self(blocks)
    }

    /// The most pixels for a unit with which all rows fit into `room`; infinite for a side without flows.
    pub fn largest_scale(&self, room: f64) -> f64 {
        let all: f64 = self.0.iter().flat_map(|block| &block.flows).sum();
        if all <= 0.0 {
            return f64::INFINITY;
        }
        // Heights grow with the scale, so halving finds it; forty halvings are exact to a billionth of a pixel.
        let (mut fits, mut too_large) = (0.0, room / all);
        for _ in 0..40 {
            let tried = 0.5 * (fits + too_large);
            if self.height(tried) <= room { fits = tried } else { too_large = tried }
        }
        fits
    }

    /// Where everything lies at a scale, in the middle of `room` pixels from `top`.
    pub fn place(&self, scale: f64, top: f64, room: f64) -> Vec<Placed> {
        let mut y = top + 0.5 * (room - self.height(scale)).max(0.0);
        let mut placed = Vec::with_capacity(self.0.len());
        for block in &self.0 {
            let rows = block.rows(scale);
            let mut row_top = y + 0.5 * (block.height(scale) - rows);
            let middle = row_top + 0.5 * rows;
            let flows = block.flows.iter().map(|flow| {
                let row = (flow * scale).max(FLOW_ROW);
                row_top += row + GAPS.0;
                row_top - GAPS.0 - 0.5 * row
            });
            placed.push(Placed { flows: flows.collect(), middle });
            y += block.height(scale) + GAPS.1;
        }
        placed
    }

    fn height(&self, scale: f64) -> f64 {
        let blocks: f64 = self.0.iter().map(|block| block.height(scale)).sum();
        blocks + GAPS.1 * self.0.len().saturating_sub(1) as f64
    }
}

impl Block {
    fn rows(&self, scale: f64) -> f64 {
        let rows: f64 = self.flows.iter().map(|flow| (flow * scale).max(FLOW_ROW)).sum();
        rows + GAPS.0 * self.flows.len().saturating_sub(1) as f64
    }

    fn height(&self, scale: f64) -> f64 {
        self.rows(scale).max(self.label)
    }
}

/// The outline of a ribbon of even height between the tops of its ends: it leaves and arrives level.
pub(super) fn ribbon([(x0, y0), (x1, y1)]: [(f64, f64); 2], thick: f64) -> Vec<(f64, f64)> {
    let edge = (0..=PIECES).map(|piece| {
        let t = piece as f64 / PIECES as f64;
        // The cubic of Bézier whose inner points lie half way across: the look of d3-sankey.
        let across = t * (1.5 - 1.5 * t + t * t);
        (x0 + (x1 - x0) * across, y0 + (y1 - y0) * t * t * (3.0 - 2.0 * t))
    });
    let top: Vec<(f64, f64)> = edge.collect();
    let bottom = top.iter().rev().map(|&(x, y)| (x, y + thick));
    top.iter().copied().chain(bottom).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side() -> Side {
        let block = |flows: &[f64], label| Block { flows: flows.to_vec(), label };
        Side::of(vec![block(&[900.0, 2.0, 1.0], 30.0), block(&[3.0], 45.0), block(&[150.0, 40.0], 30.0)])
    }

    #[test]
    fn rows_fill_the_room_in_order_and_leave_room_for_names() {
        let side = side();
        let scale = side.largest_scale(400.0);
        assert!((side.height(scale) - 400.0).abs() < 1e-6, "{}", side.height(scale));
        let placed = side.place(scale, 100.0, 400.0);
        let rows: Vec<f64> = placed.iter().flat_map(|hand| &hand.flows).copied().collect();
        assert!(rows.windows(2).all(|pair| pair[1] - pair[0] >= FLOW_ROW), "{rows:?}");
        let hands: Vec<f64> = placed.iter().map(|hand| hand.middle).collect();
        // The second hand has a thin flow and a name of three lines.
        assert!(hands[2] - hands[1] >= 22.5 + 12.0, "{hands:?}");
        assert_eq!(placed[1].flows[0], placed[1].middle);
    }

    #[test]
    fn a_side_without_flows_asks_for_nothing() {
        assert_eq!(Side::of(Vec::new()).largest_scale(300.0), f64::INFINITY);
    }

    #[test]
    fn a_ribbon_keeps_its_height_and_meets_its_ends() {
        let outline = ribbon([(10.0, 20.0), (110.0, 60.0)], 7.0);
        assert_eq!((outline[0], outline[PIECES]), ((10.0, 20.0), (110.0, 60.0)));
        assert_eq!((outline[PIECES + 1], outline[2 * PIECES + 1]), ((110.0, 67.0), (10.0, 27.0)));
        assert!(outline[..=PIECES].windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1));
    }
}
