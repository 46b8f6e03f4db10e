"""Tell what a mention does: problem, request, question, churn threat, praise or other."""

from issuemine.intent.classifier import IntentClassifier
from issuemine.intent.corpus import prototypes
from issuemine.intent.summary import dominant, is_hidden, mix
from issuemine.intent.text import TextIntentClassifier

__all__ = ["IntentClassifier", "TextIntentClassifier", "dominant", "is_hidden", "mix", "prototypes"]
