//! Two editions on a page, the old one on the left.

use std::io::{self, Write};
use std::ops::Range;

use super::{write_end, write_top};
use crate::cite::fragment::is_web;
use crate::cite::pincite;
use crate::cite::pincite::locator;
use crate::desk::compare::{
    Comparison, Edition, PartChange, Row, SectionChange, SectionSide, Term, Verdict, figures,
    terms, word_changes,
};
use crate::output::markup::escaped;
use crate::output::text::{count, grouped, outline_note};
use crate::report::Passage;
use crate::text::changes::Change;

/// How many terms of each edition are shown.
const TERMS: usize = 30;

/// Writes how two editions differ as a page.
///
/// # Errors
/// What writing fails with.
pub fn write_comparison(out: &mut dyn Write, compared: &Comparison) -> io::Result<()> {
    let (old, new) = (&compared.old, &compared.new);
    let title = format!("{} and {}", old.info.title, new.info.title);
    write_top(out, &title)?;
    writeln!(out, "<div class=\"sides\">")?;
    for edition in [old, new] {
        writeln!(out, "<div class=\"edition\">{}</div>", about(edition))?;
    }
    writeln!(out, "</div>\n<ul class=\"counts\">")?;
    let tally = compared.tally();
    for verdict in Verdict::told(std::iter::once(&tally)) {
        writeln!(
            out,
            "<li>{} {}</li>",
            grouped(tally.of(verdict)),
            verdict.as_str()
        )?;
    }
    writeln!(
        out,
        "<li>of {} <strong>{:.1} %</strong> are not kept</li></ul>",
        count(tally.old_words + tally.new_words, "word"),
        100.0 * tally.change()
    )?;
    for change in &compared.outline {
        let note = escaped(&outline_note(change, old, new).replace('`', ""));
        writeln!(
            out,
            "<p class=\"warning\"><strong>Warning:</strong> {note}</p>"
        )?;
    }
    writeln!(
        out,
        "<p class=\"note\">In reworded paragraphs <del>words of the old edition alone</del> are \
         struck out, <ins>words of the new edition alone</ins> underlined.</p>"
    )?;
    for section in &compared.sections {
        write_section(out, compared, section)?;
    }
    write_figures(out, compared)?;
    let terms = terms(compared);
    writeln!(
        out,
        "<h2>Terms of one edition alone</h2>\n<div class=\"sides\">"
    )?;
    for (name, terms) in [("Lost", &terms.lost), ("Gained", &terms.gained)] {
        writeln!(
            out,
            "<div><strong>{name}</strong><p>{}</p></div>",
            listed(terms)
        )?;
    }
    writeln!(out, "</div>")?;
    write_end(out)
}

/// Title, id, size and address of an edition.
fn about(edition: &Edition) -> String {
    let info = &edition.info;
    let url = info.url.as_deref().filter(|url| is_web(url));
    let link = url.map(|url| {
        let url = escaped(url);
        format!("<br><a href=\"{url}\">{url}</a>")
    });
    let note = info
        .note
        .as_deref()
        .map(|note| format!("<br>{}", escaped(note)));
    format!(
        "<strong>{}</strong><br>{} · {} in {} · {}{}{}",
        escaped(&info.title),
        escaped(&edition.id.to_string()),
        count(edition.word_count(), "word"),
        count(edition.passages.len() as u64, "paragraph"),
        escaped(&info.path),
        link.unwrap_or_default(),
        note.unwrap_or_default()
    )
}

fn write_section(
    out: &mut dyn Write,
    compared: &Comparison,
    section: &SectionChange,
) -> io::Result<()> {
    let words = |side: &Option<SectionSide>| {
        side.as_ref()
            .map_or("none".to_owned(), |side| count(side.words, "word"))
    };
    let side = section.new.as_ref().or(section.old.as_ref());
    let name = side
        .map(|side| side.name.cited())
        .filter(|name| !name.is_empty());
    writeln!(
        out,
        "<section>\n<h2>{} <span class=\"words\">{} → {}</span></h2>",
        escaped(name.as_ref().unwrap_or(&section.key)),
        words(&section.old),
        words(&section.new)
    )?;
    for rows in section
        .rows
        .chunk_by(|one, other| is_alone(one) && is_alone(other))
    {
        match rows {
            [row] if !is_alone(row) => write_pair(out, compared, row)?,
            rows => write_gap(out, compared, rows)?,
        }
    }
    for row in compared.moved_out(section) {
        if let (Some(old), Some(new)) = compared.passages(row) {
            let (old, new) = (old.id.to_string(), new.id.to_string());
            let (old, new) = (escaped(&old), escaped(&new));
            writeln!(out, "<p class=\"row id\">{old} has moved, see {new}</p>")?;
        }
    }
    writeln!(out, "</section>")
}

/// Whether a row has a paragraph of one edition alone.
fn is_alone(row: &Row) -> bool {
    row.old.is_none() || row.new.is_none()
}

/// What stands between two pairs in the one edition and in the other: two
/// columns, for a paragraph of the one belongs to none of the other.
fn write_gap(out: &mut dyn Write, compared: &Comparison, rows: &[Row]) -> io::Result<()> {
    writeln!(out, "<div class=\"row sides\">")?;
    for (verdict, is_old) in [(Verdict::Removed, true), (Verdict::Added, false)] {
        writeln!(out, "<div class=\"{}\">", verdict.as_str())?;
        for row in rows.iter().filter(|row| row.old.is_some() == is_old) {
            let (old, new) = compared.passages(row);
            let whole = match row.old {
                Some(_) => &compared.new,
                None => &compared.old,
            };
            let whole = row.stands_in.and_then(|at| whole.passages.get(at));
            let part = compared.part_change(row);
            let stands = match part {
                Some(_) => "it stands reworded in",
                None => "it stands in",
            };
            let whole = whole.map(|whole| {
                let id = escaped(&whole.id.to_string());
                format!(" <span class=\"faint note\">{stands} {id}</span>")
            });
            write_badge(out, row, &whole.unwrap_or_default())?;
            if let Some(passage) = old.or(new) {
                write_cell(out, passage, &[], "")?;
            }
            if let Some(part) = part {
                let changes = inline(&part);
                writeln!(out, "<p class=\"note\">{changes}</p>")?;
            }
        }
        writeln!(out, "</div>")?;
    }
    writeln!(out, "</div>")
}

