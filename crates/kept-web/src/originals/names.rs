//! The name of a file in a header, whatever its sender called it.

use axum::http::HeaderValue;

/// Longest name given to a browser, in characters.
const LONGEST: usize = 150;

/// `Content-Disposition` with a plain name for old programs and the true one for the rest (RFC 6266 §4.3, RFC 8187).
pub(super) fn disposition(how: &str, name: &str) -> HeaderValue {
    let name = last_part(name);
    let plain: String = name
        .chars()
        .map(|letter| if is_plain(letter) { letter } else { '_' })
        .collect();
    let value = format!(
        "{how}; filename=\"{plain}\"; filename*=UTF-8''{}",
        crate::respond::encoded(&name)
    );
    HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("attachment"))
}

/// A name and never a path.
fn last_part(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or("");
    let kept: String = name
        .chars()
        .filter(|letter| !letter.is_control())
        .take(LONGEST)
        .collect();
    let kept = kept.trim().trim_start_matches('.').to_owned();
    if kept.is_empty() {
        "unnamed".to_owned()
    } else {
        kept
    }
}

fn is_plain(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || " -_.()+,=@".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, plain: &str, true_name: &str) {
        let expected = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{true_name}");
        assert_eq!(
            disposition("attachment", name).to_str().unwrap(),
            expected,
            "{name}"
        );
    }

    #[test]
    fn names_from_outside_are_only_names() {
        check("report.pdf", "report.pdf", "report.pdf");
        check("Büro \"1\".txt", "B_ro _1_.txt", "B%C3%BCro%20%221%22.txt");
        check("../../etc/passwd", "passwd", "passwd");
        check("C:\\x\\y.doc", "y.doc", "y.doc");
        check("a\r\nSet-Cookie: x", "aSet-Cookie_ x", "aSet-Cookie%3A%20x");
        check("", "unnamed", "unnamed");
        check("...", "unnamed", "unnamed");
    }
}
