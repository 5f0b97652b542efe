//! The figures as Markdown.

use std::fmt::Write;

use crate::measure::{Memory, Process, Spread};

/// Which of two figures is the better one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// The lower.
    Lower,
    /// The higher.
    Higher,
}

/// One measure of all engines.
#[derive(Debug, Clone)]
pub struct Row {
    /// What is measured, with its unit.
    pub name: String,
    /// Which figures are the better ones.
    pub better: Better,
    /// The figures in the order of the engines, pincite first.
    pub figures: Vec<Option<Spread>>,
}

impl Row {
    /// How often pincite's figure holds that of the engine at `place`.
    fn ratio(&self, place: usize) -> Option<f64> {
        let own = self.figures.first()?.as_ref()?.median;
        let other = self.figures.get(place)?.as_ref()?.median;
        (other != 0.0).then(|| own / other)
    }

    /// How often pincite's figure holds the best of its peers.
    fn ratio_to_best(&self) -> Option<f64> {
        let peers = (1..self.figures.len()).filter_map(|place| self.ratio(place));
        match self.better {
            Better::Lower => peers.max_by(f64::total_cmp),
            Better::Higher => peers.min_by(f64::total_cmp),
        }
    }
}

/// One table of rows: the figures, then pincite's ratio to each peer.
pub fn table(engines: &[&str], rows: &[Row]) -> String {
    let peers = engines.iter().skip(1);
    let ratios: Vec<String> = peers.map(|p| format!("÷ {p}")).collect();
    let mut head = vec!["".to_owned()];
    head.extend(engines.iter().map(|e| (*e).to_owned()));
    head.extend(ratios);
    head.push("÷ best".to_owned());
    let mut out = line(&head);
    out += &line(&alignment(head.len()));
    for row in rows {
        let mut cells = vec![row.name.clone()];
        cells.extend(row.figures.iter().map(|f| f.map_or(none(), spread)));
        cells.extend((1..engines.len()).map(|place| row.ratio(place).map_or(none(), number)));
        cells.push(
            row.ratio_to_best()
                .map_or(none(), |r| format!("**{}**", number(r))),
        );
        out += &line(&cells);
    }
    out
}

/// How the figures of a larger corpus stand to those of a smaller one.
pub fn growth(engines: &[&str], small: &[Row], large: &[Row]) -> String {
    let mut head = vec!["".to_owned()];
    head.extend(engines.iter().map(|e| (*e).to_owned()));
    let mut out = line(&head);
    out += &line(&alignment(head.len()));
    for row in large {
        let Some(before) = small.iter().find(|r| r.name == row.name) else {
            continue;
        };
        let pairs = before.figures.iter().zip(&row.figures);
        let grown =
            pairs.map(|(small, large)| Some(large.as_ref()?.median / small.as_ref()?.median));
        let mut cells = vec![row.name.clone()];
        cells.extend(grown.map(|g| g.map_or(none(), number)));
        out += &line(&cells);
    }
    out
}

/// In how many parts the time of a process is told.
const PARTS: usize = 8;

/// The memory of processes over time: the most in each part of it.
pub fn memory(processes: &[(&str, &Process)]) -> String {
    let mut head = vec!["MB, own / resident".to_owned()];
    head.extend((1..=PARTS).map(|part| format!("to {part}/{PARTS}")));
    let mut out = line(&head);
    out += &line(&alignment(head.len()));
    for (name, process) in processes {
        let mut cells = vec![(*name).to_owned()];
        for part in 0..PARTS {
            let from = process.seconds * part as f64 / PARTS as f64;
            let to = process.seconds * (part + 1) as f64 / PARTS as f64;
            let looks = process.memory.iter().filter(|m| from <= m.at && m.at < to);
            let looks: Vec<&Memory> = looks.collect();
            let most = |of: fn(&Memory) -> f64| looks.iter().map(|m| of(m)).fold(0.0, f64::max);
            cells.push(match looks.as_slice() {
                [] => none(),
                _ => format!("{:.0} / {:.0}", most(|m| m.own), most(|m| m.resident)),
            });
        }
        out += &line(&cells);
    }
    out
}

fn line(cells: &[String]) -> String {
    let mut out = String::from("|");
    for cell in cells {
        // Writing to a string cannot fail.
        let _ = write!(out, " {cell} |");
    }
    out + "\n"
}

fn alignment(columns: usize) -> Vec<String> {
    let figures = std::iter::repeat_n("---:".to_owned(), columns - 1);
    std::iter::once("---".to_owned()).chain(figures).collect()
}

fn none() -> String {
    "–".to_owned()
}

fn spread(spread: Spread) -> String {
    let median = number(spread.median);
    match spread.least == spread.greatest {
        true => median,
        false => format!(
            "{median} ({}–{})",
            number(spread.least),
            number(spread.greatest)
        ),
    }
}

/// A number with three digits that count.
fn number(value: f64) -> String {
    match value.abs() {
        v if v >= 99.95 => format!("{value:.0}"),
        v if v >= 9.995 => format!("{value:.1}"),
        v if v >= 0.9995 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_peer_is_the_one_pincite_is_worst_against() {
        let figures = [2.0, 1.0, 4.0].map(|v| Some(Spread::one(v)));
        let row = |better| Row {
            name: "x".to_owned(),
            better,
            figures: figures.to_vec(),
        };
        assert_eq!(row(Better::Lower).ratio_to_best(), Some(2.0));
        assert_eq!(row(Better::Higher).ratio_to_best(), Some(0.5));
        let text = table(&["pincite", "a", "b"], &[row(Better::Lower)]);
        let last = text.lines().last().unwrap();
        assert_eq!(last, "| x | 2.00 | 1.00 | 4.00 | 2.00 | 0.500 | **2.00** |");
    }
}
