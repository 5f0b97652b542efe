//! Every country on a page, the most changed first.

use std::io::{self, Write};

use super::{write_end, write_top};
use crate::desk::compare::{AllChanges, Verdict};
use crate::output::markup::escaped;
use crate::output::text::grouped;
use crate::report::Year;

/// Writes what changed in each country's report as a page.
///
/// # Errors
/// What writing fails with.
pub fn write_ranking(out: &mut dyn Write, all: &AllChanges, years: [Year; 2]) -> io::Result<()> {
    let [old, new] = years;
    write_top(out, &format!("What changed from {old} to {new}"))?;
    writeln!(
        out,
        "<table><caption>Change is the share of the words of both editions that are not kept; \
         then come paragraphs by what became of them.</caption>\n<thead><tr><th scope=\"col\" \
         class=\"number\">Rank</th><th scope=\"col\">Country</th><th scope=\"col\">Editions</th>\
         <th scope=\"col\" class=\"number\">Change</th>"
    )?;
    let told = Verdict::told(all.changes.iter().map(|change| &change.tally));
    for verdict in &told {
        let name = capital(verdict.as_str());
        writeln!(out, "<th scope=\"col\" class=\"number\">{name}</th>")?;
    }
    writeln!(out, "<th scope=\"col\">Outline</th></tr></thead><tbody>")?;
    for (rank, change) in all.ranked() {
        let country = change.info.country.as_ref().map(|c| c.name.as_str());
        write!(
            out,
            "<tr><td class=\"number\">{rank}</td><th scope=\"row\">{}</th><td>{}, {}</td>\
             <td class=\"number\">{:.1} %</td>",
            escaped(country.unwrap_or_default()),
            escaped(&change.old.to_string()),
            escaped(&change.new.to_string()),
            100.0 * change.tally.change()
        )?;
        for verdict in &told {
            let n = grouped(change.tally.of(*verdict));
            write!(out, "<td class=\"number\">{n}</td>")?;
        }
        let outline = if change.outline.is_empty() {
            ""
        } else {
            "changed"
        };
        writeln!(out, "<td>{outline}</td></tr>")?;
    }
    writeln!(out, "</tbody></table>")?;
    for (year, alone) in years.into_iter().zip([&all.old_alone, &all.new_alone]) {
        let ids: Vec<String> = alone.iter().map(|report| report.id.to_string()).collect();
        write_list(out, &format!("With an edition of {year} alone"), &ids)?;
    }
    let ids: Vec<String> = all
        .without_sections
        .iter()
        .map(ToString::to_string)
        .collect();
    write_list(out, "Without these sections", &ids)?;
    let failed = all
        .failed
        .iter()
        .map(|(id, error)| format!("{id} ({error})"));
    write_list(out, "Could not be read", &failed.collect::<Vec<_>>())?;
    write_end(out)
}

fn write_list(out: &mut dyn Write, title: &str, items: &[String]) -> io::Result<()> {
    match items.is_empty() {
        true => Ok(()),
        false => writeln!(
            out,
            "<p class=\"note\"><strong>{title}</strong> ({}): {}</p>",
            grouped(items.len() as u64),
            escaped(&items.join(", "))
        ),
    }
}

/// A word with a capital.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