/// What changed in a part, in one text.
fn inline(part: &PartChange<'_>) -> String {
    let pieces = part.pieces.iter().map(|piece| {
        let words = escaped(piece.of(part.old.text, part.new.text));
        match piece.change {
            Change::Same => words,
            Change::Removed => format!("<del>{words}</del>"),
            Change::Added => format!("<ins>{words}</ins>"),
        }
    });
    pieces.collect::<Vec<_>>().join(" ")
}

/// A paragraph of both editions, side by side.
fn write_pair(out: &mut dyn Write, compared: &Comparison, row: &Row) -> io::Result<()> {
    let (Some(old), Some(new)) = compared.passages(row) else {
        return Ok(());
    };
    let pieces = match row.is_reworded() {
        true => word_changes(&old.text, &new.text),
        false => Vec::new(),
    };
    let spans = |change: Change| -> Vec<Range<usize>> {
        let pieces = pieces.iter().filter(|piece| piece.change == change);
        pieces.map(|piece| piece.span.clone()).collect()
    };
    let alike = row.similarity.filter(|_| row.is_reworded());
    let alike = alike.map(|s| {
        format!(
            " <span class=\"faint note\">{:.1} % alike</span>",
            100.0 * s
        )
    });
    writeln!(out, "<div class=\"row {}\">", row.verdict.as_str())?;
    write_badge(out, row, &alike.unwrap_or_default())?;
    writeln!(out, "<div class=\"sides\">")?;
    write_cell(out, old, &spans(Change::Removed), "del")?;
    write_cell(out, new, &spans(Change::Added), "ins")?;
    writeln!(out, "</div></div>")
}

/// The verdict of a row, by a word and a sign, and what else is to say.
fn write_badge(out: &mut dyn Write, row: &Row, more: &str) -> io::Result<()> {
    let verdict = row.verdict.as_str();
    let sign = match row.verdict {
        Verdict::Kept => "=",
        Verdict::Renumbered => "#",
        Verdict::Reworded => "≈",
        Verdict::Moved => "⇄",
        Verdict::Divided => "÷",
        Verdict::Joined => "&amp;",
        Verdict::Added => "+",
        Verdict::Removed => "−",
    };
    let too = match row.verdict == Verdict::Moved && row.is_reworded() {
        true => ", reworded",
        false => "",
    };
    writeln!(
        out,
        "<span class=\"badge\">{sign} {verdict}{too}</span>{more}"
    )
}

/// A paragraph with its place, some of its parts in an element.
fn write_cell(
    out: &mut dyn Write,
    passage: &Passage,
    spans: &[Range<usize>],
    tag: &str,
) -> io::Result<()> {
    let remark = passage.remark().map(|remark| {
        let remark = escaped(&remark);
        format!("<br><span class=\"faint note\">remark: {remark}</span>")
    });
    writeln!(
        out,
        "<div><span class=\"id\">{} · {}</span>{}<p>{}</p></div>",
        escaped(&locator(passage)),
        escaped(&passage.id.to_string()),
        remark.unwrap_or_default(),
        tagged(&passage.text, spans, tag)
    )
}

/// A text with some of its parts in an element, escaped.
fn tagged(text: &str, spans: &[Range<usize>], tag: &str) -> String {
    let mut html = String::new();
    let mut at = 0;
    for span in spans {
        html.push_str(&escaped(&text[at..span.start]));
        html.push_str(&format!("<{tag}>{}</{tag}>", escaped(&text[span.clone()])));
        at = span.end;
    }
    html.push_str(&escaped(&text[at..]));
    html
}

fn write_figures(out: &mut dyn Write, compared: &Comparison) -> io::Result<()> {
    let figures = figures(compared);
    if figures.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "<h2>Figures that changed</h2>\n<table><thead><tr><th scope=\"col\">Old</th>\
         <th scope=\"col\">New</th><th scope=\"col\">Where</th></tr></thead><tbody>"
    )?;
    for change in figures {
        let old = compared.old.passages.get(change.old_passage).map(pincite);
        let new = compared.new.passages.get(change.new_passage).map(pincite);
        writeln!(
            out,
            "<tr><td>{}</td><td>{}</td><td>{}<br>{}</td></tr>",
            escaped(&change.old.shown),
            escaped(&change.new.shown),
            escaped(&old.unwrap_or_default()),
            escaped(&new.unwrap_or_default())
        )?;
    }
    writeln!(out, "</tbody></table>")
}

fn listed(terms: &[Term]) -> String {
    if terms.is_empty() {
        return "<span class=\"none\">none</span>".to_owned();
    }
    let shown = terms.iter().take(TERMS);
    let shown = shown.map(|term| {
        format!(
            "{} <span class=\"faint\">{}</span>",
            escaped(&term.term),
            grouped(term.count)
        )
    });
    shown.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_no_markup() {
        assert_eq!(
            tagged("a <b> & \"c\" d", &[2..5, 8..11], "ins"),
            "a <ins>&lt;b&gt;</ins> &amp; <ins>&quot;c&quot;</ins> d"
        );
        assert!(is_web("https://a") && !is_web("javascript:alert(1)"));
    }
}
