//! Sets of words that mean the same, and queries widened by them.
//!
//! A file holds a set a line, its members divided by commas; `#` begins a
//! comment. A member matches by inflection; one of several words matches them
//! side by side. In `kid, youngster => child, minor` the members before the arrow
//! find those behind it, and not the other way.

use std::collections::HashSet;
use std::path::Path;
use std::sync::LazyLock;

use super::tree::{Node, NodeKind, Term};
use super::word::{Form, Slot, Word, slots_of};
use super::{MatchMode, Parsed};
use crate::error::{Error, Result};
use crate::index::IndexPart;
use crate::text::digest::sha256;
use crate::text::{Analysis, Stemmer, fold};

const DRIFTS_TEXT: &str = include_str!("drifts.txt");

/// Sets of synonyms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synonyms {
    sets: Vec<SynonymSet>,
}

/// Members that find others, and those; the same unless an arrow parts them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct SynonymSet {
    from: Vec<Member>,
    to: Vec<Member>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Member {
    /// As it is typed in a query.
    typed: String,
    /// The stems of its words.
    stems: Vec<String>,
}

/// What synonyms added to a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The words of the query.
    pub of: String,
    /// The words that are searched for beside them.
    pub words: Vec<String>,
}

impl Synonyms {
    /// The words that changed in the genre over the years, as `debt bondage`
    /// and `debt-based coercion`.
    pub fn built_in() -> &'static Synonyms {
        static DRIFTS: LazyLock<Synonyms> = LazyLock::new(|| {
            // A test reads the file and finds no fault.
            Synonyms::parse(DRIFTS_TEXT, "drifts.txt").unwrap_or_default()
        });
        &DRIFTS
    }

    /// The SHA-256 of the built-in synonyms, in hexadecimal.
    pub fn built_in_digest() -> String {
        sha256(DRIFTS_TEXT.as_bytes())
    }

    /// Reads a file.
    ///
    /// # Errors
    /// A file that cannot be read, or what [`Synonyms::parse`] finds.
    pub fn load(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map_err(|e| Error::usage(format!("`{name}` cannot be read")).with_cause(e))?;
        Self::parse(&text, &name)
    }

    /// Reads the text of a file; `name` is for errors.
    ///
    /// ```
    /// use pincite::query::synonyms::Synonyms;
    /// assert!(Synonyms::parse("bonded labor, debt bondage # since 2001\n", "s").is_ok());
    /// assert!(Synonyms::parse("debt bondage\n", "s").is_err());
    /// ```
    ///
    /// # Errors
    /// A line with fewer than two members, a member without a word, a file
    /// without sets: each with its line.
    pub fn parse(text: &str, name: &str) -> Result<Self> {
        let mut sets = Vec::new();
        // Sets whose members find each other without them.
        let mut needless = 0;
        for (line, number) in text.trim_start_matches('\u{feff}').lines().zip(1u64..) {
            let content = line.split('#').next().unwrap_or_default();
            if content.trim().is_empty() {
                continue;
            }
            let slip = |message: &str, part: &str| {
                // The part is a piece of the line itself.
                let at = part.as_ptr() as usize - line.as_ptr() as usize;
                Error::usage(message.to_owned())
                    .with_snippet(&format!("{name}:{number}"), line, at..at + part.len())
                    .with_hint("write a set as `debt bondage, bonded labor`")
            };
            let members = |list: &str| {
                let mut members: Vec<Member> = Vec::new();
                for part in list.split(',').map(str::trim) {
                    if part.starts_with('-') || part.contains(OPERATORS) {
                        return Err(slip("a member is plain words, without operators", part));
                    }
                    match Member::new(part) {
                        Some(member) if members.iter().all(|m| m.stems != member.stems) => {
                            members.push(member);
                        }
                        Some(_) => {}
                        None => return Err(slip("this member holds no word", part)),
                    }
                }
                Ok(members)
            };
            let set = match content.split_once(ARROW) {
                Some((from, to)) => SynonymSet {
                    from: members(from)?,
                    to: members(to)?,
                },
                None => {
                    let all = members(content)?;
                    SynonymSet {
                        from: all.clone(),
                        to: all,
                    }
                }
            };
            if !set.finds_others() {
                if are_several(content) {
                    needless += 1;
                    continue;
                }
                return Err(slip("a set needs two members that differ", content.trim()));
            }
            sets.push(set);
        }
        match sets.is_empty() && needless == 0 {
            true => Err(Error::usage(format!("`{name}` holds no set of synonyms"))
                .with_hint("write a set a line, as `debt bondage, bonded labor`")),
            false => Ok(Synonyms { sets }),
        }
    }

    /// These sets and those of others.
    pub fn extend(&mut self, other: &Synonyms) {
        self.sets.extend(other.sets.iter().cloned());
    }

    /// How many sets there are.
    pub fn len(&self) -> usize {
        self.sets.len()
    }

    /// Whether there is no set.
    pub fn is_empty(&self) -> bool {
        self.sets.is_empty()
    }

    /// A query with the synonyms of its words and phrases added as
    /// alternatives, but for what it negates, patterns, and words whose very
    /// form is asked for. Of members that fit the longest counts.
    #[must_use]
    pub fn widen(&self, mut parsed: Parsed, mode: MatchMode) -> Parsed {
        let mut widener = Widener {
            synonyms: self,
            stemmer: Stemmer::default(),
            mode,
            added: Vec::new(),
        };
        parsed.tree = widener.node(&parsed.tree);
        parsed.added = widener.added;
        parsed
    }

    /// The other members of the sets that hold words of these stems.
    fn others(&self, stems: &[String]) -> Vec<&Member> {
        let mut others: Vec<&Member> = Vec::new();
        for set in &self.sets {
            if set.from.iter().any(|m| m.stems == stems) {
                for member in set.to.iter().filter(|m| m.stems != stems) {
                    if others.iter().all(|o| o.stems != member.stems) {
                        others.push(member);
                    }
                }
            }
        }
        others
    }
}

