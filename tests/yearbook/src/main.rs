//! Writes a yearbook and its gold: `yearbook SEED PAGES OUT.pdf` makes OUT.pdf
//! and OUT.json.

use std::path::Path;
use std::process::ExitCode;

use pincite_yearbook::{Options, yearbook};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &[String]) -> Result<(), String> {
    let [seed, pages, out] = arguments else {
        return Err("usage: yearbook SEED PAGES OUT.pdf".to_owned());
    };
    let seed = seed.parse().map_err(|error| format!("SEED: {error}"))?;
    let pages = pages.parse().map_err(|error| format!("PAGES: {error}"))?;
    let book = yearbook(&Options { seed, pages });
    let out = Path::new(out);
    let written = std::fs::write(out, &book.bytes)
        .and_then(|()| std::fs::write(out.with_extension("json"), book.gold.json()));
    written.map_err(|error| format!("{}: {error}", out.display()))
}
