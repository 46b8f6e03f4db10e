"""Discovery in the lexical space, on Korean paraphrases that this script makes.

Prints, for each recipe of the vectors, how well topics found without being told anything agree with
the groups that the texts were made from (whitespace words for comparison), and how fast the whole
lexical encoding is beside Kiwi alone on all cores. Run
``python -m benchmarks.lexical_space [--seed N] [--quick]``.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import re
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
from kiwipiepy import Kiwi

from issuemine.clean.tokens import NON_CONTENT, Analyser
from issuemine.config import CleanSettings
from issuemine.discover import NeighbourCommunities, score
from issuemine.embed.lexical import LexicalEncoder

OBJECTS = """
비밀번호|패스워드|비번; 공동인증서|공인인증서; 신용카드|신카; 체크카드|직불카드; 자동이체|자동납부; 계좌이체|계좌 송금; 적금|적립식 예금;
예금|정기예금; 대출|대출금; 이자|이자율; 환전|외화 환전; 해외송금|외국 송금; 보안카드|보안 카드; 오티피|일회용 비밀번호 생성기; 지문 인증|지문 로그인;
얼굴 인식|안면 인식; 회원가입|가입; 본인인증|본인 확인; 휴대폰 번호|전화번호; 주소|배송지; 이메일|메일 주소; 쿠폰|할인권; 포인트|적립금;
멤버십|회원 등급; 환불|환급; 배송|택배; 교환|상품 교환; 반품|물건 반품; 주문|주문 내역; 장바구니|카트; 결제|대금 지불; 간편결제|간편 결제;
영수증|구매 영수증; 세금계산서|계산서; 현금영수증|소득공제 영수증; 리뷰|상품평; 알림|푸시 알림; 문자|안내 문자; 상담원|상담사 연결; 챗봇|자동 상담;
요금제|통신 요금제; 데이터|데이터 용량; 로밍|해외 로밍; 유심|유심칩; 와이파이|무선 인터넷; 인터넷|인터넷 회선; 공유기|무선 공유기; 셋톱박스|TV 단말기;
구독|정기 구독; 동영상|영상; 자막|한글 자막; 화질|영상 화질; 프로필|프로필 사진; 친구 초대|추천인 코드; 게시글|글; 댓글|답글; 검색|검색 기능;
지도|지도 화면; 예약|예매; 좌석|자리 선택; 탑승권|항공권; 마일리지|항공 마일리지; 보험|보험 상품; 보험금|보험 청구금; 진단서|병원 서류;
증명서|증빙 서류; 한도|이용 한도; 수수료|이용 수수료; 신용점수|신용 등급; 아이디|계정
"""

ACTIONS = """
{o:가} 안 돼요|{o} 오류가 나요|{o:가} 작동하지 않습니다|{o} 에러가 뜨는데 왜 이러죠|{o} 안됨|{o} 계속 오류 나네요
{o:를} 바꾸고 싶어요|{o} 변경 방법 알려주세요|{o} 수정하려면 어떻게 하나요|{o:를} 변경하려고 합니다|{o} 바꾸는 법 좀요
{o:를} 취소하고 싶어요|{o} 취소 어떻게 하나요|{o} 취소하는 방법이 궁금합니다|{o} 취소해 주세요|{o} 취소되나요
{o:를} 신청하고 싶습니다|{o} 신청은 어디서 하나요|{o} 신청 방법 문의|새로 {o:를} 신청하려면요|{o} 신청하려는데 절차가 궁금해요
{o:를} 조회하고 싶어요|{o} 확인은 어디서 하나요|{o:가} 어디에 나오는지 모르겠어요|{o} 조회 방법|내 {o:를} 보고 싶은데 어디 있나요
{o:를} 잃어버렸어요|{o} 분실했습니다|{o} 분실 신고는 어떻게 하나요|{o:가} 없어졌어요|{o} 잃어버렸는데 어쩌죠
{o:를} 삭제하고 싶어요|{o} 지우는 방법|{o:를} 없애 주세요|{o} 삭제는 어떻게 하나요|{o} 지우고 싶은데 안 지워져요
{o} 유효기간이 언제까지인가요|{o} 만료일 알려주세요|{o} 기한이 지났어요|{o:는} 언제 만료되나요|{o} 유효기간 연장되나요
{o:가} 너무 느려요|{o} 속도가 느립니다|{o} 로딩이 오래 걸려요|{o} 너무 오래 걸리네요|{o:가} 한참 걸려요
{o} 비용이 얼마인가요|{o} 가격 문의드립니다|{o} 얼마예요|{o:는} 요금이 어떻게 되나요|{o:에} 돈이 얼마나 드나요
{o:가} 두 번 처리됐어요|{o} 중복으로 됐습니다|{o:가} 이중으로 들어갔어요|똑같은 {o:가} 두번 됐네요|{o} 중복 처리 확인 부탁드려요
{o:를} 해지하려고 해요|{o} 해지 방법|{o} 그만 쓰고 싶습니다|{o} 해지하면 위약금 있나요|{o:를} 끊고 싶어요
{o:를} 등록하려는데요|{o} 등록 방법 알려주세요|{o} 추가는 어떻게 하나요|{o:를} 새로 추가하고 싶어요|{o} 등록하는 법
{o:가} 갑자기 사라졌어요|{o} 내역이 없어졌습니다|{o:가} 안 보여요|{o:가} 화면에 보이지 않아요|{o} 사라짐
{o:를} 다시 받고 싶어요|{o} 재발급 신청합니다|{o} 재발급은 어떻게 하나요|{o} 다시 발급해 주세요|{o} 재발급 비용과 기간
{o} 금액이 틀려요|{o} 금액이 잘못 나왔습니다|{o:가} 실제와 달라요|{o} 계산이 이상해요|{o} 금액이 맞지 않네요
{o:가} 아직 안 왔어요|{o:가} 언제 오나요|{o} 도착이 늦어요|{o:를} 아직 못 받았습니다|{o} 왜 안 오죠
{o:를} 다른 사람에게 넘길 수 있나요|{o} 양도 가능한가요|{o} 명의 변경하고 싶어요|{o:를} 가족 명의로 바꾸려고요|{o} 명의를 옮기고 싶습니다
{o:가} 잠겼어요|{o} 잠금 해제해 주세요|{o:가} 막혔습니다|{o} 정지 풀어주세요|{o} 잠긴 거 어떻게 푸나요
해외에서도 {o} 되나요|외국에서 {o:를} 쓸 수 있나요|{o} 해외 사용 가능한가요|해외에서 {o} 이용 문의|외국인데 {o:가} 되는지 궁금해요
미성년자도 {o} 되나요|{o:는} 몇 살부터 되나요|아이가 {o:를} 쓸 수 있나요|청소년 {o} 가능 여부|{o} 나이 제한 있나요
{o} 기준이 뭔가요|{o} 조건 알려주세요|{o:를} 받으려면 자격이 필요한가요|{o} 자격 조건이 궁금합니다|{o} 대상이 누구인가요
{o} 알림이 너무 자주 와요|{o} 광고 문자 그만 보내주세요|{o} 알림 끄는 법|{o} 관련 메시지 수신 거부합니다|{o} 알림 꺼주세요
{o:가} 자꾸 끊겨요|{o} 중간에 끊깁니다|{o} 도중에 튕겨요|{o} 하다가 꺼져요|{o:가} 계속 튕기네요
"""

CONTEXTS = """
앱 업데이트 후에|업데이트하고 나서; 휴대폰을 바꾼 뒤|핸드폰 바꾸고; 회사 컴퓨터에서|회사 PC로; 주말에|토요일이나 일요일에; 새벽 시간에|새벽에;
부모님 대신|부모님 대리로; 법인 명의로|법인으로; 외국인인데|외국인 등록증으로; 군 복무 중인데|군대에서; 이사하면서|이사 때문에;
결혼해서|결혼하면서; 퇴사하고|회사를 그만두고; 아이폰에서|아이폰으로; 갤럭시에서|갤럭시 폰으로; 태블릿에서|태블릿으로; 편의점에서|가까운 편의점에서;
은행 창구에서|은행 지점에서; 현금인출기에서|ATM 기기에서; 백화점에서|백화점 매장에서; 공항에서|인천공항에서; 중고로 산 뒤|중고 거래로 사고;
선물 받은 걸로|선물로 받아서; 학생 할인으로|학생증으로; 군인 우대로|군인 혜택으로; 생일 이벤트로|생일 행사로; 연말정산 때문에|연말정산용으로;
이름을 개명하고|개명한 뒤; 비행기 안에서|기내에서; 지하철에서|지하철 타고; 자동차 안에서|운전하면서 차에서; 병원에 입원해서|입원 중에;
유학 가서|유학생인데; 사업자로|사업자 등록증으로; 아르바이트하면서|알바 중인데; 임신 중에|임산부인데; 장애인 등록으로|장애인 혜택으로;
친구한테|친구에게; 쌍둥이 이름으로|쌍둥이라서; 할머니 폰으로|할머니 휴대폰으로; 기숙사에서|학교 기숙사에서; 호텔에서|숙소 호텔에서; 제주도에서|제주에서;
섬 지역인데|도서 지역이라; 비회원으로|비회원인데; 두 번째 기기로|다른 기기로; 카카오톡으로|카톡으로; 네이버에서|네이버로; 구글 계정으로|구글로;
중국에서|중국 출장 중에; 일본 여행에서|일본에서; 미국 주소로|미국에서; 영어 이름으로|영문 이름으로; 월급날에|급여일에; 명절 연휴에|설날 연휴에
"""

OPENERS = ("", "", "", "", "안녕하세요 ", "저기요 ", "혹시 ", "급한데요 ", "문의드립니다. ", "제 ", "지금 ")
CLOSERS = ("", "", "", "", "ㅠㅠ", "?", "??", " 답변 부탁드려요", " 빨리요", "!!", " 감사합니다", " ㅋㅋ")
_PARTICLES = {"가": "이가", "를": "을를", "는": "은는", "에": "에에"}
_VOWELS = str.maketrans({"돼": "되", "되": "돼", "왜": "외", "에": "애", "내": "네", "의": "에", "데": "대"})


def paraphrases(groups: int = 1_000, size: int = 10, seed: int = 0) -> tuple[list[str], list[int]]:
    """Make short Korean questions: objects times actions, said in several ways, with slips."""
    draw = random.Random(seed)
    objects = [entry.strip().split("|") for entry in OBJECTS.replace("\n", "").split(";")]
    actions = [line.split("|") for line in ACTIONS.strip().splitlines()]
    contexts = [entry.strip().split("|") for entry in CONTEXTS.replace("\n", "").split(";")]
    triples = draw.sample(list(itertools.product(objects, actions, contexts)), groups)
    texts, labels = [], []
    for group, (nouns, frames, places) in enumerate(triples):
        own_frames = draw.sample(frames, 2)
        for _ in range(size):
            said = f"{_usual(places, draw)} {_inflect(draw.choice(own_frames), _usual(nouns, draw))}"
            texts.append(_slip(draw.choice(OPENERS) + said + draw.choice(CLOSERS), draw))
            labels.append(group)
    return texts, labels


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


def quality(groups: int, size: int, seed: int, quick: bool) -> None:
    texts, labels = paraphrases(groups, size, seed)
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
        vectors = LexicalEncoder(**parameters).fit(bags).transform(bags)
        fitted = time.perf_counter()
        found = NeighbourCommunities(k=k).fit(vectors)
        got = score(np.array(labels), found.labels_)
        print(
            f"{groups:5} x {size:<4} {name:18} topics {got['n_topics']:5.0f}  unassigned "
            f"{got['unassigned_share']:.3f}  NMI {got['nmi']:.3f}  ARI {got['ari']:.3f}  resolution "
            f"{found.resolution_:6.1f}  fit {fitted - start:5.1f} s, discover "
            f"{time.perf_counter() - fitted:5.1f} s",
            flush=True,
        )


_kiwi: list[Kiwi] = []


def _kiwi_alone(texts: list[str]) -> int:
    if not _kiwi:
        _kiwi.append(Kiwi(num_workers=1))
        _kiwi[0].tokenize("시작")
    return sum(len(_kiwi[0].tokenize(text)) for text in texts)


def speed(seed: int, rounds: int = 2) -> None:
    """Time Kiwi alone in one process a core against analysis, fitting and encoding, taking turns."""
    cores = len(os.sched_getaffinity(0))
    texts = paraphrases(1_000, 20, seed)[0]
    chunks = [texts[at : at + 200] for at in range(0, len(texts), 200)]
    kiwi, analysis, whole, fitted = [], [], [], []
    with (
        ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool,
        Analyser(CleanSettings()) as analyser,
    ):
        list(pool.map(_kiwi_alone, [["시작"]] * cores * 8))
        analyser.analyse(texts, "ko")
        for _ in range(rounds):
            start = time.perf_counter()
            list(pool.map(_kiwi_alone, chunks))
            kiwi.append(time.perf_counter() - start)
            start = time.perf_counter()
            found = analyser.analyse(texts, "ko")
            analysis.append(time.perf_counter() - start)
            bags = [[t.lemma for t in one.tokens if t.pos not in NON_CONTENT] for one in found]
            begun = time.perf_counter()
            encoder = LexicalEncoder().fit(bags)
            fitted.append(time.perf_counter() - begun)
            encoder.transform(bags)
            whole.append(time.perf_counter() - start)
    alone = min(kiwi)
    print(
        f"{len(texts)} texts, {cores} cores: Kiwi alone {len(texts) / alone:.0f}/s; ratio of analysis "
        f"{alone / min(analysis):.2f}, with encoding "
        f"{alone / min(total - fit for total, fit in zip(whole, fitted, strict=True)):.2f}, with fitting too "
        f"{alone / min(whole):.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--quick", action="store_true", help="the default recipe alone")
    arguments = parser.parse_args()
    for groups, size in ((1_000, 10), (200, 50), (70, 150)):
        quality(groups, size, arguments.seed, arguments.quick)
    speed(arguments.seed)


if __name__ == "__main__":
    main()
