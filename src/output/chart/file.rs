//! Where a chart goes: a file whose ending says what it is.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::png::png;
use crate::desk::whole::write_whole;
use crate::error::{Error, Result};

/// What a chart is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartFormat {
    /// SVG.
    Svg,
    /// PNG.
    Png,
}

/// A file for a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartPath {
    path: PathBuf,
    format: ChartFormat,
}

impl FromStr for ChartPath {
    type Err = Error;

    /// Takes a path that ends in `.svg` or `.png`, in any case.
    fn from_str(text: &str) -> Result<Self> {
        let path = PathBuf::from(text);
        let ending = path.extension().and_then(|e| e.to_str());
        let format = match ending.map(str::to_lowercase).as_deref() {
            Some("svg") => ChartFormat::Svg,
            Some("png") => ChartFormat::Png,
            _ => {
                return Err(Error::usage(format!("`{text}` is no name for a chart"))
                    .with_hint("its ending must be `.svg` or `.png`"));
            }
        };
        Ok(ChartPath { path, format })
    }
}

impl ChartPath {
    /// The path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Checks that the folder is there, before any work.
    ///
    /// # Errors
    /// A folder that is not there.
    pub fn check(&self) -> Result<()> {
        let folder = self.path.parent().filter(|f| !f.as_os_str().is_empty());
        match folder {
            Some(folder) if !folder.is_dir() => Err(Error::usage(format!(
                "there is no folder `{}` for the chart",
                folder.display()
            ))
            .with_hint("make it first, or name another")),
            _ => Ok(()),
        }
    }

    /// Writes an SVG there, as what the ending says.
    ///
    /// # Errors
    /// A file that cannot be written, or a picture that is too large.
    pub fn write(&self, svg: &str) -> Result<()> {
        let bytes = match self.format {
            ChartFormat::Svg => svg.as_bytes().to_vec(),
            ChartFormat::Png => png(svg)?,
        };
        write_whole(&self.path, &bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_says_what_a_chart_is() {
        for (text, format) in [
            ("a.svg", Some(ChartFormat::Svg)),
            ("x/A.PNG", Some(ChartFormat::Png)),
            ("a.pdf", None),
            ("svg", None),
            ("", None),
        ] {
            let path = text.parse::<ChartPath>();
            assert_eq!(path.ok().map(|p| p.format), format, "{text}");
        }
        let nowhere: ChartPath = "no/such/folder/a.svg".parse().unwrap();
        assert!(nowhere.check().is_err());
        assert!("a.svg".parse::<ChartPath>().unwrap().check().is_ok());
    }
}
