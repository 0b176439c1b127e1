use super::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).expect("a time")
}

fn draft(text: &str, seconds: i64) -> Draft {
    Draft {
        text: text.to_owned(),
        fields: vec![],
        saved_at: at(seconds),
    }
}

fn saved(text: &str, seconds: i64, base: Option<i64>) -> Saved {
    Saved {
        draft: draft(text, seconds),
        base: base.map(at),
        is_older: false,
    }
}

/// Saves one after the other; gives what stands and what is beside it.
fn check(each: &[Saved], stands: &str, other: Option<&str>) {
    let mut kept = None;
    for it in each {
        kept = Some(save(kept, it.clone()).expect("is saved"));
    }
    let kept = kept.expect("something");
    assert_eq!(kept.draft.text, stands);
    assert_eq!(kept.other.map(|it| it.text).as_deref(), other);
}

#[test]
fn what_goes_on_from_what_stands_takes_its_place() {
    check(
        &[saved("Dear", 1, None), saved("Dear Dana", 2, Some(1))],
        "Dear Dana",
        None,
    );
}

#[test]
fn what_was_written_elsewhere_stands_beside_the_newest() {
    let phone = saved("From the train", 2, None);
    check(
        &[saved("At the desk", 1, None), phone.clone()],
        "From the train",
        Some("At the desk"),
    );
    let goes_on = saved("From the train, late", 3, Some(2));
    let desk = saved("At the desk", 1, None);
    check(
        &[desk, phone, goes_on],
        "From the train, late",
        Some("At the desk"),
    );
}

#[test]
fn an_older_copy_is_put_beside_and_never_over() {
    let older = Saved {
        is_older: true,
        ..saved("Before the crash", 5, Some(1))
    };
    check(
        &[saved("On the phone", 4, None), older],
        "On the phone",
        Some("Before the crash"),
    );
}

#[test]
fn the_same_words_are_no_other_version() {
    check(
        &[saved("Hello", 1, None), saved("Hello", 2, None)],
        "Hello",
        None,
    );
    check(
        &[saved("  ", 1, None), saved("Hello", 2, None)],
        "Hello",
        None,
    );
}

#[test]
fn versions_are_told_apart_though_the_clock_stands() {
    let first = save(None, saved("a", 1, None)).expect("is saved");
    let second = save(Some(first.clone()), saved("ab", 1, Some(1))).expect("is saved");
    assert!(second.draft.saved_at > first.draft.saved_at);
}

#[test]
fn what_was_thrown_away_is_not_put_beside_new_words() {
    let gone = Kept {
        discarded_at: Some(at(2)),
        ..alone(draft("Never mind", 1))
    };
    let kept = save(Some(gone), saved("Anew", 3, None)).expect("is saved");
    assert_eq!(kept, alone(draft("Anew", 3)));
}

#[test]
fn the_other_version_is_brought_back_and_back_again() {
    let kept = beside(draft("New", 2), draft("Old", 1));
    let back = swap(kept, at(3)).expect("there is another");
    assert_eq!((&*back.draft.text, back.draft.saved_at), ("Old", at(3)));
    let again = swap(back, at(3)).expect("there is another");
    assert_eq!(again.draft.text, "New");
    assert!(again.draft.saved_at > at(3));
    assert_eq!(swap(alone(draft("New", 2)), at(3)), None);
}

#[test]
fn a_draft_has_limits() {
    let long = "x".repeat(LONGEST_TEXT + 1);
    assert_eq!(save(None, saved(&long, 1, None)), Err(BadDraft::TooLong));
    let mut many = saved("x", 1, None);
    many.draft.fields = vec![("cc".to_owned(), "a".repeat(LONGEST_FIELDS))];
    assert_eq!(save(None, many), Err(BadDraft::TooLong));
}
