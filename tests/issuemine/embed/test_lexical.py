"""The lexical encoder: what its vectors say, and that they depend on nothing else."""

import itertools
import random
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from scipy import sparse
from sklearn.base import clone

from issuemine.embed.lexical import LexicalEncoder, content_lemmas
from issuemine.embed.lexical_svd import leading_directions
from issuemine.errors import EmbedError
from issuemine.records import TOKEN

OBJECTS = ("로그인", "카드", "환불", "배송", "공동인증서", "login", "refund", "screen")
ACTIONS = ("안 되다", "오류", "변경", "취소", "crash", "slow")
CORPUS = [[*pair, "앱"] for pair in itertools.product(OBJECTS, ACTIONS)]


@pytest.fixture(scope="module")
def encoder() -> LexicalEncoder:
    return LexicalEncoder(dim=32).fit(CORPUS)


def test_vectors_have_unit_length_and_the_fixed_dimension(encoder: LexicalEncoder) -> None:
    vectors = encoder.transform(CORPUS)
    assert vectors.shape == (len(CORPUS), 32)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_without_reduction_the_cosine_is_that_of_weighted_words_and_ngrams() -> None:
    corpus = [["로그인", "오류"], ["로그인화면", "오류"], ["카드", "결제", "결제"], ["카드결제", "오류"]]
    encoder = LexicalEncoder(dim=64, char_weight=0.7).fit(corpus)
    emphasised = encoder.transform(corpus)
    features = [oracle(bag, corpus, 0.7) for bag in corpus]
    matrix = np.array([[row.get(key, 0.0) for key in sorted(set().union(*features))] for row in features])
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    left, values, _ = np.linalg.svd(matrix, full_matrices=False)
    expected = left * values * (values / values[0]) ** 0.25
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    np.testing.assert_allclose(emphasised @ emphasised.T, expected @ expected.T, atol=2e-3)


def oracle(bag: list[str], corpus: list[list[str]], char_weight: float) -> dict[str, float]:
    """The features of a text, written down word by word."""
    words = sorted({word for other in corpus for word in other})

    def grams(word: str) -> list[str]:
        return [word[i : i + n] for n in (2, 3, 4) for i in range(len(word) - n + 1)]

    shared = {gram for word in words for gram in grams(word) if sum(gram in grams(w) for w in words) > 1}
    found: dict[str, float] = {}
    for word in set(bag):
        idf = np.log((1 + len(corpus)) / (1 + sum(word in other for other in corpus))) + 1
        weight = (1 + np.log(bag.count(word))) * idf
        found[f"word {word}"] = weight
        known = [gram for gram in grams(word) if gram in shared]
        length = np.sqrt(sum(known.count(gram) ** 2 for gram in set(known)))
        for gram in known:
            found[gram] = found.get(gram, 0) + char_weight * weight / length
    return found


def test_a_new_word_is_near_the_words_that_it_is_made_of() -> None:
    corpus = [*CORPUS, *([f"인증서{action}", "공동인증서"] for action in ("만료", "갱신"))]
    encoder = LexicalEncoder(dim=64).fit(corpus)
    new, same, other = encoder.transform([["금융인증서"], ["공동인증서"], ["배송"]])
    assert new @ same > 0.5 > new @ other


def test_a_text_without_known_words_is_zero(encoder: LexicalEncoder) -> None:
    assert not encoder.transform([[], ["zzz"]]).any()


def test_order_and_repetition_of_the_corpus_make_no_difference(encoder: LexicalEncoder) -> None:
    shuffled = [list(bag) for bag in CORPUS] * 3
    random.Random(1).shuffle(shuffled)
    for bag in shuffled:
        random.Random(2).shuffle(bag)
    again = LexicalEncoder(dim=32).fit(shuffled)
    assert again.revision == encoder.revision
    np.testing.assert_array_equal(again.transform(CORPUS), encoder.transform(CORPUS))


def test_a_vector_does_not_depend_on_what_is_encoded_with_it(encoder: LexicalEncoder) -> None:
    together = encoder.transform([*CORPUS, ["결제", "새단어"]])
    for at in (0, 7, len(CORPUS) - 1):
        np.testing.assert_array_equal(encoder.transform([CORPUS[at]])[0], together[at])


def test_another_corpus_or_parameter_is_another_revision(encoder: LexicalEncoder) -> None:
    revisions = {
        encoder.revision,
        LexicalEncoder(dim=32).fit(CORPUS[1:]).revision,
        LexicalEncoder(dim=16).fit(CORPUS).revision,
        LexicalEncoder(dim=32, char_weight=0.5).fit(CORPUS).revision,
        LexicalEncoder(dim=32, random_state=1).fit(CORPUS).revision,
    }
    assert len(revisions) == 5


def test_a_saved_encoder_gives_the_same_vectors(encoder: LexicalEncoder, tmp_path: Path) -> None:
    encoder.save(tmp_path / "lexical.npz")
    loaded = LexicalEncoder.load(tmp_path / "lexical.npz")
    texts = [*CORPUS, ["로그인창"], ["unknown"]]
    assert loaded.revision == encoder.revision
    assert loaded.get_params() == encoder.get_params()
    np.testing.assert_array_equal(loaded.transform(texts), encoder.transform(texts))