/// Whether a line names several words, if only forms of one.
fn are_several(content: &str) -> bool {
    let members = content.split(ARROW).flat_map(|side| side.split(','));
    let members: HashSet<String> = members.map(|member| fold(member.trim())).collect();
    members.len() > 1
}

impl SynonymSet {
    /// Whether any member finds another.
    fn finds_others(&self) -> bool {
        let finds = |from: &Member| self.to.iter().any(|to| to.stems != from.stems);
        self.from.iter().any(finds)
    }
}

impl Member {
    fn new(text: &str) -> Option<Self> {
        let analysis = Analysis::of(text);
        let stemmer = Stemmer::default();
        let words = || analysis.tokens().iter().filter(|t| t.length == 1);
        let stems: Vec<String> = words()
            .map(|t| base_stem(&stemmer, analysis.form(t)))
            .collect();
        let forms: Vec<&str> = words().map(|t| analysis.form(t)).collect();
        (!stems.is_empty()).then(|| Member {
            typed: forms.join("-"),
            stems,
        })
    }

    fn node(&self, span: std::ops::Range<usize>, part: IndexPart) -> Node {
        Node {
            kind: NodeKind::Term(Term {
                slots: slots_of(&self.typed, true),
                form: Form::Inflected,
                slop: 0,
                typed: self.typed.clone(),
                part,
            }),
            span,
        }
    }
}

struct Widener<'a> {
    synonyms: &'a Synonyms,
    stemmer: Stemmer,
    mode: MatchMode,
    added: Vec<Added>,
}

