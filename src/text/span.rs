//! Spans: half-open byte ranges of a text, and their form in code points.

use std::ops::Range;

/// Sorts spans and melts those that overlap into one; spans that only touch
/// stay two.
///
/// ```
/// use pincite::text::span::merge;
/// assert_eq!(merge(vec![8..9, 0..3, 2..5, 5..6]), [0..5, 5..6, 8..9]);
/// ```
pub fn merge(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.sort_by_key(|s| (s.start, s.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start < last.end || span == *last => {
                last.end = last.end.max(span.end);
            }
            _ => merged.push(span),
        }
    }
    merged
}

/// The spans in Unicode code points instead of bytes. The spans are in order
/// and lie on character boundaries of `text`.
pub fn in_code_points(text: &str, spans: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut at_byte = 0;
    let mut at_point = 0;
    let mut points = |byte: usize| {
        at_point += text[at_byte..byte].chars().count();
        at_byte = byte;
        at_point
    };
    spans
        .iter()
        .map(|s| points(s.start)..points(s.end))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_not_bytes() {
        let text = "“é” kiln—kiln";
        let spans = [
            text.find("kiln").unwrap()..text.find('—').unwrap(),
            text.rfind("kiln").unwrap()..text.len(),
        ];
        assert_eq!(in_code_points(text, &spans), [4..8, 9..13]);
    }
}
