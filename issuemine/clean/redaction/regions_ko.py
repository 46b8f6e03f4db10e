"""Names of Korean provinces, cities, counties and districts, for telling an address from a sentence."""

from __future__ import annotations

from issuemine.clean.redaction.words import alternatives

PROVINCES = (
    r"(?:서울(?:특별시|시)?|(?:부산|대구|인천|광주|대전|울산)(?:광역시|시)?|세종(?:특별자치시|시)?|경기도?|강원(?:특별자치도|도)?|"
    r"충청?[북남]도?|전라?[북남]도|전[북남](?:특별자치도)?|경상?[북남]도?|제주(?:특별자치도|도|시)?)"
)

SETTLEMENTS = (
    f"(?:(?:{alternatives('ko', 'cities')})시|(?:{alternatives('ko', 'counties')})군|"
    f"(?:{alternatives('ko', 'districts')})구)"
)
"""A city, county or district by its full name; 중구, 동구 and the like need their city before them."""
