//! `pincite verify`

use std::path::Path;

use pincite::desk::verify::{ClaimState, Verdict};
use pincite::desk::{read_draft, verify};
use pincite::error::Result;
use pincite::output::text::{count, write_verified};
use pincite::output::verify::{VerifyReport, write_csv, write_json};
use pincite::read::Profiles;

use super::batch;
use super::index::read_config;
use crate::args::{TableFormat, VerifyArgs};
use crate::terminal::Terminal;
use crate::{Status, report};

pub(crate) fn run(index: &Path, args: &VerifyArgs, terminal: &Terminal) -> Result<Status> {
    let name = args.file.display().to_string();
    let bytes = batch::read(&args.file, &name)?;
    let apart = read_config(Profiles::built_in()).apart;
    let draft = read_draft(&bytes, &name, apart.as_ref(), args.min_words)?;
    let index = super::open(index)?;
    let verified = verify(&index, draft.quotations, usize::from(args.threads))?;
    let result = VerifyReport {
        name: &name,
        min_words: args.min_words,
        verified: &verified,
        short: &draft.short,
    };
    match args.format {
        TableFormat::Text => {
            terminal.page(|out| write_verified(out, &result, terminal.text_options(false)))?
        }
        TableFormat::Json => terminal.write(|out| write_json(out, &result))?,
        TableFormat::Csv => terminal.write(|out| write_csv(out, &result))?,
    }
    for remark in &draft.remarks {
        terminal.say(|out| writeln!(out, "note: {remark}"));
    }
    for error in &draft.errors {
        report::error(error, terminal);
    }
    if !draft.errors.is_empty() {
        let failed = count(draft.errors.len() as u64, "row");
        terminal.say(|out| writeln!(out, "{failed} failed; quotations read: {}", verified.len()));
    }
    let are = |state: ClaimState| {
        let states = verified.iter().flat_map(|v| &v.claim);
        states.filter(|(_, other)| *other == state).count()
    };
    let (unclear, unread) = (are(ClaimState::Unclear), are(ClaimState::NotRead));
    if unclear > 0 {
        let claims = count(unclear as u64, "claim");
        terminal.say(|out| writeln!(out, "{claims} not understood as a source"));
    }
    if unread > 0 {
        let sources = count(unread as u64, "quotation");
        terminal.say(|out| writeln!(out, "note: {sources} with a source that was not read"));
    }
    let failed = result.count(Verdict::Failed);
    if failed > 0 {
        let quotations = count(failed as u64, "quotation");
        terminal.say(|out| writeln!(out, "{quotations} could not be judged"));
    }
    // That a quotation is wrong weighs more than that a row is.
    Ok(
        match verified.len() - failed - result.count(Verdict::Exact) {
            1.. => Status::Differs,
            0 if !draft.errors.is_empty() || unclear > 0 || failed > 0 => Status::Partly,
            0 if verified.is_empty() => Status::Nothing,
            0 => Status::Found,
        },
    )
}
