//! What the figures were taken on.

use std::fs;
use std::path::Path;
use std::process::Command;

/// The machine and the versions of what no crate tells, a Markdown list.
pub fn describe(repository: &Path) -> String {
    let rustc = told(Command::new("rustc").arg("--version"));
    let revision = told(Command::new("git").current_dir(repository).args([
        "describe",
        "--always",
        "--dirty",
        "--exclude=*",
    ]));
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    format!(
        "- machine: {}, {} cores, {:.1} GB of memory; {}, Linux {}; load at the start {}\n\
         - revision {revision}, {rustc}\n",
        value("/proc/cpuinfo", "model name"),
        cores(),
        memory(),
        value("/etc/os-release", "PRETTY_NAME"),
        kernel.trim(),
        load.split(' ').next().unwrap_or_default(),
    )
}

/// How many threads run at the same time.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, |n| n.get())
}

/// The memory of the machine, in GB (10^9 bytes).
fn memory() -> f64 {
    let total = value("/proc/meminfo", "MemTotal");
    let kibibytes = total.trim_end_matches(" kB").parse::<f64>();
    kibibytes.map_or(0.0, |k| k * 1024.0 / 1e9)
}

/// The value of the first line with a key, after its `:` or `=`.
fn value(file: &str, key: &str) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(key));
    let value = line.unwrap_or("unknown");
    value
        .trim_start_matches([' ', '\t', ':', '='])
        .trim_matches('"')
        .to_owned()
}

/// The first line that a command prints.
fn told(command: &mut Command) -> String {
    let output = command.output().map(|o| o.stdout).unwrap_or_default();
    let text = String::from_utf8_lossy(&output);
    text.lines().next().unwrap_or("unknown").to_owned()
}