impl Widener<'_> {
    fn node(&mut self, node: &Node) -> Node {
        let kind = match &node.kind {
            NodeKind::Term(_) => return self.run(std::slice::from_ref(node)),
            NodeKind::And(nodes) => {
                let nodes = self.siblings(nodes);
                match nodes.len() {
                    1 => return nodes.into_iter().next().unwrap_or_else(|| node.clone()),
                    _ => NodeKind::And(nodes),
                }
            }
            NodeKind::Or(nodes) if self.mode == MatchMode::Any => {
                NodeKind::Or(flat(self.siblings(nodes)))
            }
            NodeKind::Or(nodes) => NodeKind::Or(flat(nodes.iter().map(|n| self.node(n)).collect())),
            NodeKind::Near(near) => {
                let mut near = near.clone();
                *near.left = self.node(&near.left);
                *near.right = self.node(&near.right);
                NodeKind::Near(near)
            }
            NodeKind::AtLeast(n, inner) => NodeKind::AtLeast(*n, Box::new(self.node(inner))),
            NodeKind::Boost(inner, weight) => NodeKind::Boost(Box::new(self.node(inner)), *weight),
            NodeKind::Not(_) | NodeKind::Maybe(_) | NodeKind::Field(_) => node.kind.clone(),
        };
        Node {
            kind,
            span: node.span.clone(),
        }
    }

    /// Nodes side by side: runs of bare words that are a member are widened as
    /// one.
    fn siblings(&mut self, nodes: &[Node]) -> Vec<Node> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < nodes.len() {
            let bare = nodes[at..]
                .iter()
                .take_while(|n| is_bare(n))
                .count()
                .min(MAX_WORDS);
            let length = (2..=bare).rev().find(|n| {
                let stems = self.stems(&nodes[at..at + n]);
                stems.is_some_and(|s| !self.synonyms.others(&s).is_empty())
            });
            match length {
                Some(length) => {
                    out.push(self.run(&nodes[at..at + length]));
                    at += length;
                }
                None => {
                    out.push(self.node(&nodes[at]));
                    at += 1;
                }
            }
        }
        out
    }

    /// The nodes of a member, with the others of its sets as alternatives.
    fn run(&mut self, nodes: &[Node]) -> Node {
        let together = match nodes {
            [only] => only.clone(),
            nodes => Node {
                span: nodes[0].span.start..nodes[nodes.len() - 1].span.end,
                kind: match self.mode {
                    MatchMode::All => NodeKind::And(nodes.to_vec()),
                    MatchMode::Any => NodeKind::Or(nodes.to_vec()),
                },
            },
        };
        let stems = self.stems(nodes);
        let others = stems.map_or(Vec::new(), |stems| self.synonyms.others(&stems));
        if others.is_empty() {
            return together;
        }
        let of: Vec<String> = nodes.iter().map(ToString::to_string).collect();
        let added = Added {
            of: of.join(" "),
            words: others.iter().map(|m| m.typed.clone()).collect(),
        };
        if !self.added.contains(&added) {
            self.added.push(added);
        }
        let span = together.span.clone();
        let part = together
            .terms()
            .first()
            .map_or(IndexPart::Passages, |(t, _)| t.part);
        let mut alternatives = match (self.mode, together.kind) {
            (MatchMode::Any, NodeKind::Or(nodes)) => nodes,
            (_, kind) => vec![Node {
                kind,
                span: span.clone(),
            }],
        };
        alternatives.extend(others.iter().map(|m| m.node(span.clone(), part)));
        Node {
            kind: NodeKind::Or(alternatives),
            span,
        }
    }

    /// The stems of the words of terms; none where one is no plain words.
    fn stems(&self, nodes: &[Node]) -> Option<Vec<String>> {
        let mut stems = Vec::new();
        for node in nodes {
            let term = term_of(node)?;
            // `"kilns"` asks for the very form; a phrase names a thing.
            let very_form = term.form == Form::Exact && term.slots.len() == 1;
            if very_form || term.form == Form::Printed || term.slop > 0 {
                return None;
            }
            for slot in &term.slots {
                let words = match slot {
                    Slot::Word(word) => std::slice::from_ref(word),
                    Slot::Compound { parts, .. } => parts,
                };
                for word in words {
                    let (Word::Plain { form, .. } | Word::Abbreviation { form, .. }) = word else {
                        return None;
                    };
                    stems.push(base_stem(&self.stemmer, form));
                }
            }
        }
        Some(stems)
    }
}

/// The stem of a word, or of the one that it is an irregular inflection of.
fn base_stem(stemmer: &Stemmer, form: &str) -> String {
    let base = stemmer.irregular_stem(form);
    base.unwrap_or_else(|| stemmer.stem(form)).into_owned()
}

/// What parts the members that find others from those.
const ARROW: &str = "=>";

/// Signs of the query language that have no meaning in a member.
const OPERATORS: &[char] = &['*', '?', '!', '"', '~', '^', '=', '(', ')', ':', ';'];

/// The most words of a member that may be typed without quotes.
const MAX_WORDS: usize = 8;

