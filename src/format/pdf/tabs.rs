//! What stands at the edge of a page beside all text: the letters of a thumb
//! index, the numbers of lines.

use std::collections::HashMap;

use super::furniture::Sheet;
use super::segments::Segment;

/// The shortest line of text (bytes), by which its edges are told.
const LINE: usize = 25;

/// The longest tab (code points).
const LONGEST: usize = 24;

/// The longest tab that one page alone may have (code points).
const LETTERS: usize = 2;

/// On how many pages a longer tab must come back.
const PAGES: usize = 3;

/// The share of the page's width at its edges where longer tabs stand.
const EDGE: f32 = 0.09;

/// With more segments than this a page is a drawing.
const MOST: usize = 3000;

/// How many numbers of lines a page must have.
const NUMBERED: usize = 8;

/// Takes the tabs out of the sheets; how many characters they had.
pub(super) fn clear(sheets: &mut [Sheet]) -> u64 {
    let outside: Vec<Vec<usize>> = sheets.iter().map(outside).collect();
    let mut pages: HashMap<String, usize> = HashMap::new();
    for (sheet, outside) in sheets.iter().zip(&outside) {
        for &place in outside {
            *pages.entry(sheet.segments[place].text.clone()).or_default() += 1;
        }
    }
    let mut characters = 0;
    for (sheet, outside) in sheets.iter_mut().zip(outside) {
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let numbers = outside
            .iter()
            .filter(|&&place| is_number(&sheet.segments[place].text))
            .count();
        let is_tab = |&place: &usize| {
            let text = &sheet.segments[place].text;
            let letters = text.chars().all(char::is_alphabetic);
            let alone = !outside.iter().any(|&other| {
                let (one, other) = (&sheet.segments[place], &sheet.segments[other]);
                let step = (one.y - other.y).abs();
                other.text.chars().count() > LETTERS
                    && step > 0.3 * one.size
                    && step < 2.0 * one.size
                    && one.area().beside(&other.area()) > 0.0
            });
            (alone && letters && text.chars().count() <= LETTERS)
                || (is_number(text) && numbers >= NUMBERED)
                || (alone
                    && !is_number(text)
                    && at_edge(&sheet.segments[place], sheet.width)
                    && pages.get(text).is_some_and(|&pages| pages >= PAGES))
        };
        let gone: Vec<usize> = outside.iter().copied().filter(is_tab).collect();
        for &place in &gone {
            characters += sheet.segments[place].text.chars().count() as u64;
        }
        sheet.remove(gone);
    }
    characters
}

/// Whether a segment stands at the edge of a page, nearer than any margin.
fn at_edge(segment: &Segment, width: f32) -> bool {
    let middle = (segment.left + segment.right) / 2.0;
    middle < EDGE * width || middle > (1.0 - EDGE) * width
}

/// The places of short segments beside all lines of text.
fn outside(sheet: &Sheet) -> Vec<usize> {
    let lines = || {
        sheet
            .segments
            .iter()
            .filter(|segment| segment.text.len() >= LINE)
    };
    let left = lines().map(|line| line.left).fold(f32::INFINITY, f32::min);
    let right = lines()
        .map(|line| line.right)
        .fold(f32::NEG_INFINITY, f32::max);
    let is_outside = |segment: &Segment| {
        let margin = 0.5 * segment.size;
        (segment.right < left - margin || segment.left > right + margin)
            && segment.text.chars().count() <= LONGEST
    };
    if lines().nth(2).is_none() || sheet.segments.len() > MOST {
        return Vec::new();
    }
    let segments = sheet.segments.iter().enumerate();
    segments
        .filter(|(_, segment)| is_outside(segment))
        .map(|(place, _)| place)
        .collect()
}
