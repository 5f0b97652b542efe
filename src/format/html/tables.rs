//! Tables of data, told from tables that only lay out a page.

use super::page::Page;

/// How long a cell of data may be, in characters.
const LONGEST_CELL: usize = 300;

/// How long one may be where the table has head cells.
const LONGEST_HEADED_CELL: usize = 2_000;

/// How many rows with several cells make data of a table that nothing else
/// speaks for.
const ROWS: usize = 2;

/// How many rows of the same number of cells make data of longer cells.
const EVEN_ROWS: usize = 3;

/// How long a cell of such a table may be, in characters.
const LONGEST_EVEN_CELL: usize = 1_000;

/// What a cell of data does not hold.
const NOT_IN_DATA: &[&str] = &["table", "h1", "h2", "h3", "h4", "h5", "h6"];

/// Whether a table is data: it has head cells or several rows of short cells
/// (longer ones, where it has a border or its rows are alike), and neither
/// tables nor headings in it.
pub(super) fn is_data(page: &Page<'_>, table: usize) -> bool {
    if matches!(page.attribute(table, "role"), Some("presentation" | "none")) {
        return false;
    }
    let within = page.subtree(table).skip(1);
    if within
        .clone()
        .any(|at| NOT_IN_DATA.contains(&page.name(at)))
    {
        return false;
    }
    let (mut cells, mut longest, mut headed) = (0, 0, false);
    // How many cells of each row hold text.
    let mut filled: Vec<usize> = Vec::new();
    for at in within {
        match page.name(at) {
            "tr" => filled.push(std::mem::take(&mut cells)),
            name @ ("td" | "th") => {
                let size = page.text(at).chars().count();
                cells += usize::from(size > 0);
                longest = longest.max(size);
                headed |= name == "th" && size > 0;
            }
            _ => {}
        }
    }
    filled.push(cells);
    filled.retain(|cells| *cells > 1);
    let rows = filled.len();
    let is_even = rows >= EVEN_ROWS && filled.windows(2).all(|pair| pair[0] == pair[1]);
    let border = page.attribute(table, "border").unwrap_or_default();
    let bordered = border.trim().parse::<u32>().is_ok_and(|width| width > 0);
    let enough = if headed { 1 } else { ROWS };
    let longest_cell = match (headed, is_even || bordered) {
        (true, _) => LONGEST_HEADED_CELL,
        (_, true) => LONGEST_EVEN_CELL,
        _ => LONGEST_CELL,
    };
    rows >= enough && longest <= longest_cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_told_from_layout() {
        let row = "<tr><td>2009</td><td>12</td></tr>";
        let long = "word ".repeat(300);
        let cases = [
            (format!("<table>{}</table>", row.repeat(3)), true),
            (format!("<table>{}</table>", row.repeat(2)), true),
            (format!("<table>{row}</table>"), false),
            (format!("<table border=1>{row}</table>"), false),
            (
                format!(
                    "<table>{}<tr><td>x<td>{}</table>",
                    row.repeat(2),
                    &long[..400]
                ),
                true,
            ),
            (
                format!("<table>{row}<tr><td>x<td>{}</table>", &long[..400]),
                false,
            ),
            ("<table><tr><th>Year<th>Cases</tr></table>".to_owned(), true),
            (
                format!(
                    "<table border=1>{}<tr><td>{long}</td></tr></table>",
                    row.repeat(3)
                ),
                false,
            ),
            (
                format!(
                    "<table>{}<tr><td><table></table></td></tr></table>",
                    row.repeat(3)
                ),
                false,
            ),
        ];
        for (text, want) in cases {
            let html = scraper::Html::parse_document(&text);
            let page = Page::new(&html);
            let table = page.body().find(|&at| page.name(at) == "table").unwrap();
            assert_eq!(is_data(&page, table), want, "{text}");
        }
    }
}
