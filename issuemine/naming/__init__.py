"""Give topics labels, keywords and quotes, and link those of different languages."""

from issuemine.naming.concepts import ConceptFinder, Lemma
from issuemine.naming.glossary import Concept, load_glossary
from issuemine.naming.linking import Link, Linkable, link_topics
from issuemine.naming.tokens import documents
from issuemine.naming.topics import name_topics
from issuemine.naming.words import ctfidf, topic_words, vectorizer

__all__ = [
    "Concept",
    "ConceptFinder",
    "Lemma",
    "Link",
    "Linkable",
    "ctfidf",
    "documents",
    "link_topics",
    "load_glossary",
    "name_topics",
    "topic_words",
    "vectorizer",
]
