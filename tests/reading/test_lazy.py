import pickle

from zhenggai.reading.lazy import Lazy


def test_the_items_are_made_once_when_looked_at():
    made: list[int] = []

    def make() -> tuple[str, ...]:
        made.append(1)
        return ("one", "two")

    items = Lazy(make)

    assert repr(items) == "<not looked at yet>"
    assert not made
    assert (len(items), items[0], items[:1], list(items)) == (2, "one", ("one",), ["one", "two"])
    assert items == ("one", "two")
    assert items != ()
    assert items != 1
    assert hash(items) == hash(("one", "two"))
    assert repr(items) == repr(("one", "two"))
    assert made == [1]


def test_what_is_sent_to_another_process_are_the_items():
    sent = pickle.loads(pickle.dumps(Lazy(lambda: ("one",))))  # noqa: S301 - bytes of this test

    assert sent == ("one",)
    assert type(sent) is tuple
