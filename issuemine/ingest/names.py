"""The names that exports give to the columns of a record, in English and Korean."""

from __future__ import annotations

import re
import unicodedata


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ALIASES: dict[str, tuple[str, ...]] = {
    "external_id": _words(
        "external_id record_id ticket_id case_id review_id response_id comment_id feedback_id "
        "conversation_id chat_id survey_id message_id id uuid guid ticket_number case_number "
        "ticket_no case_no number key ref reference 접수번호 문의번호 티켓번호 상담번호 리뷰번호 "
        "게시글번호 글번호 민원번호 voc번호 일련번호 번호"
    ),
    "created_at": _words(
        "created_at created createdat created_date created_on created_time date_created creation_date "
        "submitted_at submitted submission_date opened_at opened posted_at posted review_date "
        "survey_date response_date responded_at received_at received sent_at date_time datetime date "
        "timestamp time 작성일 작성일시 작성일자 등록일 등록일시 등록일자 접수일 접수일시 접수일자 "
        "문의일 문의일시 생성일 생성일시 응답일 응답일시 상담일 상담일시 날짜 일자 일시 작성시간 "
        "등록시간 접수시간 접수시각 문의시간 문의날짜 인입일시 발생일시"
    ),
    "updated_at": _words(
        "updated_at updated updatedat updated_date last_updated modified_at modified last_modified "
        "수정일 수정일시 변경일 변경일시"
    ),
    "resolved_at": _words(
        "resolved_at resolved resolved_date closed_at closed closed_date solved_at completed_at "
        "resolution_date 처리일 처리일시 완료일 완료일시 해결일 해결일시 종료일"
    ),
    "subject": _words("subject title headline summary ticket_subject review_title 제목 문의제목"),
    "body": _words(
        "body content contents text comment comments message description review review_text "
        "review_body feedback verbatim transcript conversation answer response note notes 내용 본문 "
        "문의내용 문의사항 질문내용 민원내용 불만내용 voc내용 리뷰 리뷰내용 상담내용 의견 고객의견 자유의견 "
        "건의사항 고객의소리 주관식 코멘트 댓글 응답 응답내용 후기 메시지"
    ),
    "rating": _words("rating stars star_rating star score review_score 별점 평점 점수"),
    "csat": _words(
        "csat csat_score satisfaction satisfaction_score satisfaction_rating 만족도 고객만족도 상담만족도"
    ),
    "nps": _words("nps nps_score likelihood_to_recommend recommendation_score 추천지수 추천의향 추천점수"),
    "ces": _words("ces ces_score customer_effort customer_effort_score effort_score 고객노력지수"),
    "customer_ref": _words(
        "customer_ref customer_id customer user_id user client_id account_id contact_id requester_id "
        "requester member_id respondent_id customer_email email email_address user_name username "
        "author reviewer nickname 고객번호 고객id 고객 회원번호 회원id 고객아이디 회원아이디 "
        "고객코드 사용자id 아이디 이메일 작성자 사용자 닉네임"
    ),
    "source": _words("source 출처"),
    "kind": _words("kind record_kind record_type 종류"),
    "channel": _words(
        "channel via contact_channel support_channel 채널 채널구분 접수채널 상담채널 "
        "문의채널 인입채널 접수경로 문의경로 인입경로 유입경로"
    ),
    "language": _words("language lang locale 언어"),
    "product": _words("product product_name app app_name 상품 상품명 제품 제품명 서비스명"),
    "version": _words("version app_version product_version 버전 앱버전"),
    "platform": _words("platform os operating_system device_os 플랫폼 운영체제"),
    "plan": _words("plan tier subscription plan_name 요금제"),
    "region": _words("region country market 지역 국가"),
    "journey_stage": _words("journey_stage lifecycle_stage 여정 여정단계"),
    "status": _words("status ticket_status 상태 처리상태 진행상태 답변상태"),
    "priority": _words("priority severity urgency 우선순위 긴급도"),
    "tags": _words("tags tag 태그"),
    "reopens": _words("reopens reopen_count reopened_count 재오픈 재오픈수"),
    "transfers": _words("transfers transfer_count reassignments 이관 이관수"),
    "replies": _words("replies reply_count num_replies 답변수"),
    "contacts": _words("contacts contact_count 문의횟수"),
}
"""Record field to normalised column names, the likelier first. Fields higher up choose first."""

ENDINGS: dict[str, tuple[str, ...]] = {
    "external_id": ("id",),
    "created_at": _words("date datetime timestamp 일시 일자"),
    "body": _words(
        "body content text comment comments message description review feedback verbatim answer "
        "response 내용 의견 응답"
    ),
}
"""Last words that name a field when no whole name does, such as "FFT answer" or "Order date"."""

PERSONAL = frozenset(
    _words(
        "name full_name first_name last_name customer_name contact_name requester_name email "
        "email_address customer_email user_email phone phone_number mobile tel telephone address "
        "street birth_date date_of_birth birthday ssn ip ip_address username user_name author "
        "reviewer nickname 이름 성명 고객명 작성자 닉네임 이메일 메일 전화 전화번호 연락처 휴대폰 "
        "휴대폰번호 휴대전화 휴대전화번호 핸드폰 핸드폰번호 이메일주소 성함 회원명 작성자명 문의자 문의자명 "
        "신청자 신청인 주문자 주문자명 수령인 수취인 배송지 배송주소 주소 생년월일 주민번호 주민등록번호 "
        "아이디 계좌번호"
    )
)
"""Columns that say who a customer is: used as customer_ref (then hashed) or left out, never an attribute."""

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_HANGUL = re.compile(r"[가-힣]")
_UNIT = re.compile(r"(?<=\S)\s*[(\[][^()\[\]]*[)\]]\s*$")
_REPLIES = ("답변", "처리", "조치", "회신", "상담원", "상담사")
_NO_WORD = re.compile(r"[\W_]+")


def normalise(name: str) -> str:
    """Fold a column name as in `ALIASES`: ``"Created At"``, ``createdAt`` to ``created_at``.

    Korean compounds are written with or without spaces as people like: they are folded without, so that
    ``"접수 일시"`` is ``접수일시``.
    """
    folded = _CAMEL.sub("_", unicodedata.normalize("NFKC", name))
    joint = "" if _HANGUL.search(folded) else "_"
    return _NO_WORD.sub(joint, folded).strip("_").casefold()


def without_unit(name: str) -> str:
    """A column name without what stands in brackets at its end: ``만족도(5점)``, ``Rating (1-5)``."""
    return _UNIT.sub("", unicodedata.normalize("NFKC", name))


def ends_as(name: str, field: str) -> bool:
    """Whether the last word of a column's name names a field.

    A Korean compound need not part its words: ``고객불편내용`` ends as ``내용`` does.
    """
    key = normalise(name)
    endings = ENDINGS.get(field, ())
    if _HANGUL.search(key):
        return key.endswith(tuple(ending for ending in endings if _HANGUL.search(ending)))
    return key.split("_")[-1] in endings


def is_reply(name: str) -> bool:
    """Whether a column's name says that it holds what the company answered, not what the customer wrote."""
    return normalise(name).startswith(_REPLIES)
