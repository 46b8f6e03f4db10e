"""What labels in Korean need beside the tokens: closed and half-closed word classes."""

from __future__ import annotations

from issuemine.naming.english import words

SHORT_NOUNS = words("앱 폰 창 렉 돈 글 톡 줄 짐 방 문 값 맛 옷 약 책 침")
"""Nouns of one syllable that a label may hold beside others; none is a keyword."""

PARTICLES = words("이 가 을 를 의 에 은 는 도 만 께서")
"""Particles that may be left out between a noun and its predicate."""

BEFORE_NOUNS = words("이 가 을 를 의 에")
"""Particles that may be left out of a noun phrase between two nouns."""

ADVERBS = words(
    """
    안 못 너무 자꾸 계속 또 전혀 아예 잘 더 좀 왜 다시 계속해서 정말 진짜 매우 많이 영 도통 오늘 어제
    지금 현재 최근 요즘 이제 아직 갑자기 자주 가끔 매번 맨날 항상 무조건 도저히 절대 제대로 바로 완전
    """
)
"""Adverbs that may be left out before a predicate."""

TELLING = words(
    """
    멈추다 끊기다 끊어지다 튕기다 튕겨지다 꺼지다 걸리다 사라지다 막히다 풀리다 틀리다 죽다 버벅거리다
    버벅이다 버벅대다 밀리다 깨지다 터지다 지연되다 누락되다 빠지다 고장나다 잘리다 겹치다 날아가다
    느려지다 늦어지다 뻗다 굳다 잠기다 새다 식다 상하다 찢어지다 부러지다 망가지다
    """
)
"""Verbs that say what is wrong; other verbs only do so when they are negated."""

TROUBLE = TELLING | words(
    """
    오류 에러 장애 문제 실패 불가 불가능 먹통 무한로딩 지연 중단 느리다 없다 불편하다 복잡하다 어렵다 렉
    버그
    """
)
"""Lemmas that say what is wrong."""

CHOICES = words(
    """
    하다 가다 듣다 보다 사다 믿다 주다 넣다 만들다 바꾸다 먹다 말다 그러다 이러다
    """
)
"""Verbs of what a person does at will: 안 하다 is a decision, 못 하다 and 안 열리다 are a fault."""

VAGUE = words(
    """
    이번 저번 지난번 다음 처음 마지막 나중 방금 오늘 어제 내일 지금 현재 최근 요즘 이제 그날 당일 하루
    하루종일 며칠 며칠째 동안 그동안 한동안 시간 시간째 몇번 매일 작년 올해 오전 오후 아침 저녁 주말 얼마
    아무것 여기 저기 거기 무엇 누구 사람 본인 자기 우리 경우 생각 이유 자체 정도 부분 상황 상태 얘기
    이야기 말씀 느낌 의미 내용 정말 진짜 완전 대체 도대체 계속 자꾸 갑자기 별로 사실 일부 전부 전체 모두
    각각 하나 하나씩 동일 그대로 원래 기존 이전 이후 예전 옛날 평소 평생 결국 필요 가능 진행 시작 시도
    방법 방식 관련 해당 기타 이상 이하 최고 최악 짜증 불만 불편 실망 스트레스 쓰레기 개판 엉망 거지 장난
    진심 감사 부탁 바람 요청 노력 수준 문제점 마찬가지 개인적 기본적 전체적 정상 정상적 일반 일반적
    지속적 사용 이용 기능 서비스 고객 사용자 이용자 많다 크다 작다 좋다 나쁘다 같다 똑같다 동일하다
    다르다 가능하다 필요하다 이상하다 중요하다 급하다 심하다 빠르다 새롭다 괜찮다 싫다 아깝다 귀찮다
    짜증나다 화나다 답답하다 황당하다 어이없다 멍청하다 대단하다 죄송하다 안녕하다 궁금하다 힘들다
    아니다 모르다 시급하다 후지다 구리다 형편없다 한심하다
    """
)
"""Words too general to be keywords or to be the only noun of a label: time, people, manner, judgement."""

OPENING = words("다음 마지막 사용 이용 기능 서비스 고객 사용자 이용자 본인 전체 기존 일반")
"""Vague nouns that may stand first in a label, before a noun that is not: 다음 화면."""

MEASURES = words("많다 크다 작다 다르다 심하다 힘들다 필요하다")
"""Vague adjectives that a label may end in."""

IDLE = words(
    """
    나다 뜨다 나오다 생기다 들다 오다 가다 보다 하다 쓰다 만들다 알다 모르다 말다 되다 있다 주다 남기다
    당하다 그러다 놓다 두다 느끼다 들어가다 나가다 다니다 지나다 넘다 바라다 원하다 싶다 이러다 어떡하다
    살다 맞다 말하다 치다 떨어지다 지다 먹다 대다 아니다 남다
    """
)
"""Verbs that are no keywords and make no label with their object."""

CONNECTORS = words("후 시 중 전")
"""Nouns of time that a label keeps between two others: 업데이트 후 접속 안 됨."""