def test_a_damaged_or_missing_file_is_told(encoder: LexicalEncoder, tmp_path: Path) -> None:
    path = tmp_path / "lexical.npz"
    with pytest.raises(EmbedError, match="no lexical encoder"):
        LexicalEncoder.load(path)
    encoder.save(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(EmbedError, match="damaged"):
        LexicalEncoder.load(path)
    path.write_bytes(b"not an archive")
    with pytest.raises(EmbedError, match="damaged"):
        LexicalEncoder.load(path)


def test_a_file_with_pickled_objects_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "bad.npz", head=np.array([{"format": "x"}], dtype=object))
    with pytest.raises(EmbedError, match="damaged"):
        LexicalEncoder.load(tmp_path / "bad.npz")


def test_a_corpus_without_words_teaches_nothing() -> None:
    encoder = LexicalEncoder(dim=16).fit([[], []])
    assert not encoder.transform([[], ["단어"]]).any()


@pytest.mark.parametrize("corpus", [[["결제"]], [["결제"], ["결제"]], [["a"], ["b"]], [["안"], ["안", "돈"]]])
def test_a_tiny_corpus_is_encoded(corpus: list[list[str]]) -> None:
    vectors = LexicalEncoder(dim=8).fit(corpus).transform(corpus)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_clone_takes_the_parameters() -> None:
    assert clone(LexicalEncoder(dim=7, char_weight=2.0)).get_params()["dim"] == 7


def test_content_lemmas_leave_out_what_says_nothing() -> None:
    tags = ["NOUN", "STOP", "PUNCT", "MASK", "SYM", "PART", "NUM", "X"]
    tokens = [{"lemma": tag.lower(), "pos": tag, "start": 0, "end": 1} for tag in tags]
    table = pa.table({"tokens": pa.array([tokens, [], tokens[:1]], pa.list_(TOKEN))})
    assert content_lemmas(table) == [["noun", "part", "num", "x"], [], ["noun"]]
    assert content_lemmas(table.slice(1)) == [[], ["noun"]]


@pytest.mark.parametrize("shape", [(60, 20, 30), (15, 40, 50), (40, 8, 8)])
def test_leading_directions_are_those_of_a_full_svd(shape: tuple[int, int, int]) -> None:
    texts, words, features = shape
    first = sparse.random(texts, words, 0.3, format="csr", random_state=1, dtype=np.float32)
    second = sparse.random(words, features, 0.3, format="csr", random_state=2, dtype=np.float32)
    directions, values = leading_directions(first, second, 5, 0, iterations=8)
    expected = np.linalg.svd((first @ second).toarray())
    np.testing.assert_allclose(values, expected[1][:5], rtol=1e-3)
    np.testing.assert_allclose(np.abs(np.sum(directions.T * expected[2][:5], axis=1)), 1, atol=1e-2)
    np.testing.assert_allclose(directions.T @ directions, np.eye(5), atol=1e-3)


@pytest.mark.parametrize("shape", [(60, 20, 30), (15, 40, 50)])
def test_directions_that_the_product_does_not_have_are_left_out(shape: tuple[int, int, int]) -> None:
    texts, words, features = shape
    first = sparse.random(texts, words, 0.3, format="csr", random_state=1, dtype=np.float32)
    first = sparse.vstack([first[:3]] * (texts // 3), format="csr")
    second = sparse.random(words, features, 0.3, format="csr", random_state=2, dtype=np.float32)
    expected = np.linalg.svd((first @ second).toarray())
    rank = int((expected[1] > 1e-4).sum())
    directions, values = leading_directions(first, second, 12, 0)
    assert 0 < rank < 12
    np.testing.assert_allclose(values, expected[1][:rank], rtol=1e-3)
    np.testing.assert_allclose(directions.T @ directions, np.eye(rank), atol=1e-3)


def test_the_number_of_cores_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(3)
    corpus = [[f"w{draw.randrange(300)}" for _ in range(5)] for _ in range(900)]
    vectors = []
    for cores in ({0}, {0, 1}, set(range(16))):
        monkeypatch.setattr("os.sched_getaffinity", lambda _, cores=cores: cores)
        vectors.append(LexicalEncoder(dim=128).fit(corpus).transform(corpus))
    np.testing.assert_array_equal(vectors[0], vectors[1])
    np.testing.assert_array_equal(vectors[0], vectors[2])


def test_lesser_words_only_decide_where_there_are_few_others() -> None:
    corpus = [
        ["login", "fail", "angry"],
        ["card", "decline", "angry"],
        ["angry", "worst"],
        ["parcel", "late"],
    ]
    plain = LexicalEncoder(dim=16).fit(corpus).transform(corpus)
    damped = LexicalEncoder(dim=16).fit(corpus, lesser=["angry"]).transform(corpus)
    assert damped[0] @ damped[1] < plain[0] @ plain[1]
    assert np.allclose(np.linalg.norm(damped, axis=1), 1, atol=1e-5)
    assert (
        LexicalEncoder(dim=16).fit(corpus, lesser=["angry"]).revision
        != LexicalEncoder(dim=16).fit(corpus).revision
    )
