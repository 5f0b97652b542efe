//! Spreadsheets written by hand, and what is read of them.

use proptest::prelude::*;

use super::super::super::package::testing::{hurt, package};
use super::*;

fn xlsx(rows: &str) -> Vec<u8> {
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
    );
    package(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "_rels/.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        (
            "xl/styles.xml",
            "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>",
        ),
        (
            "xl/sharedStrings.xml",
            "<sst><si><t>country</t></si><si><t>year</t></si></sst>",
        ),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"Data\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    package(&[("content.xml", &content)])
}

fn told(bytes: &[u8]) -> Vec<String> {
    let mut out = Vec::new();
    for (name, table) in spreadsheet(bytes).unwrap() {
        out.push(format!("{name}: {}", table.columns.join("|")));
        out.extend(
            table
                .rows
                .iter()
                .map(|(number, row)| format!("{number} {}", row.join("|"))),
        );
        out.extend(table.remarks);
    }
    out
}

#[test]
fn a_workbook_is_read() {
    let rows = r#"<row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c><c r="D2" t="inlineStr"><is><t>when</t></is></c></row>
        <row r="4"><c r="B4" t="inlineStr"><is><t>Peru </t></is></c><c r="C4"><v>2020</v></c><c r="D4" s="1"><v>44197</v></c></row>
        <row r="5"><c r="B5" t="e"><v>#N/A</v></c><c r="C5"><v>0.30000000000000004</v></c><c r="D5" s="2"><v>44197.5</v></c></row>
        <row r="6"><c r="B6" t="b"><v>1</v></c></row>"#;
    let wanted = [
        "Data: country|year|when",
        "4 Peru|2020|2021-01-01",
        "5 |0.3|2021-01-01T12:00:00",
        "6 TRUE||",
    ];
    assert_eq!(told(&xlsx(rows)), wanted);
}

#[test]
fn an_opendocument_sheet_is_read() {
    let rows = r#"<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
        <table:table-row><table:table-cell office:value-type="string"><text:p>country</text:p></table:table-cell>
          <table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>n</text:p></table:table-cell>
          <table:table-cell table:number-columns-repeated="16000"/></table:table-row>
        <table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation><text:p>a<text:s/>b</text:p><text:p>c</text:p></table:table-cell>
          <table:table-cell office:value-type="float" office:value="1.0"><text:p>1,00</text:p></table:table-cell>
          <table:table-cell office:value-type="date" office:date-value="2021-01-01T00:00:00"><text:p>1/1/21</text:p></table:table-cell></table:table-row>
        <table:table-row><table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>
          <table:table-cell office:value-type="boolean" office:boolean-value="true"/></table:table-row>
        <table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    let wanted = [
        "Data: country|n|n",
        "4 a b\nc|1|2021-01-01",
        "5 a b\nc|1|2021-01-01",
        "6 |TRUE|",
    ];
    assert_eq!(told(&ods(rows)), wanted);
}

#[test]
fn wide_and_tall_claims_are_bounded() {
    let corner: String = (1..2000)
        .map(|row| {
            format!(
                "<row r=\"{row}\"><c r=\"A{row}\"><v>1</v></c><c r=\"XFD{row}\"><v>1</v></c></row>"
            )
        })
        .collect();
    let sheets = spreadsheet(&xlsx(&corner)).unwrap();
    assert_eq!(sheets[0].1.remarks, [TOO_LARGE]);
    assert_eq!(sheets[0].1.rows.len(), 510);
    let last = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>7</v></c></row>";
    assert_eq!(told(&xlsx(last)), ["Data: 7"]);
    let repeated = "<table:table-row table:number-rows-repeated=\"99999999999\"><table:table-cell office:value-type=\"float\" \
        office:value=\"1\" table:number-columns-repeated=\"99999999999\"/></table:table-row>";
    let sheets = spreadsheet(&ods(repeated)).unwrap();
    assert_eq!(sheets[0].1.remarks, [TOO_LARGE]);
}

#[test]
fn what_cannot_be_read_is_told() {
    let mut encrypted = OLE.to_vec();
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(
        spreadsheet(&encrypted).unwrap_err(),
        "encrypted: save it without a password"
    );
    let other = spreadsheet(&package(&[("a.txt", "x")])).unwrap_err();
    assert_eq!(other, "no spreadsheet: a zip file of other things");
    let manifest = package(&[
        ("content.xml", ""),
        ("META-INF/manifest.xml", "<m:encryption-data/>"),
    ]);
    assert_eq!(
        spreadsheet(&manifest).unwrap_err(),
        "encrypted: save it without a password"
    );
    for bytes in hurt(&xlsx(&"<row><c><v>1</v></c></row>".repeat(40))).chain(hurt(&ods(""))) {
        let _ = spreadsheet(&bytes);
    }
}

#[test]
fn numbers_and_moments_are_short() {
    for (number, wanted) in [
        (1.0, "1"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (1e300, "1e300"),
        (123_456_789_012.0, "123456789012"),
    ] {
        assert_eq!(number_shown(number), wanted);
    }
    let moment = |days, kind| moment_shown(&ExcelDateTime::new(days, kind, false));
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};
    assert_eq!(moment(0.5, DateTime), "12:00:00");
    assert_eq!(moment(1.5, TimeDelta), "36:00:00");
    assert_eq!(moment(f64::NAN, TimeDelta), "0:00:00");
    let _ = moment(f64::INFINITY, DateTime);
}

proptest! {
    #[test]
    fn any_bytes(bytes in any::<Vec<u8>>(), rows in "(<(row|c|v)( r=\"[A-C][1-3]\")?>|</(row|c|v)>|7){0,40}") {
        let _ = spreadsheet(&bytes);
        let _ = spreadsheet(&xlsx(&rows));
        let _ = spreadsheet(&[&OLE[..], &bytes].concat());
    }
}
