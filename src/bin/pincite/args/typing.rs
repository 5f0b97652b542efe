//! How the words of a query were typed: what the shell and the order of the
//! arguments may have made of what was meant.

use clap::{ArgMatches, Args, Command, FromArgMatches};
use pincite::index::FacetName;

/// The arguments that hold words of queries, by their ids.
const WORDS: [&str; 2] = ["query", "queries"];

/// How the words of a query were typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Typing {
    /// The words of the query, or several queries.
    words: Vec<Word>,
    /// Words that stand right behind the value of an option.
    pub(crate) behind_values: Vec<BehindValue>,
    /// Words behind `--` that look like options.
    pub(crate) like_options: Vec<String>,
}

/// A word as typed and its place among the arguments, as clap counts.
#[derive(Debug, Clone)]
struct Word {
    text: String,
    place: usize,
}

/// Words that stand right behind the value of an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BehindValue {
    /// The option, without its dashes.
    pub(crate) option: &'static str,
    /// Its value.
    pub(crate) value: String,
    /// The words, in order.
    pub(crate) words: Vec<String>,
}

impl Typing {
    /// Whether an option stands between two words.
    pub(crate) fn is_parted(&self) -> bool {
        let mut pairs = self.words.windows(2);
        pairs.any(|pair| pair[1].place != pair[0].place + 1)
    }

    /// The words behind a place, as long as nothing stands between.
    fn run(&self, mut place: usize) -> Vec<String> {
        let mut run = Vec::new();
        while let Some(word) = self.words.iter().find(|word| word.place == place + 1) {
            run.push(word.text.clone());
            place += 1;
        }
        run
    }

    fn of(matches: &ArgMatches, typed: &[String]) -> Self {
        let mut typing = Typing::default();
        for id in WORDS {
            typing.words.extend(words(matches, id));
        }
        for option in options() {
            let values = words(matches, &option.replace('-', "_"));
            let option = match option {
                "facets" if !typed.iter().any(|arg| arg.starts_with("--facets")) => "facet",
                option => option,
            };
            for value in values {
                let words = typing.run(value.place);
                if !words.is_empty() {
                    let value = value.text;
                    typing.behind_values.push(BehindValue {
                        option,
                        value,
                        words,
                    });
                }
            }
        }
        let behind = typed.iter().skip_while(|arg| *arg != "--").skip(1);
        let like_options = behind.filter(|arg| looks_like_option(arg));
        typing.like_options = like_options.cloned().collect();
        typing
    }
}

/// The options whose values may be meant to be several.
fn options() -> impl Iterator<Item = &'static str> {
    let not = [
        "not-country",
        "not-region",
        "not-year",
        "not-tier",
        "not-section",
        "not-theme",
        "not-series",
    ];
    FacetName::NAMES.into_iter().chain(not).chain(["facets"])
}

/// The values of an argument with their places; empty if the command lacks the
/// argument or it was not typed.
fn words(matches: &ArgMatches, id: &str) -> Vec<Word> {
    if !matches!(matches.try_contains_id(id), Ok(true)) {
        return Vec::new();
    }
    let texts = matches.get_raw(id).into_iter().flatten();
    let texts = texts.map(|text| text.to_string_lossy().into_owned());
    let places = matches.indices_of(id).into_iter().flatten();
    texts
        .zip(places)
        .map(|(text, place)| Word { text, place })
        .collect()
}

fn looks_like_option(arg: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphabetic();
    match arg.strip_prefix("--") {
        Some(name) => name.starts_with(letter),
        None => arg.len() == 2 && arg.starts_with('-') && arg.ends_with(letter),
    }
}

impl FromArgMatches for Typing {
    /// Reads it off the arguments of the command that was called.
    fn from_arg_matches(mut matches: &ArgMatches) -> Result<Self, clap::Error> {
        while let Some((_, command)) = matches.subcommand() {
            matches = command;
        }
        let typed = std::env::args_os().map(|arg| arg.to_string_lossy().into_owned());
        let typed: Vec<String> = typed.collect();
        Ok(Typing::of(matches, &typed))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// It is read off the other arguments, and adds none.
impl Args for Typing {
    fn augment_args(command: Command) -> Command {
        command
    }

    fn augment_args_for_update(command: Command) -> Command {
        command
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::*;

    fn typing(args: &[&str]) -> Typing {
        let typed: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
        let matches = crate::Args::command().try_get_matches_from(&typed).unwrap();
        let (_, matches) = matches.subcommand().unwrap();
        Typing::of(matches, &typed)
    }

    #[test]
    fn the_whole_program_reads_it_too() {
        let args = [
            "pincite",
            "search",
            "debt",
            "--country",
            "cambodia",
            "nepal",
        ];
        let args = crate::Args::try_parse_from(args).unwrap();
        assert!(args.typing.is_parted());
        assert_eq!(args.typing.behind_values[0].words, ["nepal"]);
    }

    #[test]
    fn options_between_words_are_seen() {
        for (args, parted) in [
            (&["debt", "bondage"][..], false),
            (&["debt", "bondage", "--fold"], false),
            (&["--fold", "debt", "bondage"], false),
            (&["debt", "--country", "cambodia", "bondage"], true),
            (&["debt", "--country=cambodia", "bondage"], true),
            (&["debt", "--fold", "bondage"], true),
            (&["debt", "-n5", "bondage"], true),
            (&["debt", "--", "-bondage"], false),
            (&["debt", "--facets", "country,year", "bondage"], true),
        ] {
            let typing = typing(&[&["pincite", "search"], args].concat());
            assert_eq!(typing.is_parted(), parted, "{args:?}");
        }
    }

    #[test]
    fn words_behind_a_value_are_seen() {
        for (args, expected) in [
            (
                &["search", "--country", "cambodia", "nepal", "kenya"][..],
                Some(("country", "cambodia", vec!["nepal", "kenya"])),
            ),
            (
                &["search", "--country=cambodia", "nepal"],
                Some(("country", "cambodia", vec!["nepal"])),
            ),
            (
                &["search", "kiln", "--not-year", "2019", "2020"],
                Some(("not-year", "2019", vec!["2020"])),
            ),
            (
                &["facets", "--facet", "country", "year"],
                Some(("facet", "country", vec!["year"])),
            ),
            (
                &["facets", "--facet", "country,tier", "year"],
                Some(("facet", "tier", vec!["year"])),
            ),
            (
                &["trend", "--section", "prevention", "protection"],
                Some(("section", "prevention", vec!["protection"])),
            ),
            (&["search", "kiln", "--country", "cambodia"], None),
            (
                &["search", "--country", "cambodia", "--fold", "nepal"],
                None,
            ),
        ] {
            let typing = typing(&[&["pincite"], args].concat());
            let found = typing.behind_values.first().map(|b| {
                (
                    b.option,
                    b.value.as_str(),
                    b.words.iter().map(String::as_str).collect(),
                )
            });
            assert_eq!(found, expected, "{args:?}");
        }
    }

    #[test]
    fn text_that_looks_like_options_is_seen() {
        let typing = typing(&[
            "pincite",
            "search",
            "kiln",
            "--",
            "-child",
            "--country",
            "kenya",
            "-n",
            "5",
        ]);
        assert_eq!(typing.like_options, ["--country", "-n"]);
    }
}
