//! Strips of characters: a column each for a year or the like, and what the
//! characters mean.

use crate::output::levels::Levels;

/// The characters of strips.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signs {
    /// Blocks that rise, `▁` to `█`.
    Blocks,
    /// Digits, `1` to `9`.
    Digits,
}

const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

impl Signs {
    /// How many levels they tell apart.
    pub fn levels(self) -> usize {
        match self {
            Signs::Blocks => BLOCKS.len(),
            Signs::Digits => 9,
        }
    }

    /// The character of a level, from 0.
    pub fn level(self, level: usize) -> char {
        match self {
            Signs::Blocks => BLOCKS[level.min(BLOCKS.len() - 1)],
            Signs::Digits => char::from(b'1' + level.min(8) as u8),
        }
    }

    /// The character where there is nothing.
    pub fn zero(self) -> char {
        match self {
            Signs::Blocks => '·',
            Signs::Digits => '0',
        }
    }

    /// The character of a count among levels; none where nothing can be counted.
    pub fn count(self, count: Option<u64>, levels: &Levels) -> char {
        match (count, count.and_then(|n| levels.of(n))) {
            (None, _) => '-',
            (_, None) => self.zero(),
            (_, Some(level)) => self.level(level),
        }
    }

    /// Values from 0 to the greatest of them as a line, `-` where there is none.
    pub fn sparkline(self, values: &[Option<f64>]) -> String {
        let greatest = values.iter().flatten().copied().fold(0.0, f64::max);
        let sign = |value: &Option<f64>| match value {
            None => '-',
            Some(value) if *value <= 0.0 => self.zero(),
            Some(value) => {
                let part = value / greatest * self.levels() as f64;
                self.level((part.ceil() as usize).max(1) - 1)
            }
        };
        values.iter().map(sign).collect()
    }

    /// What the characters of levels mean, as `▁ 1`, `▂ 2-3`.
    pub fn legend(self, levels: &Levels) -> Vec<String> {
        let ranges = levels.ranges().into_iter().enumerate();
        ranges
            .map(|(level, range)| format!("{} {range}", self.level(level)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_rise_from_nothing_to_the_greatest() {
        let values = [Some(0.0), None, Some(0.01), Some(0.5), Some(1.0)];
        assert_eq!(Signs::Blocks.sparkline(&values), "·-▁▄█");
        assert_eq!(Signs::Digits.sparkline(&values), "0-159");
        assert_eq!(Signs::Blocks.sparkline(&[Some(0.0), None]), "·-");
        assert_eq!(Signs::Blocks.sparkline(&[]), "");
    }

    #[test]
    fn counts_have_the_signs_of_their_levels() {
        let levels = Levels::new(20, 8);
        let line = [None, Some(0), Some(1), Some(20)];
        let signs = |signs: Signs| {
            line.map(|n| signs.count(n, &levels))
                .iter()
                .collect::<String>()
        };
        assert_eq!(signs(Signs::Blocks), "-·▁█");
        assert_eq!(signs(Signs::Digits), "-018");
        assert_eq!(Signs::Digits.legend(&Levels::new(2, 9)), ["1 1", "2 2"]);
    }
}
