"""Discovery in the lexical space, on Korean paraphrases that this script makes.

Prints, for each recipe of the vectors, how well topics found without being told anything agree with
the groups that the texts were made from; with ``--hard``, on paraphrases with more predicates, typos,
missing spaces, talk and English words. Run
``python -m benchmarks.lexical_space [--seed N] [--recipes | --hard]``.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import time
import tomllib
from pathlib import Path

import numpy as np

from issuemine.clean.tokens import NON_CONTENT, Analyser
from issuemine.clean.tokens_korean_words import LESSER
from issuemine.config import CleanSettings
from issuemine.discover import NeighbourCommunities, score
from issuemine.embed.lexical import LexicalEncoder

WORDS = Path(__file__).with_suffix(".toml")
OPENERS = ("", "", "", "", "안녕하세요 ", "저기요 ", "혹시 ", "급한데요 ", "문의드립니다. ", "제 ", "지금 ")
CLOSERS = ("", "", "", "", "ㅠㅠ", "?", "??", " 답변 부탁드려요", " 빨리요", "!!", " 감사합니다", " ㅋㅋ")
_PARTICLES = {"가": "이가", "를": "을를", "는": "은는", "에": "에에"}
_VOWELS = str.maketrans({"돼": "되", "되": "돼", "왜": "외", "에": "애", "내": "네", "의": "에", "데": "대"})


CHATTER = (
    "아 진짜 ",
    "저만 그런가요 ",
    "아니 ",
    "여쭤볼게 있는데요 ",
    "고객센터도 안 받고 ",
    "며칠째 ",
    "Galaxy S21인데 ",
)
PLACES = ("app에서 ", "iOS에서 ", "PC web에서 ", "어플에서 ", "ver 5.2에서 ", "update 후 ", "login 하고 ")
TAILS = (
    "~~",
    "ㅠㅠㅠ 도와주세요",
    " 아시는 분?",
    " 급합니다ㅜ",
    " 빨리 좀 봐주세요!!",
    "... 왜죠",
    " pls",
    " ^^;",
    "용ㅎㅎ",
)


def paraphrases(
    groups: int = 1_000, size: int = 10, seed: int = 0, hard: str = ""
) -> tuple[list[str], list[int]]:
    """Make short Korean questions: objects times actions, said in several ways, with slips.

    ``hard`` names what is made harder, several words: ``frames`` (any of an action's predicates instead of
    two), ``spaces`` (four of ten are missing), ``typos`` (three times as many slips), ``chatty`` (talk around
    it) and ``english`` (English words inside).
    """
    draw = random.Random(seed)
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    objects = [entry.strip().split("|") for entry in words["objects"].replace("\n", "").split(";")]
    actions = [line.split("|") for line in words["actions"].strip().splitlines()]
    contexts = [entry.strip().split("|") for entry in words["contexts"].replace("\n", "").split(";")]
    triples = draw.sample(list(itertools.product(objects, actions, contexts)), groups)
    texts, labels = [], []
    for group, (nouns, frames, places) in enumerate(triples):
        own_frames = frames if "frames" in hard else draw.sample(frames, 2)
        for _ in range(size):
            said = f"{_usual(places, draw)} {_inflect(draw.choice(own_frames), _usual(nouns, draw))}"
            text = draw.choice(OPENERS) + said + draw.choice(CLOSERS)
            text = _slip(_harder(text, hard, draw) if hard else text, draw)
            for _ in range(2 if "typos" in hard else 0):
                text = _slip(text, draw)
            texts.append(text)
            labels.append(group)
    return texts, labels


def _harder(text: str, hard: str, draw: random.Random) -> str:
    if "english" in hard and draw.random() < 0.4:
        text = draw.choice(PLACES) + text
    if "chatty" in hard and draw.random() < 0.6:
        text = draw.choice(CHATTER) + text + draw.choice(TAILS)
    if "spaces" in hard:
        text = "".join("" if letter == " " and draw.random() < 0.4 else letter for letter in text)
    return text


def _usual(words: list[str], draw: random.Random) -> str:
    """Take the first word most of the time."""
    return words[0] if draw.random() < 0.85 else draw.choice(words[1:])


def _inflect(frame: str, noun: str) -> str:
    closed = (ord(noun[-1]) - 0xAC00) % 28 > 0

    def fill(match: re.Match[str]) -> str:
        forms = _PARTICLES.get(match.group(1) or "", "")
        return noun + (forms[0 if closed else 1] if forms else "")

    return re.sub(r"{o(?::(.))?}", fill, frame)


def _slip(text: str, draw: random.Random) -> str:
    """Drop a space, write a wrong vowel or lose a syllable's final consonant, now and then."""
    if draw.random() < 0.25 and " " in text:
        at = draw.choice([i for i, letter in enumerate(text) if letter == " "])
        text = text[:at] + text[at + 1 :]
    if draw.random() < 0.15:
        text = text.translate(_VOWELS)
    if draw.random() < 0.08:
        at = draw.choice([i for i, letter in enumerate(text) if "가" <= letter <= "힣"])
        code = ord(text[at]) - 0xAC00
        text = text[:at] + chr(0xAC00 + code - code % 28) + text[at + 1 :]
    return text


