"""Answering queries: the matrix of embeddings, ranking, calibration and reasons."""
