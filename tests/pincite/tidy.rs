//! The rooms of `src/` use only the rooms above them.

use crate::support::root;

/// The rooms in the order in which data flows.
const ROOMS: [&str; 12] = [
    "text", "report", "fetch", "format", "read", "theme", "index", "query", "search", "cite",
    "desk", "output",
];

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found
}

#[test]
fn a_room_uses_only_rooms_above_it() {
    let mut looked_at = 0;
    for (place, room) in ROOMS.iter().enumerate() {
        for file in files(&root().join("src").join(room)) {
            let text = std::fs::read_to_string(&file).unwrap();
            for (number, line) in text.lines().enumerate() {
                for (i, _) in line.match_indices("crate::") {
                    let used: String = line[i + 7..]
                        .chars()
                        .take_while(|c| c.is_alphanumeric() || *c == '_')
                        .collect();
                    if used == "error" {
                        continue;
                    }
                    let at = ROOMS.iter().position(|r| *r == used);
                    let at = at.unwrap_or_else(|| {
                        panic!("{}:{}: no room `{used}`", file.display(), number + 1)
                    });
                    assert!(
                        at <= place,
                        "{}:{}: `{room}` uses `{used}` below it",
                        file.display(),
                        number + 1
                    );
                    looked_at += 1;
                }
            }
        }
    }
    assert!(looked_at > 50);
    let listed: Vec<String> = std::fs::read_to_string(root().join("src/lib.rs"))
        .unwrap()
        .lines()
        .filter_map(|l| {
            l.strip_prefix("pub mod ")?
                .strip_suffix(';')
                .map(str::to_owned)
        })
        .collect();
    for room in ROOMS {
        assert!(listed.iter().any(|l| l == room), "{room} is a module");
    }
    assert_eq!(listed.len(), ROOMS.len() + 1, "the rooms and `error`");
}

#[test]
fn the_program_uses_the_public_library_alone() {
    for file in files(&root().join("src/bin")) {
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(!text.contains("tantivy"), "{}", file.display());
    }
}

#[test]
fn every_file_says_what_lives_in_it() {
    for file in files(&root().join("src")) {
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("//! "), "{}", file.display());
    }
}

#[test]
fn every_table_for_people_is_guarded() {
    let mut writers = Vec::new();
    for file in files(&root().join("src")) {
        let text = std::fs::read_to_string(&file).unwrap();
        if text.contains("csv::Writer") {
            writers.push(file.strip_prefix(root()).unwrap().display().to_string());
        }
    }
    assert_eq!(writers, ["src/output/cells.rs"]);
}
