"""Host names pass unchanged; what no storage or wire can carry is refused with a sentence."""

import pytest

from apropos_service.records.names import check_field, field_covers, parse_record

RECORDS = {
    "forecast_line:FL-2027/Q3": ("forecast_line", "FL-2027/Q3"),
    "a:b:c": ("a", "b:c"),
    "a::": ("a", ":"),
    "order-2:100 % sure, really?": ("order-2", "100 % sure, really?"),
    "x:Größe/売上高/😀": ("x", "Größe/売上高/😀"),
    "x: ": ("x", " "),
    "a" * 63 + ":" + "k" * 255: ("a" * 63, "k" * 255),
    "x:" + "😀" * 255: ("x", "😀" * 255),
    "x:../../etc/passwd": ("x", "../../etc/passwd"),
}
NOT_RECORDS = {
    "": "type:key",
    "forecast_line": "type:key",
    ":key": "type is",
    "Order:7": "type is",
    "7order:7": "type is",
    "_o:7": "type is",
    "or der:7": "type is",
    "größe:7": "type is",
    "a" * 64 + ":7": "type is",
    "order\n:7": "type is",
    "order:": "key is 1 to 255",
    "order:" + "k" * 256: "key is 1 to 255",
    "order:a\x00": "control",
    "order:a\n": "control",
    "order:\x7f": "control",
    "order:\x85": "control",
    "order:\ud83d": "surrogates",
    "order:\ude00x": "surrogates",
}
FIELDS = ["q3/amount", "lines/L-30/amount", "a", "A.b~c_d-e", "1/2/3/4/5/6/7/8", "x" * 64, ".", ".."]
NOT_FIELDS = [
    "", "/", "a/", "/a", "a//b", "1/2/3/4/5/6/7/8/9", "x" * 65, "a b", "a:b", "größe", "a\n", "a%2Fb", "\ud83d", "a/b\x00",
    "rows[3]",
]  # fmt: skip


@pytest.mark.parametrize("text", RECORDS)
def test_a_record_is_split_at_the_first_colon_and_kept_as_it_is(text):
    assert parse_record(text) == RECORDS[text]


@pytest.mark.parametrize("text", NOT_RECORDS, ids=ascii)
def test_what_is_no_record_is_refused_and_told_why(text):
    with pytest.raises(ValueError, match=NOT_RECORDS[text]):
        parse_record(text)


@pytest.mark.parametrize("path", FIELDS)
def test_a_field_is_one_to_eight_segments(path):
    assert check_field(path) == path


@pytest.mark.parametrize("path", NOT_FIELDS, ids=ascii)
def test_what_is_no_field_is_refused(path):
    with pytest.raises(ValueError, match=r"field"):
        check_field(path)


def test_a_field_covers_itself_and_what_is_inside_in_whole_segments():
    assert field_covers("lines/L-30", "lines/L-30")
    assert field_covers("lines/L-30", "lines/L-30/amount")
    assert not field_covers("lines/L-3", "lines/L-30")
    assert not field_covers("lines/L-30/amount", "lines/L-30")
