"""Give topics labels, keywords and quotes."""

from issuemine.naming.tokens import documents
from issuemine.naming.topics import name_topics
from issuemine.naming.words import ctfidf, topic_words, vectorizer

__all__ = ["ctfidf", "documents", "name_topics", "topic_words", "vectorizer"]
