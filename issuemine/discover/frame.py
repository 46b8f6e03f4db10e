"""BERTopic as the frame around our clusterer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from issuemine.discover.estimator import NeighbourCommunities

if TYPE_CHECKING:
    from bertopic import BERTopic
    from bertopic.vectorizers import ClassTfidfTransformer
    from sklearn.feature_extraction.text import CountVectorizer


def topic_model(
    estimator: NeighbourCommunities,
    *,
    vectorizer: CountVectorizer | None = None,
    ctfidf: ClassTfidfTransformer | None = None,
) -> BERTopic:
    """Put the clusterer into BERTopic, for its keywords, representations and plots.

    Embedding and reduction are empty steps: pass vectors as ``fit_transform(texts, embeddings=vectors)``.
    Nothing is downloaded.

    Parameters
    ----------
    estimator : NeighbourCommunities
        Fitted by BERTopic's ``fit`` with its own settings.
    vectorizer : CountVectorizer, optional
        Turns texts into words; default: BERTopic's own.
    ctfidf : ClassTfidfTransformer, optional
        Default: c-TF-IDF with BM25 weighting.

    Returns
    -------
    BERTopic
        Not yet fitted.

    References
    ----------
    .. [1] M. Grootendorst. "BERTopic: neural topic modeling with a class-based TF-IDF procedure".
       arXiv:2203.05794, 2022.
    """
    from bertopic import BERTopic
    from bertopic.backend import BaseEmbedder
    from bertopic.dimensionality import BaseDimensionalityReduction
    from bertopic.vectorizers import ClassTfidfTransformer

    return BERTopic(
        embedding_model=BaseEmbedder(),
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=estimator,
        vectorizer_model=vectorizer,
        ctfidf_model=ctfidf or ClassTfidfTransformer(bm25_weighting=True),
        calculate_probabilities=False,
        verbose=False,
    )
