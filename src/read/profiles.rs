//! All profiles of a build: the built-in ones and those that users wrote.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::profile::{Profile, RecordKeys};
use crate::error::{Error, Result};
use crate::text::digest::sha256;

/// The profiles in the order in which they are asked whether a file is theirs.
#[derive(Debug, Clone)]
pub struct Profiles {
    profiles: Vec<Profile>,
    fingerprint: String,
}

/// The built-in profiles, each with its text.
const BUILT_IN: [(&str, &str); 8] = [
    ("ungd", include_str!("profiles/ungd.toml")),
    ("tip", include_str!("profiles/tip.toml")),
    ("hrr", include_str!("profiles/hrr.toml")),
    ("crs", include_str!("profiles/crs.toml")),
    ("gao", include_str!("profiles/gao.toml")),
    ("fr", include_str!("profiles/fr.toml")),
    ("un", include_str!("profiles/un.toml")),
    ("doc", include_str!("profiles/doc.toml")),
];

static PROFILES: LazyLock<Profiles> = LazyLock::new(|| Profiles {
    profiles: BUILT_IN
        .iter()
        // The files are part of the program; a test below proves that they parse.
        .map(|(_, text)| toml::from_str(text).expect("a built-in profile parses"))
        .collect(),
    fingerprint: sha256(BUILT_IN.map(|(_, text)| text).concat().as_bytes()),
});

impl Profiles {
    /// The built-in profiles.
    pub fn built_in() -> &'static Profiles {
        &PROFILES
    }

    /// The text of a built-in profile.
    pub fn built_in_text(series: &str) -> Option<&'static str> {
        let found = BUILT_IN.iter().find(|(name, _)| *name == series)?;
        Some(found.1)
    }

    /// The profiles of some files, then the built-in ones of other series.
    ///
    /// # Errors
    /// A file that cannot be read or is no profile, with the line where there is
    /// one; or two of one series.
    pub fn with(files: &[PathBuf]) -> Result<Self> {
        let mut profiles: Vec<Profile> = Vec::new();
        let mut texts = String::new();
        for path in files {
            let (profile, text) = load(path)?;
            if profiles.iter().any(|p| p.series == profile.series) {
                let message = format!("two profiles are of the series `{}`", profile.series);
                return Err(Error::usage(message)
                    .with_snippet(&path.display().to_string(), "", 0..0)
                    .with_hint("name one of them, or give the other a series of its own"));
            }
            profiles.push(profile);
            texts.push_str(&text);
        }
        for profile in &PROFILES.profiles {
            if profiles.iter().all(|p| p.series != profile.series) {
                profiles.push(profile.clone());
            }
        }
        texts.push_str(&PROFILES.fingerprint);
        Ok(Profiles {
            profiles,
            fingerprint: match files {
                [] => PROFILES.fingerprint.clone(),
                _ => sha256(texts.as_bytes()),
            },
        })
    }

    /// The profiles.
    pub fn iter(&self) -> impl Iterator<Item = &Profile> {
        self.profiles.iter()
    }

    /// The profile of a series.
    pub fn get(&self, series: &str) -> Option<&Profile> {
        self.profiles.iter().find(|p| p.series.as_str() == series)
    }

    /// The profile that reads records.
    pub fn of_records(&self) -> Option<(&Profile, &RecordKeys)> {
        self.iter().find_map(|p| Some((p, p.records.as_ref()?)))
    }

    /// A digest of all profiles, in hexadecimal.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}

/// A profile of a file, and its text.
fn load(path: &Path) -> Result<(Profile, String)> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|e| Error::usage(format!("the profile `{name}` cannot be read")).with_cause(e))?;
    let profile: Profile = toml::from_str(&text).map_err(|e| {
        Error::toml("profile", &text, &name, &e)
            .with_hint("`pincite profile show tip` prints a built-in profile to go by")
    })?;
    profile.check().map_err(|message| {
        let quoted = message.split('`').nth(1).unwrap_or_default();
        let number = text.lines().position(|line| line.contains(quoted));
        let line = number.and_then(|n| text.lines().nth(n)).unwrap_or_default();
        let at = line.find(quoted).unwrap_or_default();
        let place = number.map_or(name.clone(), |n| format!("{name}:{}", n + 1));
        Error::usage(message.clone()).with_snippet(
            &place,
            line,
            at..at + quoted.len().min(line.len()),
        )
    })?;
    Ok((profile, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_profiles_parse_and_hold() {
        let profiles = Profiles::built_in();
        let series: Vec<_> = profiles.iter().map(|p| p.series.as_str()).collect();
        assert_eq!(
            series,
            ["ungd", "tip", "hrr", "crs", "gao", "fr", "un", "doc"]
        );
        for (name, profile) in series.iter().zip(profiles.iter()) {
            assert_eq!(profile.check(), Ok(()), "{name}");
            assert!(Profiles::built_in_text(name).is_some());
        }
        assert_eq!(
            Profiles::with(&[]).unwrap().fingerprint(),
            profiles.fingerprint()
        );
    }

    #[test]
    fn bad_profiles_are_pointed_at() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p.toml");
        let told = |text: &str| {
            std::fs::write(&path, text).unwrap();
            let error = Profiles::with(std::slice::from_ref(&path)).unwrap_err();
            let snippet = error.snippet().unwrap();
            let line = snippet
                .place
                .rsplit_once("toml:")
                .map_or("", |(_, n)| n)
                .to_owned();
            (line, error.to_string())
        };
        let (line, message) = told("series = \"x\"\ntitle = \"t\"\ncolour = 1\n");
        assert_eq!(line, "3");
        assert!(message.contains("colour"), "{message}");
        let head = "series = \"x\"\ntitle = \"{yaer}\"\n";
        let lead = "[lead]\nkey = \"overview\"\nlabel = \"Overview\"\n";
        let (line, message) = told(&format!("{head}{lead}"));
        assert_eq!(line, "2");
        assert!(message.contains("`{yaer}`"), "{message}");
        let head = head.replace("yaer", "year");
        let (line, message) = told(&format!("{head}{lead}[[title_line]]\npattern = '('\n"));
        assert_eq!(line, "7");
        assert!(message.contains("regex"), "{message}");
        let (line, message) = told(&format!(
            "{head}{lead}[[title_line]]\npattern = '(?<land>x)'\n"
        ));
        assert_eq!(line, "7", "{message}");
        assert!(message.contains("land"), "{message}");
        let text = format!("{head}{lead}[paragraphs]\nnumber = '(?<nubmer>x)'\n");
        let (line, message) = told(&text);
        assert_eq!(line, "7", "{message}");
        assert!(message.contains("nubmer"), "{message}");
        std::fs::write(&path, format!("{head}{lead}")).unwrap();
        let profiles = Profiles::with(std::slice::from_ref(&path)).unwrap();
        assert_eq!(profiles.iter().next().unwrap().series.as_str(), "x");
        assert!(Profiles::with(&[path.clone(), path.clone()]).is_err());
    }
}
