//! Key words and collocates as tables.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{TextOptions, count, grouped, write_wrapped};
use crate::desk::keyness::Cutoffs;
use crate::desk::{Collocates, Keyness};
use crate::output::words::per_million;
use crate::search::{PartSize, Reach};

/// The widest word, in columns, where the line is 80 wide.
const WORD: usize = 18;

/// Writes at most `limit` key words.
///
/// # Errors
/// What writing fails with.
pub fn write_keyness(
    out: &mut dyn Write,
    keyness: &Keyness,
    cutoffs: &Cutoffs,
    limit: usize,
    options: TextOptions,
) -> io::Result<()> {
    let about = format!(
        "here: {}; there: {}",
        size(keyness.focus),
        size(keyness.reference)
    );
    write_wrapped(out, &about, &[], 0, options)?;
    let shown = &keyness.words[..limit.min(keyness.words.len())];
    let word = word_width(shown.iter().map(|w| &w.forms));
    let head = format!(
        "{:word$} {:>9} {:>8} {:>9} {:>8} {:>9} {:>6} {:>6}",
        "word", "here", "per mil.", "there", "per mil.", "G2", "log r.", "rep."
    );
    if !shown.is_empty() {
        writeln!(out, "\n{}", options.paint.title(&head))?;
    }
    for key in shown {
        let name = shown_word(&key.forms, word);
        writeln!(
            out,
            "{name}{:pad$} {:>9} {:>8} {:>9} {:>8} {:>9.1} {:>+6.2} {:>6}",
            "",
            grouped(key.focus.count),
            rate(per_million(key.focus.count, keyness.focus)),
            grouped(key.reference.count),
            rate(per_million(key.reference.count, keyness.reference)),
            key.g2,
            key.log_ratio,
            grouped(match key.g2 < 0.0 {
                true => key.reference.reports,
                false => key.focus.reports,
            }),
            pad = word - name.width(),
        )?;
    }
    let told = told(keyness.words.len(), shown.len(), "key word");
    let asked = asked(
        cutoffs,
        keyness.tested,
        keyness.critical,
        keyness.bonferroni,
    );
    writeln!(out)?;
    write_wrapped(out, &format!("{told}; {asked}"), &[], 0, options)
}

/// Writes at most `limit` collocates.
///
/// # Errors
/// What writing fails with.
pub fn write_collocates(
    out: &mut dyn Write,
    collocates: &Collocates,
    reach: Reach,
    cutoffs: &Cutoffs,
    limit: usize,
    options: TextOptions,
) -> io::Result<()> {
    let matched = collocates.matched;
    let about = match reach {
        Reach::Sentence => format!(
            "{} of {} hold a match",
            grouped(matched),
            count(collocates.all, "sentence")
        ),
        Reach::Passage => format!(
            "{} of {} hold a match",
            grouped(matched),
            count(collocates.all, "passage")
        ),
        Reach::Words(words) => format!(
            "within {} of {}, among {}",
            count(u64::from(words), "word"),
            match matched {
                1 => "1 match".to_owned(),
                n => format!("{} matches", grouped(n)),
            },
            count(collocates.all, "word")
        ),
    };
    write_wrapped(out, &about, &[], 0, options)?;
    let shown = &collocates.words[..limit.min(collocates.words.len())];
    let word = word_width(shown.iter().map(|w| &w.forms));
    let head = format!(
        "{:word$} {:>9} {:>9} {:>8} {:>9} {:>7} {:>7}",
        "word", "together", "in all", "logDice", "G2", "MI", "rep."
    );
    if !shown.is_empty() {
        writeln!(out, "\n{}", options.paint.title(&head))?;
    }
    for collocate in shown {
        let name = shown_word(&collocate.forms, word);
        writeln!(
            out,
            "{name}{:pad$} {:>9} {:>9} {:>8.2} {:>9.1} {:>7.2} {:>7}",
            "",
            grouped(collocate.together),
            grouped(collocate.held),
            collocate.log_dice,
            collocate.g2,
            collocate.mutual_information,
            grouped(collocate.reports),
            pad = word - name.width(),
        )?;
    }
    let told = told(collocates.words.len(), shown.len(), "collocate");
    let asked = asked(
        cutoffs,
        collocates.tested,
        collocates.critical,
        collocates.bonferroni,
    );
    writeln!(out)?;
    write_wrapped(out, &format!("{told}; {asked}"), &[], 0, options)
}

fn size(size: PartSize) -> String {
    format!(
        "{} in {} of {}",
        count(size.words, "word"),
        count(size.passages, "passage"),
        count(size.reports, "report")
    )
}

fn word_width<'a>(words: impl Iterator<Item = &'a Vec<String>>) -> usize {
    let widths = words.map(|forms| name_of(forms).width());
    widths.max().unwrap_or(0).clamp("word".len(), WORD)
}

/// The most frequent form, and how many others there are.
fn name_of(forms: &[String]) -> String {
    let first = forms.first().map_or("", String::as_str);
    match forms.len() {
        0 | 1 => first.to_owned(),
        n => format!("{first} +{}", n - 1),
    }
}

fn shown_word(forms: &[String], width: usize) -> String {
    let name = name_of(forms);
    if name.width() <= width {
        return name;
    }
    let mut short = String::new();
    for c in name.chars() {
        if format!("{short}{c}…").width() > width {
            break;
        }
        short.push(c);
    }
    short + "…"
}

/// A rate with a digit after the point where it is below ten.
fn rate(per_million: f64) -> String {
    match per_million < 9.95 {
        true => format!("{per_million:.1}"),
        false => grouped(per_million.round() as u64),
    }
}

fn told(all: usize, shown: usize, noun: &str) -> String {
    let told = count(all as u64, noun);
    match shown < all {
        true => format!("{told}, 1-{shown} shown"),
        false => told,
    }
}

/// What the words passed, and what Bonferroni would ask for.
fn asked(cutoffs: &Cutoffs, tested: u64, critical: f64, bonferroni: f64) -> String {
    let words = count(tested, "word");
    match cutoffs.bonferroni {
        true => format!(
            "G2 is {critical:.2} or more (p < {} / {words} tested, Bonferroni)",
            cutoffs.p
        ),
        false => format!(
            "G2 is {critical:.2} or more (p < {}); for all {words} tested at once it would have \
             to be {bonferroni:.2} (--bonferroni)",
            cutoffs.p
        ),
    }
}