fn is_bare(node: &Node) -> bool {
    term_of(node).is_some_and(|term| term.form == Form::Inflected)
}

/// The term of a node that is one, whether it must match or not.
fn term_of(node: &Node) -> Option<&Term> {
    match &node.kind {
        NodeKind::Term(term) => Some(term),
        NodeKind::Maybe(inner) => term_of(inner),
        _ => None,
    }
}

/// Alternatives of alternatives as alternatives.
fn flat(nodes: Vec<Node>) -> Vec<Node> {
    let mut out = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node.kind {
            NodeKind::Or(inner) => out.extend(inner),
            _ => out.push(node),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    fn widened(query: &str, mode: MatchMode) -> String {
        let synonyms = Synonyms::parse(
            "debt bondage, bonded labor\nkiln, brick factory\nkid => child, minor\n",
            "s",
        )
        .unwrap();
        let parsed = synonyms.widen(parse(query, mode).unwrap(), mode);
        parsed.tree.to_string()
    }

    #[test]
    fn words_and_phrases_gain_alternatives() {
        for (query, expected) in [
            ("kilns", "kilns OR brick-factory"),
            (
                "debt bondage nepal",
                "((debt AND bondage) OR bonded-labor) AND nepal",
            ),
            ("\"debt bondage\"", "\"debt bondage\" OR bonded-labor"),
            ("bonded-labor", "bonded-labor OR debt-bondage"),
            (
                "\"debt bondage\" w/5 kiln",
                "(\"debt bondage\" OR bonded-labor) w/5 (kiln OR brick-factory)",
            ),
            ("kiln OR debt", "kiln OR brick-factory OR debt"),
            ("debt -kiln", "debt AND NOT kiln"),
            ("\"kiln\"", "\"kiln\""),
            ("kiln*", "kiln*"),
            ("kids", "kids OR child OR minor"),
            ("children", "children"),
        ] {
            let shown = widened(query, MatchMode::All);
            assert_eq!(shown, expected, "{query}");
            let again = parse(&shown, MatchMode::All).unwrap().tree.to_string();
            assert_eq!(again, shown);
        }
        assert_eq!(
            widened("debt bondage nepal", MatchMode::Any),
            "debt OR bondage OR bonded-labor OR nepal"
        );
    }

    #[test]
    fn the_built_in_sets_are_sound() {
        let sets = Synonyms::parse(include_str!("drifts.txt"), "drifts.txt").unwrap();
        assert!(sets.len() >= 40);
        let mut seen = std::collections::HashMap::new();
        for (i, set) in sets.sets.iter().enumerate() {
            // What goes one way may say the same as several sets.
            let both_ways = set.from == set.to;
            for member in set.to.iter().filter(|_| both_ways) {
                let before = seen.insert(member.stems.clone(), i);
                assert!(before.is_none(), "`{}` stands in two sets", member.typed);
            }
        }
    }

    #[test]
    fn bad_lines_are_pointed_at() {
        for (text, line, part) in [
            ("a, b\nkiln\n", "s:2", "kiln"),
            ("a, b\n\nkiln, —\n", "s:3", "—"),
            ("kiln, Kiln\n", "s:1", "kiln, Kiln"),
            ("kiln, kil*\n", "s:1", "kil*"),
            ("kiln, -debt\n", "s:1", "-debt"),
            ("kid => child => minor\n", "s:1", "child => minor"),
            ("kid =>\n", "s:1", ""),
            ("kid => kid\n", "s:1", "kid => kid"),
        ] {
            let error = Synonyms::parse(text, "s").unwrap_err();
            let snippet = error.snippet().unwrap();
            assert_eq!(snippet.place, line);
            assert_eq!(&snippet.line[snippet.span.clone()], part);
        }
        assert!(Synonyms::parse("# none\n", "s").is_err());
    }

    /// Files of users hold them, and each finds the other all the same.
    #[test]
    fn sets_of_one_word_in_several_forms_are_needless_and_no_slip() {
        for text in ["labour, labor\n", "child, children\n", "kid => kids\n"] {
            assert!(Synonyms::parse(text, "s").unwrap().is_empty(), "{text}");
        }
        assert_eq!(
            Synonyms::parse("kiln, kilns\na, b\n", "s").unwrap().len(),
            1
        );
    }
}
