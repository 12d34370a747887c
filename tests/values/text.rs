//! Texts for people: what is wrong with them, and what looks so and is right.

use std::fmt::Write;

use proptest::prelude::*;
use reclint::value::Class;
use reclint::value::Class::{
    Capitals, Code, Email, Emphasis, Escaped, Invisible, LineBreak, Lost, Markup, Mojibake, Placeholder, Punctuation,
    Several, Surrounded,
};
use reclint::value::text::Style::{self, Html, Keyword, Line, Name, Text, Title};
use reclint::value::text::{faults, is_suspect};

/// The classes of the faults of a text, with what was meant; and the filter lets none of them pass.
fn judged(text: &str, style: Style) -> Vec<(Class, Option<String>)> {
    let mut found = Vec::new();
    faults(text, style, &mut found);
    assert!(found.is_empty() || is_suspect(text, style), "{text:?} is not held back: {found:?}");
    for fault in &found {
        assert!(text.get(fault.at.clone()).is_some(), "{text:?}: {:?} is no part of it", fault.at);
    }
    found.into_iter().map(|fault| (fault.class, fault.intended)).collect()
}

/// A text, its style, and its one fault with what was meant.
type Row = (&'static str, Style, Class, Option<&'static str>);

fn assert_faulty(rows: &[Row]) {
    let mut wrong = String::new();
    for (text, style, class, intended) in rows {
        let found = judged(text, *style);
        if found != [(*class, intended.map(str::to_owned))] {
            let _ = writeln!(wrong, "{style:?} {text:?}: {found:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn assert_right(style: Style, texts: &[&str]) {
    let mut wrong = String::new();
    for text in texts {
        let found = judged(text, style);
        if !found.is_empty() {
            let _ = writeln!(wrong, "{style:?} {text:?}: {found:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn white_space_and_what_nobody_sees() {
    assert_faulty(&[
        (" Ruth", Name, Surrounded, Some("Ruth")),
        ("Ruth\u{a0}", Name, Surrounded, Some("Ruth")),
        (" snow ", Keyword, Surrounded, Some("snow")),
        ("Snow\nand ice", Title, LineBreak, Some("Snow and ice")),
        ("Snow\r\n     and ice\n", Title, LineBreak, Some("Snow and ice")),
        ("\n  Institute of Snow\n ", Line, LineBreak, Some("Institute of Snow")),
        ("Snow\u{2028}ice", Title, LineBreak, Some("Snow ice")),
        ("snow\tice", Keyword, LineBreak, Some("snow ice")),
        ("Perma\u{ad}fro\u{ad}st", Title, Invisible, Some("Permafrost")),
        ("Snow\u{feff}", Text, Invisible, Some("Snow")),
        ("Snow\u{200b}drift", Html, Invisible, Some("Snowdrift")),
        ("Snow\u{200d}drift", Title, Invisible, Some("Snowdrift")),
        ("Snow\u{200e} drift", Title, Invisible, Some("Snow drift")),
        ("Snow\u{1}drift", Text, Invisible, Some("Snowdrift")),
        ("M\u{fffd}ller", Name, Lost, None),
    ]);
    assert_right(
        Text,
        &["One.\nTwo.\r\n\tThree.\n", " One ", "می\u{200c}خواهم", "क्\u{200d}ष", "👩\u{200d}🔬 ❤\u{fe0f}"],
    );
    assert_right(Title, &["שלום\u{200f} (1999)", "Prix\u{a0}: 10\u{202f}000", "Snow – “ice” … ’s", "雪\u{200b}と氷"]);
}

#[test]
fn escaped_and_marked_up() {
    assert_faulty(&[
        ("R&amp;D", Keyword, Escaped, Some("R&D")),
        ("Caf&eacute; &#8211; &#x2014;", Title, Escaped, Some("Café – —")),
        ("Cats &amp;amp; dogs", Title, Escaped, Some("Cats & dogs")),
        ("&lt;em&gt;Primula&lt;/em&gt;", Title, Escaped, None),
        ("<p>Cats &amp;amp; dogs</p>", Html, Escaped, Some("<p>Cats &amp; dogs</p>")),
        ("<p>One&nbsp;two</p><p>Three</p>", Text, Markup, Some("One\u{a0}two\nThree")),
        ("One<br/>two", Title, Markup, Some("One\ntwo")),
        ("See <a href=\"http://example.org\">here</a>", Text, Markup, None),
        ("Genome of <em>Primula</em>", Title, Emphasis, Some("Genome of Primula")),
        ("in<i>PRCC</i>fusion", Title, Emphasis, None),
        ("CO<sub>2</sub> in water", Title, Emphasis, None),
    ]);
    assert_right(Title, &["AT&T; and R&D; a view", "a < b and c > d", "$\\sqrt{s}=7$ TeV", "x <y> z", "Tom & Jerry"]);
    assert_right(Title, &["On <mml:math><mml:mi>x</mml:mi></mml:math> squared", "On <math><b>x</b></math>"]);
    assert_right(Text, &["(p<0.05, n>30)", "if a<b and b>c", "&c. &unknown;"]);
    assert_right(Html, &["<p>Cats &amp; dogs</p>", "a &lt; b"]);
}

#[test]
fn read_in_a_wrong_encoding() {
    assert_faulty(&[
        ("MÃ¼ller", Name, Mojibake, Some("Müller")),
        ("ÃƒÂ¼ber", Text, Mojibake, Some("über")),
        ("Lâ€™Ã©tÃ©", Title, Mojibake, Some("L’été")),
        ("snow â\u{80}\u{94} ice", Text, Mojibake, Some("snow — ice")),
        ("Â© 2020 Snow", Text, Mojibake, Some("© 2020 Snow")),
        ("DvoÅ™Ã¡k", Name, Mojibake, Some("Dvořák")),
        ("Ã–sterreich", Name, Mojibake, Some("Österreich")),
        ("Ð¡Ð°Ð½ÐºÑ‚", Title, Mojibake, Some("Санкт")),
        ("lifetime (Ì¥) and mobility (Ã¦)", Text, Mojibake, None),
    ]);
    assert_right(
        Title,
        &[
            "APLICAÇÃO DO PROGRAMA ao ensino",
            "A SUPERAÇÃO “DO NÃO” e a “IRMÔ – e „SCHÖ“",
            "SIMÃ³ e IRMÃ\u{a0}Maria, um caso",
            "Bonds of 2.1 Å² and 5 Å³ ± 1",
            "«cité»… «côté» à Â",
            "Dvořák’s “Ša”, Ñandú, Ðoković, 3×²",
        ],
    );
}

#[test]
fn what_says_nothing() {
    assert_faulty(&[
        (":unav", Name, Code, None),
        (":(unav)", Name, Placeholder, Some("(:unav)")),
        ("(:Unav)", Name, Placeholder, Some("(:unav)")),
        ("(:unav)", Name, Code, None),
        ("(:unkn) unknown", Name, Code, None),
        ("(:unas) unassigned", Title, Code, None),
        ("N/A", Line, Placeholder, None),
        ("n/a", Title, Placeholder, None),
        ("TODO", Title, Placeholder, None),
        ("-", Title, Placeholder, None),
        ("...", Text, Placeholder, None),
        ("—", Name, Placeholder, None),
        ("None", Keyword, Placeholder, None),
        ("null", Name, Placeholder, None),
        ("Unknown", Name, Placeholder, None),
        ("[object Object]", Title, Placeholder, None),
        ("#REF!", Line, Placeholder, None),
        ("{{title}}", Title, Placeholder, None),
        ("<insert title here>", Title, Placeholder, None),
        ("Lorem ipsum dolor sit amet, consectetur adipisici elit, sed eiusmod", Text, Placeholder, None),
        ("No abstract available.", Text, Placeholder, None),
    ]);
    assert_right(Title, &["Unknown", "Null", "None", "???", "Na", "N", "The (:unav) code", "What is n/a?"]);
    assert_right(Name, &["Null", "Nan", "NA", "N.A.", "Na", "Anonymous", "Nil", "None, Anna", "조혜린", "Sudesiqin"]);
    assert_right(Keyword, &["TBC", "NA", "Na", "no child left behind", "todo lists"]);
    assert_right(Text, &["None of the lakes was frozen.", "- one\n- two", "[1] Snow"]);
}

#[test]
fn several_in_one() {
    assert_faulty(&[
        ("Keller, Ruth; Meier, Beat", Name, Several, None),
        ("Smith, John and Doe, Jane", Name, Several, None),
        ("Smith, J. & Doe, K.", Name, Several, None),
        ("J. Smith and K. Doe", Name, Several, None),
        ("A. Smith, B. Jones, C. Doe, D. Roe", Name, Several, None),
        ("Smith, J., Doe, K., Roe, M.", Name, Several, None),
        ("Keller et al.", Name, Several, None),
        ("snow; ice", Keyword, Several, None),
        ("snow|ice", Keyword, Several, None),
        ("snow, ice, old glaciers, permafrost", Keyword, Several, None),
    ]);
    assert_right(
        Name,
        &[
            "Department of Health and Human Services",
            "Smith, Jones and Partners Ltd",
            "University of California, Los Angeles, School of Medicine, Department of Surgery",
            "U. S. Fish and Wildlife Service",
            "Natural Sciences and Engineering Research Council of Canada",
            "Taylor & Francis",
            "John Wiley and Sons, Inc.",
            "Birkhäuser, Basel, Boston, Berlin",
            "King, Martin L., Jr.",
            "Bernd and Hilla Becher",
            "Keller, Ruth; id_orcid 0000-0002-1825-0097",
        ],
    );
    assert_right(
        Keyword,
        &[
            "Physics::Optics",
            "QA76.76 .A65",
            "Paris, France",
            "history, 19th century",
            "Seattle, King County, Washington, United States",
            "Art, Black, African, and Caribbean",
            "610 Medical sciences; Medicine",
            "EARTH SCIENCE > ATMOSPHERE > CLOUDS",
            "numbers (1; 2; 3)",
        ],
    );
}

#[test]
fn what_is_left_over() {
    assert_faulty(&[
        ("Keller, Ruth;", Name, Punctuation, Some("Keller, Ruth")),
        ("Panel on Climate, ", Name, Punctuation, Some("Panel on Climate")),
        ("Orchids /", Title, Punctuation, Some("Orchids")),
        ("Paris :", Name, Punctuation, Some("Paris")),
        ("snow,", Keyword, Punctuation, Some("snow")),
        ("Keller, Ruth <ruth@example.org>", Name, Email, Some("Keller, Ruth")),
        ("ruth@example.org", Name, Email, None),
    ]);
    assert_right(Name, &["Orth, A.S.", "King, Martin, Jr.", "Group @Home", "Wiley Inc."]);
    assert_right(Title, &["Data from: A malaria agent.", "Why snow?", "and/or/", "Snow: "].map(str::trim_end));
    assert_right(Line, &["Technical reports;", "12", "Vol. 3."]);
}

#[test]
fn capitals() {
    assert_faulty(&[("SNOW DEPTH AND AVALANCHES", Title, Capitals, None)]);
    assert_right(
        Title,
        &["NASA ESA IPCC WMO", "PERMAFROST", "МОДЕЛЬ СИСТЕМНОЙ ДИНАМИКИ", "SNOW DEPTH in the Alps", "日本の雪"],
    );
    assert_right(Keyword, &["SNOW DEPTH AND AVALANCHES"]);
}

/// What is met in faulty texts, to be put together in any way.
const PIECES: [&str; 48] = [
    " ", "\n", "\t", "\u{a0}", "\u{ad}", "\u{200b}", "\u{200d}", "\u{200f}", "\u{feff}", "\u{fffd}", "\u{85}",
    "\u{2028}", "&amp;", "&lt;", "&#8211;", "&", ";", ",", "|", "/", " :", "<", ">", "<p>", "</em>", "<sub>", "<math>",
    "@", ".", "a.org", "(:unav)", ":unav", "n/a", "-", "Ã", "¼", "â€", "™", "Ð", "°", "é", "Keller", "R.", " and ",
    " et al", "WORD", "snow", "雪",
];

proptest! {
    #[test]
    fn the_first_look_holds_back_all_that_is_wrong(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..12),
        style in prop::sample::select(vec![Text, Html, Line, Title, Keyword, Name]),
    ) {
        judged(&pieces.concat(), style);
    }

    /// A text is looked at in blocks: what is wrong is seen wherever it stands in one, or across two.
    #[test]
    fn the_first_look_sees_what_is_wrong_at_any_place(
        (before, after) in ("[a-z ]{0,40}|[a-zé–,]{30,60}", "[a-z ]{0,40}|[a-zé–,]{30,60}"),
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 1..3),
        style in prop::sample::select(vec![Text, Html, Line, Title, Keyword, Name]),
    ) {
        judged(&format!("{before}{}{after}", pieces.concat()), style);
    }

    #[test]
    fn the_first_look_holds_back_words_for_nothing(
        word in prop::sample::select(vec![
            "n/a", "na", "nan", "null", "none", "unknown", "Undefined", "TITLE", "tba", "to be completed", "lorem ipsum",
            "no abstract available", "publisher not identified", "xxx", "todo", "fixme", "leave blank", "keine Angabe",
        ]),
        capitals in any::<bool>(),
        (before, after) in ("[ (\\[\"]{0,2}", "[ )\\].!\"\u{a0}]{0,2}|1|é| dolor"),
        style in prop::sample::select(vec![Text, Html, Line, Title, Keyword, Name]),
    ) {
        let word = if capitals { word.to_uppercase() } else { word.to_owned() };
        judged(&format!("{before}{word}{after}"), style);
    }

    #[test]
    fn any_text_is_looked_at_without_harm(
        text in any::<String>(),
        style in prop::sample::select(vec![Text, Html, Line, Title, Keyword, Name]),
    ) {
        judged(&text, style);
    }
}
