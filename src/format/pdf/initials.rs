//! Drop caps: a big letter beside the first lines of its paragraph becomes
//! their first letter again.

use super::english;
use super::segments::Segment;

/// How much larger a drop cap is than the lines beside it.
const LARGER: f32 = 1.7;

/// The longest drop cap (characters), with a quotation mark.
const LONGEST: usize = 2;

/// Joins each drop cap with the lines beside it.
pub(super) fn join(segments: &mut Vec<Segment>) {
    let mut place = 0;
    while place < segments.len() {
        if let Some(lines) = lines_beside(segments, place) {
            let cap = segments[place].clone();
            for (index, &line) in lines.iter().enumerate() {
                let line = &mut segments[line];
                line.left = line.left.min(cap.left);
                if index == 0 {
                    line.text = joined(&cap.text, &line.text);
                    line.initial = true;
                }
            }
            segments.remove(place);
        } else {
            place += 1;
        }
    }
}

/// The lines beside a drop cap, from top to bottom, if the segment is one.
fn lines_beside(segments: &[Segment], place: usize) -> Option<Vec<usize>> {
    let cap = &segments[place];
    let letters = cap.text.chars().filter(|char| char.is_alphabetic()).count();
    if letters != 1 || cap.text.chars().count() > LONGEST || cap.text.contains(char::is_lowercase) {
        return None;
    }
    let beside = |line: &Segment| {
        cap.size > LARGER * line.size
            && line.left > cap.right - 0.6 * line.size
            && line.left < cap.right + 1.2 * line.size
            && line.y > cap.y - 0.95 * cap.size
            && line.y < cap.y + 0.5 * line.size
    };
    let mut lines: Vec<usize> = (0..segments.len())
        .filter(|&index| index != place && beside(&segments[index]))
        .collect();
    lines.sort_by(|&a, &b| segments[a].y.total_cmp(&segments[b].y));
    let (first, last) = (&segments[*lines.first()?], &segments[*lines.last()?]);
    let top = (first.y - 0.7 * first.size) - (cap.y - 0.7 * cap.size);
    let level = (last.y - cap.y).abs() < 0.6 * last.size;
    (top.abs() < 1.2 * first.size && (lines.len() >= 2 || level)).then_some(lines)
}

/// The text of a line with its big first letter: one word, unless the letter
/// is one by itself.
fn joined(cap: &str, line: &str) -> String {
    let rest = line.split(' ').next().unwrap_or_default();
    let fold = |text: &str| {
        text.trim_matches(|char: char| !char.is_alphabetic())
            .to_lowercase()
    };
    let whole = fold(&format!("{cap}{rest}"));
    let alone = matches!(fold(cap).as_str(), "a" | "i" | "o");
    if alone && !english::knows(&whole) && english::knows(&fold(rest)) {
        format!("{cap} {line}")
    } else {
        format!("{cap}{line}")
    }
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn a_letter_is_a_word_or_begins_one() {
        assert_eq!(joined("T", "raffickers keep"), "Traffickers keep");
        assert_eq!(joined("A", "shelter was"), "A shelter was");
        assert_eq!(joined("A", "ccording to"), "According to");
        assert_eq!(joined("I", "n March"), "In March");
        assert_eq!(joined("“T", "hey said"), "“They said");
    }
}
