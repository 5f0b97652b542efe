//! Comparisons as a page of HTML that stands alone: two columns, the old edition
//! on the left; nothing is loaded from elsewhere, and all text is escaped.
//!
//! What changed is told by words, strokes and lines, and by colour beside them
//! (orange and blue, which those who see red and green as one tell apart too).

mod comparison;
mod ranking;

use std::io::{self, Write};

use crate::output::markup::escaped;

pub use comparison::write_comparison;
pub use ranking::write_ranking;

const STYLE: &str = include_str!("../page.css");

fn write_top(out: &mut dyn Write, title: &str) -> io::Result<()> {
    let title = escaped(title);
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n\
         </head>\n<body>\n<h1>{title}</h1>"
    )
}

fn write_end(out: &mut dyn Write) -> io::Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    writeln!(
        out,
        "<footer class=\"note\">pincite {version}, <code>compare</code></footer>\n</body>\n</html>"
    )
}
