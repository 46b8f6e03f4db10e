"""Tell what a mention does: problem, request, question, churn threat, praise or other."""