def quality(groups: int, size: int, seed: int, quick: bool, hard: str = "") -> None:
    texts, labels = paraphrases(groups, size, seed, hard)
    with Analyser(CleanSettings()) as analyser:
        analyses = analyser.analyse(texts, "ko")
    lemmas = [[t.lemma for t in found.tokens if t.pos not in NON_CONTENT] for found in analyses]
    recipes = {
        "as it comes": (lemmas, {}, 15),
        "k = 10": (lemmas, {}, 10),
        "k = 20": (lemmas, {}, 20),
        "words alone": (lemmas, {"char_weight": 0.0}, 15),
        "n-grams at 0.6": (lemmas, {"char_weight": 0.6}, 15),
        "n-grams at 1.5": (lemmas, {"char_weight": 1.5}, 15),
        "no emphasis": (lemmas, {"emphasis": 0.0}, 15),
        "emphasis 0.5": (lemmas, {"emphasis": 0.5}, 15),
        "256 dimensions": (lemmas, {"dim": 256}, 15),
        "whitespace words": ([text.split() for text in texts], {"char_weight": 0.0}, 15),
    }
    for name, (bags, parameters, k) in recipes.items():
        if quick and name != "as it comes":
            continue
        start = time.perf_counter()
        vectors = LexicalEncoder(**parameters).fit(bags, lesser=LESSER).transform(bags)
        fitted = time.perf_counter()
        found = NeighbourCommunities(k=k).fit(vectors)
        got = score(np.array(labels), found.labels_)
        print(
            f"{groups:5} x {size:<4} seed {seed} {hard or name:18} topics {got['n_topics']:5.0f}  unassigned "
            f"{got['unassigned_share']:.3f}  NMI {got['nmi']:.3f}  ARI {got['ari']:.3f}  resolution "
            f"{found.resolution_:6.1f}  fit {fitted - start:5.1f} s, discover "
            f"{time.perf_counter() - fitted:5.1f} s",
            flush=True,
        )


SIZES = ((1_000, 10), (400, 10), (200, 25), (77, 130))
HARDER = ("frames", "spaces", "typos", "chatty", "english", "frames spaces typos chatty english")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--recipes", action="store_true", help="other recipes of the vectors too")
    parser.add_argument("--hard", action="store_true", help="harder paraphrases instead")
    arguments = parser.parse_args()
    if arguments.hard:
        for hard in HARDER:
            quality(1_000, 10, arguments.seed, True, hard)
        return
    for groups, size in SIZES:
        quality(groups, size, arguments.seed, not arguments.recipes)


if __name__ == "__main__":
    main()
